"""What successive passes over a piece agree on, and how the newest is joined to what is firm."""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from assistant.turn.doubt import odds, probability
from assistant.turn.transcript import Word


def agreement(before: Sequence[Word], now: Sequence[Word]) -> int:
    """How many words at the beginning are the same, apart from case and punctuation."""
    pairs = zip(before, now, strict=False)
    return next(
        (at for at, (one, other) in enumerate(pairs) if _plain(one) != _plain(other)),
        min(len(before), len(now)),
    )


def joined(firm: Sequence[Word], words: Sequence[Word]) -> tuple[Word, ...]:
    """The new words, with those that are firm as they are."""
    if agreement(firm, words) == len(firm):
        same = (replace(now, text=one.text) for one, now in zip(firm, words, strict=False))
        return (*same, *words[len(firm) :])
    return (*firm, *words[_standing_for(firm, words) :])


def weighed_with(before: Sequence[Word], now: Sequence[Word]) -> tuple[Word, ...]:
    """The words of now; one that was heard before as well is as likely as both passes find it on average.

    What is right is found again by each pass, as likely as before; what is wrong is likely by chance, once.
    """
    weighed = list(now)
    there, here = ([_plain(word) for word in words] for words in (before, now))
    for first, at, length in SequenceMatcher(None, there, here, autojunk=False).get_matching_blocks():
        for index in range(length):
            word, same = now[at + index], before[first + index]
            both = (odds(word.probability) + odds(same.probability)) / 2
            weighed[at + index] = replace(word, probability=probability(both))
    return tuple(weighed)


def _standing_for(firm: Sequence[Word], words: Sequence[Word]) -> int:
    """How many of the new words say what the firm ones do, by the fewest changes that make one of the other.

    Times only decide where that leaves a choice: they are rough, and a phrase would stand there twice.
    """
    plain = [_plain(word) for word in words]
    changes = list(range(len(plain) + 1))
    for index, one in enumerate(map(_plain, firm), 1):
        diagonal, changes[0] = changes[0], index
        for at, other in enumerate(plain, 1):
            here = min(changes[at] + 1, changes[at - 1] + 1, diagonal + (one != other))
            diagonal, changes[at] = changes[at], here
    end_s = firm[-1].end_s or 0
    by_time = sum(((word.start_s or 0) + (word.end_s or 0)) / 2 <= end_s for word in words)
    return min(range(len(changes)), key=lambda at: (changes[at], abs(at - by_time)))


def _plain(word: Word) -> str:
    return re.sub(r"\W+", "", word.text).casefold()
