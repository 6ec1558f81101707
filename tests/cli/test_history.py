"""`aloud history show`: a conversation, and when what happened in its turns."""

import pytest

from assistant import paths
from assistant.remember import SqliteHistory
from assistant.turn.events import Goal
from assistant.turn.records import (
    QuestionAsked,
    Record,
    RecordingBegun,
    ReplyBegun,
    ReplyClosed,
    ReplyPiece,
    TextInserted,
    TimesTaken,
    TranscriptHeard,
)
from assistant.turn.timeline import Moment, Timeline
from assistant.turn.transcript import Origin, Transcript, Word
from tests.cli.command import aloud
from tests.rig import FaultServer, Reply

SPOKEN = {
    Moment.PRESS: 0.0,
    Moment.FIRST_BLOCK: 0.0312,
    Moment.RELEASE: 2.0,
    Moment.TEXT: 2.0125,
    Moment.SENT: 2.013,
}
DICTATED = {Moment.PRESS: 0.0, Moment.RELEASE: 1.0, Moment.TEXT: 1.25}
WORDS = (Word("When do the trees", 0.1, 1.5, turn=1), Word(" bloom?", origin=Origin.TYPED))
RECORDS: tuple[Record, ...] = (
    RecordingBegun(1, "kyoto", Goal.ASK),
    QuestionAsked(2, "kyoto", "Trip to Kyoto", "When do the trees bloom?", WORDS, (1,)),
    ReplyBegun(3, "kyoto", 2),
    ReplyPiece(3, "In April."),
    ReplyClosed(3, whole=True),
    TimesTaken(Timeline(1, SPOKEN, 2, 3), "kyoto"),
    TimesTaken(Timeline(4, DICTATED), "kyoto"),
)


@pytest.fixture
def kyoto(private_environment: object) -> None:
    """A history with one conversation."""
    history = SqliteHistory(paths.history_file(), paths.recordings_folder(), print)
    for record in RECORDS:
        history.save(record)
    history.close()


@pytest.mark.usefixtures("kyoto")
def test_without_an_id_the_newest_conversation_is_shown() -> None:
    assert "In April." in aloud("history", "show").out
    assert aloud("history", "show", "ky").out == aloud("history", "show").out


def test_where_there_is_no_conversation_that_is_said() -> None:
    done = aloud("history", "show", "--timing")
    assert done.code == 2
    assert done.err.strip() == "There is no conversation yet. Ask something first."


def test_what_was_dictated_is_listed_with_what_was_put_in_and_its_source() -> None:
    assert aloud("history", "dictations").out == "Nothing yet.\n"
    history = SqliteHistory(paths.history_file(), paths.recordings_folder(), print)
    numpy = Word(" numpy.", 0.3, 0.8, 0.9, Origin.REPLACED, "num pie", "data-science", turn=1)
    history.save(TranscriptHeard(Transcript(1, (Word("Use", turn=1), numpy), "test.en")))
    history.save(TextInserted(1, "Use numpy."))
    history.close()
    said, replaced = aloud("history", "dictations").out.splitlines()
    assert said.endswith("  Use numpy.")
    assert replaced == "    num pie → numpy  (data-science, 0.90)"
    [told] = aloud("history", "dictations", "--json").json
    assert (told["turn"], told["text"]) == (1, "Use numpy.")
    assert told["words"][1]["source"] == "data-science"


@pytest.mark.usefixtures("kyoto")
def test_the_times_of_each_turn_stand_in_a_table_from_the_press_and_from_the_release() -> None:
    lines = [line.split() for line in aloud("history", "show", "kyoto", "--timing").out.splitlines()]
    assert lines[:3] == [
        ["When", "do", "the", "trees", "bloom?"],
        ["ms", "from", "press", "from", "release"],
        ["press", "0.0", "-2,000.0"],
    ]
    assert ["first", "block", "31.2", "-1,968.8"] in lines
    assert ["sent", "2,013.0", "13.0"] in lines
    assert ["dictated,", "or", "not", "sent"] in lines
    assert ["text", "1,250.0", "250.0"] in lines


@pytest.mark.usefixtures("kyoto")
def test_programs_get_each_word_with_the_recording_in_which_it_is_heard() -> None:
    spoken, typed = aloud("history", "show", "kyoto", "--json").json["messages"][0]["words"]
    assert (spoken["recording"], spoken["start_s"], spoken["origin"]) == (1, 0.1, "spoken")
    assert (typed["recording"], typed["origin"]) == (None, "typed")


@pytest.mark.usefixtures("kyoto")
def test_programs_get_the_times_as_json() -> None:
    asked, dictated = aloud("history", "show", "kyoto", "--timing", "--json").json["turns"]
    assert asked["question"] == "When do the trees bloom?"
    assert asked["waited_from"] == "release"
    assert asked["moments_ms"]["first_block"] == 31.2
    assert asked["waited_ms"] == {
        "press": -2000.0,
        "first_block": -1968.8,
        "release": 0.0,
        "text": 12.5,
        "sent": 13.0,
    }
    assert dictated["question"] is None


def test_a_typed_question_that_was_really_asked_is_timed_from_the_sending(fault_server: FaultServer) -> None:
    fault_server.behave(Reply("Because."))
    server = {"ALOUD_CHAT__BASE_URL": fault_server.base_url, "ALOUD_CHAT__MODEL": "any"}
    assert aloud("ask", "why", **server).code == 0
    (turn,) = aloud("history", "show", "--timing", "--json").json["turns"]
    assert turn["question"] == "why"
    assert turn["waited_from"] == "sent"
    assert 0 == turn["moments_ms"]["sent"] < turn["moments_ms"]["first_token"]
    assert "from sent" in aloud("history", "show", "--timing").out
