"""Sounds in which nobody speaks: silence, noise and hum, at several levels."""

import numpy as np
import numpy.typing as npt

from assistant.recordings import RATE_HZ

Samples = npt.NDArray[np.float32]
_LENGTH = 4 * RATE_HZ


def noises() -> dict[str, Samples]:
    """By name; levels are in dB below full scale."""
    rng = np.random.default_rng(5)
    silence = np.zeros(_LENGTH)
    dither = rng.integers(-1, 2, _LENGTH) / 32768
    sounds = {"silence": silence, "dither": dither, "clicks": _clicks(), "tone": _hum(440, 1) * 0.3}
    for level in (-60, -40, -20, -6):
        loudness = 10 ** (level / 20)
        sounds[f"white noise at {level} dB"] = np.clip(rng.normal(size=_LENGTH) * loudness, -1, 1)
        sounds[f"rumble at {level} dB"] = _rumble(rng) * loudness
        sounds[f"hum at {level} dB"] = _hum(50, 8) * loudness
    return {name: sound.astype(np.float32) for name, sound in sounds.items()}


def _hum(pitch_hz: float, harmonics: int) -> npt.NDArray[np.float64]:
    time_s = np.arange(_LENGTH) / RATE_HZ
    hum = np.sum([np.sin(2 * np.pi * pitch_hz * n * time_s) / n for n in range(1, harmonics + 1)], axis=0)
    return np.asarray(hum / np.abs(hum).max())


def _rumble(rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Noise whose power falls with the frequency."""
    spectrum = np.fft.rfft(rng.normal(size=_LENGTH))
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    sound = np.fft.irfft(spectrum)
    return np.asarray(sound / np.abs(sound).max())


def _clicks() -> npt.NDArray[np.float64]:
    clicks = np.zeros(_LENGTH)
    clicks[2000::8000] = 0.8
    return clicks
