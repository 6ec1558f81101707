"""A growing text laid out in a column: pieces rendered where they are looked at, estimated elsewhere."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextCursor

from assistant.window.blocks import Block, link_at
from assistant.window.drawing import Mark, draw_block
from assistant.window.inline import STRUT
from assistant.window.look import Look
from assistant.window.pieces import Pieces, begins_list

Place = tuple[int, int, int]
"""Piece, block in it, position in that block's document."""

BEGIN: Place = (-1, 0, 0)
END: Place = (1 << 60, 0, 0)

_CODE_PADDING = (12, 10)  # px at 100 %, sideways and above
_NARROWEST_COLUMN = 96


@dataclass(slots=True)
class Laid:
    """A block in its place. `shift` is how far it is scrolled sideways, `content` how wide it would like to be."""

    block: Block
    rect: QRectF
    content: float = 0.0
    shift: float = 0.0
    padding: QPointF = field(default_factory=QPointF)

    @property
    def origin(self) -> QPointF:
        """Where the document's top left corner is drawn."""
        return self.rect.topLeft() + self.padding - QPointF(self.shift, 0)

    @property
    def overflow(self) -> float:
        return max(0.0, self.content - self.rect.width())


@dataclass(slots=True)
class _Part:
    """A piece's height (with the gap above it), exact once it was laid out at `width`."""

    height: float
    width: int = 0
    laid: list[Laid] | None = None


class Flow:
    """Text in a column of a given width. Coordinates begin at its top left corner."""

    def __init__(self, look: Look, *, plain: bool = False, islands: tuple[tuple[int, int], ...] = ()) -> None:
        self._look = look
        self._plain = plain
        self._islands = islands
        self._pieces = Pieces(plain=plain)
        self._parts: list[_Part] = []
        self._cut_to = -1  # how much of the text is in pieces; -1 before the first look at it
        self._width = 0
        self.text = ""
        self._references = ""

    def grow(self, text: str) -> None:
        """Show `text`, which begins with what was shown before."""
        self.text = text
        if self._parts:
            self._cut()

    def _cut(self) -> None:
        if self._cut_to == len(self.text):
            return
        self._cut_to = len(self.text)
        first = self._pieces.grow(self.text)
        del self._parts[first:]
        for piece in self._pieces.all()[first:]:
            self._parts.append(_Part(self._estimate(piece.start, piece.end)))

    def resolve(self, references: str) -> None:
        """Take note of link definitions ("[1]: https://…") that stand anywhere in the text."""
        self._references = references
        self.forget()

    def forget(self) -> None:
        """Render anew what is looked at next; heights stay as they are until then."""
        for part in self._parts:
            part.laid = None
            part.width = 0

    @property
    def height(self) -> float:
        if not self._parts:
            return self._estimate(0, len(self.text))
        return sum(part.height for part in self._parts)

    @property
    def natural_width(self) -> float:
        """The width that the rendered text would take without wrapping."""
        return max((laid.content for laid in self._all_laid()), default=0.0)

    def layout(self, width: int, top: float, bottom: float) -> None:
        """Make what lies between `top` and `bottom` exact, at this width."""
        self._cut()
        if width != self._width:
            self._width = width
            for part, piece in zip(self._parts, self._pieces.all(), strict=True):
                part.height = self._estimate(piece.start, piece.end)
        y = 0.0
        for index, part in enumerate(self._parts):
            if y > bottom:
                break
            if y + part.height >= top and (part.laid is None or part.width != width):
                self._lay(index)
            y += part.height

    def guess(self, width: int) -> None:
        """Have some height at this width, without looking at the text."""
        self._width = self._width or width

    def release(self, top: float, bottom: float) -> None:
        """Give back the documents that lie wholly outside `top` and `bottom`; their heights are kept."""
        y = 0.0
        for part in self._parts:
            if part.laid is not None and (y > bottom or y + part.height < top):
                part.laid = None
            y += part.height

    def _estimate(self, start: int, end: int) -> float:
        if not self._width:
            return 0.0
        text = self.text[start:end].strip()
        per_line = max(8.0, self._width / self._look.letter)
        gaps = text.count("\n\n")
        lines = text.count("\n") - gaps + 1
        return math.ceil(max(lines, lines * 0.4 + len(text) / per_line)) * self._look.px(
            21
        ) + gaps * self._look.px(10)

    def _lay(self, index: int) -> None:
        part, piece = self._parts[index], self._pieces.all()[index]
        source = self.text[piece.start : piece.end]
        shifts = {at: laid.shift for at, laid in enumerate(part.laid or []) if laid.shift}
        rendered = part.laid is not None
        blocks = [laid.block for laid in part.laid or []] if rendered else self._render(index, source)
        part.laid, y = [], 0.0
        for at, block in enumerate(blocks):
            y += self._gap(index, at, block, joins=piece.joins)
            laid = self._place(block, y)
            laid.shift = min(shifts.get(at, 0.0), laid.overflow)
            part.laid.append(laid)
            y += laid.rect.height()
        part.height, part.width = y, self._width

    def _render(self, index: int, source: str) -> list[Block]:
        # The window is on the screen before there is anything to render.
        from assistant.window.markdown import render, render_plain

        piece = self._pieces.all()[index]
        if self._plain:
            islands = tuple(
                (max(0, start - piece.start), min(len(source), end - piece.start))
                for start, end in self._islands
                if start < piece.end and end > piece.start
            )
            last = index == len(self._parts) - 1
            return render_plain(
                source if last else source.removesuffix("\n"), piece.start, self._look, islands=islands
            )
        return render(source, piece.start, self._look, before=piece.before, references=self._references)

    def _gap(self, index: int, at: int, block: Block, *, joins: bool) -> float:
        if (index, at) == (0, 0) or (at == 0 and joins) or self._plain:
            return 0.0
        if at == 0 and block.begins_list:
            previous = self._pieces.all()[index - 1]
            if begins_list(self.text[previous.start : previous.start + 12]):
                return self._look.px(4)
        return self._look.px(block.top)

    def _place(self, block: Block, y: float) -> Laid:
        width = max(1.0, self._width - block.indent)
        document = block.document
        if block.kind == "code":
            side, above = (self._look.px(padding) for padding in _CODE_PADDING)
            document.setTextWidth(-1)
            rect = QRectF(block.indent, y, width, document.size().height() + 2 * above)
            return Laid(block, rect, document.idealWidth() + 2 * side, 0.0, QPointF(side, above))
        if block.kind == "table":
            document.setTextWidth(self._table_width(block, width))
            content = document.size().width()
            return Laid(block, QRectF(block.indent, y, width, document.size().height()), content)
        document.setTextWidth(width)
        natural = document.idealWidth()
        if self._plain and len(self._parts) == 1:  # text from right to left is to fill its bubble
            document.setTextWidth(math.ceil(natural))
        return Laid(block, QRectF(block.indent, y, width, document.size().height()), natural)

    def _table_width(self, block: Block, width: float) -> float:
        """Its natural width where that fits; squeezed no further than is readable where it does not."""
        document = block.document
        document.setTextWidth(-1)
        natural = document.idealWidth() + 1
        return max(min(natural, width), min(natural, block.columns * self._look.px(_NARROWEST_COLUMN)))

    def _all_laid(self) -> Iterator[Laid]:
        for part in self._parts:
            yield from part.laid or []

    def _each(self, top: float, bottom: float) -> Iterator[tuple[int, int, float, Laid]]:
        """Piece, block, the piece's y and the block, for what is laid out between `top` and `bottom`."""
        y = 0.0
        for index, part in enumerate(self._parts):
            if y > bottom:
                return
            if y + part.height >= top:
                for at, laid in enumerate(part.laid or []):
                    yield index, at, y, laid
            y += part.height

    def paint(
        self,
        painter: QPainter,
        clip: QRectF,
        *,
        selected: tuple[Place, Place] | None,
        mark: Mark,
        muted: bool,
    ) -> None:
        """Draw what lies in `clip`."""
        for index, at, y, laid in self._each(clip.top(), clip.bottom()):
            if not laid.rect.translated(0, y).intersects(clip):
                continue
            painter.save()
            painter.translate(0, y)
            marked = laid.block.shows(mark.start, mark.end) if mark.end > mark.start else None
            chosen = _chosen(selected, index, at)
            draw_block(painter, self._look, laid, clip.translated(0, -y), chosen, marked, muted=muted)
            painter.restore()

    def place_at(self, point: QPointF) -> Place:
        """The place in the text that is nearest to `point`; what is laid out counts."""
        nearest = BEGIN
        for index, at, y, laid in self._each(-math.inf, math.inf):
            if laid.rect.top() + y > point.y() and nearest != BEGIN:
                break
            inside = point - QPointF(0, y) - laid.origin
            layout = laid.block.document.documentLayout()
            nearest = (index, at, layout.hitTest(inside, Qt.HitTestAccuracy.FuzzyHit))
        return nearest

    def link_at(self, point: QPointF) -> str:
        for _, _, y, laid in self._each(point.y(), point.y()):
            inside = point - QPointF(0, y) - laid.origin
            position = laid.block.document.documentLayout().hitTest(inside, Qt.HitTestAccuracy.ExactHit)
            if position >= 0:
                return link_at(laid.block.document, position)
        return ""

    def anchor(self, top: float, bottom: float) -> tuple[bool, int] | None:
        """Whether a piece between `top` and `bottom` is exact, and the first that is, else the first of all."""
        at, first = 0.0, None
        for index, part in enumerate(self._parts):
            if at >= bottom:
                break
            if at + part.height > top:
                if part.laid is not None and part.width == self._width:
                    return True, index
                first = first or (False, index)
            at += part.height
        return first

    def piece_y(self, piece: int) -> float:
        return sum(part.height for part in self._parts[:piece])

    def blocks(self, top: float, bottom: float) -> Iterator[tuple[Laid, QRectF]]:
        """The blocks laid out between `top` and `bottom`, with their rectangles in the flow."""
        for _, _, y, laid in self._each(top, bottom):
            yield laid, laid.rect.translated(0, y)

    def word_at(self, place: Place) -> tuple[Place, Place]:
        return self._around(place, QTextCursor.SelectionType.WordUnderCursor)

    def paragraph_at(self, place: Place) -> tuple[Place, Place]:
        return self._around(place, QTextCursor.SelectionType.BlockUnderCursor)

    def _around(self, place: Place, what: QTextCursor.SelectionType) -> tuple[Place, Place]:
        laid = self._parts[place[0]].laid if 0 <= place[0] < len(self._parts) else None
        if not laid:
            return place, place
        cursor = QTextCursor(laid[place[1]].block.document)
        cursor.setPosition(place[2])
        cursor.select(what)
        return (*place[:2], cursor.selectionStart()), (*place[:2], cursor.selectionEnd())

    def text_between(self, start: Place, end: Place) -> str:
        """The rendered text between two places; the whole source where that is all of it."""
        if start == BEGIN and end == END:
            return self.text
        found = []
        for index, part in enumerate(self._parts):
            if start[0] <= index <= end[0]:
                if part.laid is None or part.width != self._width:
                    self._lay(index)
                found += [
                    _text(laid.block, chosen)
                    for at, laid in enumerate(part.laid or [])
                    if (chosen := _chosen((start, end), index, at))
                ]
        return "\n".join(found)

    def y_of(self, source: int) -> float:
        """How far down the character `source` of the text stands (its piece, or its block where it is laid out)."""
        y = 0.0
        for part, piece in zip(self._parts, self._pieces.all(), strict=True):
            if piece.start <= source < piece.end:
                for laid in part.laid or []:
                    if laid.block.shows(source, source + 1):
                        return y + laid.rect.top()
                return y
            y += part.height
        return y


def _chosen(selected: tuple[Place, Place] | None, index: int, at: int) -> tuple[int, int] | None:
    """The part of a block that lies within a selection, as positions; the end -1 means its last."""
    if selected is None:
        return None
    start, end = selected
    if not start[:2] <= (index, at) <= end[:2]:
        return None
    return start[2] if start[:2] == (index, at) else 0, end[2] if end[:2] == (index, at) else -1


def _text(block: Block, chosen: tuple[int, int]) -> str:
    cursor = QTextCursor(block.document)
    cursor.setPosition(chosen[0])
    if chosen[1] < 0:
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    else:
        cursor.setPosition(chosen[1], QTextCursor.MoveMode.KeepAnchor)
    return cursor.selection().toPlainText().replace(STRUT, "")
