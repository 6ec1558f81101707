"""Marks words: dots under the doubtful, a fine line under those that the program has replaced."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextBlock
from PySide6.QtWidgets import QWidget

from assistant.window.drawing import block_line_rects
from assistant.window.look import Look
from assistant.window.wording import Spot, Wording


def paint_marks(viewport: QWidget, look: Look, wording: Wording, block: QTextBlock, origin: QPointF) -> None:
    """Only what is seen is looked at: paragraphs from `block`, whose top left corner is `origin`, to the lower edge."""
    painter = QPainter(viewport)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    bottom = viewport.height()
    top = origin.y()
    while block.isValid() and top < bottom:
        for spot in _seen(wording, block, -top, bottom - top):
            start, end = (position - block.position() for position in wording.core(spot))
            for rect in block_line_rects(block, start, end):
                _underline(painter, look, rect.translated(origin.x(), top), doubtful=_is_doubtful(spot))
        top += block.layout().boundingRect().height()
        block = block.next()
    painter.end()


def _is_doubtful(spot: Spot) -> bool:
    return spot.known is not None and spot.known.doubtful


def _seen(wording: Wording, block: QTextBlock, top: float, bottom: float) -> Iterator[Spot]:
    """The marked words in those lines of a paragraph that lie between two heights."""
    spots = list(wording.marked(block))
    layout = block.layout()
    if not spots or not layout.lineCount():
        return
    seen = [
        line for line in map(layout.lineAt, range(layout.lineCount())) if _overlaps(line.rect(), top, bottom)
    ]
    if seen:
        start = block.position() + seen[0].textStart()
        end = block.position() + seen[-1].textStart() + seen[-1].textLength()
        yield from (spot for spot in spots if spot.start < end and start < spot.end)


def _overlaps(rect: QRectF, top: float, bottom: float) -> bool:
    return rect.top() < bottom and top < rect.bottom()


def _underline(painter: QPainter, look: Look, rect: QRectF, *, doubtful: bool) -> None:
    if not doubtful:
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.colour("accent"))
        return
    painter.setBrush(look.colour("doubt"))
    step, radius = look.px(4), look.px(1.2 * 2) / 2
    for dot in range(max(1, int(rect.width() // step))):
        painter.drawEllipse(QPointF(rect.left() + step * (dot + 0.5), rect.bottom() - 0.5), radius, radius)
