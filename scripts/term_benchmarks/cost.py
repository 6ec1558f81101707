"""What terms cost: time for a sentence, time to make the index, memory."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from assistant.terms import Term
from assistant.terms.matcher import Matcher, spoken_words
from scripts.term_benchmarks import synthetic, texts
from scripts.term_benchmarks.row import Row, Task

_INVENTED = (0, 1_000)
_WITH_SHIPPED = (10_000, 100_000)
"""How many terms: made up alone; the shipped ones, filled up to so many."""
ADDED_MS_AT_MOST = 15
_WORDS = 30
_ROUNDS = 200
_QUICK_ROUNDS = 5
_P95 = 0.95
_MIB = 2**20


def measure(task: Task) -> Iterator[Row]:
    """Time of `fix` for sentences of 30 words that were never met before, 95th percentile; building; memory.

    Garbage is collected meanwhile as Python likes, as in the program.
    """
    sentences = _sentences(task)[: _QUICK_ROUNDS if task.quick else _ROUNDS]
    for terms, kind in _vocabularies(quick=task.quick):
        began = time.perf_counter()
        matcher = Matcher(terms)
        built_s = time.perf_counter() - began
        times_ms = sorted(_fix_ms(matcher, sentence) for sentence in sentences)
        p95 = times_ms[int(_P95 * (len(times_ms) - 1))]
        yield Row(
            f"added to a sentence of {_WORDS} words by {len(terms):,} terms",
            p95,
            "ms",
            f"p95 of {len(times_ms)}, median {median(times_ms):.1f} ms, with garbage collection; "
            f"{kind}; index built in {built_s:.2f} s",
            f"≤ {ADDED_MS_AT_MOST} ms",
            p95 <= ADDED_MS_AT_MOST,
        )
    yield Row("memory of the shipped terms' matcher and its word lists", memory_mib(), "MiB")


def _vocabularies(*, quick: bool) -> Iterator[tuple[list[Term], str]]:
    """The terms, and what they are. The shipped ones sound like words, so they are met far oftener than invented ones."""
    for size in _INVENTED:
        yield synthetic.terms(size), "all invented"
    if not quick:
        shipped = texts.shipped_terms()
        yield [*shipped], "the shipped ones"
        for size in _WITH_SHIPPED:
            invented = synthetic.terms(size - len(shipped))
            yield [*shipped, *invented], f"the shipped ones and {len(invented):,} invented"


def memory_mib() -> float:
    """What a process of its own grows by when it makes a matcher of the shipped terms and uses it."""
    done = subprocess.run(
        [sys.executable, "-m", __name__],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    return float(done.stdout)


def _sentences(task: Task) -> list[str]:
    """Runs of 30 words of the misheard sentences: the text that has most to look up."""
    words = [
        word
        for half in ("seen", "unseen")
        for line in texts.read(task.texts / half / "misheard.jsonl")
        for word in line["heard"].split()
    ]
    return [" ".join(words[start : start + _WORDS]) for start in range(0, len(words) - _WORDS, _WORDS // 2)]


def _fix_ms(matcher: Matcher, sentence: str) -> float:
    words = spoken_words(sentence)
    began = time.perf_counter()
    matcher.fix(words)
    return 1000 * (time.perf_counter() - began)


def _resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _MIB


def _grown_mib(sentences: Sequence[str]) -> float:
    terms = texts.shipped_terms()
    before = _resident_mib()
    matcher = Matcher(terms)
    for sentence in sentences:
        matcher.fix(spoken_words(sentence))
    return _resident_mib() - before


if __name__ == "__main__":
    print(_grown_mib(["How do I use num pie for this?"]))
