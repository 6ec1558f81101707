"""Whisper is given a short context, and what comes of that is believed only where it may be."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant import paths
from assistant.recordings import RATE_HZ
from assistant.transcribe.mel import spectrogram
from assistant.transcribe.recogniser import Samples
from assistant.transcribe.sound import read_sound
from assistant.transcribe.whisper import WhisperRecogniser, repetition
from tests.rig.speech import synthesise

SENTENCE = "There are nine blue books on the table."
FULL_POSITIONS = 1500


@pytest.fixture(scope="module")
def sentence(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    return read_sound(synthesise(SENTENCE, tmp_path_factory.mktemp("speech") / "spoken.wav"))


@pytest.fixture
def whisper() -> WhisperRecogniser:
    folder: Path = paths.shipped_models_folder() / "test.en"
    return WhisperRecogniser(folder, "test.en", "en", "cpu", 2, shortest_context_s=4.0)


def never() -> bool:
    return False


@dataclass
class Result:
    """What CTranslate2 gives back."""

    sequences_ids: list[list[int]]
    scores: list[float]
    no_speech_prob: float


class Short:
    """A model that gives `tokens` with this score where the context is short, and is itself else."""

    def __init__(self, model: Any, tokens: list[int], score: float, no_speech: float = 0.0) -> None:
        self._model = model
        self._result = Result([tokens], [score], no_speech)
        self.generated = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def generate(self, encoded: Any, *given: Any, **options: Any) -> Any:
        self.generated += 1
        short = encoded.shape[1] < FULL_POSITIONS
        return [self._result] if short else self._model.generate(encoded, *given, **options)


def test_a_short_context_gives_the_same_words_as_a_full_window(
    whisper: WhisperRecogniser, sentence: Samples
) -> None:
    fast = whisper.understand(spectrogram(sentence, whisper.bands), "", never)
    thorough = whisper.recognise(sentence)
    assert fast is not None
    assert fast.text == thorough.text == SENTENCE
    assert fast.cost is not None
    assert fast.cost.context_s == pytest.approx(max(4.0, len(sentence) / RATE_HZ + 2.56), abs=0.02)
    assert not fast.cost.redone
    assert thorough.cost is not None
    assert thorough.cost.context_s == 30


def test_words_have_times_in_order_within_the_sound_and_probabilities(
    whisper: WhisperRecogniser, sentence: Samples
) -> None:
    words = whisper.recognise(sentence).words
    assert [word.text for word in words] == [f" {word}" for word in SENTENCE.split()]
    times = [time for word in words for time in (word.start_s, word.end_s)]
    assert times == sorted(times, key=float)  # type: ignore[arg-type]
    assert (times[-1] or 0) <= len(sentence) / RATE_HZ + 0.1
    assert all(0.5 < word.probability <= 1 for word in words)


@pytest.mark.parametrize(
    ("text", "score"),
    [("The blue, the blue, the blue, the blue, the blue, the blue, the blue.", -0.1), ("Blue tables.", -2.0)],
    ids=["a loop", "an unlikely text"],
)
def test_what_is_not_to_be_believed_is_decoded_again_in_a_full_window(
    whisper: WhisperRecogniser, sentence: Samples, text: str, score: float
) -> None:
    whisper._model = Short(whisper._model, whisper._tokens.encode(text), score)
    heard = whisper.understand(spectrogram(sentence, whisper.bands), "", never)
    assert heard is not None
    assert heard.text == SENTENCE
    assert heard.cost is not None
    assert heard.cost.redone
    assert heard.cost.context_s == 30


def test_a_text_that_fills_its_limit_is_decoded_again(whisper: WhisperRecogniser, sentence: Samples) -> None:
    text = "What is your name? Eight black books lie in the old garden, and Peter reads every one of them on Monday. The capital of Spain is Madrid."
    whisper._model = Short(whisper._model, whisper._tokens.encode(text), -0.1)
    heard = whisper.understand(spectrogram(sentence, whisper.bands), "", never)
    assert heard is not None
    assert heard.text == SENTENCE


def test_a_text_has_as_much_room_without_a_prompt_as_with_one(
    whisper: WhisperRecogniser, sentence: Samples
) -> None:
    model = Limits(whisper._model)
    whisper._model = model
    mel = spectrogram(sentence, whisper.bands)
    for said_before in ("", "What is your name? The capital of Spain is Madrid."):
        whisper.understand(mel, said_before, never)
    assert len(set(model.most_tokens)) == 1


class Limits:
    """A model that tells how many tokens of text CTranslate2 gives at most for what it is asked."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.most_tokens: list[int] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def generate(self, encoded: Any, prompts: list[list[int]], max_length: int, **options: Any) -> Any:
        self.most_tokens.append(min(max_length // 2, max_length - len(prompts[0]) + 1))
        return self._model.generate(encoded, prompts, max_length=max_length, **options)


def test_where_nobody_spoke_nothing_is_decoded_again(whisper: WhisperRecogniser) -> None:
    short = Short(whisper._model, whisper._tokens.encode("Thank you."), -2.0, no_speech=0.9)
    whisper._model = short
    heard = whisper.understand(spectrogram(np.zeros(RATE_HZ, np.float32), whisper.bands), "", never)
    assert heard is not None
    assert heard.no_speech == 0.9
    assert short.generated == 1


def test_texts_that_break_off_do_not_end_the_search_for_the_whole_sentence(
    whisper: WhisperRecogniser, tmp_path: Path
) -> None:
    wave = tmp_path / "spoken.wav"
    voice = ["-v", "en-us-nyc", "-s", "183", "-p", "55", "-w", str(wave)]
    subprocess.run(["espeak-ng", *voice, "Write a test with graphql for this list."], check=True)
    heard = whisper.recognise(read_sound(wave))
    assert heard.text == "Write a test with graph queue el for this list."


def test_a_pass_can_be_given_up_before_words_are_made(whisper: WhisperRecogniser, sentence: Samples) -> None:
    short = Short(whisper._model, [], 0.0)
    whisper._model = short
    assert whisper.understand(spectrogram(sentence, whisper.bands), "", lambda: True) is None
    assert short.generated == 0


def test_sound_in_a_stream_is_understood_as_in_one_go(whisper: WhisperRecogniser, sentence: Samples) -> None:
    stream = whisper.stream()
    quiet = np.zeros(2 * RATE_HZ, np.float32)
    for samples in (quiet, sentence[:9000], sentence[9000:], quiet):
        stream.add(samples)
    stream.forget(RATE_HZ)
    heard = stream.understand(2 * RATE_HZ - 4800, 2 * RATE_HZ + len(sentence), "It is Monday.", never)
    assert heard is not None
    assert heard.text == SENTENCE


def test_ordinary_sentences_do_not_count_as_repetition() -> None:
    assert repetition(SENTENCE) < 2.4 < repetition("and so " * 30)
