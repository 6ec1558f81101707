"""What is understood so far, while somebody speaks: it grows and changes at its end, and only its end is laid out anew."""

import math
import unicodedata
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QWidget

from assistant.window.look import Look, Text
from assistant.window.units import units

WRAP = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
_LONGEST_NAME = 2000  # characters at the end that a screen reader is given


class Line(NamedTuple):
    """A line as it is broken, with the spaces at its end; `height` in px."""

    text: str
    height: float


def broken(text: str, font: QFont, width: float) -> list[Line]:
    """The lines of `text`, as a text box of this width (px) breaks them."""
    layout = _layout(text, font, WRAP)
    layout.beginLayout()
    whole = text.encode("utf-16-le", "surrogatepass")
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = 2 * line.textStart()
        part = whole[start : start + 2 * line.textLength()].decode("utf-16-le", "surrogatepass")
        lines.append(Line(part, line.height()))
    layout.endLayout()
    return lines


class LiveText(QLabel):
    """Shows the end of the text where there is no room for all of it. A click goes through it.

    `rewrapped` is emitted when it has become wider or narrower, which changes the height it wants.
    """

    rewrapped = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._firm = 0
        self._lines: list[Line] = []
        self._height = 0.0
        self.words = ""
        self.setFont(look.font(Text.BODY))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self.update)
        self.hide()

    def show_words(self, words: str, firm: int) -> None:
        """Show `words`, of which the first `firm` characters no longer change. Nothing is shown for ""."""
        if (words, firm) == (self.words, self._firm):
            return
        if words != self.words:
            self._lay_out(words, self._unchanged(words))
            self.words = words
            self.setAccessibleName(f"Understood so far: {words[-_LONGEST_NAME:]}" if words else "")
        self._firm = firm
        self.setVisible(bool(words))
        self.update()

    @property
    def wanted_height(self) -> float:
        """In px. It does not become less while the text grows and changes, so that nothing jumps."""
        return self._height

    def fitting(self, most_px: int, least_lines: int) -> int:
        """The height it wants, or as many whole lines as there is room for, but no fewer than so many."""
        line = max((line.height for line in self._lines), default=1.0)
        return math.ceil(min(self._height, max(least_lines, most_px // line) * line))

    def _unchanged(self, words: str) -> int:
        """How many lines stay as they are: the last one before a change may have room for what now follows it."""
        at = 0
        for number, line in enumerate(self._lines):
            if not words.startswith(line.text, at):
                return max(0, number - 1)
            at += len(line.text)
        return max(0, len(self._lines) - 1)

    def _lay_out(self, words: str, kept: int) -> None:
        start = sum(len(line.text) for line in self._lines[:kept])
        self._lines[kept:] = broken(words[start:], self.font(), self.width()) if words else []
        height = sum(line.height for line in self._lines)
        self._height = max(self._height, height) if words else 0.0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._height = 0.0
            self._lay_out(self.words, 0)
            self.rewrapped.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setPen(self._look.colour("ink"))
        faint, rtl = self._look.colour("tentative"), right_to_left(self.words)
        bottom = min(float(self.height()), sum(line.height for line in self._lines))
        end = len(self.words)
        for line in reversed(self._lines):
            top, start = bottom - line.height, end - len(line.text)
            if top < -1:  # not whole
                break
            layout = _line_layout(line, self.font(), self._firm - start, faint, self.width(), rtl=rtl)
            layout.draw(painter, QPointF(0, top), [])
            bottom, end = top, start
        painter.end()


def _line_layout(
    line: Line, font: QFont, firm: int, faint: QColor, width: float, *, rtl: bool
) -> QTextLayout:
    """The line alone, in one piece; its characters from `firm` on are `faint`."""
    text = line.text.rstrip()
    layout = _layout(text, font, QTextOption.WrapMode.NoWrap)
    option = layout.textOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    tentative = QTextLayout.FormatRange()
    tentative.start = units(text[: max(0, firm)])
    tentative.length = max(0, units(text) - tentative.start)
    tentative.format = QTextCharFormat()
    tentative.format.setForeground(faint)
    layout.setFormats([tentative])
    layout.beginLayout()
    layout.createLine().setLineWidth(width)
    layout.endLayout()
    return layout


def _layout(text: str, font: QFont, wrap: QTextOption.WrapMode) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(wrap)
    layout.setTextOption(option)
    return layout


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction goes to the left."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((way != "L" for way in directions if way in {"L", "R", "AL"}), False)
