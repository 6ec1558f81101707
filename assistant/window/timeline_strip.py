"""The developer panel: the time-line of the last turn, as a bar in proportion and as figures."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assistant.turn.timeline import Moment, Span, Timeline
from assistant.window.commands import DEVELOPER_PANEL
from assistant.window.elided import ElidedLabel
from assistant.window.look import Look, Text
from assistant.window.strip import QuietButton

EMPTY = "Speak or type: when what happened will be shown here."

_USERS_SHARE = 0.4  # of the bar, at the most: speaking takes seconds, waiting should not
_THICK, _THIN, _MARK, _SHORTEST = 8, 4, 14, 2  # px at 100 %
_GAP = 12  # between figures
_MOST_TO_TELL = (
    Moment.TEXT,
    Moment.FIRST_TOKEN,
    Moment.FIRST_SAMPLE,
    Moment.RELEASE,
    Moment.SENT,
    Moment.REQUEST,
    Moment.LAST_WORD,
    Moment.FIRST_BLOCK,
    Moment.PRESS,
)
_SAID = (Moment.PRESS, Moment.FIRST_BLOCK, Moment.LAST_WORD, Moment.RELEASE, Moment.TEXT)
_ASKED = (Moment.SENT, Moment.REQUEST, Moment.FIRST_TOKEN, Moment.FIRST_SAMPLE)


class Piece(NamedTuple):
    """A span as it is drawn, in px from the left; `cut` where it is shorter than in proportion."""

    span: Span
    left: float
    right: float
    cut: bool


def pieces(spans: Sequence[Span], width: float, shortest: float) -> list[Piece]:
    """The spans along a bar of this width: the user's own time in proportion, unless it would leave no room for the waits.

    A wait is never too short to be seen.
    """
    users_s = sum(span.end_s - span.start_s for span in spans if not span.waiting)
    waits_s = sum(span.end_s - span.start_s for span in spans if span.waiting)
    whole_s = users_s + waits_s
    cut = bool(waits_s) and users_s > _USERS_SHARE * whole_s
    users_share = _USERS_SHARE if cut else users_s / whole_s if whole_s else 0.0
    wide = []
    for span in spans:
        share, of_s = (1 - users_share, waits_s) if span.waiting else (users_share, users_s)
        part = share * (span.end_s - span.start_s) / of_s if of_s else 0.0
        wide.append(max(part * width, shortest if span.waiting else 0.0))
    scale = width / (sum(wide) or 1.0)
    drawn, left = [], 0.0
    for span, length in zip(spans, wide, strict=True):
        drawn.append(Piece(span, left, left + length * scale, cut and not span.waiting))
        left += length * scale
    return drawn


class TimelineStrip(QWidget):
    """`hidden` is emitted when its button is pressed."""

    hidden = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._caption = ElidedLabel(self)
        self._caption.setProperty("kind", "secondary")
        self.close_ = QuietButton(self, look, f"Hide the developer panel ({DEVELOPER_PANEL})", "x", 24)
        self.close_.clicked.connect(self.hidden)
        self.view = TimelineView(look, self)
        row = QHBoxLayout()
        row.addWidget(self._caption, 1)
        row.addWidget(self.close_)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(14), look.px(4), look.px(14), 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.view)
        self.show_timeline(None)

    def show_timeline(self, line: Timeline | None) -> None:
        waited = f"Last turn, ms from {line.waited_from.words}" if line is not None else EMPTY
        self._caption.say(waited)
        self.view.show_timeline(line)
        self.view.setVisible(line is not None)

    def limit(self, most_px: int) -> None:
        """It takes no more height than this, and leaves out what tells least."""
        self.view.limit(most_px - self.close_.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, self._look.colour("line"))
        painter.end()


class TimelineView(QLabel):
    """The bar, and below it as many figures as there is room for."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._most = look.px(100)
        self._figures: dict[Moment, str] = {}
        self._columns = self._rows = self._row = 1
        self.line: Timeline | None = None
        look.changed.connect(self.update)

    def show_timeline(self, line: Timeline | None) -> None:
        if line == self.line:
            return
        self.line = line
        self._figures = _figures(line) if line is not None else {}
        told = ", ".join(f"{moment.words} {figure}" for moment, figure in self._figures.items())
        self.setAccessibleName(told)
        self._fit()
        self.update()

    def limit(self, most_px: int) -> None:
        self._most = most_px
        self._fit()

    def shown(self) -> list[Moment]:
        """The moments whose figures there is room for, in order."""
        moments = list(self._figures)
        return sorted(
            sorted(moments, key=_MOST_TO_TELL.index)[: self._columns * self._rows], key=moments.index
        )

    def _fit(self) -> None:
        px, fonts = self._look.px, (self._look.font(Text.SECONDARY), _figure_font(self._look))
        names, figures = (QFontMetricsF(font) for font in fonts)
        widest = max(names.horizontalAdvance(moment.words) for moment in Moment)
        wide = [figures.horizontalAdvance(figure) for figure in self._figures.values()]
        cell = math.ceil(max([widest, *wide])) + px(_GAP)
        self._columns = max(1, (self.width() + px(_GAP)) // cell)
        self._row = math.ceil(names.height() + figures.height()) + px(4)
        wanted = math.ceil(len(self._figures) / self._columns)
        self._columns = max(1, math.ceil(len(self._figures) / max(1, wanted)))  # as many in each row
        self._rows = max(1, min(wanted, (self._most - self._bar) // self._row))
        self.setFixedHeight(self._bar + self._rows * self._row)

    @property
    def _bar(self) -> int:
        return self._look.px(_MARK + 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if self.line is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bar(painter, self.line)
        self._paint_figures(painter)
        painter.end()

    def _paint_bar(self, painter: QPainter, line: Timeline) -> None:
        look, middle = self._look, self._look.px(_MARK) / 2
        mark = None
        painter.setPen(Qt.PenStyle.NoPen)
        for piece in pieces(line.spans, self.width(), look.px(_SHORTEST)):
            if piece.span.begins is line.waited_from:
                mark = piece.left
            thick = look.px(_THICK if piece.span.waiting else _THIN)
            painter.setBrush(look.colour("accent" if piece.span.waiting else "muted"))
            length = max(1.0, piece.right - piece.left - 1)  # a gap at each moment
            painter.drawRect(QRectF(piece.left, middle - thick / 2, length, thick))
            if piece.cut and length > 4 * thick:
                self._paint_cut(painter, (piece.left + piece.right) / 2, middle)
        if mark is not None:
            painter.fillRect(QRectF(mark - 1, 0, 2, look.px(_MARK)), look.colour("ink"))

    def _paint_cut(self, painter: QPainter, x: float, y: float) -> None:
        """Two slanted gaps: here the bar is shorter than it would be in proportion."""
        px = self._look.px
        painter.setBrush(self._look.colour("ground"))
        for left in (x - px(4), x + px(1)):
            slant = [(px(2), -px(6)), (px(4), -px(6)), (px(2), px(6)), (0, px(6))]
            painter.drawPolygon(QPolygonF([QPointF(left + right, y + down) for right, down in slant]))

    def _paint_figures(self, painter: QPainter) -> None:
        look = self._look
        name, figure = look.font(Text.SECONDARY), _figure_font(look)
        ascent, height = QFontMetricsF(name).ascent(), QFontMetricsF(name).height()
        for number, moment in enumerate(self.shown()):
            row, column = divmod(number, self._columns)
            x, y = column * self.width() / self._columns, self._bar + row * self._row
            painter.setFont(name)
            painter.setPen(look.colour("muted"))
            painter.drawText(QPointF(x, y + ascent), moment.words)
            painter.setFont(figure)
            painter.setPen(look.colour("ink"))
            painter.drawText(QPointF(x, y + height + QFontMetricsF(figure).ascent()), self._figures[moment])


def _figures(line: Timeline) -> dict[Moment, str]:
    """In ms; a dash where there is none. What was not asked has no place for an answer."""
    moments = (
        *(_SAID if Moment.PRESS in line.moments else ()),
        *(_ASKED if Moment.SENT in line.moments else ()),
    )
    after = line.after(line.waited_from)
    return {
        moment: f"{after[moment] * 1000:,.0f}".replace("-", "−") if moment in after else "–"
        for moment in moments
    }


def _figure_font(look: Look) -> QFont:
    font = look.font(Text.MONO)
    font.setPixelSize(look.font(Text.SECONDARY).pixelSize())
    return font
