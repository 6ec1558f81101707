"""Silero VAD (https://github.com/snakers4/silero-vad): how likely it is that somebody speaks, every 32 ms.

The network carries its state along, so sound may come bit by bit.
"""

from collections import deque
from functools import cache

import numpy as np
import numpy.typing as npt

from assistant.transcribe.recogniser import Samples
from assistant.transcribe.silero import BEFORE, Network, Weights

CHUNK = 512
SPEECH_FROM = 0.5
SILENCE_BELOW = 0.35
_USUAL_LEVEL = 0.3
_DIGITAL_SILENCE = 1.5 / 32768
_MOST_AT_ONCE = 1000
_LEVEL_CHUNKS = 300


class Detector:
    """Takes sound and gives a probability, 0…1, for each whole chunk of 512 samples, in order.

    It misses what was recorded very softly (from about -50 dB), and noise does not mislead it at any level; so the
    sound is brought to a usual level first, by the loudest of the last ten seconds. A click counts little.
    """

    def __init__(self) -> None:
        self._network = Network(_weights())
        self._rest = np.zeros(0, np.float32)
        self._before = np.zeros(BEFORE, np.float32)
        self._levels: deque[float] = deque(maxlen=_LEVEL_CHUNKS)

    def probabilities(self, samples: Samples) -> npt.NDArray[np.float32]:
        sound = np.concatenate([self._rest, samples])
        count = len(sound) // CHUNK
        self._rest = sound[count * CHUNK :]
        found = [
            self._run(sound[first * CHUNK : min(count, first + _MOST_AT_ONCE) * CHUNK])
            for first in range(0, count, _MOST_AT_ONCE)
        ]
        return np.concatenate([np.zeros(0, np.float32), *found])

    def flush(self) -> npt.NDArray[np.float32]:
        """What is left over, filled up with silence."""
        if not len(self._rest):
            return np.zeros(0, np.float32)
        return self.probabilities(np.zeros(CHUNK - len(self._rest), np.float32))

    def _run(self, sound: Samples) -> npt.NDArray[np.float32]:
        chunks = sound.reshape(-1, CHUNK)
        level = self._level(chunks)
        if level < _DIGITAL_SILENCE:
            return np.zeros(len(chunks), np.float32)
        scaled = np.clip(chunks * np.float32(_USUAL_LEVEL / level), -1, 1)
        before = np.concatenate([self._before[None], scaled[:-1, -BEFORE:]])
        self._before = scaled[-1, -BEFORE:]
        return self._network.probabilities(np.hstack([before, scaled]))

    def _level(self, chunks: Samples) -> float:
        self._levels.extend(np.quantile(np.abs(chunks), _LOUD_SHARE, axis=1).tolist())
        return _CREST * max(self._levels)


class Quiet:
    """Where it has become quiet, to 10 ms: since then there was next to nothing of the loudness of the last seconds.

    This is known some hundredths of a second before a detector of speech is sure.
    """

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.float32)
        self._heard = 0
        self._levels: deque[float] = deque(maxlen=_QUIET_FRAMES)
        self.since: int | None = None

    def add(self, samples: Samples) -> None:
        sound = np.concatenate([self._rest, samples])
        count = len(sound) // _FRAME
        self._rest = sound[count * _FRAME :]
        for level in np.abs(sound[: count * _FRAME]).reshape(count, _FRAME).mean(axis=1).tolist():
            self._levels.append(level)
            if level >= _QUIET_SHARE * max(self._levels):
                self.since = None
            elif self.since is None:
                self.since = self._heard
            self._heard += _FRAME


_FRAME = 160
_QUIET_FRAMES = 500
_QUIET_SHARE = 0.03
_LOUD_SHARE = 0.9
_CREST = 1.5


@cache
def _weights() -> Weights:
    return Weights()
