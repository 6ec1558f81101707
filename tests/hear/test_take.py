"""What the device gives is what stands in the file, at 16 kHz, whatever the device's own rate."""

from pathlib import Path

import numpy as np
import pytest

from assistant.hear.take import Take, level
from tests.rig.speech import read_wav


def tone(rate_hz: int, duration_s: float, amplitude: float = 0.5) -> np.ndarray:
    times = np.arange(round(rate_hz * duration_s)) / rate_hz
    return (amplitude * np.sin(2 * np.pi * 440 * times)).astype(np.float64)


def record(path: Path, rate_hz: int, samples: np.ndarray) -> tuple[Take, list[float]]:
    take = Take(path, rate_hz)
    block = rate_hz // 50
    levels = [
        level(take.add((samples[start : start + block] * 32767).astype("<i2").tobytes()))
        for start in range(0, len(samples), block)
    ]
    take.close()
    return take, levels


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 44_100, 48_000, 96_000])
def test_the_sound_is_the_same_at_16_khz(tmp_path: Path, rate_hz: int) -> None:
    take, _ = record(tmp_path / "1.wav", rate_hz, tone(rate_hz, 1.0))
    heard = read_wav(tmp_path / "1.wav")
    assert len(heard) == pytest.approx(16_000, abs=1)
    assert take.written_s == len(heard) / 16_000
    assert take.heard_s == pytest.approx(1.0)
    assert take.peak == pytest.approx(0.5, abs=0.01)
    middle = slice(1_000, 15_000)
    assert np.abs(heard[middle] - tone(16_000, 1.0)[middle]).max() < 0.01


def test_the_loudest_sound_is_not_distorted_into_noise(tmp_path: Path) -> None:
    square = np.sign(tone(48_000, 0.2))
    record(tmp_path / "1.wav", 48_000, square)
    heard = read_wav(tmp_path / "1.wav")
    resampled_square = np.sign(tone(16_000, 0.2))
    agreeing = np.sign(heard[500:3000]) == resampled_square[500:3000]
    assert agreeing.mean() > 0.95, "samples beyond the range wrapped around"


def test_the_level_grows_evenly_from_a_quiet_room_to_a_loud_voice(tmp_path: Path) -> None:
    levels = [
        np.mean(record(tmp_path / "1.wav", 48_000, tone(48_000, 0.5, 10 ** (loudness_db / 20)))[1])
        for loudness_db in (-70, -45, -30, -15, 0)
    ]
    assert levels[0] == 0
    assert levels[-1] == 1
    assert np.allclose(np.diff(levels[1:4]), 0.3, atol=0.01)
    assert record(tmp_path / "1.wav", 48_000, np.zeros(4800))[1] == [0.0] * 5


def test_what_a_device_adds_that_is_no_sound_is_not_loud(tmp_path: Path) -> None:
    times = np.arange(48_000) / 48_000
    rumble = 0.3 + 0.01 * np.sin(2 * np.pi * 5 * times)
    assert max(record(tmp_path / "1.wav", 48_000, rumble)[1]) == 0
