"""What is missing or breaks is said in a sentence, nothing hangs, and speech works again when it can."""

import os
import signal
from pathlib import Path

import pytest

from assistant.turn.commands import Cue
from assistant.turn.events import Fault, Readiness, SentenceSpoken, StageFailed
from tests.rig import SoundServer
from tests.speak.listening import Listener


def hide_library(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the loader find something that is no library under this name."""
    (folder / name).write_text("not a library")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(folder))


def failure(voice: Listener, turn: int) -> Fault:
    """Wait until `turn` has failed."""

    def found() -> list[Fault]:
        return [
            event.fault for event in voice.events if isinstance(event, StageFailed) and event.turn == turn
        ]

    voice.wait_until(found)
    (fault,) = found()
    return fault


def suspend_speaker(server: SoundServer, suspended: bool) -> None:
    server._pactl("suspend-sink", "speaker", str(int(suspended)))


def test_a_lost_sound_server_fails_the_speech_and_speech_works_when_it_is_back(
    voice: Listener, sound_server: SoundServer
) -> None:
    voice.speaking(1)
    sound_server.stop()
    assert failure(voice, 1).code == "speaker-lost"
    voice.wait_for_part(Readiness.BROKEN)
    voice.say(2, "Nobody hears this.")
    assert failure(voice, 2).code == "no-speaker"
    voice.wait_for_part(Readiness.MISSING)
    sound_server.start()
    voice.say(3, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(3, 0))
    assert voice.part().readiness is Readiness.READY


def test_a_sound_server_that_was_restarted_meanwhile_goes_unnoticed(
    voice: Listener, sound_server: SoundServer
) -> None:
    voice.say(1, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(1, 0))
    sound_server.stop()
    sound_server.start()
    voice.say(2, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(2, 0))
    assert not any(isinstance(event, StageFailed) for event in voice.events)


def test_a_speaker_that_stops_taking_sound_fails_the_speech_and_works_later(
    voice: Listener, sound_server: SoundServer
) -> None:
    voice.speaking(1)
    suspend_speaker(sound_server, True)
    assert failure(voice, 1).code == "speaker-lost"
    suspend_speaker(sound_server, False)
    voice.say(2, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(2, 0))


def test_a_frozen_sound_server_fails_the_speech_and_speech_works_when_it_goes_on(
    voice: Listener, sound_server: SoundServer
) -> None:
    voice.speaking(1)
    assert sound_server._service is not None
    os.kill(sound_server._service.pid, signal.SIGSTOP)
    try:
        assert failure(voice, 1).code in {"speaker-lost", "sound-server-hangs"}
        voice.say(2, "Nobody hears this.")
        assert failure(voice, 2).code in {"sound-server-hangs", "no-speaker"}
    finally:
        os.kill(sound_server._service.pid, signal.SIGCONT)
    voice.say(3, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(3, 0))


def test_without_a_speaker_it_says_so_and_speaks_when_one_is_there(
    sound_server_later: SoundServer, silent_voice: Listener
) -> None:
    fault = silent_voice.wait_for_part(Readiness.MISSING).fault
    assert fault is not None
    assert fault.code == "no-speaker"
    silent_voice.voice.cue(Cue.HEARD)
    silent_voice.say(1, "Nobody hears this.")
    assert failure(silent_voice, 1).code == "no-speaker"
    assert silent_voice.voice.voices()
    sound_server_later.start()
    silent_voice.say(2, "Yes, it is so.")
    silent_voice.wait_for(SentenceSpoken(2, 0))
    assert silent_voice.part().readiness is Readiness.READY


def test_without_portaudio_it_names_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    hide_library("libportaudio.so.2", tmp_path, monkeypatch)
    voice: Listener = request.getfixturevalue("silent_voice")
    fault = voice.wait_for_part(Readiness.MISSING).fault
    assert fault is not None
    assert "libportaudio2" in fault.hint
    voice.say(1, "Nobody hears this.")
    assert failure(voice, 1) == fault
    assert voice.voice.voices()


def test_without_a_speech_engine_it_names_the_package_and_cues_sound_all_the_same(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    sound_server: SoundServer,
    request: pytest.FixtureRequest,
) -> None:
    hide_library("libespeak-ng.so.1", tmp_path, monkeypatch)
    voice: Listener = request.getfixturevalue("silent_voice")
    fault = voice.wait_for_part(Readiness.MISSING).fault
    assert fault is not None
    assert "espeak-ng" in fault.hint
    assert voice.voice.voices() == []
    voice.say(1, "Nobody hears this.", "Nor this.")
    assert failure(voice, 1) == fault
    with sound_server.record_speaker() as heard:
        voice.voice.cue(Cue.HEARD)
        heard.wait_for_sound()
    (tmp_path / "libespeak-ng.so.1").unlink()
    voice.say(2, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(2, 0))
    assert voice.part().readiness is Readiness.READY
    assert voice.voice.voices()


def test_an_unknown_voice_is_named_with_others_and_the_default_speaks(voice: Listener) -> None:
    voice.voice.use("Marvin", 200)
    fault = voice.wait_for_part(Readiness.LIMITED).fault
    assert fault is not None
    assert fault.code == "unknown-voice"
    assert '"Marvin"' in fault.message
    assert voice.voice.voices()[0] in fault.hint
    voice.say(1, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(1, 0))
    voice.voice.use("english (america)", 300)
    assert voice.wait_for_part(Readiness.READY).label == "English (America)"
