"""What is to be said is heard at the speaker, tells where it is, and can be interrupted at once."""

import os
import re
import signal
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from assistant.ports import Excerpt
from assistant.recordings import RATE_HZ
from assistant.turn.commands import Cue
from assistant.turn.events import Noticed, Part, Readiness, SentenceSpoken, SentenceStarted, StageFailed
from tests.rig import SoundServer, wait_until
from tests.rig.speech import read_wav, synthesise, wer, write_wav
from tests.speak.listening import LONG, Listener, streams, transcribed

SENTENCE = "There are nine blue books on the table."
A_MINUTE = LONG * 12


def child_of(voice: Listener) -> int:
    child = voice.voice._child
    assert child is not None
    return child.pid


def test_a_sentence_is_heard_at_the_speaker_as_it_was_written(
    voice: Listener, sound_server: SoundServer
) -> None:
    with sound_server.record_speaker() as heard:
        voice.say(1, "There are **nine** blue `books` on the table.")
        voice.wait_for(SentenceStarted(1, 0), SentenceSpoken(1, 0))
        heard.wait_for_silence(0.3)
    assert wer(SENTENCE, transcribed(heard.samples)) <= 0.2


def test_the_process_that_speaks_does_so_without_numpy_and_its_memory(voice: Listener) -> None:
    maps = Path(f"/proc/{child_of(voice)}/maps")
    assert not {"numpy", "soxr"} & set(re.findall(r"site-packages/(\w+)", maps.read_text()))
    voice.say(1, SENTENCE)
    voice.voice.cue(Cue.HEARD)
    voice.wait_for(SentenceSpoken(1, 0))
    loaded = set(re.findall(r"site-packages/(\w+)", maps.read_text()))
    assert "_cffi_backend" in loaded
    assert not {"numpy", "soxr"} & loaded


def test_it_tells_when_a_sentence_begins_and_ends_to_be_heard(
    voice: Listener, sound_server: SoundServer
) -> None:
    with sound_server.record_speaker() as heard:
        asked = time.monotonic()
        voice.speaking(1)
        told = time.monotonic()
        heard.wait_for_sound()
        assert SentenceSpoken(1, 0) not in voice.events
        voice.wait_for(SentenceSpoken(1, 0))
    (started,) = [event for event in voice.events if isinstance(event, SentenceStarted)]
    assert started.at is not None
    assert asked < started.at < told


def test_pieces_follow_each_other_in_order(voice: Listener) -> None:
    voice.say(1, SENTENCE, "- What time is it now", "```\ncode\n```", "The end of it.")
    voice.wait_for(SentenceSpoken(1, 3))
    assert voice.told(1) == [
        told(1, index) for index in range(4) for told in (SentenceStarted, SentenceSpoken)
    ]


def test_a_piece_with_nothing_to_say_counts_as_spoken_when_its_time_comes(voice: Listener) -> None:
    voice.say(1, "---", "Yes, it is so.", "🎉🎉", "", "Thank you.", "***")
    voice.wait_for(SentenceSpoken(1, 5))
    assert voice.told(1) == [
        told(1, index) for index in range(6) for told in (SentenceStarted, SentenceSpoken)
    ]


def test_the_device_is_awake_before_an_expected_answer_is_spoken(
    voice: Listener, sound_server: SoundServer
) -> None:
    voice.voice.expect()
    wait_until(lambda: streams(sound_server), 30, "a stream to the speaker")
    assert voice.told(1) == []
    voice.say(1, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(1, 0))


def test_a_silenced_voice_is_silent_long_before_its_text_would_end(
    voice: Listener, sound_server: SoundServer
) -> None:
    with sound_server.record_speaker() as heard:
        for turn in range(1, 6):
            voice.speaking(turn, A_MINUTE)
            heard.wait_for_sound()
            voice.voice.silence(turn)
            heard.wait_for_silence(1.0, within_s=20)
    assert not any(isinstance(event, SentenceSpoken | StageFailed) for event in voice.events)


def test_a_voice_that_hangs_is_silenced_all_the_same_and_speaks_again(
    voice: Listener, sound_server: SoundServer
) -> None:
    with sound_server.record_speaker() as heard:
        for turn in range(1, 4):
            voice.speaking(turn, A_MINUTE)
            heard.wait_for_sound()
            hanging = child_of(voice)
            os.kill(hanging, signal.SIGSTOP)
            voice.voice.silence(turn)
            heard.wait_for_silence(1.0, within_s=20)
            wait_until(lambda: not Path(f"/proc/{hanging}").exists(), 20, "the end of what hangs")  # noqa: B023
        voice.say(9, SENTENCE)
        voice.wait_for(SentenceSpoken(9, 0))
    assert not any(isinstance(event, StageFailed) for event in voice.events)


def test_nothing_of_a_silenced_turn_is_told_and_the_next_turn_speaks(voice: Listener) -> None:
    for index in range(5_000):
        voice.voice.speak(1, index, SENTENCE)
    voice.wait_for(SentenceStarted(1, 0))
    told = len(voice.events)
    voice.voice.silence(1)
    voice.voice.speak(1, 5_000, "Too late.")
    voice.say(2, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(2, 0))
    assert voice.events[told:] == [SentenceStarted(2, 0), SentenceSpoken(2, 0)]


def test_silencing_what_is_not_spoken_does_nothing(voice: Listener) -> None:
    voice.speaking(1)
    voice.voice.silence(7)
    voice.wait_for(SentenceSpoken(1, 0))


def test_a_text_of_twenty_thousand_characters_begins_and_stops_like_any_other(voice: Listener) -> None:
    voice.speaking(1, "word, " * 3_333)
    voice.voice.silence(1)
    voice.say(2, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(2, 0))
    assert SentenceSpoken(1, 0) not in voice.events


def test_odd_texts_are_spoken_or_passed_over_and_speech_goes_on(voice: Listener) -> None:
    odd = ["<b>", "[[x]]", "\x00\x1b[31m", "\ud800", "日本語", "%s%n", "&nbsp;", "<speak>", "'''", "\u202e"]
    voice.say(1, *odd, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(1, len(odd)), within_s=90)
    assert voice.part().readiness is Readiness.READY


def test_a_voice_that_crashes_in_mid_sentence_says_the_sentence_again(voice: Listener) -> None:
    voice.say(1, LONG, "Thank you.")
    voice.wait_for(SentenceStarted(1, 0))
    os.kill(child_of(voice), signal.SIGKILL)
    voice.wait_for(SentenceSpoken(1, 0), SentenceSpoken(1, 1))
    assert voice.told(1) == [
        told(1, index) for index in range(2) for told in (SentenceStarted, SentenceSpoken)
    ]


def test_a_voice_that_crashes_again_and_again_says_so_and_works_later(voice: Listener) -> None:
    voice.speaking(1)
    first = child_of(voice)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: voice.voice._child and child_of(voice) != first, 20, "a new child")
    os.kill(child_of(voice), signal.SIGKILL)
    voice.wait_until(lambda: any(isinstance(event, StageFailed) for event in voice.events))
    assert voice.part().readiness is Readiness.BROKEN
    voice.say(2, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(2, 0))
    assert voice.part().readiness is Readiness.READY


def test_a_speech_engine_that_crashes_is_replaced_and_nothing_is_missed(
    voice: Listener, sound_server: SoundServer
) -> None:
    def engines() -> list[int]:
        tasks = Path(f"/proc/{child_of(voice)}/task").glob("*/children")
        return [int(pid) for children in tasks for pid in children.read_text().split()]

    wait_until(lambda: not engines(), 30, "the engine to rest")
    voice.voice.expect()
    wait_until(engines, 30, "the engine")
    os.kill(engines()[0], signal.SIGKILL)
    with sound_server.record_speaker() as heard:
        voice.say(1, SENTENCE)
        voice.wait_for(SentenceSpoken(1, 0))
        heard.wait_for_silence(0.3)
    assert wer(SENTENCE, transcribed(heard.samples)) <= 0.2


def test_a_quiet_voice_gives_the_device_back(voice: Listener, sound_server: SoundServer) -> None:
    voice.say(1, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(1, 0))
    wait_until(lambda: not streams(sound_server), 30, "the stream to be closed")
    voice.say(2, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(2, 0))


def test_a_stopped_voice_is_silent(voice: Listener, sound_server: SoundServer) -> None:
    with sound_server.record_speaker() as heard:
        voice.speaking(1, A_MINUTE)
        heard.wait_for_sound()
        voice.voice.stop()
        heard.wait_for_silence(1.0, within_s=20)


@pytest.mark.parametrize("cue", list(Cue))
def test_a_cue_is_heard(voice: Listener, sound_server: SoundServer, cue: Cue) -> None:
    with sound_server.record_speaker() as heard:
        for _ in range(3):
            voice.voice.cue(cue)
            heard.wait_for_sound()
            heard.wait_for_silence(0.3)


def test_a_cue_is_heard_while_a_sentence_is_spoken_which_goes_on(
    voice: Listener, sound_server: SoundServer
) -> None:
    with sound_server.record_speaker() as heard:
        voice.speaking(1, SENTENCE)
        voice.voice.cue(Cue.FAILED)
        voice.wait_for(SentenceSpoken(1, 0))
        heard.wait_for_silence(0.2)
    assert voice.part().readiness is Readiness.READY


def test_five_hundred_short_sentences_are_told_in_order_at_any_speed(voice: Listener) -> None:
    for index in range(500):
        voice.voice.speak(1, index, "***")
    voice.wait_for(SentenceSpoken(1, 499))
    assert [event.index for event in voice.told(1)] == [index for index in range(500) for _ in range(2)]


def test_calls_return_while_the_voice_hangs(voice: Listener) -> None:
    voice.speaking(1)
    os.kill(child_of(voice), signal.SIGSTOP)
    for index in range(1, 200):
        voice.voice.speak(1, index, LONG * 40)
        voice.voice.cue(Cue.HEARD)
        voice.voice.use("", 200 + index % 2)
    voice.voice.silence(1)
    voice.say(2, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(2, 0))
    assert threading.active_count() < 20
    assert not any(isinstance(event, StageFailed) and event.part is Part.SPEAK for event in voice.events)


def test_some_seconds_of_recordings_are_heard_one_after_the_other_as_they_were_said(
    voice: Listener, sound_server: SoundServer, tmp_path: Path
) -> None:
    sentence = read_wav(synthesise(SENTENCE, tmp_path / "sentence.wav"))
    other = read_wav(synthesise("Two three four five six.", tmp_path / "other.wav"))
    half = len(sentence) // 2
    one = write_wav(tmp_path / "1.wav", np.concatenate([other, sentence[:half]]))
    two = write_wav(tmp_path / "2.wav", np.concatenate([sentence[half:], other]))
    begins_s, half_s, ends_s = (samples / RATE_HZ for samples in (len(other), half, len(sentence)))
    excerpts = [
        Excerpt(one, begins_s, begins_s + half_s),
        Excerpt(tmp_path / "gone.wav", 0.0, 1.0),
        Excerpt(two, 0.0, ends_s - half_s),
    ]
    with sound_server.record_speaker() as heard:
        voice.voice.play(excerpts)
        heard.wait_for_sound()
        heard.wait_for_silence(0.5)
    assert wer(SENTENCE, transcribed(heard.samples)) <= 0.2


def test_a_recording_that_is_no_longer_kept_is_said(voice: Listener, tmp_path: Path) -> None:
    voice.voice.play([Excerpt(tmp_path / "gone.wav", 0.0, 1.0)])
    assert [event.fault.code for event in voice.events if isinstance(event, Noticed)] == ["recording-gone"]
