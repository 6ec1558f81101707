"""Short, soft sounds, made of sines: it listens (rising), it has heard (falling), something failed (twice the same).

The microphone may hear them: notes under 500 Hz are taken for speech by voice activity detection.
"""

import numpy as np

from assistant.speak.line import Samples
from assistant.turn.commands import Cue

_LOUDNESS = 0.14
_FADE_S = 0.012

# (Hz, seconds); 0 Hz is a rest. None lasts longer than 120 ms.
_NOTES = {
    Cue.LISTENING: ((659.3, 0.05), (987.8, 0.07)),
    Cue.HEARD: ((987.8, 0.05), (659.3, 0.07)),
    Cue.FAILED: ((523.3, 0.05), (0.0, 0.02), (523.3, 0.05)),
}


def cue_sound(cue: Cue, rate_hz: float) -> Samples:
    """Mono samples in -1…1 at `rate_hz`."""
    return np.concatenate([_note(hz, seconds, rate_hz) for hz, seconds in _NOTES[cue]])


def _note(hz: float, seconds: float, rate_hz: float) -> Samples:
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    fade = np.clip(np.minimum(time_s, seconds - time_s) / _FADE_S, 0, 1)
    # A little of the octave makes it warmer than a bare sine.
    wave = np.sin(2 * np.pi * hz * time_s) + 0.3 * np.sin(4 * np.pi * hz * time_s)
    sound: Samples = (_LOUDNESS * np.sin(fade * np.pi / 2) ** 2 * wave / 1.3).astype(np.float32)
    return sound
