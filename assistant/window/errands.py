"""Errands: what takes time is asked of `Controls` on worker threads; the answer comes back to the window's thread."""

import itertools
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from assistant.errors import AssistantError
from assistant.turn.dataclass import dataclass
from assistant.turn.events import Fault

T = TypeVar("T")

Failed = Callable[[Fault], None]


def _nothing(_: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class _Errand:
    number: int
    work: Callable[[], Any]


class Errands(QObject):
    """Runs functions elsewhere. `failed` is where a fault goes that the asker has no place for."""

    failed = Signal(object)
    _returned = Signal(int, object, object)

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count()
        self._waiting: dict[int, tuple[Callable[[Any], None], Failed]] = {}
        self._in_order: queue.SimpleQueue[_Errand | None] = queue.SimpleQueue()
        self._lane: threading.Thread | None = None
        self._returned.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def run(
        self, work: Callable[[], T], done: Callable[[T], None] = _nothing, failed: Failed | None = None
    ) -> None:
        """Call `work` on a thread of its own; then `done` with its answer, or `failed` with its fault, on this one."""
        errand = self._note(work, done, failed)
        threading.Thread(target=self._do, args=(errand,), name="errand", daemon=True).start()

    def run_in_order(
        self, work: Callable[[], T], done: Callable[[T], None] = _nothing, failed: Failed | None = None
    ) -> None:
        """Like `run`, after everything that was asked for in order before."""
        if self._lane is None:
            self._lane = threading.Thread(target=self._do_in_order, name="errands in order", daemon=True)
            self._lane.start()
        self._in_order.put(self._note(work, done, failed))

    def stop(self) -> None:
        """Forget who waits. What is under way ends by itself; its answer goes nowhere."""
        self._waiting.clear()
        if self._lane is not None:
            self._in_order.put(None)

    def _note(self, work: Callable[[], T], done: Callable[[T], None], failed: Failed | None) -> _Errand:
        errand = _Errand(next(self._numbers), work)
        self._waiting[errand.number] = (done, failed or self.failed.emit)
        return errand

    def _do_in_order(self) -> None:
        while (errand := self._in_order.get()) is not None:
            self._do(errand)

    def _do(self, errand: _Errand) -> None:
        try:
            self._returned.emit(errand.number, errand.work(), None)
        except AssistantError as error:
            self._returned.emit(errand.number, None, error.fault)
        except Exception as bug:  # noqa: BLE001
            self._returned.emit(errand.number, None, bug)  # raised again where it is seen

    @Slot(int, object, object)
    def _take(self, number: int, answer: object, trouble: Fault | Exception | None) -> None:
        done, failed = self._waiting.pop(number, (_nothing, _nothing))
        if isinstance(trouble, Exception):
            raise trouble
        if trouble is None:
            done(answer)
        else:
            failed(trouble)
