"""Whether a sign, or a capital, is meant where it was said: what stands beside it tells."""

from assistant.terms.code_around import Around
from assistant.terms.code_phrases import Capital, Command
from assistant.terms.code_signs import (
    BEFORE_STAR,
    CODE_WORDS,
    DESCRIBING,
    DETERMINERS,
    FLAGS,
    SHELL_WORDS,
    Sign,
    Trust,
)
from assistant.terms.code_tokens import Beside

_NEEDS_NOTHING_BEFORE = frozenset("/#$*-")
_COMMAND_LINE = SHELL_WORDS & CODE_WORDS - {"cat"}


def meant(around: Around, one: Command) -> bool:
    left, right = around.beside(one.start - 1), around.beside(one.stop)
    if isinstance(one.what, Capital):
        if one.stop >= len(around.tokens) or not around.tokens[one.stop].free:
            return False
        letter = len(around.tokens[one.stop].core) == 1
        return letter or left is Beside.SIGN or right is Beside.CODE
    if not isinstance(one.what, Sign):
        return False
    match one.what.trust:
        case Trust.PLAIN:
            return True
        case Trust.JOINS:
            return _joins(around, one, left, right)
        case Trust.OPERATES:
            return _operates(around, one, one.what.text, left, right)
        case Trust.SPACES:
            return Beside.SIGN in {left, right}
        case Trust.QUOTES:
            return False


def _joins(around: Around, one: Command, left: Beside, right: Beside) -> bool:
    if around.hidden_file(one):
        return True
    if right is Beside.NOTHING:
        return False
    if left is Beside.WORD and around.key(one.start - 1) in DESCRIBING:
        return right >= Beside.CODE
    if left < Beside.CODE and one.start and around.tokens[one.start - 1].after:
        return right >= Beside.CODE
    if left >= Beside.NAME or right >= Beside.CODE:
        return True
    return left is right and left in {Beside.WORD, Beside.NUMBER}


def _operates(around: Around, one: Command, text: str, left: Beside, right: Beside) -> bool:
    if _idiom(around, one, text, left, right):
        return True
    if text in {":", "++"}:
        return left >= Beside.CODE
    if left is Beside.NOTHING and text not in _NEEDS_NOTHING_BEFORE:
        return False
    if text == "=" and left is Beside.WORD and right is Beside.NUMBER:
        return around.key(one.start - 2) not in DETERMINERS
    return (left >= Beside.CODE and right > Beside.PROSE) or (
        right >= Beside.CODE and left is not Beside.PROSE
    )


def _idiom(around: Around, one: Command, text: str, left: Beside, right: Beside) -> bool:
    """What is code by the very words beside it."""
    before, after = around.key(one.start - 1), around.key(one.stop)
    match text:
        case "-":
            return (bool(after) and around.in_flag(one.start - 1)) or _flag(around, one, after)
        case "*":
            return before in BEFORE_STAR and after in {"", "from"}
        case "/":
            command = any(around.key(place) in _COMMAND_LINE for place in range(one.start - 6, one.start))
            return command and left is Beside.WORD and right is Beside.WORD
        case "=":
            return before == "i" and right >= Beside.NUMBER
        case "<" | ">" | "<=" | ">=":
            return before == "i" and right >= Beside.CODE
        case _:
            return False


def _flag(around: Around, one: Command, after: str) -> bool:
    """As in "git commit dash m"."""
    return around.shell(one.start) and (len(after) == 1 or after in FLAGS)
