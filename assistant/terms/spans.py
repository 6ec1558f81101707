"""What may be replaced: runs of spoken words that no punctuation separates."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from assistant.terms.spoken import words_of
from assistant.turn.dataclass import dataclass
from assistant.turn.transcript import Origin, Word

_SHAPE = re.compile(
    r"(\s*)([^\sA-Za-z0-9]*)([A-Za-z0-9](?:[A-Za-z0-9'’._/@+#&:-]*[A-Za-z0-9+#])?)(.*)", re.DOTALL
)
_SIGN_WORDS = frozenset((
    "dot", "dash", "underscore", "slash", "hyphen", "at", "plus", "sharp",
))  # fmt: skip
_MOST_WORDS = 4
_MOST_PIECES = 9
_PLURAL_OF_AT_LEAST = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """A word taken apart: space before, punctuation before, the word itself, punctuation after; and how it is said."""

    space: str
    before: str
    core: str
    after: str
    said: tuple[str, ...]
    free: bool
    """Whether it may be replaced."""

    @property
    def light(self) -> bool:
        """Whether it is part of a spelt name rather than a word: "t", "dot"."""
        return len(self.core) == 1 or self.core.lower() in _SIGN_WORDS


@dataclass(frozen=True, slots=True)
class Span:
    """The words from `start` up to `stop`, said in these words without `tail`: "" or the "s" or "'s" of the last one."""

    start: int
    stop: int
    said: tuple[str, ...]
    tail: str = ""


def pieces_of(words: Sequence[Word]) -> list[Piece]:
    return [_piece(word) for word in words]


def spans_of(pieces: Sequence[Piece]) -> Iterator[Span]:
    """Every run that may be one term, each also without the ending of its last word."""
    for start, first in enumerate(pieces):
        if not first.free:
            continue
        said: tuple[str, ...] = ()
        counted = 0
        for stop in range(start + 1, min(len(pieces), start + _MOST_PIECES) + 1):
            last = pieces[stop - 1]
            if stop - 1 > start and not _joined(pieces[stop - 2], last):
                break
            counted += not last.light
            if counted > _MOST_WORDS:
                break
            said += last.said
            yield Span(start, stop, said)
            yield from _without_ending(start, stop, said)


def _without_ending(start: int, stop: int, said: tuple[str, ...]) -> Iterator[Span]:
    last = said[-1]
    if last.endswith("'s"):
        yield Span(start, stop, (*said[:-1], last[:-2]), "'s")
    elif last.endswith("s") and len(last) >= _PLURAL_OF_AT_LEAST:
        yield Span(start, stop, (*said[:-1], last[:-1]), "s")


def _joined(left: Piece, right: Piece) -> bool:
    return right.free and not left.after and not right.before and "\n" not in right.space


def _piece(word: Word) -> Piece:
    shape = _SHAPE.fullmatch(word.text)
    if shape is None:
        return Piece("", "", word.text, "", (), free=False)
    space, before, core, after = shape.groups()
    said = words_of(core)
    free = bool(said) and word.origin is Origin.SPOKEN and _is_punctuation(before + after)
    return Piece(space, before, core, after, said, free)


def _is_punctuation(text: str) -> bool:
    return all(unicodedata.category(character)[0] in "PSZ" or character in "\n\t\r" for character in text)
