"""The bridge from the engine's thread to Qt's: a `View` that hands everything over by queued signals."""

import threading
import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from assistant.turn.states import Session
from assistant.turn.transcript import Transcript, Word

_BETWEEN_S = 1 / 30


class Bridge(QObject):
    """What the rest of the program sees of the window; every method may be called from any thread, and none waits.

    Sessions are coalesced: only the newest is delivered (by `session`), at most thirty times a second.
    """

    session = Signal(object)
    placed = Signal(object)
    refined = Signal(int, object)
    cleared = Signal(str)
    loaded = Signal(str)
    raised = Signal()
    quitting = Signal()
    _woken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._newest: Session | None = None
        self._delivered_at = -_BETWEEN_S
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._deliver)
        self._woken.connect(self._wake, Qt.ConnectionType.QueuedConnection)

    def show(self, session: Session) -> None:
        with self._lock:
            asleep, self._newest = self._newest is None, session
        if asleep:
            self._woken.emit()

    def place(self, transcript: Transcript) -> None:
        self.placed.emit(transcript)

    def refine(self, turn: int, words: Sequence[Word]) -> None:
        self.refined.emit(turn, words)

    def clear(self, text: str) -> None:
        self.cleared.emit(text)

    def load(self, text: str) -> None:
        self.loaded.emit(text)

    def raise_(self) -> None:
        """Bring the window to the front (a second start of the program asks for it)."""
        self.raised.emit()

    def quit(self) -> None:
        self.quitting.emit()

    @Slot()
    def _wake(self) -> None:
        wait_s = self._delivered_at + _BETWEEN_S - time.monotonic()
        if wait_s > 0:
            self._timer.start(int(wait_s * 1000) + 1)
        else:
            self._deliver()

    @Slot()
    def _deliver(self) -> None:
        with self._lock:
            newest, self._newest = self._newest, None
        if newest is not None:
            self.session.emit(newest)
            self._delivered_at = time.monotonic()
