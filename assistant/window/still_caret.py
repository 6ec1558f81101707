"""The cursor stops blinking a while after the last key: each blink wakes the program, and nobody looks any more."""

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

STILL_AFTER_MS = 10_000


class StillCaret(QObject):
    """Qt knows one rate of blinking for the program: it is taken while the text box has the focus, and given back."""

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        self._box = box
        self._rate_ms: int | None = None  # while it is still
        self._timer = QTimer(self, singleShot=True, interval=STILL_AFTER_MS)
        self._timer.timeout.connect(self._stop)

    @property
    def still(self) -> bool:
        return self._rate_ms is not None

    def blink(self) -> None:
        """Somebody is there."""
        self.leave()
        self._timer.start()

    def leave(self) -> None:
        """Another widget has the focus, and blinks as it likes."""
        self._timer.stop()
        if self._rate_ms is not None:
            QApplication.setCursorFlashTime(self._rate_ms)
            self._rate_ms = None

    @Slot()
    def _stop(self) -> None:
        if self._box.hasFocus() and QApplication.cursorFlashTime() > 0:
            self._rate_ms = QApplication.cursorFlashTime()
            QApplication.setCursorFlashTime(0)
