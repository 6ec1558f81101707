"""Which words of a message were spoken, typed, or corrected: the difference between what was heard and what was sent."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from assistant.turn.transcript import Origin, Transcript, Word

_TOKEN = re.compile(r"\s*\S+")


def trace(heard: Sequence[Transcript], sent: str) -> tuple[Word, ...]:
    """The words of `sent`, each with its origin; joined, their texts are `sent` (but for white space at its end).

    A word that stands in `sent` as it was heard, in whatever case, is spoken and keeps its time and probability. Words that stand where
    others were heard are corrected: they share the time of what they replace (in the first of several recordings). The
    rest was typed.
    """
    spoken = [replace(word, turn=one.turn) for one in heard for word in one.words]
    tokens = _TOKEN.findall(sent)
    matcher = SequenceMatcher(None, _bare(word.text for word in spoken), _bare(tokens), autojunk=False)
    traced: list[Word] = []
    for kind, heard_from, heard_to, sent_from, sent_to in matcher.get_opcodes():
        there, here = spoken[heard_from:heard_to], tokens[sent_from:sent_to]
        if kind == "equal":
            traced += [replace(word, text=token) for word, token in zip(there, here, strict=True)]
        elif kind == "replace":
            traced += _corrected(there, here)
        else:
            traced += [Word(token, origin=Origin.TYPED) for token in here]
    return tuple(traced)


def _bare(texts: Iterable[str]) -> list[str]:
    return [text.strip().casefold() for text in texts]


def _corrected(there: Sequence[Word], here: Sequence[str]) -> list[Word]:
    instead_of = "".join(" " + word.heard if word.heard else word.text for word in there).strip()
    first = there[0]
    last = [word for word in there if word.turn == first.turn][-1]
    return [
        Word(token, first.start_s, last.end_s, 1.0, Origin.CORRECTED, instead_of, turn=first.turn)
        for token in here
    ]
