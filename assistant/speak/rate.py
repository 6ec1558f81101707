"""Sound brought to another rate.

NumPy and soxr are imported where a sound is brought to another rate: that is for the process that speaks only where the
device's rate was not known when the sound was made, or the sound is a recording's.
"""

from assistant.speak.synthesiser import Sound


def at_rate(sound: Sound, rate_hz: int) -> Sound:
    """`sound` at `rate_hz`."""
    if rate_hz == sound.rate_hz or not sound.pcm:
        return Sound(sound.pcm, rate_hz)
    import numpy as np
    import soxr

    samples = np.frombuffer(sound.pcm, "<i2").astype(np.float32)
    resampled = np.rint(soxr.resample(samples, sound.rate_hz, rate_hz))
    return Sound(resampled.clip(-32768, 32767).astype("<i2").tobytes(), rate_hz)
