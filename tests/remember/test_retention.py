"""The sound of what was said goes when its days are over, and never before it was used."""

import time
from pathlib import Path

import pytest

from assistant.recordings import recording_file
from assistant.remember import SqliteHistory
from assistant.turn.events import Goal, Recording
from assistant.turn.records import Fate, RecordingBegun, RecordingEnded, RecordingSettled
from tests.rig import wait_until

from .conftest import Open

DAY_S = 86_400


def record(
    history: SqliteHistory, recordings: Path, turn: int, *, fate: Fate | None = Fate.TRANSCRIBED
) -> Path:
    path = recording_file(recordings, turn)
    recordings.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"sound")
    history.save(RecordingBegun(turn, "kyoto", Goal.ASK))
    history.save(RecordingEnded(turn, Recording(str(path), 1.0, 0.5)))
    if fate is not None:
        history.save(RecordingSettled(turn, fate))
    return path


@pytest.fixture
def days_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is saved from now on was saved eight days ago; `monkeypatch.undo()` is the way back to the present."""
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() - 8 * DAY_S)


def test_old_recordings_go_at_the_next_start_and_newer_ones_stay(
    open_history: Open, recordings: Path, monkeypatch: pytest.MonkeyPatch, days_ago: None
) -> None:
    first = open_history()
    old = [record(first, recordings, turn, fate=fate) for turn, fate in enumerate(Fate, 1)]
    unused = record(first, recordings, 10, fate=None)
    monkeypatch.undo()
    new = record(first, recordings, 11)
    first.close()
    open_history(keep_days=7)
    wait_until(lambda: not any(path.exists() for path in old), 20, "the old recordings to be removed")
    assert unused.exists()
    assert new.exists()


def test_no_day_removes_a_recording_as_soon_as_it_is_settled(open_history: Open, recordings: Path) -> None:
    history = open_history(keep_days=0)
    unused = record(history, recordings, 1, fate=None)
    used = record(history, recordings, 2)
    wait_until(lambda: not used.exists(), 20, "the recording to be removed")
    assert unused.exists()
    history.save(RecordingSettled(1, Fate.CANCELLED))
    wait_until(lambda: not unused.exists(), 20, "the recording to be removed")


def test_another_number_of_days_holds_at_once(
    open_history: Open, recordings: Path, monkeypatch: pytest.MonkeyPatch, days_ago: None
) -> None:
    history = open_history(keep_days=30)
    old = record(history, recordings, 1)
    monkeypatch.undo()
    history.keep_recordings(7)
    wait_until(lambda: not old.exists(), 20, "the old recording to be removed")


def test_a_users_own_sound_file_is_never_removed(
    open_history: Open, recordings: Path, tmp_path: Path
) -> None:
    own = tmp_path / "interview.wav"
    own.write_bytes(b"sound")
    history = open_history(keep_days=0)
    history.save(RecordingEnded(1, Recording(str(own), 60.0, 0.5)))
    history.save(RecordingSettled(1, Fate.TRANSCRIBED))
    ours = record(history, recordings, 2)
    wait_until(lambda: not ours.exists(), 20, "our recording to be removed")
    assert own.exists()


def test_a_program_that_only_looks_removes_nothing(
    open_history: Open, recordings: Path, monkeypatch: pytest.MonkeyPatch, days_ago: None
) -> None:
    old = record(open_history(), recordings, 1)
    monkeypatch.undo()
    open_history().find()
    assert old.exists()
