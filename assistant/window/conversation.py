"""The conversation: messages drawn where they are looked at, however many and however long they are.

The view stays at the end only while the reader is there.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QDesktopServices,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.states import Reply, Speech
from assistant.window.announce import announce
from assistant.window.at_hand import AtHand
from assistant.window.column import MARGIN, measure
from assistant.window.drawing import Mark
from assistant.window.inline import SAFE_LINKS
from assistant.window.item import Item
from assistant.window.look import Look
from assistant.window.mirrored import mirrored_within
from assistant.window.overlay import Overlay, copy
from assistant.window.pointer import Pointer
from assistant.window.selection import Selection
from assistant.window.stack import Stack

SCROLLBAR = 10  # px at 100 %
_STEP = 48
_WAITING_TICK_MS = 100


class ConversationView(QAbstractScrollArea):
    """Shows the messages of a conversation, the answer on its way, and the sentence being spoken."""

    read_aloud = Signal(str)
    reading_stopped = Signal()
    answer_again = Signal()
    edit = Signal(str)
    request_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._stack = Stack(look)
        self.items = self._stack.items
        self.selection = Selection(self.items)
        self._messages: tuple[Message, ...] = ()
        self._reply: Reply | None = None
        self._waiting_since = 0.0
        self._speech: Speech | None = None
        self._conversation = ""
        self._at_end = True
        self._moving = False
        self._at_hand = AtHand(self)
        self._pointer = Pointer(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Conversation")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.overlay = Overlay(self)
        self._waiting = QTimer(self, interval=_WAITING_TICK_MS)
        self._waiting.timeout.connect(self._tick)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().setSingleStep(look.px(_STEP))
        look.changed.connect(self._redraw)

    # what is shown

    def show_turn(self, conversation: Conversation, reply: Reply | None, speech: Speech | None) -> None:
        """Show the conversation, with the answer on its way and what is read aloud."""
        opened = conversation.id != self._conversation
        if opened:
            self._conversation = conversation.id
            self._forget_all()
        self._follow_reply(reply)
        messages = conversation.messages
        asked = len(messages) > len(self._messages) and messages[-1].role is Role.USER
        changed = self._show_messages(messages, reply)
        finished = not opened and self._speech_or_reply_ended(messages)
        self._messages, self._reply = messages, reply
        spoken_before, self._speech = self._speech, speech
        if opened or asked:
            self._at_end = True
        if changed or opened:
            self._relayout()
        elif speech != spoken_before:
            self.overlay.place()
            self.viewport().update()
        if self.hasFocus() and self.current is None:
            self._at_hand.take()
        if finished:
            announce(self, messages[-1].text)

    def _forget_all(self) -> None:
        self._stack.clear()
        self._messages, self._reply, self._at_hand.item = (), None, None
        self.selection.clear()

    def _follow_reply(self, reply: Reply | None) -> None:
        waiting = reply is not None and not reply.text
        if waiting and not self._waiting.isActive():
            self._waiting_since = time.monotonic()
            self._waiting.start()
        elif not waiting:
            self._waiting.stop()

    def _speech_or_reply_ended(self, messages: Sequence[Message]) -> bool:
        """Has an answer just been completed?"""
        return bool(self._reply and messages and messages[-1].turn == self._reply.turn and messages[-1].text)

    def _show_messages(self, messages: tuple[Message, ...], reply: Reply | None) -> bool:
        """Tells whether anything changed."""
        waiting_s = time.monotonic() - self._waiting_since if self._waiting.isActive() else None
        gone = self._stack.show(messages, reply, waiting_s)
        if gone:
            self.selection.clip(len(self.items))
            self._at_hand.let_go(gone)
        return gone is not None

    @Slot()
    def _tick(self) -> None:
        if self.items and self.items[-1].shown.live:
            last = self.items[-1]
            last.show(replace(last.shown, waiting_s=time.monotonic() - self._waiting_since))
            self.viewport().update()

    @Slot()
    def _redraw(self) -> None:
        self._stack.forget()
        self._relayout()

    # geometry

    @property
    def column(self) -> QRectF:
        """The column of text, in the viewport."""
        look = self.look
        room = self.viewport().width() + look.px(SCROLLBAR) - 2 * look.px(MARGIN)
        width = max(look.px(120), min(room, int(measure(look))))
        left = (self.viewport().width() + look.px(SCROLLBAR) - width) // 2
        usual = QRectF(left, 0, width, self.viewport().height())
        return mirrored_within(QRectF(self.viewport().rect()), usual, self.layoutDirection())

    @property
    def offset(self) -> int:
        return self.verticalScrollBar().value()

    @property
    def current(self) -> Item | None:
        """The message at hand."""
        return self._at_hand.item

    def visible(self) -> list[Item]:
        return self._stack.between(self.offset, self.offset + self.viewport().height())

    def mark_of(self, item: Item) -> Mark:
        """The sentence being spoken, where it belongs to this item."""
        speech = self._speech
        if speech is None or speech.current is None or self.spoken_item() is not item:
            return Mark()
        sentence = speech.sentences[speech.current]
        return Mark(sentence.start, sentence.end)

    def spoken_item(self) -> Item | None:
        """The item that is read aloud now: the answer itself, or the last message with that text."""
        speech = self._speech
        if speech is None:
            return None
        backwards = reversed(self.items)
        for item in backwards:
            if item.message.turn == speech.turn and item.message.role is Role.ASSISTANT:
                return item
        return next((item for item in reversed(self.items) if item.message.text == speech.text), None)

    def _relayout(self) -> None:
        """Lay out what is visible, and keep what the reader looks at in its place."""
        height, bar = self.viewport().height(), self.verticalScrollBar()
        offset = self._stack.lay_out(int(self.column.width()), height, None if self._at_end else self.offset)
        self._moving = True
        bar.setRange(0, max(0, self._stack.total - height))
        bar.setPageStep(height)
        bar.setEnabled(self._stack.total > height)
        bar.setValue(offset)
        self._moving = False
        self.overlay.place()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relayout()

    @Slot(int)
    def _scrolled(self, value: int) -> None:
        if not self._moving:
            self._at_end = value >= self.verticalScrollBar().maximum() - 2
            self._relayout()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Everything is drawn anew; nothing is to be moved by Qt."""

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.look.colour("ground"))
        left = self.column.left()
        for item in self.visible():
            painter.save()
            painter.translate(left, item.top - self.offset)
            clip = QRectF(event.rect()).translated(-left, self.offset - item.top)
            item.paint(painter, clip, self.selection.within(item), self.mark_of(item))
            if item is self.current and self.hasFocus():
                self._paint_focus(painter, item)
            painter.restore()
        painter.end()

    def _paint_focus(self, painter: QPainter, item: Item) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.colour("accent"))
        left = item.bubble.left() if item.mine else 0.0
        bottom = item.bubble.bottom() if item.mine else item.strip_top
        painter.drawRoundedRect(QRectF(left - self.look.px(10), 0, self.look.px(3), bottom), 1.5, 1.5)

    # pointer

    def item_at(self, point: QPointF) -> tuple[Item, QPointF] | None:
        """The item at a point of the viewport (else the nearest), and the point in it."""
        y = point.y() + self.offset
        item = self._stack.at(y)
        return (item, QPointF(point.x() - self.column.left(), y - item.top)) if item else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointer.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pointer.double_click(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointer.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._pointer.scroll_sideways(event):
            super().wheelEvent(event)

    def open_link(self, address: str) -> None:
        """Open it in the browser; nothing is ever fetched here."""
        if QUrl(address).scheme() in SAFE_LINKS:
            QDesktopServices.openUrl(QUrl(address))

    def unfold(self, item: Item) -> None:
        """Show or hide how the model came to an answer."""
        self._at_end = False
        item.fold(unfolded=not item.unfolded)
        self._relayout()

    # keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.selection.all()
            self.viewport().update()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not control:
            self._at_hand.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Home:
            self.verticalScrollBar().setValue(0)
        elif key == Qt.Key.Key_End:
            self._at_end = True
            self._relayout()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
            self.overlay.focus_actions()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Copy what is selected, else the message at hand."""
        text = self.selection.text() or (self.current.message.text if self.current else "")
        if text:
            copy(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._at_hand.take()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.overlay.place()
        self.viewport().update()
