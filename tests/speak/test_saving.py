"""Speech is written to a file with neither a loudspeaker nor a sound library."""

import wave
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.speak.saving import save_speech
from tests.rig.speech import read_wav, wer
from tests.speak.listening import transcribed
from tests.speak.test_faults import hide_library


def test_a_saved_sentence_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hide_library("libportaudio.so.2", tmp_path, monkeypatch)
    file = tmp_path / "speech.wav"
    save_speech("There are **nine** blue `books` on the table.", file)
    monkeypatch.delenv("LD_LIBRARY_PATH")
    assert wer("There are nine blue books on the table.", transcribed(read_wav(file))) <= 0.2
    with wave.open(str(file)) as speech:
        assert (speech.getnchannels(), speech.getsampwidth()) == (1, 2)


def test_all_of_a_long_text_is_saved_with_pauses(tmp_path: Path) -> None:
    file = tmp_path / "speech.wav"
    save_speech("# Title\n\n- One.\n- Two.\n\n```\ncode\n```\n\n" + "Many more words follow. " * 100, file)
    speech = read_wav(file)
    assert 100 < len(speech) / 16_000 < 300
    assert [name.name for name in tmp_path.iterdir()] == ["speech.wav"]


@pytest.mark.parametrize(
    ("text", "place", "voice", "code"),
    [
        ("```", "speech.wav", "", "nothing-to-say"),
        ("Hello there.", "none/speech.wav", "", "speech-not-saved"),
        ("Hello there.", "", "", "speech-not-saved"),
        ("Hello there.", "speech.wav", "Marvin", "unknown-voice"),
    ],
)
def test_what_hinders_saving_is_said(tmp_path: Path, text: str, place: str, voice: str, code: str) -> None:
    with pytest.raises(AssistantError) as error:
        save_speech(text, tmp_path / place, voice)
    assert error.value.fault.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_file_stays_as_it_was_when_saving_fails(tmp_path: Path) -> None:
    file = tmp_path / "speech.wav"
    file.write_text("older")
    with pytest.raises(AssistantError):
        save_speech("Hello there.", file, "Marvin")
    assert file.read_text() == "older"


def test_without_a_speech_engine_saving_names_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide_library("libespeak-ng.so.1", tmp_path, monkeypatch)
    with pytest.raises(AssistantError, match="espeak-ng"):
        save_speech("Hello there.", tmp_path / "speech.wav")
