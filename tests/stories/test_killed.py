"""Killed at any moment: the next start offers what was under way."""

import os
import signal
import wave
from pathlib import Path

import pytest

from tests.rig import Desktop, FaultServer, ModelServer, Mute, wait_until
from tests.rig.speech import synthesise, wer
from tests.stories.program import Aloud, settings

QUESTION = "What is the capital of Brazil?"


@pytest.fixture
def question(tmp_path: Path) -> Path:
    return synthesise(QUESTION, tmp_path / "question.wav")


def recordings(desktop: Desktop) -> list[Path]:
    return sorted((desktop.home / ".local/share/aloud/recordings").glob("*.wav"))


def seconds(wav: Path) -> float:
    with wave.open(str(wav)) as file:
        return float(file.getnframes() / file.getframerate())


def test_killed_while_recording_the_sound_is_there_and_is_transcribed_in_its_conversation(
    desktop: Desktop, question: Path
) -> None:
    with Aloud(desktop, settings()) as aloud:
        aloud.until_ready()
        aloud.hold()
        desktop.sound.speak_into_microphone(question)
        status = aloud.status()
        aloud.kill()
    desktop.display.key_up("Control_R")
    (recording,) = recordings(desktop)
    wait_until(lambda: not desktop.sound.microphone_runs(), 20, "the ear to leave")
    assert seconds(recording) >= status["duration_s"] - 0.5
    with Aloud(desktop, settings()) as aloud:
        (offered,) = aloud.until(lambda s: s["unfinished"], "the offer")["unfinished"]
        assert offered["recording"] == str(recording)
        aloud.until_ready()
        aloud.recover()
        recovered = aloud.until(lambda s: s["draft"], "the text")
        assert recovered["conversation"] == status["conversation"]
        assert wer(QUESTION, recovered["draft"]) <= 0.2


def test_killed_while_transcribing_the_recording_is_offered(desktop: Desktop, question: Path) -> None:
    with Aloud(desktop, settings()) as aloud:
        aloud.until_ready("keys", "hear", "transcribe")
        scribe = aloud.child("assistant.transcribe.scribe")
        os.kill(scribe, signal.SIGSTOP)
        aloud.hold()
        desktop.sound.speak_into_microphone(question)
        aloud.let_go()
        aloud.until(lambda s: s["stage"] == "transcribing", "the release")
        aloud.kill()
        os.kill(scribe, signal.SIGKILL)
    with Aloud(desktop, settings()) as aloud:
        status = aloud.until(lambda s: s["unfinished"], "the offer")
        assert status["unfinished"][0]["recording"] == str(recordings(desktop)[0])
        aloud.until_ready("transcribe")
        aloud.recover()
        status = aloud.until(lambda s: s["draft"], "the text")
        assert wer(QUESTION, status["draft"]) <= 0.2


def test_killed_while_waiting_for_an_answer_the_question_is_offered(
    desktop: Desktop, fault_server: FaultServer, question: Path
) -> None:
    fault_server.behave(Mute())
    server = {"ALOUD_CHAT__BASE_URL": fault_server.base_url, "ALOUD_CHAT__MODEL": "any"}
    with Aloud(desktop, {**settings(), **server}) as aloud:
        aloud.until_ready()
        aloud.say(question)
        aloud.until(lambda s: s["stage"] == "thinking", "the question to be asked")
        aloud.kill()
    with Aloud(desktop, {**settings(), **server}) as aloud:
        (offered,) = aloud.until(lambda s: s["unfinished"], "the offer")["unfinished"]
        assert offered["conversation"]
        aloud.recover()
        status = aloud.until(lambda s: s["messages"], "the conversation")
        assert wer(QUESTION, status["messages"][0]["text"]) <= 0.2


def test_killed_while_speaking_the_answer_is_there(
    desktop: Desktop, model_server: ModelServer, question: Path
) -> None:
    with Aloud(desktop, settings(model_server, "long")) as aloud:
        aloud.until_ready()
        aloud.say(question)
        told = aloud.until(lambda s: s["stage"] == "speaking" and s["spoken"] >= 1, "the second sentence")
        aloud.kill()
    (found,) = aloud.command("history")
    shown = aloud.command("history", "show", found["conversation"])
    assert shown["messages"][1]["text"].startswith(told["messages"][-1]["text"][:40])
