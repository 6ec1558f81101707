"""A transcriber at work, as a test sees it."""

import os
import queue
import signal
from pathlib import Path
from typing import TypeVar

from assistant.transcribe.installed import Models
from assistant.transcribe.jobs import Patience
from assistant.transcribe.transcriber import ScribeTranscriber
from assistant.turn.events import (
    Event,
    PartChanged,
    Readiness,
    Recording,
    StageFailed,
    Transcribed,
)
from tests.rig import wait_until

E_ = TypeVar("E_", bound=Event)


class Listening:
    """A transcriber that has been started, and what it emits."""

    def __init__(self, models: Models, model: str = "test.en", patience: Patience | None = None) -> None:
        self.transcriber = ScribeTranscriber(models, patience or Patience())
        self.transcriber.use(model, "en", "auto")
        self.events: queue.Queue[Event] = queue.Queue()
        self.transcriber.start(self.events.put)
        self._turn = 0

    def next(self, kind: type[E_]) -> E_:
        """The next event of this kind; others before it are passed over."""
        while True:
            event = self.events.get(timeout=60)
            if isinstance(event, kind):
                return event

    def settled(self) -> PartChanged:
        """The next readiness that is not on the way to another."""
        while (change := self.next(PartChanged)).readiness == Readiness.STARTING:
            pass
        return change

    def give(self, path: Path, duration_s: float = 3.0) -> int:
        turn = self.next_turn()
        self.complete(turn, path, duration_s)
        return turn

    def follow(self, path: Path) -> int:
        turn = self.next_turn()
        self.transcriber.follow(turn, path)
        return turn

    def complete(self, turn: int, path: Path, duration_s: float = 3.0) -> None:
        self.transcriber.transcribe(turn, Recording(str(path), duration_s, 0.5))

    def next_turn(self) -> int:
        self._turn += 1
        return self._turn

    def outcome(self, turn: int) -> Transcribed | StageFailed:
        while True:
            event = self.events.get(timeout=60)
            if isinstance(event, Transcribed | StageFailed):
                assert event.turn == turn
                return event

    def text(self, path: Path) -> str:
        outcome = self.outcome(self.give(path))
        assert isinstance(outcome, Transcribed), outcome
        return outcome.transcript.text

    @property
    def scribe(self) -> int | None:
        """The process of the scribe in use."""
        process = self.transcriber.recognition.scribe.process
        return process.pid if process is not None else None

    @property
    def larger(self) -> int | None:
        """The process with the larger model."""
        process = self.transcriber.recognition.again.larger.process
        return process.pid if process is not None else None

    def signal_scribe(self, what: signal.Signals) -> None:
        assert self.scribe is not None
        os.kill(self.scribe, what)

    def kill_scribe(self) -> None:
        """Kill it, and wait until another has been started."""
        killed = self.scribe
        self.signal_scribe(signal.SIGKILL)
        wait_until(lambda: self.scribe not in {killed, None}, 30, "another scribe")
