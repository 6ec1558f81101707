"""Draws a rendered block: its ground, the sentence being spoken, the selection, the text."""

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QLinearGradient,
    QPainter,
    QPalette,
    QPen,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLine,
)

from assistant.turn.dataclass import dataclass
from assistant.window.blocks import BULLET, QUOTE_DEPTH, QUOTE_INDENT, RULE
from assistant.window.inline import CODE_PADDING
from assistant.window.look import Look

if TYPE_CHECKING:
    from assistant.window.flow import Laid

_RADIUS = 10
_FADE = 32  # px at 100 %
_RTL = re.compile("[\u0590-\u08ff]")  # Hebrew, Arabic, Syriac, Thaana, N’Ko


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of the source are being spoken."""

    start: int = 0
    end: int = 0


def draw_block(
    painter: QPainter,
    look: Look,
    laid: "Laid",
    clip: QRectF,
    chosen: tuple[int, int] | None,
    marked: tuple[int, int] | None,
    *,
    muted: bool,
) -> None:
    """Draw `laid` in its rectangle. `chosen` and `marked` are ranges of positions in its document."""
    ground = "ground"
    if laid.block.kind == "code":
        ground = "heard" if marked else "raised"
        _ground(painter, look, laid.rect, ground, joins=laid.block.joins)
    painter.setClipRect(
        laid.rect.adjusted(-4, 0, 4, 0) if not laid.overflow else laid.rect, Qt.ClipOperation.IntersectClip
    )
    painter.translate(laid.origin)
    document = laid.block.document
    seen = clip.translated(-laid.origin)
    _draw_code_grounds(painter, look, laid)
    if marked and laid.block.kind != "code":
        _highlight(painter, document, marked, look.colour("heard"))
    _draw_margins(painter, look, document, laid.rect.width())
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, look.colour("muted" if muted else "ink"))
    context.palette = palette
    context.clip = seen
    if chosen:
        context.selections = [_selection(document, chosen, look)]
    document.documentLayout().draw(painter, context)
    painter.translate(-laid.origin)
    if laid.overflow:
        _draw_fades(painter, look, laid, look.colour(ground))
        _draw_scroll(painter, look, laid)


def _ground(painter: QPainter, look: Look, rect: QRectF, colour: str, *, joins: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(colour))
    radius = look.px(_RADIUS)
    painter.drawRoundedRect(rect, radius, radius)
    if joins:
        painter.drawRect(QRectF(rect.left(), rect.top() - radius, rect.width(), 2 * radius))


def _selection(
    document: QTextDocument, chosen: tuple[int, int], look: Look
) -> QAbstractTextDocumentLayout.Selection:
    selection = QAbstractTextDocumentLayout.Selection()
    cursor = QTextCursor(document)
    cursor.setPosition(chosen[0])
    if chosen[1] < 0:
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    else:
        cursor.setPosition(chosen[1], QTextCursor.MoveMode.KeepAnchor)
    form = QTextCharFormat()
    form.setBackground(look.colour("selection"))
    form.setForeground(look.colour("ink"))
    selection.cursor, selection.format = cursor, form
    return selection


def _highlight(painter: QPainter, document: QTextDocument, marked: tuple[int, int], colour: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for rect in line_rects(document, *marked):
        painter.drawRoundedRect(rect.adjusted(-3, -1, 3, 1), 4, 4)


def line_rects(document: QTextDocument, start: int, end: int) -> list[QRectF]:
    """The rectangles, line by line, that positions `start` to `end` of a document take."""
    rects = []
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        origin = document.documentLayout().blockBoundingRect(block).topLeft()
        first, last = start - block.position(), end - block.position()
        rects += [rect.translated(origin) for rect in block_line_rects(block, first, last)]
        block = block.next()
    return rects


def block_line_rects(block: QTextBlock, start: int, end: int) -> list[QRectF]:
    """The rectangles that positions `start` to `end` of a paragraph take, from its top left corner."""
    rects = []
    layout = block.layout()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first = max(start, line.textStart())
        last = min(end, line.textStart() + line.textLength())
        if first < last:
            from_x, to_x = _extent(line, block.text(), first, last)
            height = line.ascent() + line.descent()
            rects.append(QRectF(from_x, line.y(), to_x - from_x, height))
    return rects


def _extent(line: QTextLine, text: str, first: int, last: int) -> tuple[float, float]:
    """From where to where positions `first` to `last` of a line reach; all of them count where directions mix."""
    edge = QTextLine.Edge
    positions = range(first, last) if _RTL.search(text) else (first, last - 1)
    edges = [_x(line.cursorToX(at, side)) for at in positions for side in (edge.Leading, edge.Trailing)]
    return min(edges), max(edges)


def _x(answer: object) -> float:
    """`cursorToX` gives the place, or the place and the position it moved to."""
    return float(answer[0] if isinstance(answer, (tuple, list)) else answer)  # type: ignore[arg-type]


def _draw_code_grounds(painter: QPainter, look: Look, laid: "Laid") -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("hover"))
    for start, end in laid.block.code_runs:
        for rect in line_rects(laid.block.document, start, end):
            painter.drawRoundedRect(rect.adjusted(-look.px(CODE_PADDING), 0, 0, 0), 4, 4)


def _draw_margins(painter: QPainter, look: Look, document: QTextDocument, width: float) -> None:
    """Bullets, the bars beside quotes, rules."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        rect = document.documentLayout().blockBoundingRect(block)
        if depth := form.intProperty(BULLET):
            _draw_bullet(painter, look, block, rect, depth)
        if depth := form.intProperty(QUOTE_DEPTH):
            below = block.next()
            goes_on = below.blockFormat().intProperty(QUOTE_DEPTH) if below.isValid() else 0
            for level in range(depth):
                bar = QRectF(look.px(QUOTE_INDENT * level), rect.top(), look.px(3), rect.height())
                if level < goes_on:
                    bar.setBottom(document.documentLayout().blockBoundingRect(below).top())
                painter.fillRect(bar, look.colour("line"))
        if form.boolProperty(RULE):
            painter.fillRect(QRectF(0, round(rect.center().y()), width, 1), look.colour("line"))
        block = block.next()


def _draw_bullet(painter: QPainter, look: Look, block: QTextBlock, rect: QRectF, depth: int) -> None:
    """A disc, or a ring at every second depth, beside the first line."""
    line = block.layout().lineAt(0)
    size = look.px(5)
    rtl = block.textDirection() is Qt.LayoutDirection.RightToLeft
    x = rect.right() + look.px(12) if rtl else rect.left() + line.x() - look.px(12)
    y = rect.top() + line.y() + line.ascent() - size / 2 - look.px(2)
    ring = depth % 2 == 0
    painter.setPen(QPen(look.colour("muted"), 1.2) if ring else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if ring else look.colour("muted"))
    painter.drawEllipse(QRectF(x - size / 2, y - size / 2, size, size))
    painter.setPen(Qt.PenStyle.NoPen)


def _draw_fades(painter: QPainter, look: Look, laid: "Laid", ground: QColor) -> None:
    """Let what goes on to the side fade out there."""
    clear, width = QColor(ground), look.px(_FADE)
    clear.setAlpha(0)
    for hidden, edge, inwards in (
        (laid.shift, laid.rect.left(), width),
        (laid.overflow - laid.shift, laid.rect.right(), -width),
    ):
        if hidden > 1:
            gradient = QLinearGradient(edge, 0, edge + inwards, 0)
            gradient.setColorAt(0, ground)
            gradient.setColorAt(1, clear)
            inner = laid.rect.adjusted(0, look.px(_RADIUS) / 2, 0, -look.px(_RADIUS) / 2)
            side = QRectF(min(edge, edge + inwards), inner.top(), width, inner.height())
            painter.fillRect(side, gradient)


def _draw_scroll(painter: QPainter, look: Look, laid: "Laid") -> None:
    """A hint of how much lies to the side."""
    visible = laid.rect.width() / laid.content
    room = laid.rect.width() - 2 * look.px(_RADIUS)
    length = room * visible
    left = laid.rect.left() + look.px(_RADIUS) + laid.shift * room / laid.content
    bar = QRectF(left, laid.rect.bottom() - look.px(4), length, look.px(3))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("muted"))
    painter.setOpacity(0.5)
    painter.drawRoundedRect(bar, 1.5, 1.5)
    painter.setOpacity(1.0)
