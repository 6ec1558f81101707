"""A recording is understood while it is made, whatever happens meanwhile."""

import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.recordings import RATE_HZ, RecordingFile
from assistant.transcribe.installed import Models
from assistant.turn.events import Transcribed, TranscriptGrew
from assistant.turn.transcript import Transcript
from tests.rig.speech import read_wav, synthesise, wer, write_wav
from tests.transcribe.listening import Listening
from tests.transcribe.noises import Samples, noises

SENTENCE = "There are nine blue books on the table."
BLOCK = 320


class Ear:
    """Records as the ear does, as fast as the test likes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = RecordingFile(path)
        self._closed = False

    def hear(self, *sounds: Samples) -> None:
        pcm = (np.clip(np.concatenate(sounds), -1, 1) * 32767).astype("<i2")
        for first in range(0, len(pcm), BLOCK):
            self._file.append(pcm[first : first + BLOCK].tobytes())

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._file.close()


@pytest.fixture
def sentence(tmp_path: Path) -> Samples:
    return read_wav(synthesise(SENTENCE, tmp_path / "sentence.wav"))


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[Ear]:
    ear = Ear(tmp_path / "1.wav")
    yield ear
    ear.close()


def quiet(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE_HZ), np.float32)


def grown_to(listening: Listening, words: int) -> TranscriptGrew:
    while len((grown := listening.next(TranscriptGrew)).transcript.words) < words:
        pass
    return grown


def firm_to(listening: Listening, words: int) -> TranscriptGrew:
    while (grown := listening.next(TranscriptGrew)).firm < words:
        pass
    return grown


def transcript(listening: Listening, turn: int) -> Transcript:
    outcome = listening.outcome(turn)
    assert isinstance(outcome, Transcribed), outcome
    return outcome.transcript


def test_text_is_there_before_the_recording_ends_and_stays(
    listening: Listening, ear: Ear, sentence: Samples
) -> None:
    turn = listening.follow(ear.path)
    ear.hear(quiet(0.5), sentence, quiet(1.5))
    before = firm_to(listening, 8).transcript
    assert wer(SENTENCE, before.text) <= 0.2
    ear.hear(sentence, quiet(0.3))
    ear.close()
    listening.complete(turn, ear.path)
    whole = transcript(listening, turn)
    assert wer(f"{SENTENCE} {SENTENCE}", whole.text) <= 0.2
    told, kept = ([replace(word, probability=1.0) for word in words] for words in (before.words, whole.words))
    assert kept[: len(told)] == told


def test_after_a_pause_there_is_nothing_left_to_decode_at_the_release(
    listening: Listening, ear: Ear, sentence: Samples
) -> None:
    turn = listening.follow(ear.path)
    ear.hear(quiet(0.3), sentence, quiet(0.5))
    before = grown_to(listening, 8).transcript
    listening.signal_scribe(signal.SIGSTOP)
    ear.close()
    listening.complete(turn, ear.path)
    listening.signal_scribe(signal.SIGCONT)
    assert transcript(listening, turn).words == before.words


def test_a_recording_of_next_to_nothing_gives_no_text(listening: Listening, ear: Ear) -> None:
    turn = listening.follow(ear.path)
    ear.hear(quiet(0.2))
    ear.close()
    listening.complete(turn, ear.path)
    assert transcript(listening, turn).words == ()


def test_silence_noise_and_hum_give_no_text(listening: Listening, tmp_path: Path) -> None:
    heard = {}
    for name, sound in noises().items():
        ear = Ear(tmp_path / f"{name}.wav")
        turn = listening.follow(ear.path)
        ear.hear(sound)
        ear.close()
        listening.complete(turn, ear.path)
        heard[name] = transcript(listening, turn).text
    assert {name: text for name, text in heard.items() if text} == {}


def test_what_is_abandoned_is_not_heard_of_again(
    listening: Listening, ear: Ear, sentence: Samples, tmp_path: Path
) -> None:
    abandoned = listening.follow(ear.path)
    ear.hear(sentence, quiet(0.5))
    grown_to(listening, 8)
    listening.transcriber.abandon(abandoned)
    ear.hear(sentence, quiet(1.5))
    outcome = listening.outcome(listening.give(write_wav(tmp_path / "next.wav", sentence)))
    assert isinstance(outcome, Transcribed)
    assert wer(SENTENCE, outcome.transcript.text) <= 0.2


def test_what_is_said_while_the_model_loads_is_caught_up_with(
    models: Models, ear: Ear, sentence: Samples
) -> None:
    listening = Listening(models)
    turn = listening.follow(ear.path)
    ear.hear(quiet(0.3), sentence, quiet(1.2))
    assert wer(SENTENCE, grown_to(listening, 8).transcript.text) <= 0.2
    ear.close()
    listening.complete(turn, ear.path)
    assert wer(SENTENCE, transcript(listening, turn).text) <= 0.2
    listening.transcriber.stop()


def test_a_scribe_killed_while_somebody_speaks_is_replaced_and_begins_again(
    listening: Listening, ear: Ear, sentence: Samples
) -> None:
    turn = listening.follow(ear.path)
    ear.hear(quiet(0.3), sentence, quiet(1.2))
    firm_to(listening, 8)
    listening.kill_scribe()
    grown_to(listening, 8)
    ear.hear(sentence, quiet(0.3))
    ear.close()
    listening.complete(turn, ear.path)
    assert wer(f"{SENTENCE} {SENTENCE}", transcript(listening, turn).text) <= 0.2


def test_a_recording_that_cannot_be_followed_is_understood_when_it_is_complete(
    listening: Listening, tmp_path: Path, sentence: Samples
) -> None:
    turn = listening.follow(tmp_path / "later.wav")
    listening.complete(turn, write_wav(tmp_path / "later.wav", sentence))
    assert wer(SENTENCE, transcript(listening, turn).text) <= 0.2


def test_a_long_recording_given_all_at_once_is_understood_as_a_whole(
    listening: Listening, ear: Ear, sentence: Samples
) -> None:
    listening.signal_scribe(signal.SIGSTOP)
    turn = listening.follow(ear.path)
    ear.hear(*[np.concatenate([sentence, quiet(1.2)])] * 5)
    ear.close()
    listening.complete(turn, ear.path, 18.0)
    listening.signal_scribe(signal.SIGCONT)
    assert wer(" ".join([SENTENCE] * 5), transcript(listening, turn).text) <= 0.2


def test_another_recording_can_be_understood_while_somebody_speaks(
    listening: Listening, ear: Ear, sentence: Samples, tmp_path: Path
) -> None:
    followed = listening.follow(ear.path)
    ear.hear(quiet(0.3), sentence, quiet(0.4))
    other = listening.give(write_wav(tmp_path / "other.wav", sentence))
    assert wer(SENTENCE, transcript(listening, other).text) <= 0.2
    ear.close()
    listening.complete(followed, ear.path)
    assert wer(SENTENCE, transcript(listening, followed).text) <= 0.2


def test_without_a_model_text_still_comes_by_pauses(models: Models, ear: Ear, tmp_path: Path) -> None:
    listening = Listening(models, "")
    plain = read_wav(synthesise("Please call me tomorrow morning", tmp_path / "plain.wav"))
    turn = listening.follow(ear.path)
    ear.hear(quiet(0.3), plain, quiet(1.5))
    assert listening.next(TranscriptGrew).transcript.basic
    ear.close()
    listening.complete(turn, ear.path)
    assert transcript(listening, turn).words
    listening.transcriber.stop()
