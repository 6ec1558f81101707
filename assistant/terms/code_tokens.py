"""The words around a command: taken apart, and how much each of them looks like code."""

import re
from collections.abc import Sequence
from enum import IntEnum

from assistant.terms.code_numbers import is_number
from assistant.terms.code_signs import CODE_WORDS, FUNCTION_WORDS
from assistant.terms.ordinary import ordinary
from assistant.turn.dataclass import dataclass
from assistant.turn.transcript import Origin, Word

_RARE = 2.0
"""A word met less often than this (decimal logarithm, in a billion) is taken for a name."""
_SHAPE = re.compile(r"(\s*)([\"'“‘«(\[…-]*)(.*?)([.,;:!?…\"'”’»)\]—–-]*)(\s*)", re.DOTALL)
_CODE_SHAPE = re.compile(r"^[a-z]+[A-Z]|[_.()/@#<>=\\$]|\d")
_AMOUNT = re.compile(r"[$€£]?[\d.,/:-]+[$€£%]?")
ENDS_SENTENCE = re.compile(r"[.!?…]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word taken apart; `free` tells whether it may be changed, `key` is the word in lower case."""

    word: Word
    space: str
    before: str
    core: str
    after: str
    free: bool
    begins: bool
    """Whether it is the first of a sentence, so that a capital tells nothing."""

    @property
    def key(self) -> str:
        return self.core.lower()


class Beside(IntEnum):
    """What stands beside a command, the more like code the higher."""

    NOTHING = 0
    PROSE = 1
    NUMBER = 2
    WORD = 3
    NAME = 4
    CODE = 5
    SIGN = 6


def tokens_of(words: Sequence[Word]) -> list[Token]:
    tokens: list[Token] = []
    for word in words:
        shape = _SHAPE.fullmatch(word.text)
        space, before, core, after, _ = shape.groups() if shape else ("", "", word.text, "", "")
        begins = not tokens or ENDS_SENTENCE.search(tokens[-1].after) is not None
        free = word.origin in {Origin.SPOKEN, Origin.REPLACED} and bool(core)
        tokens.append(Token(word, space, before, core, after, free, begins))
    return tokens


def kind_of(token: Token) -> Beside:
    """What a token is by itself."""
    if not token.free:
        return Beside.CODE if token.core else Beside.NOTHING
    key, core = token.key, token.core
    as_usual = core == key or (token.begins and core[1:] == key[1:])
    if key in CODE_WORDS:
        return Beside.CODE if as_usual else Beside.NAME
    if len(key) == 1 and key.isalpha() and key not in {"a", "i"}:
        return Beside.CODE
    if is_number(key) or _AMOUNT.fullmatch(key) or is_number(key.partition("-")[0]):
        return Beside.NUMBER
    if key in FUNCTION_WORDS:
        return Beside.PROSE
    if _CODE_SHAPE.search(core):
        return Beside.CODE
    if "'" in key or "’" in key or not key.isascii():
        return Beside.WORD
    if ordinary().commonness(key) < _RARE:
        return Beside.CODE if as_usual else Beside.NAME
    if token.word.origin is Origin.REPLACED:
        return Beside.NAME
    return Beside.WORD
