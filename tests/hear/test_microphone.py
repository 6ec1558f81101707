"""What is said into the microphone is on the disk, as it was said."""

import stat
import time
from pathlib import Path

import pytest

from assistant.hear import EarMicrophone
from assistant.recordings import mend
from assistant.turn.events import AudioEnded, AudioHeard, AudioStarted, PartChanged, Readiness
from tests.rig import SoundServer, wait_until
from tests.rig.speech import read_wav

from .conftest import Events, likeness


def test_a_spoken_sentence_is_on_the_disk(
    microphone: EarMicrophone, events: Events, sound_server: SoundServer, sentence: Path, tmp_path: Path
) -> None:
    microphone.open(7, tmp_path / "7.wav")
    events.wait(AudioStarted)
    sound_server.speak_into_microphone(sentence)
    microphone.close(7)
    ended = events.wait(AudioEnded)
    assert ended.turn == 7
    assert ended.recording.path == str(tmp_path / "7.wav")
    assert ended.recording.fault is None
    assert ended.recording.lost_blocks == 0
    heard = read_wav(tmp_path / "7.wav")
    assert likeness(heard, read_wav(sentence)) > 0.99
    assert ended.recording.duration_s == pytest.approx(len(heard) / 16_000)
    assert ended.recording.peak == pytest.approx(abs(heard).max(), abs=0.05)
    assert stat.S_IMODE((tmp_path / "7.wav").stat().st_mode) == 0o600


def test_the_level_follows_the_voice_and_comes_25_times_a_second_at_most(
    microphone: EarMicrophone, events: Events, sound_server: SoundServer, sentence: Path, tmp_path: Path
) -> None:
    microphone.open(1, tmp_path / "1.wav")
    started = events.wait(AudioStarted)
    sound_server.speak_into_microphone(sentence)
    microphone.close(1)
    duration_s = events.wait(AudioEnded).recording.duration_s
    heard = [event for event in events.all if isinstance(event, AudioHeard)]
    assert started.turn == 1
    assert all(0 <= event.level <= 1 for event in heard)
    assert max(event.level for event in heard) > 0.5
    assert [event.duration_s for event in heard] == sorted(event.duration_s for event in heard)
    assert duration_s * 10 < len(heard) <= duration_s * 25 + 1


def test_the_microphone_is_only_open_while_it_records(
    microphone: EarMicrophone, events: Events, sound_server: SoundServer, tmp_path: Path
) -> None:
    # Each virtual microphone is itself a program that records.
    def streams() -> int:
        return len(sound_server._pactl("list", "short", "source-outputs").splitlines())

    idle = streams()
    microphone.open(1, tmp_path / "1.wav")
    events.wait(AudioStarted)
    assert streams() == idle + 1
    microphone.close(1)
    events.wait(AudioEnded)
    wait_until(lambda: streams() == idle, 20, "the microphone to be let go")


def test_recording_begins_with_the_first_block(
    microphone: EarMicrophone, events: Events, tmp_path: Path
) -> None:
    opened_at = time.monotonic()
    microphone.open(1, tmp_path / "1.wav")
    started = events.wait(AudioStarted)
    assert opened_at < started.at <= time.monotonic()
    assert started.sound_from == pytest.approx(started.at - 0.02)


def test_a_tap_that_ends_before_any_sound_came_gives_a_recording_all_the_same(
    microphone: EarMicrophone, events: Events, tmp_path: Path
) -> None:
    microphone.open(1, tmp_path / "1.wav")
    microphone.close(1)
    ended = events.wait(AudioEnded).recording
    assert ended.fault is None
    assert ended.duration_s == pytest.approx(mend(tmp_path / "1.wav").duration_s)


def test_talking_again_at_once_loses_neither_recording(
    microphone: EarMicrophone, events: Events, tmp_path: Path
) -> None:
    microphone.open(1, tmp_path / "1.wav")
    events.wait_until_recorded(0.3)
    microphone.close(1)
    microphone.open(2, tmp_path / "2.wav")
    first = events.wait(AudioEnded)
    events.wait_until_recorded(0.3)
    microphone.close(2)
    second = events.wait(AudioEnded)
    assert (first.turn, second.turn) == (1, 2)
    assert min(first.recording.duration_s, second.recording.duration_s) >= 0.3


def test_closing_what_is_not_recorded_does_nothing(
    microphone: EarMicrophone, events: Events, tmp_path: Path
) -> None:
    microphone.close(1)
    microphone.open(2, tmp_path / "2.wav")
    events.wait(AudioStarted)
    microphone.close(1)
    events.wait_until_recorded(0.5)
    microphone.close(2)
    assert events.wait(AudioEnded).turn == 2


def test_the_chosen_microphone_is_the_one_that_is_recorded(
    microphone: EarMicrophone, events: Events, sound_server: SoundServer, sentence: Path, tmp_path: Path
) -> None:
    sound_server.add_microphone("headset")
    wait_until(lambda: "headset" in microphone.devices(), 20, "the headset to be listed")
    assert microphone.devices() == ["vmic", "headset"], "what a speaker plays is no microphone"
    microphone.use("headset")
    assert events.wait_until_ready().label == "headset"
    microphone.open(1, tmp_path / "1.wav")
    events.wait(AudioStarted)
    sound_server.speak_into_microphone(sentence, "headset")
    microphone.close(1)
    events.wait(AudioEnded)
    assert likeness(read_wav(tmp_path / "1.wav"), read_wav(sentence)) > 0.99
    microphone.use("")
    assert events.wait_until_ready().label == "vmic"
    microphone.open(2, tmp_path / "2.wav")
    events.wait(AudioStarted)
    sound_server.speak_into_microphone(sentence, "headset")
    microphone.close(2)
    assert events.wait(AudioEnded).recording.peak == 0


def test_stopping_the_program_completes_the_recording(
    microphone: EarMicrophone, events: Events, sound_server: SoundServer, sentence: Path, tmp_path: Path
) -> None:
    microphone.open(1, tmp_path / "1.wav")
    events.wait(AudioStarted)
    sound_server.speak_into_microphone(sentence)
    microphone.stop()
    assert likeness(read_wav(tmp_path / "1.wav"), read_wav(sentence)) > 0.99


def test_a_desktop_without_a_sound_server_says_that_there_is_no_microphone(
    start: "type[EarMicrophone]", events: Events, tmp_path: Path
) -> None:
    microphone = start()
    change = events.wait(PartChanged)
    assert change.readiness is Readiness.MISSING
    assert change.fault is not None
    assert change.fault.code == "no-microphone"
    assert microphone.devices() == []
