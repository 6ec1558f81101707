"""A recording is readable at every moment, also after whatever ended it."""

import stat
import wave
from pathlib import Path

import numpy as np
import pytest

from assistant.recordings import RATE_HZ, Measured, RecordingFile, mend, recording_file, recording_turns


def tone(duration_s: float, peak: float = 0.5) -> bytes:
    samples = np.full(round(duration_s * RATE_HZ), peak * 32768, "<i2")
    return samples.tobytes()


def test_a_recording_can_be_read_while_it_is_written(tmp_path: Path) -> None:
    recording = RecordingFile(tmp_path / "1.wav")
    for blocks in range(1, 4):
        recording.append(tone(0.02))
        with wave.open(str(recording.path)) as file:
            assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE_HZ, 1, 2)
            assert file.getnframes() == blocks * 320
    recording.sync()
    recording.close()
    assert mend(recording.path) == Measured(0.06, 0.5)


def test_only_its_user_can_read_a_recording(tmp_path: Path) -> None:
    RecordingFile(tmp_path / "recordings" / "1.wav").close()
    assert stat.S_IMODE((tmp_path / "recordings" / "1.wav").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "recordings").stat().st_mode) == 0o700


def test_sound_behind_a_stale_header_is_found(tmp_path: Path) -> None:
    path = tmp_path / "1.wav"
    recording = RecordingFile(path)
    recording.append(tone(0.5))
    recording.close()
    with path.open("ab") as file:
        file.write(tone(0.5, -1.0) + b"\x01")  # a sample cut in half
    assert mend(path) == Measured(1.0, 1.0)
    with wave.open(str(path)) as file:
        assert file.getnframes() == RATE_HZ
        assert len(file.readframes(2 * RATE_HZ)) == 2 * RATE_HZ


@pytest.mark.parametrize("content", [b"", b"RIFF", b"\0" * 44])
def test_a_file_without_sound_measures_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "1.wav").write_bytes(content)
    assert mend(tmp_path / "1.wav") == Measured(0.0, 0.0)


def test_recordings_are_found_by_the_turn_they_are_named_after(tmp_path: Path) -> None:
    recording_file(tmp_path, 17).touch()
    (tmp_path / "notes.wav").touch()
    assert recording_turns(tmp_path) == {17: tmp_path / "17.wav"}
    assert recording_turns(tmp_path / "not there") == {}
