"""What the scribe does with a recording before its words leave it."""

from pathlib import Path
from typing import Any

import pytest

from assistant.children import Message
from assistant.transcribe.recogniser import Heard, Samples, Stream
from assistant.transcribe.scribe import Scribe
from assistant.turn.transcript import Word
from tests.rig.speech import synthesise, write_wav
from tests.transcribe.noises import noises

VOCABULARY = "numpy pytest kubectl sqlite json regex"


class Ears:
    """The parent's side: what the scribe tells."""

    def __init__(self) -> None:
        self.told: list[Message] = []

    def send(self, type_: str, /, payload: bytes = b"", **data: Any) -> None:
        self.told.append(Message(type_, data, payload))

    def receive(self) -> Message | None:
        return None


class Parrot:
    """A recogniser that says the prompt back, or else "yes"."""

    name = "parrot"
    basic = False
    at_a_time = 1
    asked = 0

    def stream(self) -> Stream:
        raise AssertionError("nothing is followed")

    def recognise(self, samples: Samples, prompt: str = "") -> Heard:
        self.asked += 1
        words = (prompt or "yes").split()
        return Heard(tuple(Word(f" {word}", 0.0, 99.0, 0.9) for word in words), "en")


@pytest.fixture
def scribe() -> tuple[Scribe, Ears, Parrot]:
    ears, parrot = Ears(), Parrot()
    scribe = Scribe(ears)  # type: ignore[arg-type]
    scribe._recogniser = parrot
    return scribe, ears, parrot


@pytest.fixture
def spoken(tmp_path: Path) -> str:
    return str(synthesise("There are nine blue books on the table.", tmp_path / "spoken.wav"))


def test_a_vocabulary_said_back_does_not_become_text(
    scribe: tuple[Scribe, Ears, Parrot], spoken: str
) -> None:
    scribe[0]._transcribe(1, spoken, VOCABULARY)
    assert scribe[1].told[-1].type == "transcribed"
    assert scribe[1].told[-1].data["words"] == []
    scribe[0]._transcribe(2, spoken)
    assert [word[0] for word in scribe[1].told[-1].data["words"]] == [" yes"]


def test_no_more_of_an_abandoned_recording_is_recognised(
    scribe: tuple[Scribe, Ears, Parrot], spoken: str
) -> None:
    scribe[0]._abandoned.add(1)
    scribe[0]._transcribe(1, spoken)
    assert scribe[1].told[-1].type == "transcribed"
    assert scribe[2].asked == 0


def test_a_recording_without_speech_is_not_recognised_at_all(
    scribe: tuple[Scribe, Ears, Parrot], tmp_path: Path
) -> None:
    scribe[0]._transcribe(1, str(write_wav(tmp_path / "hum.wav", noises()["hum at -20 dB"])))
    assert scribe[1].told[-1].data["words"] == []
    assert scribe[2].asked == 0
