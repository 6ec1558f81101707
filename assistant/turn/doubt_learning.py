"""What people's corrections teach about a recogniser's doubts.

Words that were sent as they were heard were right, those that were put right were wrong: both are counted by how
doubtful they were. From the counts the two numbers of `Learned` are found as Platt (1999) does, by logistic regression
of right and wrong on the doubts, with a normal prior around "as shipped" that a few hundred words outweigh. So a
few messages change little, and however many change it within bounds.
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from assistant.turn.doubt import Learned, bare, odds, probability
from assistant.turn.transcript import Origin, Transcript, Word

Counts = Mapping[int, tuple[float, float]]
"""How many words were right, and how many wrong, by how doubtful they were: halves of a unit of logarithm of odds."""

_PER_UNIT = 2
_NEAR = 0.5
"""Letters that what was heard shares with what was meant; less is a change of mind."""
_MOST_WORDS = 2000
"""Of a message; a longer one teaches nothing."""
_MOST_COUNTED = 20_000.0
"""Where there are more, all count for half, so that what is new counts."""
_OFFSET_SPREAD = 0.5
_SLOPE_SPREAD = 0.2
_FURTHEST = 1.5
"""What is as likely wrong as right as shipped stays a word to look at (one in five), whatever is learned."""
_SLOPES = (0.7, 1.4)
_STEPS = 12


class Seen(NamedTuple):
    """A word that was heard with these odds of being wrong, and whether it was right."""

    odds: float
    right: bool


def seen(heard: Transcript, sent: Sequence[Word]) -> list[Seen]:
    """What a message that somebody looked at tells of the words that were heard."""
    its = [word for word in sent if word.turn in (0, heard.turn)]
    if max(len(its), len(heard.words)) > _MOST_WORDS:
        return []
    there, here = ([bare(word.text) for word in words] for words in (heard.words, its))
    found: list[Seen] = []
    for kind, first, last, from_, to in SequenceMatcher(None, there, here, autojunk=False).get_opcodes():
        words = [word for word in heard.words[first:last] if word.origin is Origin.SPOKEN]
        if kind == "equal" or (kind == "replace" and _put_right(words, its[from_:to])):
            found += (Seen(_odds(word), kind == "equal") for word in words)
    return found


def counted(counts: Counts, new: Iterable[Seen], learned: Learned) -> Counts:
    """`counts` with what is `new`, which was heard while `learned` was in force."""
    grown = {key: list(pair) for key, pair in counts.items()}
    for one in new:
        pair = grown.setdefault(round(_PER_UNIT * learned.back(one.odds)), [0.0, 0.0])
        pair[not one.right] += 1
    part = 0.5 if sum(map(sum, grown.values())) > _MOST_COUNTED else 1.0
    return {key: (part * right, part * wrong) for key, (right, wrong) in grown.items()}


def learned_from(counts: Counts) -> Learned:
    """The likeliest after these counts."""
    offset, slope = 0.0, 1.0
    for _ in range(_STEPS):
        step = _step(counts, offset, slope)
        offset = min(max(offset + step[0], -_FURTHEST), _FURTHEST)
        slope = min(max(slope + step[1], _SLOPES[0]), _SLOPES[1])
    return Learned(offset, slope)


def _step(counts: Counts, offset: float, slope: float) -> tuple[float, float]:
    """One of Newton's."""
    pull_offset, pull_slope = -offset / _OFFSET_SPREAD**2, (1 - slope) / _SLOPE_SPREAD**2
    bend_offset, bend_slope, bend_both = 1 / _OFFSET_SPREAD**2, 1 / _SLOPE_SPREAD**2, 0.0
    for key, (right, wrong) in counts.items():
        at = key / _PER_UNIT
        chance = probability(offset + slope * at)
        surplus, weight = wrong - (right + wrong) * chance, (right + wrong) * chance * (1 - chance)
        pull_offset, pull_slope = pull_offset + surplus, pull_slope + surplus * at
        bend_offset, bend_slope = bend_offset + weight, bend_slope + weight * at * at
        bend_both += weight * at
    whole = bend_offset * bend_slope - bend_both**2
    return (
        (pull_offset * bend_slope - pull_slope * bend_both) / whole,
        (pull_slope * bend_offset - pull_offset * bend_both) / whole,
    )


def _odds(word: Word) -> float:
    return odds(1 - word.probability)


def _put_right(heard: Sequence[Word], sent: Sequence[Word]) -> bool:
    """Whether this stands there because something else was misheard, and not because somebody says something else."""
    if any(word.origin is Origin.CHOSEN for word in sent):
        return True
    one, other = ("".join(bare(word.text) for word in words) for words in (heard, sent))
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR
