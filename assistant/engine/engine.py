"""One thread takes events from an inbox, steps the session, and carries the commands out.

Nobody else changes the session, so there is nothing to lock. Adapters return quickly and answer with events.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path

from assistant.engine.duties import Ports, duties
from assistant.engine.timers import Timers
from assistant.errors import AssistantError
from assistant.ports import View
from assistant.turn.commands import Command, StartTimer
from assistant.turn.events import AudioHeard, Event, StageFailed, TimerFired
from assistant.turn.machine import step
from assistant.turn.states import Session
from assistant.turn.timekeeping import timed

log = logging.getLogger(__name__)


class Engine:
    """Owns the session from `start` to `stop`.

    `recordings` is the folder of the recordings, named after their turns. `on_bug` is told of an exception that
    nobody expected; the engine's thread has then ended. `inbox` may hold what happened before.
    """

    def __init__(
        self,
        ports: Ports,
        view: View,
        session: Session,
        recordings: Path,
        on_bug: Callable[[BaseException], None],
        inbox: queue.SimpleQueue[Event | None] | None = None,
    ) -> None:
        self._view = view
        self._session = session
        self._duties = duties(ports, view, recordings)
        self._on_bug = on_bug
        self._inbox = inbox or queue.SimpleQueue()
        self._timers = Timers()
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Carry out what is in the inbox, then end."""
        self._inbox.put(None)
        self._thread.join()

    def emit(self, event: Event) -> None:
        """Tell the engine what happened. Any thread; never blocks."""
        self._inbox.put(event)

    def _run(self) -> None:
        try:
            self._view.show(self._session)
            while (event := self._next()) is not None:
                self._take(event)
        except BaseException as error:
            log.exception("the engine broke")
            self._on_bug(error)

    def _next(self) -> Event | None:
        due = self._timers.due(time.monotonic())
        if due is not None:
            return due
        try:
            return self._inbox.get(timeout=self._timers.wait_s(time.monotonic()))
        except queue.Empty:
            return self._next()

    def _take(self, event: Event) -> None:
        at, before = time.monotonic(), self._session
        self._session, commands = timed(step(before, event), event, at)
        if not isinstance(event, AudioHeard):
            log.info("%s: %s -> %s", type(event).__name__, before.stage, self._session.stage)
        for command in commands:
            self._carry_out(command)
        if self._session is not before:
            self._view.show(self._session)

    def _carry_out(self, command: Command) -> None:
        if isinstance(command, StartTimer):
            due = time.monotonic() + command.after_s
            self._timers.start(due, TimerFired(command.name, command.turn))
            return
        part, act = self._duties[type(command)]
        try:
            act(command)
        except AssistantError as error:
            log.warning("%s: %s", part, error.fault.code)
            self.emit(StageFailed(getattr(command, "turn", 0), part, error.fault))
