"""`aloud ask`: a question from text or sound, its answer, and plain words where there is none."""

from pathlib import Path

import pytest

from tests.cli.command import PROJECT, aloud
from tests.rig import Ending, FaultServer, ModelServer, Reply, Status
from tests.rig.speech import synthesise, wer

QUESTION = "Read the answer aloud."
ANSWER = "There are nine blue books on the table."


@pytest.fixture
def question(tmp_path: Path) -> Path:
    return synthesise(QUESTION, tmp_path / "question.wav")


def connected(server: FaultServer) -> dict[str, str]:
    return {"ALOUD_CHAT__BASE_URL": server.base_url, "ALOUD_CHAT__MODEL": "any"}


def test_without_any_model_the_basic_recogniser_hears_and_the_question_is_kept(question: Path) -> None:
    done = aloud("ask", "--audio", question, "--json")
    assert done.code == 3
    assert done.json["transcript"]["basic"] is True
    assert done.json["transcript"]["recogniser"] == "basic recogniser"
    assert done.json["answer"] is None
    (notice,) = done.json["notices"]
    assert notice["code"] == "no-model"
    assert notice["hint"]
    shown = aloud("history", "show", done.json["conversation"], "--json").json
    assert shown["messages"][0]["text"] == done.json["question"]


def test_a_recorded_question_is_understood_by_whisper_and_answered_by_a_real_server(
    model_server: ModelServer, question: Path
) -> None:
    done = aloud(
        "ask",
        "--audio",
        question,
        "--json",
        ALOUD_CHAT__BASE_URL=model_server.base_url,
        ALOUD_CHAT__MODEL="blue-books",
        ALOUD_API_KEY=model_server.KEY,
        ALOUD_RECOGNISER__MODEL="test.en",
    )
    assert done.code == 0
    assert wer(QUESTION, done.json["transcript"]["text"]) <= 0.25
    assert done.json["transcript"]["basic"] is False
    assert done.json["answer"] == ANSWER


def test_the_spoken_answer_transcribes_back_to_the_answer(fault_server: FaultServer, tmp_path: Path) -> None:
    fault_server.behave(Reply(ANSWER))
    spoken = tmp_path / "answer.wav"
    done = aloud("ask", "where", "are", "they", "--speak-to", spoken, **connected(fault_server))
    assert done.code == 0
    assert done.out.strip() == ANSWER
    heard = aloud("transcribe", spoken, "--model", PROJECT / "models" / "test.en")
    assert wer(ANSWER, heard.out) <= 0.15


def test_an_answer_that_breaks_off_is_printed_and_said_to_be_broken(fault_server: FaultServer) -> None:
    fault_server.behave(Reply("Half of the answer is here", ending=Ending.CUT))
    done = aloud("ask", "hello", **connected(fault_server))
    assert done.code == 3
    assert "Half of the answer" in done.out
    assert done.err.strip()


def test_a_refused_key_is_said_in_one_sentence(fault_server: FaultServer) -> None:
    fault_server.behave(Status(401))
    done = aloud("ask", "hello", "--json", **connected(fault_server))
    assert done.code == 3
    assert len(done.json["notices"]) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "  "),
        ("ask", "both", "--record"),
        ("ask", "--audio", "missing.wav"),
        ("ask", "hello", "--speak-to", "no/such/folder/a.wav"),
        ("ask", "--no-such-option"),
        ("no-such-command",),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(arguments: tuple[str, ...]) -> None:
    done = aloud(*arguments)
    assert done.code == 2
    assert done.err.strip()


def test_a_file_without_sound_is_said_and_nothing_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "text.wav"
    file.write_text("this is no sound")
    done = aloud("ask", "--audio", file, "--json")
    assert done.code == 3
    assert done.json["notices"][0]["code"] == "not-sound"
