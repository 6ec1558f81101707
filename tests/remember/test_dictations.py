"""What was dictated into other programs can be looked at, and the last one put right."""

from pathlib import Path

from assistant.turn.events import Goal, Recording
from assistant.turn.records import (
    Fate,
    RecordingBegun,
    RecordingEnded,
    RecordingSettled,
    TextInserted,
    TranscriptHeard,
)
from assistant.turn.transcript import Origin, Transcript, Word
from tests.remember.conftest import Open

NUMPY = Word(" numpy", 0.3, 0.8, 0.9, Origin.REPLACED, "num pie", "data-science", turn=2)


def dictate(open_history: Open, turn: int, path: Path, *words: Word, goal: Goal = Goal.DICTATE) -> None:
    history = open_history()
    transcript = Transcript(turn, words, "test.en")
    for record in (
        RecordingBegun(turn, "c", goal),
        RecordingEnded(turn, Recording(str(path), 1.0, 0.5)),
        TranscriptHeard(transcript),
        RecordingSettled(turn, Fate.TRANSCRIBED),
    ):
        history.save(record)
    if goal is Goal.DICTATE:
        history.save(TextInserted(turn, transcript.text))


def test_dictations_are_told_newest_first_with_what_was_put_in(open_history: Open, tmp_path: Path) -> None:
    dictate(open_history, 1, tmp_path / "1.wav", Word("Hello."))
    dictate(open_history, 2, tmp_path / "2.wav", Word("Use"), NUMPY)
    dictate(open_history, 3, tmp_path / "3.wav", Word("a question"), goal=Goal.ASK)
    history = open_history()
    newest, older = history.dictated(10)
    assert (newest.turn, newest.text, newest.words[1]) == (2, "Use numpy", NUMPY)
    assert (older.turn, older.text) == (1, "Hello.")
    assert history.dictated(1) == [newest]
    history.save(TranscriptHeard(Transcript(2, (Word("Something else"),), "test.en")))
    assert history.dictated(1)[0].words == ()


def test_the_last_dictation_is_found_while_its_recording_is_kept(open_history: Open, tmp_path: Path) -> None:
    history = open_history()
    assert history.last_dictation() is None
    path = tmp_path / "2.wav"
    path.touch()
    dictate(open_history, 2, path, Word("Use"), NUMPY)
    dictate(open_history, 3, tmp_path / "3.wav", Word("a question"), goal=Goal.ASK)
    assert history.last_dictation() == (2, Recording(str(path), 1.0, 0.5))
    path.unlink()
    assert history.last_dictation() is None
