"""Short, soft sounds, made of sines: it listens (rising), it has heard (falling), something failed (twice the same).

The microphone may hear them: notes under 500 Hz are taken for speech by voice activity detection.
"""

import math
from array import array
from functools import cache

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


@cache
def cue_sound(cue: Cue, rate_hz: float) -> Samples:
    """Mono samples at `rate_hz`."""
    return memoryview(
        array("h", [sample for hz, seconds in _NOTES[cue] for sample in _note(hz, seconds, rate_hz)])
    )


def _note(hz: float, seconds: float, rate_hz: float) -> list[int]:
    step = 2 * math.pi * hz / rate_hz
    # A little of the octave makes it warmer than a bare sine.
    full = _LOUDNESS * 32768 / 1.3
    note = [
        full * (math.sin(step * frame) + 0.3 * math.sin(2 * step * frame))
        for frame in range(round(seconds * rate_hz))
    ]
    for frame in range(math.ceil(_FADE_S * rate_hz)):
        note[frame] *= math.sin(frame / rate_hz / _FADE_S * math.pi / 2) ** 2
        left_s = seconds - (len(note) - 1 - frame) / rate_hz
        note[-1 - frame] *= math.sin(min(1.0, left_s / _FADE_S) * math.pi / 2) ** 2
    return [round(sample) for sample in note]
