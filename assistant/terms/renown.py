"""Terms that many programmers know, and the words that are often met beside them."""

import functools

from assistant import paths
from assistant.turn.dataclass import dataclass

_WORTH = {"[well known]": 1.0, "[known]": 0.5}


@dataclass(frozen=True, slots=True)
class Renown:
    """How well known a term is, 0 to 1, and the words that it is often met with, in the singular."""

    worth: float = 0.0
    companions: tuple[str, ...] = ()


_NONE = Renown()


def renown(term: str) -> Renown:
    return _known().get(term.casefold(), _NONE)


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
            companions = tuple(words.split())
            for term in terms.split(", "):
                before = known.get(term)
                if before is None:
                    known[term] = Renown(worth, companions)
                else:
                    known[term] = Renown(before.worth, before.companions + companions)
    return known
