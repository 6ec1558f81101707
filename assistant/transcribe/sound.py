"""Reading sound: the ear's recordings with the standard library, any other file with FFmpeg's libraries."""

import sys
import wave
from itertools import chain
from pathlib import Path
from types import ModuleType

import numpy as np

from assistant.errors import AssistantError
from assistant.recordings import RATE_HZ
from assistant.transcribe.recogniser import Samples


def leave_out_av() -> None:
    """Let faster-whisper be imported without PyAV: 16 MB and 70 ms for FFmpeg's libraries, which recordings never need.

    Call it before the first import of faster-whisper, and use nothing of `faster_whisper.audio` but `pad_or_trim`.
    """
    sys.modules.setdefault("av", ModuleType("av"))


def read_sound(path: Path) -> Samples:
    """The sound of a file. Raises AssistantError where there is no file, or no sound in it."""
    try:
        samples = _read_recording(path)
        return _decode(path) if samples is None else samples
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise AssistantError(
            "sound-unreadable", f"{path} cannot be read: {reason}.", "Check the file's name and permissions."
        ) from error


def _read_recording(path: Path) -> Samples | None:
    """None where the file is not a recording as the ear writes them."""
    try:
        with wave.open(str(path), "rb") as file:
            if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (RATE_HZ, 1, 2):
                return None
            data = file.readframes(file.getnframes())
    except (wave.Error, EOFError):
        return None
    whole = data[: len(data) // 2 * 2]
    return np.frombuffer(whole, "<i2").astype(np.float32) / np.float32(32768)


def _decode(path: Path) -> Samples:
    if not hasattr(sys.modules.get("av"), "open"):
        sys.modules.pop("av", None)
    import av

    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise _no_sound(path)
            resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
            frames = [
                resampled.to_ndarray()[0]
                for frame in chain(container.decode(audio=0), [None])
                for resampled in resampler.resample(frame)
            ]
    except av.FFmpegError as error:
        if isinstance(error, OSError) and error.filename and not path.is_file():
            raise
        raise _no_sound(path) from error
    if not frames:
        return np.zeros(0, np.float32)
    return np.concatenate(frames).astype(np.float32) / np.float32(32768)


def _no_sound(path: Path) -> AssistantError:
    return AssistantError(
        "not-sound",
        f"{path} has no sound that can be read.",
        "Give a file such as WAV, FLAC, MP3, OGG or M4A.",
    )
