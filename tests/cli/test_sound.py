"""`aloud say` and `aloud transcribe`: text to sound and back."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.cli.command import PROJECT, aloud
from tests.rig import SoundServer
from tests.rig.speech import wer

SENTENCE = "There are nine blue books on the table."
MODEL = PROJECT / "models" / "test.en"


@pytest.fixture
def spoken(tmp_path: Path) -> Path:
    file = tmp_path / "spoken.wav"
    assert aloud("say", SENTENCE, "--to", file).code == 0
    return file


def test_what_is_said_to_a_file_is_transcribed_back(spoken: Path) -> None:
    done = aloud("transcribe", spoken, "--model", MODEL)
    assert wer(SENTENCE, done.out) <= 0.15


def test_word_times_and_subtitles(spoken: Path, tmp_path: Path) -> None:
    told = json.loads(aloud("transcribe", spoken, "--model", MODEL, "--format", "json").out)
    starts = [word["start_s"] for word in told["words"]]
    assert starts == sorted(starts)
    assert "-->" in aloud("transcribe", spoken, "--model", MODEL, "--format", "srt").out
    assert aloud("transcribe", spoken, "--model", MODEL, "--format", "vtt", "--to", tmp_path).code == 0
    assert (tmp_path / "spoken.vtt").read_text().startswith("WEBVTT")


def test_text_is_read_aloud_on_the_speaker(sound_server: SoundServer) -> None:
    with sound_server.record_speaker() as heard:
        assert aloud("say", "--rate", "180", typed=SENTENCE).code == 0
        heard.wait_for_silence()
    assert np.abs(heard.samples).max() > 0.05


def test_the_voices_are_listed() -> None:
    assert len(aloud("say", "--voices").out.splitlines()) >= 1


def test_one_bad_file_does_not_spoil_the_others(spoken: Path, tmp_path: Path) -> None:
    done = aloud("transcribe", tmp_path / "missing.wav", spoken, "--model", MODEL)
    assert done.code == 1
    assert wer(SENTENCE, done.out) <= 0.15
    assert "missing.wav" in done.err


def test_bad_input_is_said(tmp_path: Path) -> None:
    assert aloud("say", typed="  ").code == 2
    assert aloud("transcribe", tmp_path / "missing.wav").code == 2
    assert aloud("transcribe", tmp_path / "x.wav", "--model", "no-such-model").code == 2


def test_the_models_are_listed_added_and_removed() -> None:
    names = [offer["name"] for offer in aloud("models", "list", "--json").json]
    assert "base.en" in names
    assert aloud("models", "add", MODEL, "--name", "mine").code == 0
    assert "mine" in [offer["name"] for offer in aloud("models", "list", "--json").json if offer["installed"]]
    assert aloud("models", "remove", "mine").code == 0
    assert aloud("models", "remove", "mine").code == 2
    assert aloud("models", "get", "no-such-model").code == 2
