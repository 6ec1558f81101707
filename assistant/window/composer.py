"""The composer: an ordinary text box that spoken words are put into, and that knows which words were spoken."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QToolTip, QWidget

from assistant.turn.transcript import Transcript, Word
from assistant.window.doubts import Doubts
from assistant.window.growing import GrowingBox
from assistant.window.islands import Islands
from assistant.window.junction import sent_spans
from assistant.window.look import Look
from assistant.window.mending import Mending
from assistant.window.placing import place
from assistant.window.pocket import filled, taken
from assistant.window.refining import refine
from assistant.window.still_caret import StillCaret
from assistant.window.talk_key import TalkKey
from assistant.window.typing_keys import is_typing
from assistant.window.underlines import paint_marks
from assistant.window.units import units
from assistant.window.worded import Said
from assistant.window.wording import Wording

_TYPING_S = 1.5  # who typed so recently is still at it, and keeps the cursor


class Composer(GrowingBox):
    """`submitted` carries the whole text; `edited` too, at every change made by the user; `doubted` how many words are.

    `taken` carries the words of a text that was cut out as a whole.

    What is asked of the engine for the words at the cursor, or the selected ones: `sound_wanted`,
    `hearing_wanted` ("listen again") and `spelling_wanted` carry a tuple of `Stretch`, `term_wanted` the text.
    """

    submitted = Signal(str)
    edited = Signal(str)
    taken = Signal(object)
    focused = Signal(bool)
    doubted = Signal(int)
    sound_wanted = Signal(object)
    hearing_wanted = Signal(object)
    spelling_wanted = Signal(object)
    term_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._programmatic = False
        self._typed_at = -_TYPING_S
        self.listens_again = False
        """Whether somebody waits for words that are listened to again."""
        self.setTabChangesFocus(True)
        self.setAccessibleName("Message")
        self.wording = Wording(self.document())
        self.islands = Islands(self.wording)
        self.talk_key = TalkKey()
        self.mending = Mending(self, look)
        self._doubts = Doubts(self.wording, self)
        self._doubts.changed.connect(self._tell_doubts)
        self._still = StillCaret(self)
        self.textChanged.connect(self._changed)

    # what stands here

    def said(self) -> list[Said]:
        """Every word as it stands, with its origin and the turn of its recording (0 for none)."""
        return self.wording.said()

    def words(self) -> tuple[Word, ...]:
        """Every word as it stands, with its origin and its recording; joined, their texts are the text."""
        return tuple(word if word.turn == turn else replace(word, turn=turn) for turn, word in self.said())

    @property
    def doubts(self) -> int:
        """How many words are doubtful."""
        return self._doubts.count

    @property
    def blank(self) -> bool:
        """Is there nothing but white space?"""
        block = self.document().begin()
        while block.isValid():
            if block.text().strip():
                return False
            block = block.next()
        return True

    # what comes in

    def place(self, transcript: Transcript, doubt_below: float) -> None:
        """Put the transcript at the cursor, as one step of undo. What stands there, selected or not, stays.

        What was typed while it was spoken stays at that moment of it.
        """
        typing = time.monotonic() - self._typed_at < _TYPING_S and self.hasFocus()
        at = self.textCursor().selectionEnd()
        kept = [self._staying(place) for place in (self.textCursor().anchor(), self.textCursor().position())]
        if typing:
            end = self.textCursor()
            end.setPosition(at)
            end.movePosition(QTextCursor.MoveOperation.EndOfWord)
            at = end.position()
        with self.one_step() as cursor:
            end_at = place(self.wording, self.islands, cursor, transcript, doubt_below, at)
        self._doubts.expect(len(transcript.words))
        self._doubts.recount()
        if typing:
            self.go_to(*(one.position() for one in kept))
        else:
            self.go_to(end_at, end_at)
        self.ensureCursorVisible()

    def _staying(self, position: int) -> QTextCursor:
        """A cursor that stays before what is inserted where it is."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        cursor.setKeepPositionOnInsert(True)
        return cursor

    def refine(self, turn: int, words: Sequence[Word]) -> None:
        """Words of a recording that were decoded again: what a person has not touched is put right.

        What was typed, chosen or changed stays as it is. One step of undo; the cursor stays where it is.
        """
        mending = self.mending.is_open
        at = self.textCursor()
        with self.one_step() as cursor:
            places = refine(self.wording, cursor, turn, words, (at.anchor(), at.position()))
        self.go_to(*places)
        self._doubts.recount()
        self.viewport().update()
        if mending:
            self.mending.reopen()

    def write_instead(self, text: str) -> None:
        """What was spelled: it stands instead of the selected words, as a correction. One step of undo."""
        self.mending.write_instead(text)

    def take_out(self, sent: str) -> None:
        """Take the sent text out, and leave what was typed since; Ctrl+Z brings it back."""
        text = self.toPlainText()
        spans = sent_spans(text, sent)
        if not spans:
            return
        with self.one_step() as cursor:
            for start, end in reversed(spans):
                cursor.setPosition(units(text[:start]))
                cursor.setPosition(units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
                cursor.removeSelectedText()

    def load(self, text: str) -> None:
        """Let `text` stand here instead of what does; Ctrl+Z brings that back."""
        with self.one_step() as cursor:
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text, QTextCharFormat())
        self.moveCursor(QTextCursor.MoveOperation.End)

    @contextmanager
    def one_step(self) -> Iterator[QTextCursor]:
        """A cursor whose changes are one step of undo, which what is typed next does not join, and are not told as the user's."""
        cursor = self.textCursor()  # undo brings the user's back to where it is
        self._programmatic = True
        cursor.beginEditBlock()
        try:
            yield cursor
        finally:
            cursor.endEditBlock()
            self.document().setModified(False)
            self._programmatic = False

    def go_to(self, anchor: int, position: int) -> None:
        """Select from `anchor` to `position`."""
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    # changes

    @Slot()
    def _changed(self) -> None:
        self._doubts.recount()
        if not self._programmatic:
            self.edited.emit(self.toPlainText())

    def tell_edited(self) -> None:
        """Tell of a change that the user has made by choosing."""
        self.edited.emit(self.toPlainText())

    @Slot(int)
    def _tell_doubts(self, count: int) -> None:
        self.setAccessibleDescription(self._doubts.told)
        self.doubted.emit(count)
        self.viewport().update()

    # keys and pointer

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            plain = self.talk_key.plain(event)
            if event.type() is QEvent.Type.ShortcutOverride and (
                plain is not event or self.mending.wants(event)
            ):
                event.accept()
                return True
            return super().event(plain)
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            position = self.cursorForPosition(self.viewport().mapFrom(self, event.pos())).position()
            QToolTip.showText(event.globalPos(), self.mending.explain(position), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._still.blink()
        if self.mending.press(event):
            return
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.submitted.emit(self.toPlainText())
            return
        if event.text():
            self._typed_at = time.monotonic()
        if is_typing(event):
            self.insert(event.text())
            return
        cut = self._wholly_selected() if event.matches(QKeySequence.StandardKey.Cut) else ()
        super().keyPressEvent(event)
        self._tell_taken(cut)

    def _wholly_selected(self) -> tuple[Word, ...]:
        """The words, where all of the text is selected."""
        cursor = self.textCursor()
        selected = cursor.selectionEnd() - cursor.selectionStart()
        return self.words() if 0 < selected == self.document().characterCount() - 1 else ()

    def _tell_taken(self, words: tuple[Word, ...]) -> None:
        if words and self.document().isEmpty():
            self.taken.emit(words)

    def insert(self, text: str) -> None:
        """Put it at the cursor, as typed. Typed letters are of no spoken word, unlike Qt would have it, which writes on as the letter before."""
        cursor = self.textCursor()
        cursor.insertText(text, self.islands.written(cursor, text))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._still.blink()
        self._typed_at = time.monotonic()
        if event.commitString():
            cursor = self.textCursor()
            if event.replacementLength():
                at = cursor.position() + event.replacementStart()
                cursor.setPosition(at)
                cursor.setPosition(at + event.replacementLength(), QTextCursor.MoveMode.KeepAnchor)
                self.setTextCursor(cursor)
            super().inputMethodEvent(QInputMethodEvent())  # what was being composed goes
            self.insert(event.commitString())
            event = QInputMethodEvent(event.preeditString(), event.attributes())
        super().inputMethodEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        return filled(self.wording, self.textCursor())

    def insertFromMimeData(self, source: QMimeData) -> None:
        cursor = self.textCursor()
        cursor.beginEditBlock()
        for text, form in taken(source, self.wording):
            cursor.insertText(text, form or self.islands.written(cursor, text))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._still.blink()
        if not self.mending.clicked(event):
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.mending.released(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        where = self.viewport().mapToGlobal(self.cursorRect().bottomLeft()) if by_key else event.globalPos()
        if not by_key and not self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(event.pos()))
        menu = self.createStandardContextMenu()
        self.mending.asking.add_to(menu)
        cut = menu.findChild(QAction, "edit-cut")
        if isinstance(cut, QAction):
            cut.triggered.connect(partial(self._tell_taken, self._wholly_selected()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    def focusNextPrevChild(self, following: bool) -> bool:
        return self.mending.step(following=following) or super().focusNextPrevChild(following)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._still.blink()
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._still.leave()
        self.talk_key.forget()
        self.mending.close()
        self.focused.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.mending.follow()

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        first = self.firstVisibleBlock()
        origin = self.blockBoundingGeometry(first).translated(self.contentOffset()).topLeft()
        paint_marks(self.viewport(), self._look, self.wording, first, origin)
