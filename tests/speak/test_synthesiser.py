"""Any text becomes sound, by an engine that may crash or hang."""

import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import paths
from assistant.errors import AssistantError
from assistant.speak import synthesiser_process
from assistant.speak.synthesiser import OfferedVoice, choose_voice, read_speech
from assistant.speak.synthesiser_process import SynthesiserProcess
from tests.rig.speech import write_wav

SENTENCE = "There are nine blue books on the table."


@pytest.fixture
def engine() -> Iterator[SynthesiserProcess]:
    engine = SynthesiserProcess()
    yield engine
    engine.close()


def seconds(engine: SynthesiserProcess, text: str, voice: str = "", rate_wpm: int = 200) -> float:
    sound = engine.synthesise(text, voice, rate_wpm)
    return len(sound.pcm) / 2 / sound.rate_hz


def pid_of(engine: SynthesiserProcess) -> int:
    assert engine._child is not None
    return engine._child.pid


def test_two_hundred_sentences_have_each_their_whole_sound(engine: SynthesiserProcess) -> None:
    lengths = Counter(round(seconds(engine, SENTENCE), 1) for _ in range(200))
    assert lengths == {1.8: 200}


def test_each_sentence_has_the_voice_and_the_speed_that_were_asked_for(engine: SynthesiserProcess) -> None:
    lengths = {
        (voice, rate_wpm, round(seconds(engine, SENTENCE, voice, rate_wpm), 1))
        for _ in range(10)
        for voice in ("", "gmw/en-us")
        for rate_wpm in (150, 200, 300)
    }
    assert len(lengths) == 6


@pytest.mark.parametrize(
    "text",
    [
        "<b>",
        "[[h@l'oU]]",
        "<speak><break time='9s'/></speak>",
        "日本語",
        "العربية",
        "%s%n",
        "a" * 300,
        "…",
        "?",
        "½",
        "1" * 300,
    ],
)
def test_odd_texts_make_sound_in_the_same_process(engine: SynthesiserProcess, text: str) -> None:
    seconds(engine, SENTENCE)
    pid = pid_of(engine)
    assert seconds(engine, text) > 0
    assert pid_of(engine) == pid


def test_there_are_voices_with_names(engine: SynthesiserProcess) -> None:
    names = [voice.name for voice in engine.voices()]
    assert "English (America)" in names
    assert len(names) == len(set(names))


def test_an_engine_that_crashed_is_replaced(engine: SynthesiserProcess) -> None:
    seconds(engine, SENTENCE)
    os.kill(pid_of(engine), signal.SIGKILL)
    assert seconds(engine, SENTENCE) > 1


def test_an_engine_that_hangs_is_replaced(
    engine: SynthesiserProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synthesiser_process, "_SAY_S", 3.0)
    seconds(engine, SENTENCE)
    os.kill(pid_of(engine), signal.SIGSTOP)
    assert seconds(engine, SENTENCE) > 1


def test_an_engine_that_hangs_again_fails_in_a_sentence(
    engine: SynthesiserProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synthesiser_process, "_SAY_S", 0.0)
    with pytest.raises(AssistantError, match="cannot say a passage"):
        engine.synthesise(SENTENCE * 5, "", 200)


def test_a_closed_engine_lets_nobody_wait(engine: SynthesiserProcess) -> None:
    seconds(engine, SENTENCE)
    os.kill(pid_of(engine), signal.SIGSTOP)
    closing = threading.Timer(0.5, engine.close)
    closing.start()
    with pytest.raises(AssistantError):
        engine.synthesise(SENTENCE, "", 200)
    closing.join()


def test_no_sound_file_stays(engine: SynthesiserProcess) -> None:
    seconds(engine, SENTENCE)
    assert not list(paths.runtime_folder().iterdir())


def test_a_voice_is_chosen_by_name_or_id_in_any_case() -> None:
    offered = [OfferedVoice("gmw/en", "English (Great Britain)"), OfferedVoice("roa/fr", "French (France)")]
    assert choose_voice("", offered) == ""
    assert choose_voice("french (france)", offered) == "roa/fr"
    assert choose_voice("GMW/en", offered) == "gmw/en"
    with pytest.raises(AssistantError) as error:
        choose_voice("Marvin", offered)
    assert error.value.fault.hint == "Choose another, such as English (Great Britain), French (France)."


def test_a_broken_sound_file_is_the_engine_s_fault(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_text("no sound")
    with pytest.raises(AssistantError, match="gave no sound"):
        read_speech(tmp_path / "a.wav")
    with pytest.raises(AssistantError, match="gave no sound"):
        read_speech(tmp_path / "a.wav")


def test_a_sound_file_is_read_and_removed(tmp_path: Path) -> None:
    import numpy as np

    file = write_wav(tmp_path / "a.wav", np.array([0.0, 0.5]), 22_050)
    sound = read_speech(file)
    assert (sound.pcm, sound.rate_hz) == (b"\x00\x00\xff\x3f", 22_050)
    assert not file.exists()


def test_an_engine_that_rests_has_no_process_and_speaks_when_it_is_asked_again(
    engine: SynthesiserProcess,
) -> None:
    voices = engine.voices()
    first = pid_of(engine)
    engine.rest()
    assert engine.rests
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    assert seconds(engine, SENTENCE) > 1
    assert engine.voices() == voices
