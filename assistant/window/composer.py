"""The composer: an ordinary text box that spoken words are put into, and that shows which of them are doubtful."""

import math
import time

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QToolTip, QWidget

from assistant.turn.transcript import Transcript
from assistant.window.doubts import Doubts
from assistant.window.drawing import block_line_rects
from assistant.window.junction import joined, remaining
from assistant.window.live_text import WRAP, LiveText
from assistant.window.look import Look, Text
from assistant.window.units import characters, units

_TYPING_S = 1.5  # who typed so recently is still at it, and keeps the cursor


class Composer(QPlainTextEdit):
    """`submitted` carries the whole text; `edited` too, at every change made by the user; `doubted` how many words are."""

    submitted = Signal(str)
    edited = Signal(str)
    resized = Signal()
    focused = Signal(bool)
    doubted = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._programmatic = False
        self._typed_at = -_TYPING_S
        self._hint = ""
        self._most = look.px(200)
        self.setFont(look.font(Text.BODY))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(WRAP)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName("Message")
        self.doubts = Doubts(self.document())
        self.live = LiveText(look, self.viewport())
        self.textChanged.connect(self._changed)
        self._resize()

    # what comes in

    def place(self, transcript: Transcript, doubt_below: float) -> None:
        """Put the transcript at the cursor, as one step of undo. What stands there, selected or not, stays."""
        typing = time.monotonic() - self._typed_at < _TYPING_S and self.hasFocus()
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        if typing:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfWord)
        text, at = self.toPlainText(), cursor.position()
        index = characters(text, at)
        gap, words, gap_after = joined(text[:index], transcript.text, text[index:], transcript.language)
        kept = self.textCursor()
        anchor, position = kept.anchor(), kept.position()
        self._replace(cursor, gap + words + gap_after)
        self.doubts.add(transcript, at + len(gap), words, doubt_below)
        self._tell_doubts()
        if not typing:
            anchor = position = at + units(gap + words)
        kept.setPosition(anchor)
        kept.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(kept)
        self.ensureCursorVisible()

    def take_out(self, sent: str) -> None:
        """Take the sent text out, and leave what was typed since; Ctrl+Z brings it back."""
        text = self.toPlainText()
        left = remaining(text, sent)
        if left == text:
            return
        from_end = units(text) - self.textCursor().position()
        self._replace_all(left)
        cursor = self.textCursor()
        cursor.setPosition(max(0, units(left) - from_end))
        self.setTextCursor(cursor)

    def load(self, text: str) -> None:
        """Let `text` stand here instead of what does; Ctrl+Z brings that back."""
        self._replace_all(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def _replace_all(self, text: str) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        self._replace(cursor, text)

    def _replace(self, cursor: QTextCursor, text: str) -> None:
        self._programmatic = True
        cursor.beginEditBlock()
        cursor.insertText(text)
        cursor.endEditBlock()
        self.document().setModified(False)  # else what is typed next joins this step of undo
        self._programmatic = False

    # what is seen while the box is empty, and is no part of the text

    def hint(self, text: str) -> None:
        self._hint = text
        self.setPlaceholderText("" if self.live.words else text)
        self._resize()

    def show_live(self, words: str, firm: int) -> None:
        """Show what is understood so far, of which the first `firm` characters no longer change."""
        self.live.show_words(words, firm)
        self.hint(self._hint)

    # doubts

    @Slot()
    def _changed(self) -> None:
        if self.doubts.drop_changed():
            self._tell_doubts()
        self._resize()
        if not self._programmatic:
            self.edited.emit(self.toPlainText())

    def _tell_doubts(self) -> None:
        count = len(self.doubts)
        words = "One doubtful word" if count == 1 else f"{count} doubtful words"
        self.setAccessibleDescription(f"{words}. Tab goes to the next." if count else "")
        self.doubted.emit(count)
        self.viewport().update()

    def _next_doubt(self) -> bool:
        """Select the next doubtful word; False when there is none but what is selected already."""
        following = self.doubts.after(self.textCursor())
        if following is None:
            return False
        self.setTextCursor(following)
        return True

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            position = self.cursorForPosition(self.viewport().mapFrom(self, event.pos())).position()
            QToolTip.showText(event.globalPos(), self.doubts.explain(position), self)
            return True
        return super().event(event)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.submitted.emit(self.toPlainText())
            return
        if event.text():
            self._typed_at = time.monotonic()
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._typed_at = time.monotonic()
        super().inputMethodEvent(event)

    def focusNextPrevChild(self, following: bool) -> bool:
        if following and self._next_doubt():
            return True
        return super().focusNextPrevChild(following)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    # size

    def limit(self, most_px: int) -> None:
        """It grows no higher than this."""
        self._most = most_px
        self._resize()

    @Slot()
    def _resize(self) -> None:
        first = self.document().firstBlock()
        line = math.ceil(self.blockBoundingRect(first).height() / max(1, first.layout().lineCount()))
        slack = self._look.px(2)
        wanted = max(line, self._text_height()) + slack
        most = max(1, (self._most - slack) // line) * line  # whole lines
        height = min(wanted, most + slack)
        policy = Qt.ScrollBarPolicy
        over = wanted > height and not self.document().isEmpty()
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if over else policy.ScrollBarAlwaysOff)
        if height != self.height():
            self.setFixedHeight(height)
            self.resized.emit()

    def _text_height(self) -> int:
        """Height of what is shown, in px; counted no further than the limit."""
        if self.document().isEmpty():
            return math.ceil(self.live.wanted_height) or self._wrapped_height(self._hint)
        height = 0.0
        block = self.document().begin()
        while block.isValid() and height <= self._most:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        return int(height)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(200), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.live.setGeometry(self.viewport().rect())
        self._resize()

    # drawing

    def _wrapped_height(self, text: str) -> int:
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        room = QRect(0, 0, self.viewport().width(), 1 << 20)
        return self.fontMetrics().boundingRect(room, int(flags), text).height() if text else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("doubt"))
        for word in self.doubts.words():
            self._paint_dots(painter, word)
        painter.end()

    def _paint_dots(self, painter: QPainter, word: QTextCursor) -> None:
        block = self.document().findBlock(word.selectionStart())
        origin = self.blockBoundingGeometry(block).translated(self.contentOffset()).topLeft()
        start, end = word.selectionStart() - block.position(), word.selectionEnd() - block.position()
        step, radius = self._look.px(4), self._look.px(1.2 * 2) / 2
        for rect in block_line_rects(block, start, end):
            line = rect.translated(origin)
            for dot in range(max(1, int(line.width() // step))):
                painter.drawEllipse(
                    QPointF(line.left() + step * (dot + 0.5), line.bottom() - 0.5), radius, radius
                )
