"""How ordinary a word is, and two words side by side: counts of English books and pages, from symspellpy's lists."""

import functools
import importlib.util
import math
from collections.abc import Iterable
from pathlib import Path

from assistant.terms.lookup import Lookup

_SCALE = 1000
_ALL_WORDS = 11.66
"""Decimal logarithm of how many words were counted."""
_PER_BILLION = 9
_ENDINGS = (
    ("ies", "y"),
    ("'s", ""),
    ("s", ""),
    ("es", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
)


class Ordinary:
    """Counts of words and of pairs, as decimal logarithms."""

    def __init__(self, lines: Iterable[str]) -> None:
        """`lines` are "word count" and "word word count"."""
        parts = (line.rpartition(" ") for line in lines if line)
        self._counts = Lookup((words, round(_SCALE * math.log10(int(count)))) for words, _, count in parts)
        self.commonness = functools.lru_cache(maxsize=4096)(self._commonness)
        self.attraction = functools.lru_cache(maxsize=1024)(self._attraction)

    def _commonness(self, word: str) -> float:
        """Decimal logarithm of how often `word` (lower case) is met in a billion words; 0 where it is unknown."""
        count = self._count(word)
        if not count:
            stems = (word[: -len(end)] + instead for end, instead in _ENDINGS if word.endswith(end))
            count = max((self._count(stem) - 0.5 for stem in stems), default=0.0)
        return max(0.0, count - _ALL_WORDS + _PER_BILLION) if count > 0 else 0.0

    def _attraction(self, first: str, second: str) -> float:
        """How much more often than by chance `second` follows `first`, decimal logarithm; 0 where that is not known."""
        both = self._count(f"{first} {second}")
        if not both:
            return 0.0
        return max(0.1, both + _ALL_WORDS - self._count(first) - self._count(second))

    def _count(self, words: str) -> float:
        return next(iter(self._counts.numbers(words, 1)), 0) / _SCALE


@functools.cache
def ordinary() -> Ordinary:
    """Of English; loaded at the first call (0.3 s)."""
    spec = importlib.util.find_spec("symspellpy")
    if spec is None or spec.origin is None:
        return Ordinary(())
    files = sorted(Path(spec.origin).parent.glob("frequency_*dictionary_en_*.txt"))
    return Ordinary(line for file in files for line in file.read_text(encoding="utf-8-sig").splitlines())
