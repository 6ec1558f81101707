"""How many words of the composer are doubtful, read again after every change."""

import gc

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from assistant.window.wording import Wording

_MANY = 2000  # words


class Doubts(QObject):
    """`changed` carries how many words are doubtful. A long text is read in slices."""

    changed = Signal(int)

    def __init__(self, wording: Wording, parent: QObject) -> None:
        super().__init__(parent)
        self._wording = wording
        self._much = False
        self.count = 0
        self.reading = QTimer(self, singleShot=True, interval=0)
        self.reading.timeout.connect(self.recount)

    def expect(self, words: int) -> None:
        """So many words were put in at once, and not read yet."""
        self._much = self._much or words > _MANY

    @Slot()
    def recount(self) -> None:
        """The text has changed."""
        if self._wording.read_on():
            self.reading.start()
        elif self._much:
            self._much = False
            gc.collect()
            gc.freeze()  # else all these words are looked through again and again, each time under some key
        count = self._wording.count_doubts()
        if count != self.count:
            self.count = count
            self.changed.emit(count)

    @property
    def told(self) -> str:
        """In words; "" where nothing is doubtful."""
        if not self.count:
            return ""
        words = "One doubtful word" if self.count == 1 else f"{self.count} doubtful words"
        return f"{words}. Tab goes to the next."
