"""The output device, open: PortAudio takes from the line on its own thread."""

import sys
import time
from collections.abc import Callable
from typing import Any

from assistant.errors import AssistantError
from assistant.speak.line import Line

# Deep, so that a busy machine does not stutter. It delays neither the first sound, since a stream begins with what is
# there, nor a stop, which throws away what the device has.
_LATENCY_S = 0.2
_NO_BLOCK_S = 3.0


class Speaker:
    """The system's default output at its own rate. Made stopped; used by one thread at a time.

    `wake` is called by PortAudio's thread whenever whoever watches the line should look at it.
    """

    def __init__(self, line: Line, wake: Callable[[], None]) -> None:
        self._line = line
        self._wake = wake
        self._ended = False
        self._last_block = 0.0
        self.running = False
        self._stream = _open(self._fill, self._finished)
        self.rate_hz: float = self._stream.samplerate

    def start(self) -> None:
        """Raise AssistantError where the device does not start."""
        self._ended = False
        self._last_block = time.monotonic()
        self.running = True
        try:
            self._stream.start()
        except _sounddevice().PortAudioError as error:
            self.running = False
            raise _unusable() from error

    def abort(self) -> None:
        """Be silent at once."""
        self.running = False
        self._stream.abort()

    def close(self) -> None:
        self.running = False
        self._stream.close()

    def lost(self) -> bool:
        """Whether it should be sounding, but the device has gone or has stopped taking sound."""
        return self.running and (self._ended or time.monotonic() - self._last_block > _NO_BLOCK_S)

    def _fill(self, out: Any, frames: int, when: Any, _: object) -> None:
        self._last_block = now = time.monotonic()
        ahead = when.outputBufferDacTime - when.currentTime
        # Some systems do not tell when a block will be heard.
        heard_at = now + (ahead if 0 <= ahead < 2 else self._stream.latency)
        block, points = self._line.take(frames, heard_at, self.rate_hz)
        samples = memoryview(out).cast("h")
        for channel in range(self._stream.channels):
            samples[channel :: self._stream.channels] = block
        if points:
            self._wake()

    def _finished(self) -> None:
        self._ended = True
        self._wake()


def probe() -> float:
    """The rate of the output device, in Hz. Raise AssistantError where there is none."""
    rate_hz: float = _default_output(_sounddevice())["default_samplerate"]
    return rate_hz


def _open(fill: Callable[..., None], finished: Callable[[], None]) -> Any:
    sounddevice = _sounddevice()
    if sys.platform != "linux":
        # There the default device is the one of when PortAudio last looked.
        _look_again(sounddevice)
    try:
        return _stream(sounddevice, fill, finished)
    except (sounddevice.PortAudioError, AssistantError):
        _look_again(sounddevice)
    try:
        return _stream(sounddevice, fill, finished)
    except sounddevice.PortAudioError as error:
        raise _unusable() from error


def _stream(sounddevice: Any, fill: Callable[..., None], finished: Callable[[], None]) -> Any:
    device = _default_output(sounddevice)
    return sounddevice.RawOutputStream(
        device=device["index"],
        samplerate=device["default_samplerate"],
        channels=min(2, device["max_output_channels"]),
        dtype="int16",
        latency=_LATENCY_S,
        callback=fill,
        finished_callback=finished,
    )


def _unusable() -> AssistantError:
    return AssistantError(
        "speaker-unusable",
        "The loudspeaker cannot be used.",
        "Check that no other program has it for itself, and that the sound server runs.",
    )


def _sounddevice() -> Any:
    try:
        import sounddevice
    except OSError as error:
        raise AssistantError(
            "no-portaudio", "The sound library PortAudio is missing.", "Install the package libportaudio2."
        ) from error
    return sounddevice


def _default_output(sounddevice: Any) -> Any:
    try:
        return sounddevice.query_devices(kind="output")
    except (sounddevice.PortAudioError, ValueError) as error:
        raise AssistantError(
            "no-speaker",
            "No loudspeaker or headphones were found.",
            "Connect some, or start the sound server.",
        ) from error


def _look_again(sounddevice: Any) -> None:
    # PortAudio reads the list of devices only when it starts.
    sounddevice._terminate()  # noqa: SLF001
    sounddevice._initialize()  # noqa: SLF001
