"""What is to be said is heard at the speaker, tells where it is, and can be interrupted at once."""

import os
import signal
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from assistant.turn.commands import Cue
from assistant.turn.events import Part, Readiness, SentenceSpoken, SentenceStarted, StageFailed
from tests.rig import SoundServer, wait_until
from tests.rig.speech import wer
from tests.speak.listening import LONG, Listener, sounds_at, transcribed

SENTENCE = "There are nine blue books on the table."


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


def test_it_tells_when_a_sentence_begins_and_ends_to_be_heard(
    voice: Listener, sound_server: SoundServer
) -> None:
    begun, ended = [], []
    with sound_server.record_speaker() as heard:
        for turn in range(1, 6):
            asked = time.monotonic()
            voice.say(turn, SENTENCE)
            voice.wait_for(SentenceStarted(turn, 0))
            told = time.monotonic()
            voice.wait_for(SentenceSpoken(turn, 0))
            over = time.monotonic()
            heard.wait_for_silence(0.2)
            first, last = sounds_at(heard, asked)
            begun.append(told - first)
            ended.append(over - last)
    # A sentence begins with up to 0.1 s of breath and ends with a pause that are part of it.
    assert abs(np.median(begun)) < 0.4
    assert 0 <= np.median(ended) < 1


def test_pieces_follow_each_other_in_order_and_without_a_hole(
    voice: Listener, sound_server: SoundServer
) -> None:
    with sound_server.record_speaker() as heard:
        voice.say(1, SENTENCE, "- What time is it now", "```\ncode\n```", "The end of it.")
        voice.wait_for(SentenceSpoken(1, 3))
        heard.wait_for_silence(0.3)
    assert voice.told(1) == [
        told(1, index) for index in range(4) for told in (SentenceStarted, SentenceSpoken)
    ]
    loud = np.flatnonzero(np.abs(heard.samples) > 0.01)
    assert np.diff(loud).max() / 16_000 < 0.6


def test_a_piece_with_nothing_to_say_counts_as_spoken_when_its_time_comes(voice: Listener) -> None:
    voice.say(1, "---", "Yes, it is so.", "🎉🎉", "", "Thank you.", "***")
    voice.wait_for(SentenceSpoken(1, 5))
    assert voice.told(1) == [
        told(1, index) for index in range(6) for told in (SentenceStarted, SentenceSpoken)
    ]


def test_speech_begins_soon(voice: Listener, sound_server: SoundServer) -> None:
    """Within 50 ms while the device is awake (measured: 25); a sleeping one is given 0.1 s of silence first."""
    waited = []
    with sound_server.record_speaker() as heard:
        for turn in range(1, 8):
            asked = time.monotonic()
            voice.say(turn, "Yes, it is so.")
            voice.wait_for(SentenceSpoken(turn, 0))
            heard.wait_for_silence(0.2)
            waited.append(sounds_at(heard, asked)[0] - asked)
    assert 0.1 <= waited[0] < 0.4
    assert np.median(waited[1:]) < 0.1


def test_a_silence_reaches_the_speaker_long_before_the_sentence_would_end(
    voice: Listener, sound_server: SoundServer
) -> None:
    lasted = []
    with sound_server.record_speaker() as heard:
        for turn in range(1, 34):
            voice.speaking(turn)
            heard.wait_for_sound()
            asked = time.monotonic()
            voice.voice.silence(turn)
            heard.wait_for_silence(0.15)
            lasted.append(sounds_at(heard, asked - 1)[1] - asked)
    assert np.percentile(lasted, 99) < 0.25, sorted(lasted)[-5:]
    assert not any(isinstance(event, SentenceSpoken | StageFailed) for event in voice.events)


def test_a_voice_that_hangs_is_silenced_all_the_same_and_speaks_again(
    voice: Listener, sound_server: SoundServer
) -> None:
    lasted = []
    with sound_server.record_speaker() as heard:
        for turn in range(1, 6):
            voice.speaking(turn)
            heard.wait_for_sound()
            os.kill(child_of(voice), signal.SIGSTOP)
            asked = time.monotonic()
            voice.voice.silence(turn)
            heard.wait_for_silence(0.15)
            lasted.append(sounds_at(heard, asked - 1)[1] - asked)
        voice.say(9, SENTENCE)
        voice.wait_for(SentenceSpoken(9, 0))
    assert max(lasted) < 0.1, lasted
    assert not any(isinstance(event, StageFailed) for event in voice.events)


def test_nothing_of_a_silenced_turn_is_told_and_the_next_turn_speaks_at_once(
    voice: Listener, sound_server: SoundServer
) -> None:
    started = time.monotonic()
    for index in range(5_000):
        voice.voice.speak(1, index, SENTENCE)
    assert time.monotonic() - started < 1
    voice.wait_for(SentenceStarted(1, 0))
    with sound_server.record_speaker() as heard:
        told = len(voice.events)
        asked = time.monotonic()
        voice.voice.silence(1)
        voice.voice.speak(1, 5_000, "Too late.")
        voice.say(2, "Yes, it is so.")
        assert time.monotonic() - asked < 1
        voice.wait_for(SentenceStarted(2, 0))
        assert time.monotonic() - asked < 1
        voice.wait_for(SentenceSpoken(2, 0))
        heard.wait_for_silence(0.3)
    assert voice.events[told:] == [SentenceStarted(2, 0), SentenceSpoken(2, 0)]


def test_silencing_what_is_not_spoken_does_nothing(voice: Listener) -> None:
    voice.speaking(1)
    voice.voice.silence(7)
    voice.wait_for(SentenceSpoken(1, 0))


def test_a_text_of_twenty_thousand_characters_begins_and_stops_like_any_other(voice: Listener) -> None:
    asked = time.monotonic()
    voice.speaking(1, "word, " * 3_333)
    assert time.monotonic() - asked < 2
    voice.voice.silence(1)
    asked = time.monotonic()
    voice.say(2, "Yes, it is so.")
    voice.wait_for(SentenceStarted(2, 0))
    assert time.monotonic() - asked < 1


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
    tasks = Path(f"/proc/{child_of(voice)}/task").glob("*/children")
    (engine,) = [int(pid) for children in tasks for pid in children.read_text().split()]
    os.kill(engine, signal.SIGKILL)
    with sound_server.record_speaker() as heard:
        voice.say(1, SENTENCE)
        voice.wait_for(SentenceSpoken(1, 0))
        heard.wait_for_silence(0.3)
    assert wer(SENTENCE, transcribed(heard.samples)) <= 0.2


def test_a_quiet_voice_gives_the_device_back(voice: Listener, sound_server: SoundServer) -> None:
    voice.say(1, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(1, 0))
    streams = ("list", "short", "sink-inputs")
    wait_until(lambda: not sound_server._pactl(*streams), 30, "the stream to be closed")
    voice.say(2, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(2, 0))


def test_a_stopped_voice_is_silent(voice: Listener, sound_server: SoundServer) -> None:
    with sound_server.record_speaker() as heard:
        voice.speaking(1)
        heard.wait_for_sound()
        asked = time.monotonic()
        voice.voice.stop()
        heard.wait_for_silence(0.3)
        assert sounds_at(heard, asked - 1)[1] - asked < 1


@pytest.mark.parametrize("cue", list(Cue))
def test_a_cue_is_heard_at_once(voice: Listener, sound_server: SoundServer, cue: Cue) -> None:
    with sound_server.record_speaker() as heard:
        waited = []
        for _ in range(5):
            asked = time.monotonic()
            voice.voice.cue(cue)
            heard.wait_for_sound()
            heard.wait_for_silence(0.15)
            first, last = sounds_at(heard, asked)
            waited.append(first - asked)
            assert last - first <= 0.12
        assert np.median(waited) < 0.3


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


def test_calls_return_at_once_while_the_voice_hangs(voice: Listener) -> None:
    voice.speaking(1)
    os.kill(child_of(voice), signal.SIGSTOP)
    slowest = 0.0
    for index in range(1, 200):
        started = time.monotonic()
        voice.voice.speak(1, index, LONG * 40)
        voice.voice.cue(Cue.HEARD)
        voice.voice.use("", 200 + index % 2)
        slowest = max(slowest, time.monotonic() - started)
    started = time.monotonic()
    voice.voice.silence(1)
    assert max(slowest, time.monotonic() - started) < 1
    voice.say(2, "Yes, it is so.")
    voice.wait_for(SentenceSpoken(2, 0))
    assert threading.active_count() < 20
    assert not any(isinstance(event, StageFailed) and event.part is Part.SPEAK for event in voice.events)
