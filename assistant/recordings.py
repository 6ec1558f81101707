"""Recordings on disk: how their files are named, written, mended and measured.

A recording is a WAV file, 16 kHz mono, 16 bit, with the plain header of 44 bytes. Its header is right after every
block; where a crash or a full disk came between a block and its header, `mend` puts it right from the file's size.
Nothing but the header is ever written twice, so that a recording can be read while it is made.
"""

import logging
import os
import struct
import threading
import wave
from pathlib import Path

from assistant.turn.dataclass import dataclass

log = logging.getLogger(__name__)

RATE_HZ = 16_000
HEADER_BYTES = 44
SAMPLE_BYTES = 2


def recording_file(folder: Path, turn: int) -> Path:
    return folder / f"{turn}.wav"


def trial_file(folder: Path, turn: int) -> Path:
    """Of a trial, beside the recordings that are kept."""
    return trials_folder(folder) / f"{turn}.wav"


def trials_folder(folder: Path) -> Path:
    return folder / "trials"


def recording_turns(folder: Path) -> dict[int, Path]:
    """The recordings that lie in `folder`, by turn."""
    return {int(file.stem): file for file in folder.glob("*.wav") if file.stem.isdecimal()}


def read_seconds(path: Path, start_s: float, end_s: float) -> bytes:
    """The samples from `start_s` to `end_s`, 16-bit little-endian; what lies outside the recording is left out.

    Raises OSError.
    """
    first, last = (max(0, round(at_s * RATE_HZ)) * SAMPLE_BYTES for at_s in (start_s, end_s))
    with path.open("rb") as file:
        file.seek(HEADER_BYTES + first)
        pcm = file.read(last - first)
    return pcm[: len(pcm) // SAMPLE_BYTES * SAMPLE_BYTES]


class RecordingFile:
    """A recording being written. What `append` was given is in the system's hands when it returns: killing the
    program does not lose it. The file can be read by its user alone. Raises OSError.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = path
        self.samples = 0
        self._syncing: threading.Thread | None = None
        self._raw = open(path, "wb", opener=_private)  # noqa: SIM115
        self._wave = wave.open(self._raw, "wb")  # noqa: SIM115
        self._wave.setnchannels(1)
        self._wave.setsampwidth(SAMPLE_BYTES)
        self._wave.setframerate(RATE_HZ)
        self._wave.writeframes(b"")
        self._raw.flush()

    def append(self, pcm: bytes) -> None:
        """Add samples, 16-bit little-endian."""
        self._wave.writeframes(pcm)
        self._raw.flush()
        self.samples += len(pcm) // SAMPLE_BYTES

    def sync(self) -> None:
        """Make what was appended survive a power cut, too, in a moment: a busy disk holds nobody up."""
        if self._syncing is None or not self._syncing.is_alive():
            self._begin_sync()

    def close(self) -> None:
        """End the file, and begin to sync it; where that fails, what was written before is still mended."""
        try:
            self._wave.close()
            self._raw.flush()
            self._begin_sync()
        finally:
            self._raw.close()

    def _begin_sync(self) -> None:
        file = os.dup(self._raw.fileno())
        self._syncing = threading.Thread(target=_sync, args=(file, self.path), name="sync")
        self._syncing.start()


@dataclass(frozen=True, slots=True)
class Measured:
    """How long a recording is, and its loudest sample, 0..1."""

    duration_s: float
    peak: float


def mend(path: Path) -> Measured:
    """Make the header of the recording at `path` tell its true length, and measure it.

    A file too short for a header has nothing in it. Raises OSError.
    """
    samples = max(0, path.stat().st_size - HEADER_BYTES) // SAMPLE_BYTES
    if not samples:
        return Measured(0.0, 0.0)
    data_bytes = samples * SAMPLE_BYTES
    with path.open("r+b") as file:
        for offset, size in ((4, data_bytes + HEADER_BYTES - 8), (40, data_bytes)):
            file.seek(offset)
            if file.read(4) != struct.pack("<I", size):
                file.seek(offset)
                file.write(struct.pack("<I", size))
    import numpy as np

    sound = np.memmap(path, "<i2", "r", HEADER_BYTES, (samples,))
    peak = max(int(sound.max()), -int(sound.min())) / 32768
    return Measured(samples / RATE_HZ, peak)


def _sync(file: int, path: Path) -> None:
    try:
        os.fsync(file)
    except OSError as error:
        log.warning("%s may not survive a power cut: %s", path, error)
    finally:
        os.close(file)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
