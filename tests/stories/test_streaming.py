"""Half a minute of speech with pauses: its text grows while it is spoken, and is there when the key comes up."""

import threading
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.rig import Desktop, ModelServer
from tests.rig.sound import SAMPLE_RATE_HZ
from tests.rig.speech import read_wav, synthesise, wer, write_wav
from tests.stories.program import Aloud, settings

SENTENCES = (
    "There are nine blue books on the table.",
    "What is the capital of Brazil?",
    "The meeting with my sister is on Friday at seven.",
    "It takes twenty minutes to read the letter.",
    "I want to describe music and history.",
    "Go left forty steps.",
    "It is sunny in Japan today.",
    "Please open the green window.",
    "Remind me to call the doctor on Monday.",
    "My birthday is in April.",
)
TEXT = " ".join(SENTENCES)
PAUSE_S = 1.25
MOMENTS = [
    "press",
    "first_block",
    "last_word",
    "release",
    "text",
    "sent",
    "request",
    "first_token",
    "first_sample",
]


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    pause = np.zeros(round(PAUSE_S * SAMPLE_RATE_HZ), np.float32)
    spoken = [read_wav(synthesise(sentence, tmp_path / "sentence.wav")) for sentence in SENTENCES]
    samples = np.concatenate([part for sentence in spoken for part in (sentence, pause)])
    assert len(samples) >= 29 * SAMPLE_RATE_HZ
    return write_wav(tmp_path / "speech.wav", samples)


def test_the_text_grows_while_one_speaks_and_is_complete_when_the_key_comes_up(
    desktop: Desktop, model_server: ModelServer, speech: Path, record_property: Any
) -> None:
    with Aloud(desktop, settings(model_server)) as aloud:
        aloud.until_ready()
        aloud.hold()
        seen = spoken_to(aloud, speech)
        firm = aloud.until(lambda s: most(s["understood"]["firm"]), "most of the words to be firm")[
            "understood"
        ]
        assert aloud.status()["stage"] == "listening", "all this was while the key was down"
        aloud.let_go()
        status = aloud.until(lambda s: s["messages"], "the question")
        question = status["messages"][0]["text"]
        aloud.until(
            lambda s: s["stage"] == "idle" and len(s["messages"]) == 2, "the answer, heard to its end"
        )
        (turn,) = aloud.command("history", "show", "--timing")["turns"]
    grown = [text for text, following in pairwise(seen) if text and len(following) > len(text)]
    assert len(grown) >= len(SENTENCES), "the text grew again and again while it was spoken"
    beginning = firm["text"].split()[: firm["firm"]]
    assert question.split()[: len(beginning)] == beginning, (
        "what was firm before the release is what was sent"
    )
    assert wer(TEXT, question) <= 0.2
    assert turn["question"] == question
    assert list(turn["waited_ms"]) == MOMENTS
    for name, waited_ms in turn["waited_ms"].items():
        record_property(f"{name}_ms_from_release", waited_ms)
    print(turn["waited_ms"])


def spoken_to(aloud: Aloud, wav: Path) -> list[str]:
    """Speak it; return what was understood so far, again and again until the last word was spoken."""
    speaking = threading.Thread(target=aloud.desktop.sound.speak_into_microphone, args=(wav,))
    speaking.start()
    seen = []
    while speaking.is_alive():
        seen.append(aloud.status()["understood"]["text"])
        speaking.join(0.1)
    return seen


def most(words: int) -> bool:
    return words >= 0.8 * len(TEXT.split())
