"""For the tests of the voice: what it tells can be waited for, and what it says is heard and understood."""

import importlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.speak.voice import ChildVoice
from assistant.turn.events import Event, PartChanged, Readiness, SentenceSpoken, SentenceStarted
from tests.rig import SoundServer
from tests.rig.sound import Samples

LONG = "There are nine blue books on the table, and I will go on talking about each of them for a long while."
_MODEL = Path(__file__).parents[2] / "models/test.en"


class Listener:
    """A voice that has been started, and everything it has told."""

    def __init__(self, voice: ChildVoice) -> None:
        self.voice = voice
        self.events: list[Event] = []
        self._changed = threading.Condition()
        voice.start(self._take)

    def _take(self, event: Event) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait_for(self, *events: Event, within_s: float = 30.0) -> None:
        """Return when all these have been told."""
        self.wait_until(lambda: all(event in self.events for event in events), within_s)

    def wait_until(self, check: Callable[[], Any], within_s: float = 30.0) -> None:
        with self._changed:
            assert self._changed.wait_for(check, within_s), self.events[-20:]

    def part(self) -> PartChanged:
        with self._changed:
            return next(event for event in reversed(self.events) if isinstance(event, PartChanged))

    def wait_for_part(self, readiness: Readiness) -> PartChanged:
        self.wait_until(lambda: self.part().readiness is readiness)
        return self.part()

    def say(self, turn: int, *pieces: str) -> None:
        for index, text in enumerate(pieces):
            self.voice.speak(turn, index, text)

    def speaking(self, turn: int, text: str = LONG) -> None:
        """Say `text`; return when it has begun."""
        self.voice.speak(turn, 0, text)
        self.wait_for(SentenceStarted(turn, 0))

    def told(self, turn: int) -> list[SentenceStarted | SentenceSpoken]:
        return [
            event
            for event in self.events
            if isinstance(event, SentenceStarted | SentenceSpoken) and event.turn == turn
        ]


def streams(server: SoundServer) -> str:
    """What plays to the speaker, "" where nothing does."""
    return server._pactl("list", "short", "sink-inputs")


def transcribed(samples: Samples) -> str:
    """What the recogniser understands."""
    from faster_whisper import WhisperModel

    # Otherwise the progress bar that nobody sees starts a thread that stays.
    importlib.import_module("tqdm").tqdm.monitor_interval = 0
    model = WhisperModel(str(_MODEL), device="cpu", compute_type="int8", cpu_threads=2)
    segments, _ = model.transcribe(samples, language="en", beam_size=1)
    return " ".join(segment.text.strip() for segment in segments)
