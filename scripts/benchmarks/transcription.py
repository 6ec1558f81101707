"""Rows 2, 3, 4, 5, 7 and 13: from the release of the key to the text, in the whole program, against what others do.

Each round has its own sentences. Ours hears them on the clock's pace; the baselines get the samples that were recorded
up to the release, whole, and their time is that of the transcription alone.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from difflib import SequenceMatcher
from statistics import median

from scripts.benchmarks.baselines import Baseline, baselines
from scripts.benchmarks.measure import Effort, Row, Series
from scripts.benchmarks.talking import Said, Talker
from scripts.benchmarks.utterances import Speaker, words_of

SOON_S, LATER_S = 0.1, 0.5
_SHORT_S, _QUICK_SHORT_S = 5.0, 3.0
_COMPARED_LONG = 4  # whisper.cpp takes three quarters of a minute for two minutes of speech
_LONG_S, _QUICK_LONG_S = (30.0, 60.0, 120.0), (6.0,)
Times = Mapping[str, list[float]]
"""Milliseconds by the name of the baseline."""


def measure(effort: Effort) -> list[Row]:
    if not effort.wants("2", "3", "4", "5", "7", "13"):
        return []
    with ExitStack() as stack:
        talker = stack.enter_context(Talker(effort.model))
        return list(_Measuring(effort, talker).rows())


class _Measuring:
    """One model loaded by everybody; first the short utterances, then the long ones."""

    def __init__(self, effort: Effort, talker: Talker) -> None:
        self._effort = effort
        self._talker = talker
        self._speaker = Speaker()
        self._baselines = baselines(effort.model)
        self._said: list[Said] = []

    def rows(self) -> Iterator[Row]:
        short_s = _QUICK_SHORT_S if self._effort.quick else _SHORT_S
        soon, others = self._rounds(short_s, self._effort.rounds, SOON_S)
        soon_stages = self._stages()
        later, _ = self._rounds(short_s, self._effort.rounds, LATER_S, compared=0)
        yield replace(_soon(soon, others), stages=soon_stages)
        yield replace(_later(later), stages=self._stages())
        yield _against_whisper_cpp(soon, others)
        long_s = _QUICK_LONG_S if self._effort.quick else _LONG_S
        if self._effort.wants("4", "7", "13"):
            yield from self._lengths(long_s, {short_s: (soon, others)})
            yield _first_words(self._said)
            yield _processor([said for said in self._said if said.released_s > short_s + 1])

    def _lengths(
        self, long_s: Sequence[float], known: dict[float, tuple[Sequence[float], Times]]
    ) -> Iterator[Row]:
        """Row 4, a line for each length. The longest has a promise, so the others are said half as often."""
        for length_s in long_s:
            rounds = self._effort.long_rounds if length_s == long_s[-1] else -(-self._effort.long_rounds // 2)
            known[length_s] = self._rounds(length_s, rounds, SOON_S, compared=_COMPARED_LONG)
        points: dict[str, dict[float, float]] = defaultdict(dict)
        for length_s, (ours, others) in known.items():
            points["ours"][length_s] = median(ours)
            for name, times in others.items():
                points[name][length_s] = median(times)
        shortest_s, *longer_s = known
        for length_s in longer_s:
            ours, others = known[length_s]
            whole = dict(_series(others))
            promise, kept = "", True
            if length_s == long_s[-1]:
                whole["at 5 s"] = Series(known[shortest_s][0])
                promise = "≤ 1.25 × 5 s"
                kept = median(ours) <= 1.25 * median(known[shortest_s][0])
            elif length_s == 60:
                promise = "≤ 1/40 of W"
                kept = median(ours) <= median(others["W"]) / 40
            yield Row(
                "4",
                f"release → text, {length_s:g} s of speech",
                "ms",
                Series(ours),
                promise,
                kept,
                whole,
                points=dict(points) if length_s == long_s[0] else {},
            )

    def _stages(self) -> dict[str, Series]:
        """Where the time of the newest rounds went."""
        newest = [said.stages_ms for said in self._said[-self._effort.rounds :]]
        return {name: Series([stages[name] for stages in newest]) for name in newest[0]}

    def _rounds(
        self, length_s: float, rounds: int, release_after_s: float, *, compared: int = sys.maxsize
    ) -> tuple[Sequence[float], Times]:
        """Waits in milliseconds: ours, and in the first `compared` rounds the baselines'."""
        ours: list[float] = []
        others: dict[str, list[float]] = defaultdict(list)
        for number in range(rounds):
            said = self._talker.say(self._speaker.utter(length_s), release_after_s)
            self._said.append(said)
            ours.append(1000 * said.wait_s)
            for baseline in self._baselines if number < compared else ():
                others[baseline.name].append(1000 * _time_s(baseline, said))
        return ours, others


def _time_s(baseline: Baseline, said: Said) -> float:
    samples = said.utterance.recorded(said.released_s)
    began = time.monotonic()
    baseline.transcribe(samples)
    return time.monotonic() - began


def _series(times: Times) -> dict[str, Series]:
    return {name: Series(samples) for name, samples in times.items()}


def _soon(ours: Sequence[float], others: Times) -> Row:
    kept = median(ours) <= median(others["W"]) / 12 and median(ours) <= median(others["F"]) / 4
    return Row(
        "2",
        "release → text, 5 s of speech, released 0.1 s after the last word",
        "ms",
        Series(ours),
        "p50 ≤ 1/12 of W, ≤ 1/4 of F",
        kept,
        _series({name: times for name, times in others.items() if name != "C"}),
    )


def _later(ours: Sequence[float]) -> Row:
    what = "the same, released 0.5 s after the last word"
    return Row("3", what, "ms", Series(ours), "p50 ≤ 20 ms", median(ours) <= 20)


def _against_whisper_cpp(ours: Sequence[float], others: Times) -> Row:
    what, promise = "the same as 2, against whisper.cpp", "p50 ≤ 1/5 of C"
    if "C" not in others:
        note = "pywhispercpp, or the model in its format, is not here."
        return Row("5", what, "ms", Series(ours), promise, kept=False, notes=(note,))
    kept = median(ours) <= median(others["C"]) / 5
    return Row("5", what, "ms", Series(ours), promise, kept, _series({"C": others["C"]}))


def _first_words(said: Sequence[Said]) -> Row:
    """Row 7, over all words that are seen before the text stands."""
    waits = [waits_of_words(one) for one in said]
    ours = Series([1000 * wait for one in waits for wait in one])
    what, promise = "a word is spoken → it is seen, tentative", "p50 ≤ 1200 ms"
    if not ours.samples:
        return Row("7", what, "ms", ours, promise, kept=False, notes=("No word is seen before the release.",))
    first = [1000 * one[0] for one in waits if one]
    notes = (f"The first word of an utterance: p50 {median(first):.0f} ms.",)
    return Row("7", what, "ms", ours, promise, ours.median <= 1200, notes=notes)


def waits_of_words(said: Said) -> list[float]:
    """For each word that was seen before the text stood: seconds from its end to its first appearance."""
    spoken = [word.text.lower() for word in said.utterance.words]
    seen: dict[int, float] = {}
    for grown in said.grown:
        heard = words_of(" ".join(grown.words))
        for run in SequenceMatcher(None, spoken, heard, autojunk=False).get_matching_blocks():
            for place in range(run.a, run.a + run.size):
                seen.setdefault(place, grown.at_s)
    words = said.utterance.words
    return [at_s - words[place].end_s for place, at_s in sorted(seen.items()) if at_s >= words[place].end_s]


def _processor(said: Sequence[Said]) -> Row:
    ours = Series([one.scribe_cpu_s / one.released_s for one in said])
    what = "processor while recording, the recogniser's process"
    return Row("13", what, "cores", ours, "≤ 0.6 core", ours.median <= 0.6)
