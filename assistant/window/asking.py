"""What is asked of the engine for the words at the cursor, or the selected ones: by key and by menu."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from assistant.turn.transcript import Stretch
from assistant.window.announce import announce
from assistant.window.worded import stretches

if TYPE_CHECKING:
    from assistant.window.composer import Composer


class Asking(QObject):
    """Emits the composer's signals. `guesses` shows what else a word may be, where that is `possible`."""

    def __init__(
        self, composer: "Composer", guesses: Callable[[], None], possible: Callable[[], bool]
    ) -> None:
        super().__init__(composer)
        self._composer = composer
        self._wording = composer.wording
        self._commands: Sequence[tuple[str, str, Callable[[], None], Callable[[], bool]]] = (
            ("Other guesses", "Alt+Down", guesses, possible),
            ("Play the sound", "Ctrl+P", self.play, self._is_heard),
            ("Listen again", "Ctrl+L", self._listen_again, self._is_heard),
            ("Spell it", "Ctrl+Shift+L", self._spell, self._is_heard),
            ("Add to my terms", "Ctrl+T", self._add_term, self._is_word),
        )

    def press(self, event: QKeyEvent) -> bool:
        """True where the key was for one of these."""
        pressed = QKeySequence(event.keyCombination())
        for _, keys, act, possible in self._commands:
            if pressed == QKeySequence(keys):
                if possible():
                    act()
                return True
        return False

    def add_to(self, menu: QMenu) -> None:
        """Put everything that can be done with the word at the top of a menu."""
        first = menu.actions()[0] if menu.actions() else None
        made = []
        for title, keys, act, possible in self._commands:
            action = menu.addAction(
                f"{title}\t{QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}"
            )
            action.setEnabled(possible())
            action.triggered.connect(act)
            made.append(action)
        made.append(menu.addSeparator())
        if first is not None:
            menu.insertActions(first, made)

    def stretches(self) -> tuple[Stretch, ...]:
        """Where the selected words, or the one at the cursor, are heard."""
        cursor = self._composer.textCursor()
        spots = self._wording.between(cursor.selectionStart(), cursor.selectionEnd())
        return stretches(self._wording.said_at(spots))

    def _is_heard(self) -> bool:
        return bool(self.stretches())

    @Slot()
    def play(self) -> None:
        self._composer.sound_wanted.emit(self.stretches())

    @Slot()
    def _listen_again(self) -> None:
        """The words are selected: one sees which, and nobody is at them when they are understood better."""
        cursor = self._composer.textCursor()
        spots = self._wording.between(cursor.selectionStart(), cursor.selectionEnd())
        start, end = self._wording.core(spots[0])[0], self._wording.core(spots[-1])[1]
        if (cursor.selectionStart(), cursor.selectionEnd()) != (start, end):
            self._composer.go_to(start, end)
        announce(self._composer, "Listening again")
        self._composer.hearing_wanted.emit(self.stretches())

    @Slot()
    def _spell(self) -> None:
        self._composer.spelling_wanted.emit(self.stretches())

    @Slot()
    def _add_term(self) -> None:
        self._composer.term_wanted.emit(self._term())

    def _is_word(self) -> bool:
        return bool(self._term())

    def _term(self) -> str:
        """What is selected, or the word at the cursor, in one line."""
        cursor = self._composer.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        if start == end:
            spot = self._wording.at(start)
            if spot is None:
                return ""
            start, end = self._wording.core(spot)
        return " ".join(self._wording.text(start, end).split())
