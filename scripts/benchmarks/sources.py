"""A microphone without a device: what somebody says arrives on the clock's pace."""

import threading
import time
from pathlib import Path

from assistant.hear.listening import _TAIL_S as EAR_TAIL_S
from assistant.ports import Emit
from assistant.recordings import RATE_HZ, RecordingFile
from assistant.turn.events import (
    AudioEnded,
    AudioHeard,
    AudioStarted,
    Event,
    Part,
    PartChanged,
    Readiness,
    Recording,
)
from scripts.benchmarks.utterances import Samples, Utterance, room

BLOCK_S = 0.02
_BLOCK = round(BLOCK_S * RATE_HZ)
_LEVEL_EVERY_BLOCKS = 2
_SYNC_EVERY_BLOCKS = 50
_QUIET_S = 5.0


class PacedMicrophone:
    """The port `Microphone`. Like the ear it writes a block when its time has passed, goes on for a moment after the
    release, and syncs the file once a second and at its end.

    `began_at` is when the sound of the newest recording began, `closed_at` when its file was complete (monotonic).
    """

    def __init__(self) -> None:
        self.began_at = self.closed_at = 0.0
        self._samples: Samples = room(0)
        self._emit: Emit
        self._take: _Take | None = None

    def load(self, utterance: Utterance) -> None:
        """What is heard from the next press on; after it, the room."""
        quiet = room(round(_QUIET_S * RATE_HZ))
        self._samples = utterance.recorded(len(utterance.samples) / RATE_HZ + len(quiet) / RATE_HZ)

    def start(self, emit: Emit) -> None:
        self._emit = emit
        self._emit(PartChanged(Part.HEAR, Readiness.READY, "paced"))

    def stop(self) -> None:
        if self._take is not None:
            self._take.close_now()

    def open(self, turn: int, path: Path) -> None:
        self._take = _Take(turn, path, self._samples, self._tell)
        self.began_at = self._take.began_at

    def close(self, turn: int) -> None:
        if self._take is not None and self._take.turn == turn:
            self._take.close()

    def _tell(self, event: Event) -> None:
        if isinstance(event, AudioEnded):
            self.closed_at = time.monotonic()
        self._emit(event)

    def use(self, device: str) -> None:
        """There is one device."""

    def devices(self) -> list[str]:
        return ["paced"]


class _Take:
    """One recording, on a thread of its own."""

    def __init__(self, turn: int, path: Path, samples: Samples, emit: Emit) -> None:
        self.turn = turn
        self.began_at = time.monotonic()
        self._path = path
        self._pcm = (samples * 32767).astype("<i2")
        self._emit = emit
        self._ends_at = float("inf")
        self._thread = threading.Thread(target=self._run, name="paced microphone")
        self._thread.start()

    def close(self) -> None:
        self._ends_at = time.monotonic() + EAR_TAIL_S

    def close_now(self) -> None:
        self._ends_at = 0.0
        self._thread.join()

    def _run(self) -> None:
        file = RecordingFile(self._path)
        for index, start in enumerate(range(0, len(self._pcm), _BLOCK)):
            time.sleep(max(0.0, self.began_at + (index + 1) * BLOCK_S - time.monotonic()))
            now = time.monotonic()
            if now >= self._ends_at:
                break
            file.append(self._pcm[start : start + _BLOCK].tobytes())
            if not index:
                self._emit(AudioStarted(self.turn, now))
            if index % _LEVEL_EVERY_BLOCKS == 0:
                self._emit(AudioHeard(self.turn, 0.5, file.samples / RATE_HZ))
            if index % _SYNC_EVERY_BLOCKS == 0:
                file.sync()
        file.close()
        self._emit(AudioEnded(self.turn, Recording(str(self._path), file.samples / RATE_HZ, 0.5)))
