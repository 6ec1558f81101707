"""Writes the parts of a list's row."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from assistant.window.icons import paint_icon
from assistant.window.look import Look, Text
from assistant.window.mirrored import mirrored_within, side_of


class RowPen:
    """Places are given as they are where one reads from left to right; `muted` is the colour of what is not the text itself."""

    def __init__(
        self,
        look: Look,
        painter: QPainter,
        row: QRectF,
        direction: Qt.LayoutDirection,
        muted: str = "muted",
    ) -> None:
        self._look, self._painter, self._row, self._muted = look, painter, row, muted
        self._direction = direction

    def icon(self, name: str, where: QRectF) -> None:
        where = mirrored_within(self._row, where, self._direction)
        paint_icon(self._painter, name, where, self._look.colour(self._muted))

    def write(
        self,
        where: QRectF,
        text: str,
        kind: Text,
        place: Qt.AlignmentFlag,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        """One line, elided where it does not fit."""
        font, painter = self._look.font(kind), self._painter
        painter.setFont(font)
        painter.setPen(self._look.colour("ink" if kind is Text.BODY else self._muted))
        shown = QFontMetrics(font).elidedText(text, elide, int(where.width()))
        painter.drawText(
            mirrored_within(self._row, where, self._direction), side_of(self._direction) | place, shown
        )
