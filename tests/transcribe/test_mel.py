"""The spectrogram is the one that Whisper was trained on, however the sound arrives."""

import numpy as np
import pytest

from assistant.recordings import RATE_HZ
from assistant.transcribe.mel import LogMel, filters, spectrogram
from assistant.transcribe.recogniser import Samples


@pytest.fixture
def sound() -> Samples:
    rng = np.random.default_rng(3)
    return (rng.normal(size=5 * RATE_HZ) * np.linspace(0.001, 0.3, 5 * RATE_HZ)).astype(np.float32)


@pytest.mark.parametrize("bands", [80, 128])
def test_it_is_that_of_faster_whisper(sound: Samples, bands: int) -> None:
    from faster_whisper.feature_extractor import FeatureExtractor

    theirs = FeatureExtractor(bands)
    np.testing.assert_allclose(filters(bands), theirs.mel_filters, atol=1e-7)
    expected = theirs(sound)[:, : 5 * 100]
    inside = slice(2, -2)  # they reflect the sound at its ends, where we have silence
    np.testing.assert_allclose(spectrogram(sound, bands)[:, inside], expected[:, inside], atol=1e-4)


@pytest.mark.parametrize("step", [1, 159, 160, 320, 1000, 50_000])
def test_sound_that_comes_bit_by_bit_gives_the_same(sound: Samples, step: int) -> None:
    sound = sound[: 2 * RATE_HZ]
    grown = LogMel(80)
    for first in range(0, len(sound), step):
        grown.add(sound[first : first + step])
    np.testing.assert_allclose(grown.between(0, len(sound)), spectrogram(sound, 80), atol=1e-5)


def test_what_is_forgotten_changes_nothing_of_the_rest(sound: Samples) -> None:
    grown = LogMel(80)
    grown.add(sound)
    before = grown.between(3 * RATE_HZ, 5 * RATE_HZ)
    grown.forget(3 * RATE_HZ)
    np.testing.assert_array_equal(grown.between(3 * RATE_HZ, 5 * RATE_HZ), before)
    assert before.shape == (80, 200)


def test_what_is_yet_to_come_is_silent() -> None:
    grown = LogMel(80)
    grown.add(np.full(100, 0.5, np.float32))
    shown = grown.between(0, RATE_HZ)
    assert shown.shape == (80, 100)
    assert shown[:, 5:].max() == shown.min()


def test_silence_alone_is_even() -> None:
    assert np.ptp(spectrogram(np.zeros(RATE_HZ, np.float32), 80)) == 0
