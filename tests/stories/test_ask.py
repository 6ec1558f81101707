"""Speak a question, hear the answer: a real key, real sound, a real model, a real server, a real window."""

from pathlib import Path

import pytest

from tests.cli.command import aloud as command
from tests.rig import Desktop, ModelServer
from tests.rig.speech import synthesise, wer, write_wav
from tests.stories.program import TALK, TEST_MODEL, Aloud, settings

QUESTION = "What is the capital of Brazil?"
ANSWER = "There are nine blue books on the table."


@pytest.fixture
def question(tmp_path: Path) -> Path:
    return synthesise(QUESTION, tmp_path / "question.wav")


def test_a_spoken_question_is_answered_aloud_and_the_sound_at_the_speaker_is_the_answer(
    desktop: Desktop, model_server: ModelServer, question: Path, tmp_path: Path
) -> None:
    with Aloud(desktop, settings(model_server)) as aloud, desktop.sound.record_speaker() as heard:
        aloud.until_ready()
        aloud.say(question)
        spoken = aloud.until(lambda s: s["messages"], "the question")
        assert wer(QUESTION, spoken["messages"][0]["text"]) <= 0.2
        answered = aloud.until(
            lambda s: s["stage"] == "idle" and len(s["messages"]) == 2 and s["messages"][1]["heard_to"],
            "the answer, heard to its end",
        )
        assert answered["messages"][1]["text"] == ANSWER
        heard.wait_for_silence()
        wav = write_wav(tmp_path / "speaker.wav", heard.samples)
    assert wer(ANSWER, command("transcribe", wav, "--model", TEST_MODEL).out) <= 0.2
    assert [found["messages"] for found in aloud.command("history")] == [2]


def test_talking_into_a_long_answer_silences_it_and_what_was_heard_is_known(
    desktop: Desktop, model_server: ModelServer, question: Path
) -> None:
    with Aloud(desktop, settings(model_server, "long")) as aloud, desktop.sound.record_speaker() as heard:
        aloud.until_ready()
        aloud.say(question)
        aloud.until(lambda s: s["stage"] == "speaking" and s["spoken"] >= 1, "the second sentence")
        desktop.display.key_down(TALK)
        aloud.until(lambda s: s["stage"] == "listening", "the microphone")
        heard.wait_for_silence(for_s=0.5)
        desktop.display.key("Escape")
        desktop.display.key_up(TALK)
        status = aloud.until(lambda s: s["stage"] in {"idle", "editing"}, "calm")
    answer = status["messages"][1]
    assert 0 < answer["heard_to"] < len(answer["text"])


def test_when_the_microphone_goes_in_mid_sentence_what_was_heard_is_understood(
    desktop: Desktop, model_server: ModelServer, question: Path
) -> None:
    with Aloud(desktop, settings(model_server)) as aloud:
        aloud.until_ready()
        aloud.hold()
        desktop.sound.speak_into_microphone(question)
        desktop.sound.remove_microphone()
        lost = aloud.until(lambda s: s["messages"], "what was heard")
        assert wer(QUESTION, lost["messages"][0]["text"]) <= 0.2
        assert lost["notices"]
        aloud.let_go()


def test_with_no_language_model_the_question_is_kept_and_the_way_out_is_said(
    desktop: Desktop, question: Path
) -> None:
    with Aloud(desktop, settings()) as aloud:
        aloud.until_ready()
        aloud.say(question)
        status = aloud.until(lambda s: s["notices"], "a notice")
        assert status["notices"][-1]["code"] == "no-model"
        assert status["notices"][-1]["hint"]
        assert wer(QUESTION, status["messages"][0]["text"]) <= 0.2
