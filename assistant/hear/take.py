"""The sound of one recording on its way into its file: resampled to 16 kHz, measured, written block by block."""

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soxr

from assistant.recordings import RATE_HZ, RecordingFile

Samples = npt.NDArray[np.float32]

# The loudness of speech near a microphone; room noise lies at the lower end.
_QUIET_DB, _LOUD_DB = -60.0, -10.0
_PIECES = 4  # of a block, 5 ms each


class Take:
    """A recording being made at `path` from 16-bit mono samples of `rate_hz`. Raises OSError.

    `peak` is the loudest sample so far, 0..1, as the device gave it.
    """

    def __init__(self, path: Path, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._file = RecordingFile(path)
        self._resample = soxr.ResampleStream(rate_hz, RATE_HZ, 1, dtype="float32")
        self._given = 0
        self.peak = 0.0

    @property
    def heard_s(self) -> float:
        """How much sound the device gave, with the gaps that were filled."""
        return self._given / self._rate_hz

    @property
    def written_s(self) -> float:
        return self._file.samples / RATE_HZ

    def add(self, pcm: bytes) -> float:
        """Write a block; its loudness in dB of full scale is returned, minus infinity for nothing but zeros."""
        samples = np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)
        self.peak = max(self.peak, float(np.abs(samples).max()))
        self._write(samples)
        return _loudness_db(samples)

    def fill(self, gap_s: float) -> None:
        """Write silence where sound was lost."""
        self._write(np.zeros(round(gap_s * self._rate_hz), np.float32))

    def sync(self) -> None:
        """Make what was written survive a power cut, in a moment."""
        self._file.sync()

    def close(self) -> None:
        """Write what the resampler still holds, and end the file, also where the former fails."""
        try:
            self._write(np.zeros(0, np.float32), last=True)
        finally:
            self._file.close()

    def _write(self, samples: Samples, *, last: bool = False) -> None:
        self._given += len(samples)
        resampled = self._resample.resample_chunk(samples, last=last)
        scaled = np.clip(np.rint(resampled * 32768), -32768, 32767)
        self._file.append(scaled.astype("<i2").tobytes())


def level(loudness_db: float) -> float:
    """Loudness on a scale that looks even to the eye: 0 is a quiet room, 1 a loud voice."""
    return min(1.0, max(0.0, (loudness_db - _QUIET_DB) / (_LOUD_DB - _QUIET_DB)))


def _loudness_db(samples: Samples) -> float:
    """Each piece is taken about its own mean: what a device adds that is too deep to be a voice is not loud."""
    pieces = samples[: len(samples) // _PIECES * _PIECES].reshape(_PIECES, -1)
    power = float(pieces.var(axis=1).mean())
    return 10 * math.log10(power) if power else -math.inf
