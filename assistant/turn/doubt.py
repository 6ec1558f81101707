"""How likely a word is right: the recogniser's own probability, weighed with what stands around it.

A recogniser that has lost the thread writes on fluently: only the first of its wrong words is improbable. So a word
counts for less in an improbable sentence, after an improbable word, where a phrase is said twice in a row, and where
there was no time to say it. The weights are found by logistic regression (`scripts/fit_doubt.py`).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from assistant.turn.dataclass import dataclass
from assistant.turn.transcript import Origin, Word

_REACH = 12
"""Of a sentence, so many words before and after count."""
_LONGEST_AGAIN = 12
_NO_TIME_S = 0.03
_SURE = 4.0
_SUREST = 0.999
_ENDS = (".", "!", "?", "…", "。", "！", "？", "।", "؟")


class Evidence(NamedTuple):
    """What speaks against a word, or what each of these is worth, in logarithms of odds that the word is wrong."""

    own: float
    """Its own improbability, a logarithm of odds."""
    sentence: float
    """How improbable the words of its sentence are on average, 0 to 1."""
    before: float
    """The most improbable of the words before it in the sentence, a logarithm of odds."""
    again: float
    """It belongs to a phrase that is said twice in a row."""
    no_time: float
    """It was said in no time."""


@dataclass(frozen=True, slots=True)
class Weights:
    start: float
    worth: Evidence

    def odds(self, evidence: Evidence) -> float:
        """The logarithm of the odds that the word is wrong."""
        return self.start + sum(worth * much for worth, much in zip(self.worth, evidence, strict=True))


AS_TOLD = Weights(0.0, Evidence(1.0, 0.0, 0.0, 0.0, 0.0))
"""The recogniser's own probability as it is."""
_UNMEASURED = Weights(-1.3, Evidence(0.85, 4.0, 0.1, 1.5, 0.5))
"""For models that nobody has measured. What surrounds a word is worth less, and few words are marked: in ordinary company
those that the recogniser itself finds less probable than 0.65."""
_MEASURED: Mapping[str, Weights] = {"test.en": Weights(-2.43, Evidence(0.62, 11.64, 0.33, 3.0, 0.83))}


@dataclass(frozen=True, slots=True)
class Learned:
    """What a person's corrections have taught about a recogniser: its doubts, as logarithms of odds, are stretched and moved."""

    offset: float = 0.0
    slope: float = 1.0

    def moved(self, odds: float) -> float:
        return self.offset + self.slope * odds

    def back(self, odds: float) -> float:
        return (odds - self.offset) / self.slope


def weights_for(recogniser: str, *, basic: bool = False) -> Weights:
    """Those for the recogniser of this name; the basic one tells posteriors, which are taken as they are."""
    return AS_TOLD if basic else _MEASURED.get(recogniser, _UNMEASURED)


def weighed(words: Sequence[Word], weights: Weights, learned: Learned) -> tuple[Word, ...]:
    """`words` as they were recognised, each with the probability (0..1) that it is right."""
    against = (learned.moved(weights.odds(one)) for one in evidence(words))
    return tuple(
        replace(word, probability=round(1 - probability(odds), 4)) if word.origin is Origin.SPOKEN else word
        for word, odds in zip(words, against, strict=True)
    )


def evidence(words: Sequence[Word]) -> list[Evidence]:
    """For each word what speaks against it."""
    doubts = [odds(1 - word.probability) for word in words]
    sums = [0.0, *accumulate(1 - word.probability for word in words)]
    again = _said_again([bare(word.text) for word in words])
    found: list[Evidence] = []
    for start, stop in _sentences(words):
        for at in range(start, stop):
            first, last = max(start, at - _REACH), min(stop, at + _REACH + 1)
            mean = (sums[last] - sums[first]) / (last - first)
            before = max(doubts[first:at], default=-_SURE)
            found.append(Evidence(doubts[at], mean, before, again[at], _no_time(words[at])))
    return found


def odds(chance: float) -> float:
    """The natural logarithm of the odds of a probability, within reason."""
    chance = min(max(chance, 1 - _SUREST), _SUREST)
    return math.log(chance / (1 - chance))


def probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def bare(text: str) -> str:
    """The letters of a word, by which it is the same as another."""
    return "".join(filter(str.isalnum, text.casefold()))


def _sentences(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """From which word to which (exclusive) each goes."""
    start = 0
    for stop, word in enumerate(words, 1):
        if stop == len(words) or word.text.rstrip().endswith(_ENDS):
            yield start, stop
            start = stop


def _said_again(plain: Sequence[str]) -> list[bool]:
    """Which words belong to a phrase that is said twice in a row."""
    again = [False] * len(plain)
    for length in range(1, _LONGEST_AGAIN + 1):
        run = 0
        for at in range(length, len(plain)):
            run = run + 1 if plain[at] and plain[at] == plain[at - length] else 0
            if run >= length:
                again[at - 2 * length + 1 : at + 1] = [True] * (2 * length)
    return again


def _no_time(word: Word) -> bool:
    return word.start_s is not None and word.end_s is not None and word.end_s - word.start_s < _NO_TIME_S
