"""A recording is readable at every moment, also after whatever ended it."""

import errno
import stat
import threading
import wave
from pathlib import Path

import numpy as np
import pytest

from assistant.recordings import RATE_HZ, Measured, RecordingFile, mend, recording_file, recording_turns
from tests.rig import wait_until


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


def test_whoever_reads_along_has_every_block_at_once_and_never_again(tmp_path: Path) -> None:
    recording = RecordingFile(tmp_path / "1.wav")
    read = b""
    for level in (0.1, 0.2, 0.3):
        recording.append(tone(0.02, level))
        with recording.path.open("rb") as file:
            file.seek(44 + len(read))
            read += file.read()
    recording.close()
    assert read == tone(0.02, 0.1) + tone(0.02, 0.2) + tone(0.02, 0.3) == recording.path.read_bytes()[44:]


def test_a_busy_disk_holds_up_neither_a_block_nor_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = threading.Event()
    monkeypatch.setattr("os.fsync", lambda _: free.wait(30))
    recording = RecordingFile(tmp_path / "1.wav")
    recording.append(tone(0.02))
    recording.sync()
    recording.append(tone(0.02))
    recording.close()
    assert not free.is_set()
    assert mend(recording.path).duration_s == 0.04
    free.set()


def test_a_disk_that_fails_to_sync_is_noted_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried = threading.Event()

    def fail(_: int) -> None:
        tried.set()
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("os.fsync", fail)
    RecordingFile(tmp_path / "1.wav").close()
    assert tried.wait(30)
    wait_until(lambda: "may not survive a power cut" in caplog.text, 30, "a word in the log")


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
