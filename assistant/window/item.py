"""One message in its place: the user's in a bubble on the right, an answer in full measure on the left."""

import math
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from assistant.turn.conversation import Message, Role
from assistant.turn.dataclass import dataclass
from assistant.turn.transcript import Origin
from assistant.window.drawing import Mark
from assistant.window.flow import BEGIN, Flow, Place
from assistant.window.icons import paint_icon
from assistant.window.look import Look, Text

STRIP = 32  # px at 100 %: the actions under a message, kept free so that nothing jumps
_BUBBLE_PADDING = (14, 9)
_BUBBLE_SHARE = 0.85
_ROW = 28
_DOTS = 24


@dataclass(frozen=True, slots=True)
class Shown:
    """What an item shows. `live` is an answer on its way, `waiting_s` how long nothing of it has come."""

    message: Message
    live: bool = False
    waiting_s: float | None = None

    @property
    def key(self) -> tuple[int, Role]:
        return self.message.turn, self.message.role


class Item:
    """Lays out and draws one message; coordinates begin at its top left corner, `top` is its place in the view, `height` how much of it it takes."""

    def __init__(self, look: Look, shown: Shown) -> None:
        self._look = look
        self.shown = shown
        self.top = 0.0
        self.height = 0.0
        self.unfolded = False
        self._width = 0
        self._thought: Flow | None = None
        self._flow = self._new_flow(shown.message)
        self._flow.grow(shown.message.text)

    def _new_flow(self, message: Message) -> Flow:
        return Flow(self._look, plain=self.mine, islands=_islands(message) if self.mine else ())

    @property
    def mine(self) -> bool:
        return self.shown.message.role is Role.USER

    @property
    def message(self) -> Message:
        return self.shown.message

    def show(self, shown: Shown) -> None:
        """Show a newer state of the same message."""
        text = shown.message.text
        if text.startswith(self._flow.text):
            if len(text) > len(self._flow.text):
                self._flow.grow(text)
        else:
            self._flow = self._new_flow(shown.message)
            self._flow.grow(text)
            self._flow.guess(self._text_width)
        if self._thought and shown.message.reasoning.startswith(self._thought.text):
            self._thought.grow(shown.message.reasoning)
        if self.shown.live and not shown.live and (references := _references(text)):
            self._flow.resolve(references)
        self.shown = shown
        self._measure()

    def forget(self) -> None:
        self._flow.forget()
        if self._thought:
            self._thought.forget()

    def fold(self, *, unfolded: bool) -> None:
        """Show or hide how the model came to its answer."""
        self.unfolded = unfolded
        self._thought = Flow(self._look) if unfolded else None
        if self._thought:
            self._thought.grow(self.message.reasoning)
            self._thought.guess(self._width)
        self._measure()

    # geometry

    def guess(self, width: int) -> None:
        """Give it a height before it was ever looked at."""
        if not self._width:
            self._width = width
            self._flow.guess(self._text_width)
            self._measure()

    def layout(self, width: int, top: float, bottom: float) -> bool:
        """Make what lies between `top` and `bottom` exact at this width; tells whether the height changed."""
        before, self._width = self.height, width
        if self._thought:
            self._thought.layout(
                width - self._look.px(16), top - self._thought_top, bottom - self._thought_top
            )
        self._flow.layout(self._text_width, top - self._text_top, bottom - self._text_top)
        self._measure()
        return not math.isclose(before, self.height)

    def release(self, top: float, bottom: float) -> None:
        self._flow.release(top - self._text_top, bottom - self._text_top)
        if self._thought:
            self._thought.release(top - self._thought_top, bottom - self._thought_top)

    @property
    def _text_width(self) -> int:
        if not self.mine:
            return self._width
        return int(self._width * _BUBBLE_SHARE) - 2 * self._look.px(_BUBBLE_PADDING[0])

    @property
    def _thought_top(self) -> float:
        return self._look.px(_ROW)

    @property
    def _text_top(self) -> float:
        if self.mine:
            return self._look.px(_BUBBLE_PADDING[1])
        row = self._look.px(_ROW + 4) if self.message.reasoning else 0
        thought = self._thought.height + self._look.px(12) if self._thought else 0
        return row + thought

    @property
    def bubble(self) -> QRectF:
        side, above = (self._look.px(padding) for padding in _BUBBLE_PADDING)
        width = min(self._text_width, math.ceil(self._flow.natural_width)) + 2 * side
        return QRectF(self._width - width, 0, width, self._flow.height + 2 * above)

    @property
    def _text_origin(self) -> QPointF:
        left = self.bubble.left() + self._look.px(_BUBBLE_PADDING[0]) if self.mine else 0
        return QPointF(left, self._text_top)

    @property
    def _note_height(self) -> float:
        return self._look.px(24) if self.note else 0

    @property
    def _body_bottom(self) -> float:
        if self.mine:
            return self.bubble.bottom()
        dots = self._look.px(_DOTS) if self.shown.waiting_s is not None else 0
        return self._text_top + self._flow.height + dots

    @property
    def strip_top(self) -> float:
        return self._body_bottom + self._note_height

    def _measure(self) -> None:
        self.height = self.strip_top + self._look.px(STRIP)

    @property
    def note(self) -> str:
        """What is to be known about a message besides its text."""
        if self.mine or self.shown.live or self.message.whole:
            return ""
        return "Stopped here." if self.message.text else "Stopped before the answer came."

    @property
    def reasoning_rect(self) -> QRectF:
        """The row that folds and unfolds the reasoning; empty without any."""
        if self.mine or not self.message.reasoning:
            return QRectF()
        metrics = QFontMetricsF(self._look.font(Text.SECONDARY))
        width = metrics.horizontalAdvance(self._reasoning_title) + self._look.px(28)
        return QRectF(0, 0, width, self._look.px(_ROW))

    @property
    def _reasoning_title(self) -> str:
        return "Thinking" if self.shown.live and not self.message.text else "How it got there"

    def anchor(self, top: float, bottom: float) -> tuple[bool, int] | None:
        """The piece of the text between `top` and `bottom` that is to stay in place, after whether it is exact."""
        return self._flow.anchor(top - self._text_top, bottom - self._text_top)

    def anchor_y(self, piece: int) -> float:
        return self._text_top + self._flow.piece_y(piece)

    # what is where

    def place_at(self, point: QPointF) -> Place:
        return self._flow.place_at(point - self._text_origin)

    def over_text(self, point: QPointF) -> bool:
        area = QRectF(self._text_origin, self._text_origin + QPointF(self._text_width, self._flow.height))
        return area.contains(point)

    def link_at(self, point: QPointF) -> str:
        return self._flow.link_at(point - self._text_origin)

    def code_blocks(self, top: float, bottom: float) -> Iterator[tuple[str, QRectF]]:
        for laid, rect in self._flow.blocks(top - self._text_top, bottom - self._text_top):
            if laid.block.kind == "code":
                yield laid.block.code, rect.translated(self._text_origin)

    def scroll_sideways(self, point: QPointF, by: float) -> bool:
        """Scroll the code or table under `point`; False where there is nothing to scroll."""
        inside = point - self._text_origin
        for laid, rect in self._flow.blocks(inside.y(), inside.y()):
            if rect.contains(inside) and laid.overflow:
                laid.shift = min(laid.overflow, max(0.0, laid.shift + by))
                return True
        return False

    def source_y(self, source: int) -> float:
        return self._text_top + self._flow.y_of(source)

    def around(self, place: Place, *, paragraph: bool) -> tuple[Place, Place]:
        return self._flow.paragraph_at(place) if paragraph else self._flow.word_at(place)

    def text_between(self, start: Place, end: Place) -> str:
        return self._flow.text_between(start, end)

    # drawing

    def paint(
        self, painter: QPainter, clip: QRectF, selected: tuple[Place, Place] | None, mark: Mark
    ) -> None:
        """Draw what lies in `clip`."""
        if self.mine:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("mine"))
            painter.drawRoundedRect(self.bubble, self._look.px(12), self._look.px(12))
        elif self.message.reasoning:
            self._paint_reasoning(painter, clip)
        painter.save()
        painter.translate(self._text_origin)
        self._flow.paint(
            painter, clip.translated(-self._text_origin), selected=selected, mark=mark, muted=False
        )
        painter.restore()
        if self.shown.waiting_s is not None:
            self._paint_dots(painter, self.shown.waiting_s)
        if self.note:
            self._paint_note(painter)

    def _paint_reasoning(self, painter: QPainter, clip: QRectF) -> None:
        look, row = self._look, self.reasoning_rect
        caret = QRectF(0, row.center().y() - look.px(6), look.px(12), look.px(12))
        paint_icon(painter, "caret-down" if self.unfolded else "caret-right", caret, look.colour("muted"))
        painter.setFont(look.font(Text.SECONDARY))
        painter.setPen(look.colour("muted"))
        painter.drawText(
            row.adjusted(look.px(18), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._reasoning_title
        )
        if self._thought:
            origin = QPointF(look.px(16), self._thought_top)
            bar = QRectF(look.px(5), self._thought_top, look.px(2), self._thought.height)
            painter.fillRect(bar, look.colour("line"))
            painter.save()
            painter.translate(origin)
            self._thought.paint(painter, clip.translated(-origin), selected=None, mark=Mark(), muted=True)
            painter.restore()

    def _paint_dots(self, painter: QPainter, waiting_s: float) -> None:
        look = self._look
        y = self._text_top + self._flow.height + look.px(_DOTS) / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for dot in range(3):
            colour = look.colour("muted")
            if look.motion:
                colour.setAlphaF(0.35 + 0.65 * max(0.0, math.cos((waiting_s * 1.6 - dot / 3) * math.pi) ** 2))
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(look.px(4 + 12 * dot), y), look.px(3), look.px(3))
        if waiting_s >= 2:
            painter.setFont(look.font(Text.SECONDARY))
            painter.setPen(look.colour("muted"))
            where = QRectF(look.px(44), y - look.px(10), look.px(120), look.px(20))
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, f"{int(waiting_s)} s")

    def _paint_note(self, painter: QPainter) -> None:
        look, top = self._look, self._body_bottom
        where = QRectF(0, top + look.px(5), look.px(14), look.px(14))
        paint_icon(painter, "stop-circle", where, look.colour("muted"))
        painter.setFont(look.font(Text.SECONDARY))
        painter.setPen(look.colour("muted"))
        rect = QRectF(look.px(20), top, self._width - look.px(20), look.px(24))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, self.note)


def _islands(message: Message) -> tuple[tuple[int, int], ...]:
    """Where typed words stand among spoken ones, as characters of the message."""
    if not any(word.origin is Origin.SPOKEN for word in message.words):
        return ()
    found, at = [], 0
    for word in message.words:
        bare = word.text.strip()
        start = message.text.find(bare, at)
        if start < 0:
            return ()
        at = start + len(bare)
        if word.origin is Origin.TYPED:
            found.append((start, at))
    return tuple(found)


def _references(text: str) -> str:
    """The link definitions in a Markdown text."""
    lines = (line for line in text.split("\n") if line.startswith("[") and "]: " in line)
    return "\n".join(lines)


__all__ = ["BEGIN", "Item", "Shown"]
