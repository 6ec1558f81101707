"""Every phrase among spoken words that may be a command, meant or not."""

import re
from collections.abc import Sequence

from assistant.terms.code_names import CASES, Join, Phrase
from assistant.terms.code_signs import SIGNS, Sign
from assistant.terms.code_tokens import Token
from assistant.turn.dataclass import dataclass

LONGEST_PHRASE = max(map(len, (*SIGNS, *CASES)))
_CAPITAL = frozenset(("capital", "cap"))


@dataclass(frozen=True, slots=True)
class Capital:
    """The next word begins with a capital."""


@dataclass(frozen=True, slots=True)
class Literal:
    """The words of the command that follows are meant as they are."""


@dataclass(frozen=True, slots=True)
class Command:
    """The tokens from `start` up to `stop` say `what`; a name goes on with the words up to `end`."""

    start: int
    stop: int
    what: Sign | Join | Capital | Literal
    end: int = 0


def phrases(tokens: Sequence[Token]) -> list[Command]:
    """The longest from each place on, from left to right."""
    found: list[Command] = []
    place = 0
    while place < len(tokens):
        one = _longest(tokens, place)
        if one is None:
            place += 1
        else:
            found.append(one)
            place = one.stop
    return found


def _longest(tokens: Sequence[Token], start: int) -> Command | None:
    said: Phrase = ()
    found: Command | None = None
    for stop in range(start + 1, min(len(tokens), start + LONGEST_PHRASE) + 1):
        token = tokens[stop - 1]
        if not token.free or (stop > start + 1 and token.before.strip("-")):
            break
        said += tuple(filter(None, re.split("[-_]", token.key)))
        what: Sign | Join | Capital | Literal | None = SIGNS.get(said) or CASES.get(said)
        if what is None and len(said) == 1:
            what = Capital() if said[0] in _CAPITAL else Literal() if said[0] == "literal" else None
        if what is not None:
            found = Command(start, stop, what)
    return found
