"""Writes the inline part of Markdown (words, emphasis, code, links) and notes where each word comes from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor

from assistant.window.blocks import Block, Run, mono
from assistant.window.look import Look

if TYPE_CHECKING:
    from markdown_it.token import Token

SAFE_LINKS = ("http", "https", "mailto")

STRUT = "\u2060"  # takes no room, but has the height of its font
CODE_PADDING = 3  # px at 100 %

_LINE_BREAK = "\u2028"
_URL = re.compile(r"https?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]}]")
_HTML_BREAK = re.compile(r"<br ?/?>")


class Inline:
    """Matches what is written with the source, from its beginning to its end.

    `source` begins at `offset` of the whole text; its first `before` characters are not part of that text.
    """

    def __init__(self, look: Look, source: str, offset: int, before: int) -> None:
        self._look = look
        self._source = source
        self._offset = offset
        self._before = before
        self.at = 0  # how far the source has been matched
        self._cursor = QTextCursor()
        self._block: Block | None = None
        self._formats: list[QTextCharFormat] = []

    def write(self, token: Token, cursor: QTextCursor, form: QTextCharFormat, block: Block) -> None:
        """Write the children of an inline token at `cursor`, which is moved along."""
        self._cursor, self._block, self._formats = cursor, block, [form]
        for child in token.children or []:
            handler = getattr(self, f"_on_{child.type}", None)
            if handler:
                handler(child)

    def _on_text(self, token: Token) -> None:
        at = 0
        for found in _URL.finditer(token.content):
            self._words(token.content[at : found.start()])
            self._in_format(self._link(found.group()), found.group())
            at = found.end()
        self._words(token.content[at:])

    def _words(self, text: str) -> None:
        at = 0
        for found in _HTML_BREAK.finditer(text):
            self._insert(text[at : found.start()])
            self._insert(_LINE_BREAK, found.group())
            at = found.end()
        self._insert(text[at:])

    def _on_text_special(self, token: Token) -> None:
        self._insert(token.content, token.markup)

    def _on_code_inline(self, token: Token) -> None:
        if self._cursor.atBlockStart():  # a line of code alone is to stand as high as its neighbours
            self._cursor.insertText(STRUT, self._formats[-1])
        start = self._cursor.position()
        self._in_format(mono(self._look), token.content)
        end = self._cursor.position()
        if self._block and end > start:
            self._block.code_runs.append((start, end))
            self._space_after(start - 1)
            self._space_after(end - 1)

    def _space_after(self, at: int) -> None:
        """Make room beside a character, for the ground of code to reach into."""
        cursor = QTextCursor(self._cursor)
        cursor.setPosition(at)
        cursor.setPosition(at + 1, QTextCursor.MoveMode.KeepAnchor)
        room = QTextCharFormat()
        room.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        room.setFontLetterSpacing(self._look.px(CODE_PADDING))
        cursor.mergeCharFormat(room)

    def _on_softbreak(self, _: Token) -> None:
        self._insert(_LINE_BREAK, "\n")

    _on_hardbreak = _on_softbreak

    def _on_image(self, token: Token) -> None:
        self._in_format(self._link(str(token.attrs.get("src", ""))), token.content or "Image")

    def _on_link_open(self, token: Token) -> None:
        self._push(self._link(str(token.attrs.get("href", ""))))

    def _on_strong_open(self, _: Token) -> None:
        form = QTextCharFormat()
        form.setFontWeight(QFont.Weight.DemiBold)
        self._push(form)

    def _on_em_open(self, _: Token) -> None:
        form = QTextCharFormat()
        form.setFontItalic(True)
        self._push(form)

    def _on_s_open(self, _: Token) -> None:
        form = QTextCharFormat()
        form.setFontStrikeOut(True)
        self._push(form)

    def _on_link_close(self, _: Token) -> None:
        self._formats.pop()

    _on_strong_close = _on_em_close = _on_s_close = _on_link_close

    def _link(self, address: str) -> QTextCharFormat:
        form = QTextCharFormat()
        if QUrl(address).scheme() in SAFE_LINKS:
            form.setAnchor(True)
            form.setAnchorHref(address)
            form.setForeground(QColor(self._look.tokens.accent))
            form.setFontUnderline(True)
        return form

    def _push(self, form: QTextCharFormat) -> None:
        merged = QTextCharFormat(self._formats[-1])
        merged.merge(form)
        self._formats.append(merged)

    def _in_format(self, form: QTextCharFormat, text: str) -> None:
        self._push(form)
        self._insert(text)
        self._formats.pop()

    def _insert(self, text: str, written_as: str = "") -> None:
        """Insert `text` and note where in the source it stands, as `written_as` if that differs."""
        if not text:
            return
        written = written_as or text
        found = self._source.find(written, self.at)
        start, end = (found, found + len(written)) if found >= 0 else (self.at, self.at)
        self.at = end
        if end > self._before and self._block:
            run = Run(self._cursor.position(), text, self._offset + start, self._offset + end)
            self._block.runs.append(run)
        self._cursor.insertText(text, self._formats[-1])
