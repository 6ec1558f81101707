"""PortAudio's stream: blocks of about 20 ms from one device, given on as they come."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assistant.hear.devices import Device, direct_to, portaudio
from assistant.hear.faults import not_opened, raised

BLOCK_S = 0.02


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
        self._put = put
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

    # PortAudio waits for these two: they only copy and enqueue.

    def _heard(self, samples: Any, _frames: int, _time: Any, status: Any) -> None:
        self._put(Block(self, bytes(samples), time.monotonic(), bool(status.input_overflow)))

    def _finished(self) -> None:
        self._put(Finished(self))
