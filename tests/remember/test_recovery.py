"""After whatever ended the program, the next start offers what was under way, until it is settled."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from assistant.ports import Unfinished
from assistant.recordings import RATE_HZ, RecordingFile, recording_file
from assistant.remember import SqliteHistory
from assistant.turn.conversation import Message, Role
from assistant.turn.events import Fault, Goal, Recording, Remedy
from assistant.turn.records import (
    DraftKept,
    Fate,
    QuestionAsked,
    Record,
    RecordingBegun,
    RecordingEnded,
    RecordingSettled,
    ReplyBegun,
    ReplyClosed,
    ReplyPiece,
)
from tests.rig import wait_until

from .conftest import Open


def record(recordings: Path, turn: int, duration_s: float = 1.5) -> Path:
    """A recording as a killed ear leaves it: its header has not heard of the last block."""
    file = RecordingFile(recording_file(recordings, turn))
    file.append(b"\0\0" * round(duration_s * RATE_HZ - 320))
    file.close()
    with file.path.open("ab") as end:
        end.write(b"\x00\x40" * 320)
    return file.path


def after(open_history: Open, *records: Record) -> SqliteHistory:
    """The history at the start after one that wrote these records."""
    first = open_history()
    for one in records:
        first.save(one)
    first.close()
    return open_history()


def settled_by(history: SqliteHistory, settlement: Record) -> bool:
    history.save(settlement)
    history.save(RecordingSettled(99, Fate.EMPTY))  # returns when all before it is written
    return not history.unfinished()


def test_a_recording_that_was_not_closed_is_offered_with_its_true_length(
    open_history: Open, recordings: Path
) -> None:
    path = record(recordings, 1)
    history = after(open_history, RecordingBegun(1, "kyoto", Goal.ASK))
    offer = Unfinished(1, "A recording of 2 s was not transcribed.", Recording(str(path), 1.5, 0.5), "kyoto")
    assert history.unfinished() == [offer]
    assert history.unfinished() == [offer], "looking settles nothing"
    assert settled_by(history, RecordingSettled(1, Fate.TRANSCRIBED))


def test_a_recording_that_was_not_transcribed_is_offered_with_what_was_wrong_with_it(
    open_history: Open, recordings: Path
) -> None:
    lost = Fault("microphone-lost", "The microphone is gone.", "Connect one.", Remedy.CHOOSE_MICROPHONE)
    recording = Recording(str(record(recordings, 1)), 1.5, 0.5, 3, lost)
    history = after(open_history, RecordingBegun(1, "kyoto", Goal.DICTATE), RecordingEnded(1, recording))
    assert history.unfinished() == [
        Unfinished(1, "A dictation of 2 s was not transcribed.", recording, "kyoto")
    ]
    assert settled_by(history, RecordingSettled(1, Fate.CANCELLED))


def test_a_recording_that_only_the_disk_knows_is_offered(open_history: Open, recordings: Path) -> None:
    path = record(recordings, 7)
    history = open_history()
    assert [one.recording for one in history.unfinished()] == [Recording(str(path), 1.5, 0.5)]
    assert settled_by(history, RecordingSettled(7, Fate.TRANSCRIBED))


def test_a_recording_without_sound_is_not_offered(open_history: Open, recordings: Path) -> None:
    RecordingFile(recording_file(recordings, 1)).close()
    begun = [RecordingBegun(turn, "kyoto", Goal.ASK) for turn in (1, 2)]
    assert after(open_history, *begun).unfinished() == []


def test_a_question_that_nobody_answered_is_offered(open_history: Open) -> None:
    history = after(open_history, QuestionAsked(1, "kyoto", "Trip", "When?", (), ()))
    assert history.unfinished() == [Unfinished(1, "“Trip” was not answered.", conversation="kyoto")]
    assert settled_by(history, ReplyClosed(1, whole=False))


def test_an_answer_that_broke_off_is_offered_and_kept_as_far_as_it_came(open_history: Open) -> None:
    history = after(
        open_history,
        QuestionAsked(1, "kyoto", "Trip", "When?", (), ()),
        ReplyBegun(2, "kyoto", 1),
        ReplyPiece(2, "In ", "spring? "),
        ReplyPiece(2, "April"),
    )
    assert history.unfinished() == [Unfinished(2, "The answer to “Trip” broke off.", conversation="kyoto")]
    kept = Message(2, Role.ASSISTANT, "In April", reasoning="spring? ", whole=False)
    assert history.conversation("kyoto").messages[-1] == kept
    assert [found.conversation for found in history.find("april")] == ["kyoto"]
    assert settled_by(history, ReplyClosed(2, whole=False))
    assert history.conversation("kyoto").messages[-1] == kept


def test_answering_again_settles_an_answer_that_broke_off(open_history: Open) -> None:
    history = after(
        open_history,
        QuestionAsked(1, "kyoto", "Trip", "When?", (), ()),
        ReplyBegun(2, "kyoto", 1),
        ReplyPiece(2, "In"),
    )
    history.save(ReplyBegun(3, "kyoto", 1))
    history.save(ReplyPiece(3, "April."))
    assert settled_by(history, ReplyClosed(3, whole=True))
    assert [message.text for message in history.conversation("kyoto").messages] == ["When?", "April."]


def test_an_answer_whose_failure_was_told_is_not_offered(open_history: Open) -> None:
    history = after(
        open_history,
        QuestionAsked(1, "kyoto", "Trip", "When?", (), ()),
        ReplyBegun(2, "kyoto", 1),
        ReplyClosed(2, whole=False),
    )
    assert history.unfinished() == []


def test_a_draft_is_offered_until_it_is_emptied(open_history: Open) -> None:
    history = after(open_history, DraftKept("kyoto", "Half a tho"), DraftKept("kyoto", "Half a thought"))
    offer = Unfinished(0, "A message was not sent.", conversation="kyoto", draft="Half a thought")
    assert history.unfinished() == [offer]
    assert settled_by(history, DraftKept("kyoto", ""))


def test_what_this_program_is_at_itself_is_not_unfinished(open_history: Open, recordings: Path) -> None:
    history = open_history()
    turn = history.next_turn()
    record(recordings, turn)
    history.save(RecordingBegun(turn, "kyoto", Goal.ASK))
    history.save(DraftKept("kyoto", "Half a thought"))
    history.save(QuestionAsked(turn + 1, "kyoto", "Trip", "When?", (), ()))
    assert history.unfinished() == []


ASK = """
import itertools, sys
from pathlib import Path
from assistant.remember import SqliteHistory
from assistant.turn.records import *
history = SqliteHistory(Path(sys.argv[1]), Path(sys.argv[2]), print)
history.save(QuestionAsked(1, "kyoto", "Trip", "When?", (), ()))
history.save(ReplyBegun(2, "kyoto", 1))
print("saved", flush=True)
"""
WAIT = "sys.stdin.read()"
WRITE_FOR_EVER = """
for number in itertools.count():
    history.save(ReplyPiece(2, f"{number} "))
    history.save(DraftKept("kyoto", str(number)))
"""


@contextmanager
def running(then: str, file: Path, recordings: Path) -> Iterator[None]:
    """A program that has asked a question and goes on with `then`; it is killed at the block's end."""
    with subprocess.Popen(
        [sys.executable, "-c", ASK + then, file, recordings],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "saved\n"
        try:
            yield
        finally:
            process.kill()


def pieces_in(history: SqliteHistory) -> list[int]:
    answers = history.conversation("kyoto").messages[1:]
    return [int(piece) for answer in answers for piece in answer.text.split()]


def test_pieces_and_draft_reach_the_disk_while_more_come_and_survive_a_kill(
    open_history: Open, file: Path, recordings: Path
) -> None:
    with running(WRITE_FOR_EVER, file, recordings):
        beside = open_history()
        wait_until(lambda: len(pieces_in(beside)) > 300, 60, "three hundred pieces on disk")
        seen = pieces_in(beside)
    history = open_history()
    kept = pieces_in(history)
    assert kept == list(range(len(kept)))
    assert len(kept) >= len(seen)
    assert int(history.unfinished()[-1].draft) >= seen[-1] - 1


def test_what_save_returned_for_is_there_after_a_kill(
    open_history: Open, file: Path, recordings: Path
) -> None:
    with running(WAIT, file, recordings):
        pass
    conversation = open_history().conversation("kyoto")
    assert [replace(message, words=()) for message in conversation.messages] == [
        Message(1, Role.USER, "When?"),
    ]
