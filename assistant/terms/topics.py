"""What a text is about: how well a term fits the words that stand near it, even where none of them is its own companion.

Each term and each companion is a point in a space of few dimensions, where those lie near one another that keep like
company: latent semantic analysis (Deerwester et al. 1990) of the list of well-known terms, made by
`scripts/make_topics.py`.
"""

import functools
import math
from array import array
from base64 import b64decode
from collections.abc import Iterable, Iterator, Sequence
from operator import mul

from assistant import paths
from assistant.terms.context import stems

Point = Sequence[float]

DIMENSIONS = 24
FILE = "topics.txt"
ONE = 127
"""A coordinate is kept as a signed byte; this one stands for 1."""
NOWHERE: Point = (0,) * DIMENSIONS
_LITTLE = 0.3
"""Is added to the length of what is known, so that little that is known tells little."""


@functools.lru_cache(1024)
def topic_of_word(word: str) -> Point:
    """Where a word (lower case) lies, in 127ths: the farther out, the fewer terms it is met with."""
    words, _ = _points()
    return next((words[stem] for stem in stems(word) if stem in words), NOWHERE)


def topic_of_term(term: str) -> Point:
    """Where a term lies, on a sphere with a radius of 127; in its middle where nothing is known of it."""
    return _points()[1].get(term.casefold(), NOWHERE)


def direction(topics: Point) -> Point:
    """Of the sum of some words' points, the direction; shorter than 1 where it tells little."""
    length = math.sqrt(sum(map(mul, topics, topics))) + _LITTLE * ONE
    return [one / length for one in topics]


def fits(term: Point, about: Point) -> float:
    """How well a term's point fits what words are about (`direction`): -1 to 1, 0 where that is not known."""
    likeness: float = 0.0 if term is NOWHERE else sum(map(mul, term, about))
    return likeness / ONE


@functools.cache
def _points() -> tuple[dict[str, Point], dict[str, Point]]:
    """Of words and of terms."""
    lines = (paths.resources_folder() / FILE).read_text(encoding="utf-8").splitlines()
    split = lines.index("[terms]")
    words = dict(_read(lines[:split]))
    terms = {name: point for names, point in _read(lines[split:]) for name in names.split(", ")}
    return words, terms


def _read(lines: Iterable[str]) -> Iterator[tuple[str, Point]]:
    for line in lines:
        if not line.startswith(("#", "[")):
            name, _, point = line.rpartition("\t")
            yield name, array("b", b64decode(point))
