"""Terms that many programmers know, and the words that are often met beside a term."""

import functools
import sys
from collections import Counter

from assistant import paths
from assistant.turn.dataclass import dataclass

_WORTH = {"[well known]": 1.0, "[known]": 0.5, "[others]": 0.0}


@dataclass(frozen=True, slots=True)
class Renown:
    """How well known a term is, 0 to 1, and the words that it is often met with, in the singular."""

    worth: float = 0.0
    companions: tuple[str, ...] = ()


_NONE = Renown()


def renown(term: str) -> Renown:
    return _known().get(term.casefold(), _NONE)


def tells(word: str) -> float:
    """How much it tells for one of its terms that `word` stands near, 0 to 1: less, the more terms it is met with."""
    return _told().get(word, 0.0)


@functools.cache
def _told() -> dict[str, float]:
    met = Counter(word for fame in set(_known().values()) for word in fame.companions)
    return {word: times**-0.5 for word, times in met.items()}


@functools.cache
def _known() -> dict[str, Renown]:
    known: dict[str, Renown] = {}
    worth = 0.0
    file = paths.resources_folder() / "well-known-terms.txt"
    for line in file.read_text(encoding="utf-8").splitlines():
        if line in _WORTH:
            worth = _WORTH[line]
        elif not line.startswith("#"):
            terms, _, words = line.partition(": ")
            companions = tuple(map(sys.intern, dict.fromkeys(words.split())))
            for term in terms.split(", "):
                before = known.get(term)
                if before is None:
                    known[term] = Renown(worth, companions)
                else:
                    known[term] = Renown(before.worth, tuple(dict.fromkeys(before.companions + companions)))
    return known
