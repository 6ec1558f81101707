"""PortAudio's stream: blocks of about 20 ms from one device, given on as they come."""

import time
from collections.abc import Callable
from typing import Any

from assistant.hear.devices import Device, direct_to, portaudio
from assistant.hear.faults import not_opened, raised
from assistant.hear.sound_server import Heard, Sources
from assistant.turn.dataclass import dataclass

BLOCK_S = 0.02
FIRST_BLOCK_WITHIN_S = 3.0
STALLED_AFTER_S = 1.0


@dataclass(frozen=True, slots=True)
class Block:
    """16-bit mono samples of the device's rate, that arrived `at` (monotonic). `overflowed`: some before it are lost."""

    capture: "Capture"
    pcm: bytes
    at: float
    overflowed: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """The stream ended by itself: its device is gone."""

    capture: "Capture"


class Capture:
    """An open stream. `put` is called on PortAudio's thread. Raises AssistantError("microphone-not-opened")."""

    def __init__(self, device: Device, put: Callable[[Block | Finished], None]) -> None:
        self.device = device
        self._put = put
        self._hears: Heard | None = None
        sounddevice = portaudio()
        direct_to(device)
        try:
            self._stream = sounddevice.RawInputStream(
                device=device.index,
                samplerate=device.rate_hz,
                blocksize=round(device.rate_hz * BLOCK_S),
                channels=1,
                dtype="int16",
                latency="low",
                callback=self._heard,
                finished_callback=self._finished,
            )
            self._stream.start()
        except sounddevice.PortAudioError as error:
            raise raised(not_opened(device.title)) from error

    def end(self) -> None:
        """Let go of the device at once; blocks that are still on their way are dropped."""
        self._stream.abort()
        self._stream.close()

    def moved(self, sources: Sources) -> bool:
        """Whether the sound server has made this stream hear something else, since the last call with its news."""
        before, self._hears = self._hears, sources.heard
        if before is None or self._hears is None or before.stream != self._hears.stream:
            return False
        return before != self._hears

    # PortAudio waits for these two: they only copy and enqueue.

    def _heard(self, samples: Any, _frames: int, _time: Any, status: Any) -> None:
        self._put(Block(self, bytes(samples), time.monotonic(), bool(status.input_overflow)))

    def _finished(self) -> None:
        self._put(Finished(self))
