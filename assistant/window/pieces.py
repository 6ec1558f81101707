"""Cuts a growing Markdown text into pieces that can be rendered one by one.

A piece ends where a blank line is followed by a line that begins at the margin, outside code; a run without such a
place is cut at a line, a row, an item or a space. Only the last piece changes while the text grows, and no piece is
much longer than `LONGEST`, so the cost of a new word does not grow with the length of an answer.
"""

import re

from assistant.turn.dataclass import dataclass

LONGEST = 1500  # characters

_TELLING = 12  # characters at the beginning of a line that tell what it is (outside code)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_ITEM = re.compile(r"([-*+]|\d{1,9}[.)])(?=\s)")
_DELIMITER_ROW = re.compile(r"\|?[\s:|-]*-[\s:|-]*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end`. `before` must stand before them for them to mean what they mean in the whole text.

    `joins` tells that a block was cut in two here.
    """

    start: int
    end: int
    before: str = ""
    joins: bool = False


class Pieces:
    """The pieces of a text so far. `plain` text is cut only for its length."""

    def __init__(self, *, plain: bool = False) -> None:
        self._plain = plain
        self._text = ""
        self._closed: list[Piece] = []
        self._begin, self._before, self._joins = 0, "", False
        self._line = 0  # where the first line begins that has no end yet
        self._blank = False
        self._fence = ""  # the mark that opened the code we are in, and its line
        self._fence_line = ""
        self._list = ""  # the kind of list the piece begins with
        self._table_head = ""
        self._previous = ""

    def grow(self, text: str) -> int:
        """Take `text`, which begins with the text before; returns the index of the first piece that is new."""
        known = len(self._closed)
        self._text = text
        while (newline := text.find("\n", self._line)) >= 0:
            at, line = self._line, text[self._line : newline]
            self._begin_line(at, line)
            self._end_line(at, line)
            self._line = newline + 1
        known_enough = _TELLING if not self._fence else 2 * LONGEST + 1
        if len(text) - self._line >= known_enough:
            self._begin_line(self._line, text[self._line :])
        return known

    def all(self) -> list[Piece]:
        if self._begin == len(self._text) and self._closed:
            return list(self._closed)
        return [*self._closed, Piece(self._begin, len(self._text), self._before, self._joins)]

    def _begin_line(self, at: int, line: str) -> None:
        """Cut before the line that begins at `at`, and within it where it is too long.

        `line` may be the beginning of what the line will be, and the call repeated when there is more of it.
        """
        too_long = len(line) > 2 * LONGEST
        if self._begin < at:
            self._cut_before(at, line, too_long=too_long)
        while too_long and at + len(line) - self._begin > 2 * LONGEST:
            space = self._text.rfind(" ", self._begin + LONGEST, self._begin + 2 * LONGEST)
            self._cut_joined(space + 1 if space > 0 else self._begin + 2 * LONGEST)

    def _cut_before(self, at: int, line: str, *, too_long: bool) -> None:
        size = at - self._begin
        margin = bool(line) and not line[0].isspace()
        if self._plain or self._fence:
            if too_long or (size > LONGEST and not self._closes(line)):
                self._cut_joined(at)
        elif (
            self._blank
            and margin
            and not (self._list and self._list == begins_list(line) and size < LONGEST / 2)
        ):
            self._cut(at)
        elif self._table_head and line.startswith("|") and not self._blank:
            if too_long or size > LONGEST / 2:  # cells are dear
                self._cut(at, before=self._table_head, joins=True)
        elif too_long or (margin and size > LONGEST) or (line.strip() and size > 2 * LONGEST):
            self._cut(at, joins=not begins_list(line))

    def _end_line(self, at: int, line: str) -> None:
        """Note what the whole line `line` means for those that follow."""
        if self._plain:
            return
        if self._fence:
            self._fence = "" if self._closes(line) else self._fence
        elif not line.strip():
            self._blank = True
        else:
            self._note(at, line)

    def _closes(self, line: str) -> bool:
        mark = self._fence
        return bool(mark) and bool(re.fullmatch(rf"\s*{re.escape(mark[0])}{{{len(mark)},}}\s*", line))

    def _note(self, at: int, line: str) -> None:
        if at == self._begin:
            self._list = begins_list(line)
        if not line.startswith("|") or self._blank:
            self._table_head = ""
        elif not self._table_head and self._previous.startswith("|") and _DELIMITER_ROW.match(line):
            self._table_head = f"{self._previous}\n{line}\n"
        self._previous, self._blank = line, False
        fence = _FENCE.match(line)
        if fence and not (fence.group(1)[0] == "`" and "`" in fence.group(2)):
            self._fence, self._fence_line = fence.group(1), line + "\n"

    def _cut_joined(self, at: int) -> None:
        self._cut(at, before=self._fence_line if self._fence else "", joins=True)

    def _cut(self, at: int, *, before: str = "", joins: bool = False) -> None:
        self._closed.append(Piece(self._begin, at, self._before, self._joins))
        self._begin, self._before, self._joins = at, before, joins
        self._list = ""


def begins_list(line: str) -> str:
    """The kind of list whose item begins on this line: "-" or "1"; "" if none does."""
    found = _ITEM.match(line)
    if not found:
        return ""
    return "1" if found.group(1)[0].isdigit() else found.group(1)
