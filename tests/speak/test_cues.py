"""Cues are short, soft, unlike each other, and nobody takes them for speech."""

import itertools

import numpy as np
import pytest

from assistant.speak import cues
from assistant.turn.commands import Cue
from tests.rig.sound import Samples

RATE_HZ = 16_000


def cue_sound(cue: Cue, rate_hz: int) -> Samples:
    """In -1…1."""
    return np.array(cues.cue_sound(cue, rate_hz), np.float32) / np.float32(32768)


@pytest.mark.parametrize("cue", list(Cue))
def test_a_cue_is_short_soft_and_has_no_click(cue: Cue) -> None:
    sound = cue_sound(cue, RATE_HZ)
    assert len(sound) / RATE_HZ <= 0.12
    assert 0.05 < np.abs(sound).max() <= 0.15
    assert np.abs(sound[[0, -1]]).max() < 0.002


def test_cues_differ_from_each_other() -> None:
    spectra = {cue: np.abs(np.fft.rfft(cue_sound(cue, RATE_HZ)[:800], 1600)) for cue in Cue}
    for one, other in itertools.combinations(spectra.values(), 2):
        assert np.corrcoef(one, other)[0, 1] < 0.5


@pytest.mark.parametrize("cue", list(Cue))
def test_a_cue_that_the_microphone_hears_is_not_taken_for_speech(cue: Cue) -> None:
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    room = np.random.default_rng(1).normal(0, 0.001, 2 * RATE_HZ).astype(np.float32)
    for loudness in (0.1, 1.0, 4.0):
        heard = room.copy()
        sound = cue_sound(cue, RATE_HZ)
        heard[RATE_HZ // 2 : RATE_HZ // 2 + len(sound)] += loudness * sound
        assert get_speech_timestamps(heard, VadOptions()) == []
