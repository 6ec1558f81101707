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


_REMEMBERED = 2048
_UNKNOWN = (0.0, "")


def fame(term: str) -> float:
    """How well known a term is, 0 to 1: all that is to be asked of very many."""
    return _known().get(term.casefold(), _UNKNOWN)[0]


@functools.lru_cache(_REMEMBERED)
def renown(term: str) -> Renown:
    worth, words = _known().get(term.casefold(), _UNKNOWN)
    return Renown(worth, tuple(map(sys.intern, dict.fromkeys(words.split()))))


def tells(word: str) -> float:
    """How much it tells for one of its terms that `word` stands near, 0 to 1: less, the more terms it is met with."""
    times = _told().get(word, 0)
    return times**-0.5 if times else 0.0


@functools.cache
def _told() -> dict[str, int]:
    """With how many kinds of terms a word is met."""
    return dict(
        Counter(word for words in {words for _, words in _known().values()} for word in set(words.split()))
    )


@functools.cache
def _known() -> dict[str, tuple[float, str]]:
    """Of each term its worth and its companions, which take least memory as one text."""
    known: dict[str, tuple[float, str]] = {}
    worth = 0.0
    file = paths.resources_folder() / "well-known-terms.txt"
    for line in file.read_text(encoding="utf-8").splitlines():
        if line in _WORTH:
            worth = _WORTH[line]
        elif not line.startswith("#"):
            terms, _, words = line.partition(": ")
            here = worth, words
            for term in terms.split(", "):
                before = known.get(term)
                known[term] = here if before is None else (before[0], f"{before[1]} {words}")
    return known
