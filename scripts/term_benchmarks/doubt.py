"""Doubt: how many of the words that were recognised wrong are marked, and how many of the right ones.

The test model follows sentences in quiet and in noise, with pauses and without. The weights of doubt come from half of
the voices and sentences (`scripts/fit_doubt.py`); what is measured here is the other half.
"""

import math
import random
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from assistant.settings import Window
from assistant.transcribe.following import Following
from assistant.turn.doubt import Learned, weighed, weights_for
from assistant.turn.transcript import Word
from scripts.benchmarks.parity import follow, test_recogniser
from scripts.benchmarks.utterances import Speaker, room, words_of
from scripts.term_benchmarks.row import Row, Task

CAUGHT_SHALL_BE = 0.8
MARKED_MAY_BE = 0.05
MODEL = "test.en"
_UTTERANCES = 640
_QUICK_UTTERANCES = 2
_LENGTHS_S = (3.0, 25.0)
_TAIL_S = 0.3
_FITTED_VOICES = ("en-us", "en-us-nyc", "en-029")
# The noise of the room in dB, and the pauses after a sentence in seconds.
_CONDITIONS = (
    (-66.0, (0.2, 1.0)),
    (-45.0, (0.2, 1.0)),
    (-40.0, (0.2, 1.0)),
    (-35.0, (0.2, 1.0)),
    (-30.0, (0.2, 1.0)),
    (-66.0, (0.0, 0.1)),
    (-25.0, (0.2, 1.0)),
    (-38.0, (0.0, 0.3)),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """The words of an utterance with the recogniser's own probabilities, and which of them are right."""

    words: tuple[Word, ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """Of so many wrong and so many right words, so many were marked."""

    wrong: int
    wrong_marked: int
    right: int
    right_marked: int

    @property
    def caught(self) -> float:
        return self.wrong_marked / max(1, self.wrong)

    @property
    def marked(self) -> float:
        return self.right_marked / max(1, self.right)


def measure(task: Task) -> Iterator[Row]:
    count = _QUICK_UTTERANCES if task.quick else _UTTERANCES
    heard = list(listened(count, fitted=False, seed=41))
    below = Window().doubt_below
    marks = marks_below(below, [weighed_as(MODEL, one) for one in heard])
    raw = marks_below(_same_share(heard, marks.marked), heard)
    yield Row(
        "words recognised wrong that are marked as doubtful",
        100 * marks.caught,
        "%",
        f"{marks.wrong_marked} of {marks.wrong}, less probable than {below:g}; by the recogniser's own probability {raw.caught:.0%}",
        f"≥ {CAUGHT_SHALL_BE:.0%}",
        marks.caught >= CAUGHT_SHALL_BE,
    )
    yield Row(
        "words recognised right that are marked",
        100 * marks.marked,
        "%",
        f"{marks.right_marked} of {marks.right}",
        f"≤ {MARKED_MAY_BE:.0%}",
        marks.marked <= MARKED_MAY_BE,
    )


def listened(count: int, *, fitted: bool, seed: int) -> Iterator[Judged]:
    """So many utterances, of the voices and sentences that the weights are fitted to, or of the others."""
    speaker = Speaker(
        seed,
        lambda voice: (voice.split("+")[0] in _FITTED_VOICES) == fitted,
        _sentences(fitted=fitted),
    )
    recogniser, rng = test_recogniser(), random.Random(seed)
    for index in range(count):
        level_db, pauses_s = _CONDITIONS[index % len(_CONDITIONS)]
        utterance = speaker.utter(math.exp(rng.uniform(*map(math.log, _LENGTHS_S))), pauses_s)
        samples = utterance.recorded(utterance.last_word_s + _TAIL_S)
        samples = np.clip(samples + room(len(samples), level_db), -1, 1)
        words = follow(Following(recogniser.stream()), samples).words
        yield judge(words, utterance.text)


def _sentences(*, fitted: bool) -> Callable[[str], bool]:
    """Which sentences are spoken, each once: twice in a row is what a recogniser makes of one."""
    met: set[str] = set()

    def wanted(text: str) -> bool:
        new = text not in met
        met.add(text)
        return new and (zlib.crc32(text.encode()) % 2 == 0) == fitted

    return wanted


def judge(words: Iterable[Word], said: str) -> Judged:
    """Which words are right, by the fewest changes that make one text of the other; signs alone are no words."""
    kept = [word for word in words if words_of(word.text)]
    parts = [words_of(word.text) for word in kept]
    right = iter(_right(words_of(said), [part for one in parts for part in one]))
    return Judged(tuple(kept), tuple(all(tuple(islice(right, len(one)))) for one in parts))


def weighed_as(model: str, one: Judged, learned: Learned = Learned()) -> Judged:  # noqa: B008
    """With the probabilities that a person is shown."""
    return replace(one, words=weighed(one.words, weights_for(model), learned))


def marks_below(below: float, heard: Iterable[Judged]) -> Marks:
    pairs = [pair for one in heard for pair in zip(one.words, one.right, strict=True)]
    wrong = [word.probability < below for word, right in pairs if not right]
    right = [word.probability < below for word, right in pairs if right]
    return Marks(len(wrong), sum(wrong), len(right), sum(right))


def _same_share(heard: Iterable[Judged], share: float) -> float:
    """Below which probability this share of the right words is."""
    right = sorted(
        word.probability for one in heard for word, ok in zip(one.words, one.right, strict=True) if ok
    )
    return right[round(share * len(right))]


def _right(said: Sequence[str], heard: Sequence[str]) -> list[bool]:
    """Which of the words heard stand where they were said (Levenshtein's alignment)."""
    rows = [list(range(len(heard) + 1))]
    for index, word in enumerate(said, 1):
        row, above = [index], rows[-1]
        for at, other in enumerate(heard):
            row.append(min(above[at] + (word != other), above[at + 1] + 1, row[at] + 1))
        rows.append(row)
    right = [False] * len(heard)
    index, at = len(said), len(heard)
    while index and at:
        same = said[index - 1] == heard[at - 1]
        if rows[index][at] == rows[index - 1][at - 1] + (not same):
            index, at = index - 1, at - 1
            right[at] = same
        elif rows[index][at] == rows[index - 1][at] + 1:
            index -= 1
        else:
            at -= 1
    return right
