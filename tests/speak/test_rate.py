"""Sound keeps its length and its pitch at another rate."""

import math
from array import array

import numpy as np
import pytest

from assistant.speak.rate import at_rate
from assistant.speak.synthesiser import Sound

TONE = Sound(
    array("h", [round(9_000 * math.sin(2 * math.pi * 500 * at / 22_050)) for at in range(22_050)]).tobytes(),
    22_050,
)


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 44_100, 48_000, 96_000])
def test_a_sound_keeps_its_length_pitch_and_loudness(rate_hz: int) -> None:
    sound = at_rate(TONE, rate_hz)
    samples = np.frombuffer(sound.pcm, "<i2")
    assert (sound.rate_hz, len(samples)) == (rate_hz, rate_hz)
    spectrum = np.abs(np.fft.rfft(samples))
    assert spectrum.argmax() == 500
    assert spectrum[500] * 2 / rate_hz == pytest.approx(9_000, rel=0.01)


def test_the_loudest_sound_stays_itself() -> None:
    square = Sound(array("h", ([32_767] * 50 + [-32_768] * 50) * 20).tobytes(), 22_050)
    samples = np.frombuffer(at_rate(square, 44_100).pcm, "<i2").reshape(20, 200)[1:-1]
    assert samples[:, 10:90].min() > 0 > samples[:, 110:190].max()


def test_silence_stays_silence_and_nothing_stays_nothing() -> None:
    assert at_rate(Sound(bytes(2 * 22_050), 22_050), 48_000) == Sound(bytes(2 * 48_000), 48_000)
    assert at_rate(Sound(b"", 22_050), 48_000) == Sound(b"", 48_000)
