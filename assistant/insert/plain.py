"""Text into other programs where nobody tells whether it was read: by the clipboard, where it then stays."""

import queue
import threading
from typing import Protocol

from assistant.errors import AssistantError
from assistant.insert import notes
from assistant.insert.plain_text import plain_text
from assistant.ports import Emit
from assistant.turn.events import Fault, Inserted, Part, PartChanged, StageFailed


class Desktop(Protocol):
    """The least that a system must be able to do."""

    def state(self) -> PartChanged: ...

    def focused(self) -> str:
        """Something that tells one window (or program) from another; "" where it is not known."""

    def copy(self, text: str) -> None:
        """Put text on the clipboard. Raises AssistantError."""

    def paste(self) -> Fault | None:
        """Press the keys that paste; or say why that cannot be done."""


class PlainInserter:
    """The port Inserter. Everything is done on its own thread, in order."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._jobs: queue.SimpleQueue[tuple[int, str | None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def start(self, emit: Emit) -> None:
        emit(self._desktop.state())
        self._thread = threading.Thread(target=self._run, args=(emit,), name="insert", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._jobs.put(None)
        if self._thread is not None:
            self._thread.join()

    def note_target(self, turn: int) -> None:
        self._jobs.put((turn, None))

    def insert(self, turn: int, text: str) -> None:
        self._jobs.put((turn, text))

    def _run(self, emit: Emit) -> None:
        noted = (0, "")
        while (job := self._jobs.get()) is not None:
            turn, text = job
            try:
                if text is None:
                    noted = (turn, self._desktop.focused())
                else:
                    same = noted == (turn, self._desktop.focused())
                    emit(Inserted(turn, self._insert(plain_text(text, one_line=False), same)))
            except AssistantError as error:
                emit(StageFailed(turn, Part.INSERT, error.fault))

    def _insert(self, text: str, same: bool) -> Fault | None:
        if not text:
            return None
        self._desktop.copy(text)
        return self._desktop.paste() if same else notes.FOCUS_CHANGED
