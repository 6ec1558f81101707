"""Whisper's log-mel spectrogram, grown with the sound: every stretch of it is transformed once.

As in Whisper (Radford et al. 2022, https://arxiv.org/abs/2212.04356): 25 ms Hann windows every 10 ms, triangular mel
filters of equal area after Slaney, the base-10 logarithm, a floor 8 below the loudest, and a shift by 4 over 4.
"""

import numpy as np
import numpy.typing as npt

from assistant.recordings import RATE_HZ
from assistant.transcribe.recogniser import Samples

Spectrogram = npt.NDArray[np.float32]
"""Bands × frames."""

FRAMES_PER_S = 100
HOP = RATE_HZ // FRAMES_PER_S
_WINDOW = 400
_REACH = _WINDOW // 2
_FAINTEST = 1e-10
_RANGE = 8.0
_HANN = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)
_LINEAR_HZ = 200 / 3
_LINEAR_TO_HZ = 1000.0
_LOG_STEP = np.log(6.4) / 27


class LogMel:
    """The spectrogram of sound that comes bit by bit. Frame i has its middle at sample 160 i.

    `forget` drops what is not needed any more; times stay those of the whole sound.
    """

    def __init__(self, bands: int) -> None:
        self._filters = filters(bands)
        self._frames = np.zeros((bands, 0), np.float32)
        self._first_frame = 0
        self._sound = np.zeros(_REACH, np.float32)  # what frames to come still reach back to
        self._next_frame = 0

    def add(self, samples: Samples) -> None:
        self._sound = np.concatenate([self._sound, samples])
        count = (len(self._sound) - _WINDOW) // HOP + 1
        if count > 0:
            self._frames = np.concatenate([self._frames, self._transform(self._sound, count)], axis=1)
            self._next_frame += count
            self._sound = self._sound[count * HOP :]

    def between(self, start: int, end: int) -> Spectrogram:
        """The spectrogram from sample `start` to `end`, scaled as Whisper has it. What is yet to come is silent."""
        first, last = start // HOP, end // HOP
        frames = self._frames[:, first - self._first_frame : last - self._first_frame]
        missing = last - max(first, self._next_frame)
        if missing > 0:
            needed = (missing - 1) * HOP + _WINDOW
            rest = np.pad(self._sound[:needed], (0, max(0, needed - len(self._sound))))
            frames = np.concatenate([frames, self._transform(rest, missing)], axis=1)
        loudest = frames.max(initial=np.log10(_FAINTEST))
        return np.asarray((np.maximum(frames, loudest - _RANGE) + 4) / 4, np.float32)

    def forget(self, before: int) -> None:
        """Drop the frames before sample `before`."""
        keep_from = min(before // HOP, self._next_frame)
        self._frames = self._frames[:, max(0, keep_from - self._first_frame) :].copy()
        self._first_frame = max(self._first_frame, keep_from)

    def _transform(self, sound: Samples, count: int) -> Spectrogram:
        windows = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[: count * HOP : HOP]
        power = np.abs(np.fft.rfft(windows * _HANN, axis=1)).astype(np.float32) ** 2
        return np.asarray(np.log10(np.maximum(self._filters @ power.T, _FAINTEST)), np.float32)


def spectrogram(samples: Samples, bands: int) -> Spectrogram:
    """The whole of some sound."""
    whole = LogMel(bands)
    whole.add(samples)
    return whole.between(0, len(samples))


def filters(bands: int) -> npt.NDArray[np.float32]:
    """Bands × frequencies, as librosa's `filters.mel(htk=False, norm="slaney")` has them."""
    highest = _to_mel(RATE_HZ / 2)
    corners = _to_hz(np.linspace(0, highest, bands + 2))
    frequencies = np.fft.rfftfreq(_WINDOW, 1 / RATE_HZ)
    rising = (frequencies - corners[:-2, None]) / np.diff(corners)[:-1, None]
    falling = (corners[2:, None] - frequencies) / np.diff(corners)[1:, None]
    triangles = np.maximum(0, np.minimum(rising, falling))
    return (triangles * (2 / (corners[2:] - corners[:-2]))[:, None]).astype(np.float32)


def _to_mel(hz: float) -> float:
    return float(_LINEAR_TO_HZ / _LINEAR_HZ + np.log(hz / _LINEAR_TO_HZ) / _LOG_STEP)


def _to_hz(mel: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    corner = _LINEAR_TO_HZ / _LINEAR_HZ
    return np.where(mel < corner, mel * _LINEAR_HZ, _LINEAR_TO_HZ * np.exp(_LOG_STEP * (mel - corner)))
