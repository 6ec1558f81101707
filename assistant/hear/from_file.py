"""A microphone that hears a sound file: what `aloud ask --audio` speaks into."""

import threading
import time
from pathlib import Path

from assistant.errors import AssistantError
from assistant.ports import Emit
from assistant.recordings import RATE_HZ, RecordingFile
from assistant.turn.events import AudioEnded, AudioStarted, Fault, Part, Recording, StageFailed


def convert(sound: Path, recording: Path) -> Recording:
    """Write `sound` (any format that FFmpeg's libraries read) to `recording`, 16 kHz mono. Raises AssistantError."""
    import av
    import numpy as np
    from faster_whisper.audio import decode_audio

    try:
        samples = decode_audio(str(sound), RATE_HZ)
    except (av.FFmpegError, OSError, ValueError, IndexError) as error:
        message = f"{sound.name} holds no sound that can be read."
        raise AssistantError("not-sound", message, "Give a WAV, FLAC, MP3, OGG or M4A file.") from error
    peak = float(np.abs(samples).max(initial=0.0))
    pcm = np.clip(samples * 32768, -32768, 32767).astype("<i2").tobytes()
    try:
        file = RecordingFile(recording)
        file.append(pcm)
        file.close()
    except OSError as error:
        message = f"The recording cannot be written: {error.strerror}."
        raise AssistantError("recording-not-written", message, "Make room on the disk.") from error
    return Recording(str(recording), len(samples) / RATE_HZ, peak)


class FileMicrophone:
    """Plays `sound` into every recording, whole, at once; its recordings end by themselves."""

    def __init__(self, sound: Path) -> None:
        self._sound = sound
        self._emit: Emit | None = None
        self._threads: list[threading.Thread] = []

    def start(self, emit: Emit) -> None:
        self._emit = emit

    def stop(self) -> None:
        for thread in self._threads:
            thread.join()

    def open(self, turn: int, path: Path) -> None:
        thread = threading.Thread(target=self._record, args=(turn, path), name="sound file")
        self._threads.append(thread)
        thread.start()

    def close(self, turn: int) -> None:
        """It ends by itself."""

    def use(self, device: str, *, pre_roll: bool = False) -> None:
        """There is one device, the file, and nothing before its beginning."""

    def devices(self) -> list[str]:
        return [self._sound.name]

    def _record(self, turn: int, path: Path) -> None:
        if self._emit is None:
            raise AssertionError("a microphone that was not started")
        try:
            recording = convert(self._sound, path)
        except AssistantError as error:
            fault: Fault = error.fault
            self._emit(StageFailed(turn, Part.HEAR, fault))
            return
        self._emit(AudioStarted(turn, time.monotonic()))
        self._emit(AudioEnded(turn, recording))
