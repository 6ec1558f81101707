"""What closes up in written code: brackets with what is in them, flags with their dashes, quotes with what is quoted."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.terms.code_signs import (
    CALLED,
    CODE_WORDS,
    CONTROLS,
    DOT_FILES,
    FLAGS,
    HOSTS,
    OPENING_WORDS,
    SHELL_WORDS,
    Left,
    Sign,
    Trust,
)
from assistant.terms.code_tokens import Beside, Token, kind_of

_AFTER_THESE_A_VALUE = frozenset("([{,=:<>!&|+-*/%")
_CLOSING = {")": "(", "]": "[", "}": "{"}
_PREFIXES = frozenset("frb")
_LETTERS = frozenset("ai")
"""Before a sign that is meant they are names."""
_LONGEST_FLAG = 4


@dataclass(slots=True)
class Piece:
    """What stands for the tokens from `start` up to `stop`; `close` tells that it has no space before it."""

    start: int
    stop: int
    text: str
    sign: Sign | None = None
    close: bool = False
    closes_next: bool = False
    name: bool = False
    changed: bool = True
    tail: str = ""


def lay_out(tokens: Sequence[Token], pieces: Sequence[Piece]) -> None:
    """Decide what closes up with what stands before it."""
    layout = _Layout(tokens)
    for place, piece in enumerate(pieces):
        before = pieces[place - 1] if place else None
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        if piece.sign is not None:
            if before is not None and before.sign is None and piece.text != "\n":
                before.tail = ""
            layout.sign(piece, piece.sign, before, after)
        if before is not None and before.closes_next:
            piece.close = True


class _Layout:
    """Remembers which brackets ("" for one after "if" and its like) and quotes are open."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._brackets: list[str] = []
        self._quotes: set[str] = set()
        self._flag_ends = -1
        """Where the name of a flag ends that may go on with a dash."""

    def sign(self, piece: Piece, sign: Sign, before: Piece | None, after: Piece | None) -> None:
        text = sign.text
        attaches = before is not None and self._attaches(before, piece)
        piece.close = sign.left is Left.ALWAYS or (sign.left is Left.CLOSE and attaches)
        if before is not None and before.text == ":" and text in {"/", "//", "\\"}:
            piece.close = True
        if sign.trust is Trust.QUOTES:
            self._quote(piece, text, before)
        elif text in _CLOSING.values():
            self._brackets.append("" if before is not None and self._key(before) in CONTROLS else text)
        elif text in _CLOSING:
            self._brackets = self._brackets[:-1]
        elif self._tight(text):
            piece.close = piece.closes_next = True
        elif text in {"*", "**", "&"} and (text == "&" or sign.trust is not Trust.PLAIN):
            piece.closes_next = _value(before) or (before is not None and self._opens(before))
        elif text in {"-", "--"}:
            self._dash(piece, before, after)
        elif text == "." and after is not None and self._hidden(before, after):
            piece.close = False
        elif text in {"..", "..."}:
            self._dots(piece, text, before, after)
        elif text == ":" and before is not None and after is not None and self._host(before):
            piece.closes_next = after.text.isdigit()

    def _key(self, piece: Piece) -> str:
        """The last word of a piece."""
        return self._tokens[piece.stop - 1].key if piece.sign is None else ""

    def _quote(self, piece: Piece, text: str, before: Piece | None) -> None:
        if text in self._quotes:
            self._quotes.remove(text)
            piece.close, piece.closes_next = True, False
        else:
            self._quotes.add(text)
            piece.close = before is not None and before.sign is None and before.text in _PREFIXES
            piece.closes_next = True

    def _tight(self, text: str) -> bool:
        """As in "f(x=1)" and "a[1:2]"."""
        return (text, self._brackets[-1] if self._brackets else "") in {("=", "("), (":", "[")}

    def _dash(self, piece: Piece, before: Piece | None, after: Piece | None) -> None:
        """A flag, the sign before a number, a subtraction, or the dash within a name."""
        goes_on = before is not None and before.stop == self._flag_ends
        if after is not None and (
            piece.text == "--" or (goes_on and len(after.text) > 1 and after.text not in FLAGS)
        ):
            self._flag_ends = after.stop
            piece.close, piece.closes_next = goes_on and piece.text == "-", True
        elif self._tokens[piece.start].key.startswith("minus"):
            piece.close, piece.closes_next = False, _value(before)
        elif after is not None and after.sign is None and self._flag(before, after):
            piece.close, piece.closes_next = False, True

    def _flag(self, before: Piece | None, after: Piece) -> bool:
        last = self._key(before) if before is not None else ""
        dashed = before is not None and before.start > 0 and self._tokens[before.start - 1].key == "dash"
        if len(after.text) == 1:
            return len(last) != 1 or dashed
        if last not in SHELL_WORDS and not (dashed and len(last) == 1):
            return after.text in FLAGS
        cryptic = after.text not in CODE_WORDS and kind_of(self._tokens[after.start]) is Beside.CODE
        return after.text in FLAGS or (cryptic and len(after.text) <= _LONGEST_FLAG)

    def _dots(self, piece: Piece, text: str, before: Piece | None, after: Piece | None) -> None:
        """A range between two names; after a word of prose an ellipsis."""
        if text == "..":
            piece.close = piece.close and after is not None and after.sign is None
        elif before is not None and before.sign is None and (after is None or not self._opens(before)):
            piece.close, piece.closes_next = True, False

    def _host(self, piece: Piece) -> bool:
        """Whether a port may follow: after a host, or the number of one."""
        dotted = piece.start > 0 and self._tokens[piece.start - 1].key == "dot"
        return self._key(piece) in HOSTS or (dotted and piece.text.isdigit())

    def _hidden(self, before: Piece | None, after: Piece) -> bool:
        """Whether a dot begins the name of a hidden file."""
        if self._tokens[after.start].key not in DOT_FILES or before is None:
            return False
        return (
            before.sign is None and not before.name and kind_of(self._tokens[before.stop - 1]) < Beside.NAME
        )

    def _opens(self, piece: Piece) -> bool:
        """Whether after it a phrase of its own begins."""
        return (
            piece.sign is None
            and not piece.name
            and self._tokens[piece.stop - 1].free
            and self._key(piece) in OPENING_WORDS - _LETTERS
        )

    def _attaches(self, before: Piece, sign: Piece) -> bool:
        """Whether a sign that closes up with a name closes up with this."""
        if before.sign is not None:
            if before.closes_next or before.text in {")", "]", ">"} or before.sign.trust is Trust.QUOTES:
                return True
            return before.sign.text == "}" and sign.text != "("
        if sign.text == "(" and not before.name and self._key(before) in CALLED:
            return True
        if sign.text == "." and self._key(before) in CALLED:
            return True
        return not self._opens(before)


def _value(before: Piece | None) -> bool:
    """Whether what stands after this is a value, so that a sign before it belongs to it."""
    return before is None or (
        before.sign is not None
        and before.text in _AFTER_THESE_A_VALUE
        and before.sign.trust is not Trust.QUOTES
    )
