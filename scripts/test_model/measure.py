"""Measuring a converted model through unchanged faster-whisper: words, word times, and silence."""

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from faster_whisper import WhisperModel

from .convert import Head, set_heads
from .corpus import Sentence, words_of
from .speech import SAMPLE_RATE_HZ, USUAL, Manner, Sound, record, speak, stretches, to_float


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sound, what it says, and how."""

    sound: Sound
    sentence: Sentence
    manner: Manner


def speak_all(sentences: Sequence[Sentence], seed: int) -> list[Spoken]:
    """Speak held-out sentences in drawn manners."""
    return [
        Spoken(to_float(samples), sentence, manner) for sentence, manner, samples in record(sentences, seed)
    ]


def speak_usual(sentences: Sequence[Sentence]) -> list[Spoken]:
    """Speak sentences as pyttsx3 does by default."""
    return [Spoken(to_float(speak(s.spoken, USUAL)), s, USUAL) for s in sentences]


def describe(spoken: Iterable[Spoken]) -> list[dict[str, str | int]]:
    """What was held out, so that anybody can speak it again."""
    return [asdict(one.sentence) | asdict(one.manner) for one in spoken]


def _silence(seconds: float) -> Sound:
    return np.zeros(int(seconds * SAMPLE_RATE_HZ), dtype=np.float32)


def windows_of(spoken: Sequence[Spoken], count: int, pause_s: float = 0.5) -> list[Spoken]:
    """Consecutive sentences as windows of `count` (fewer where they would pass 29 s), whoever speaks them."""
    windows = []
    for first in range(0, len(spoken) - count + 1, count):
        sound, texts = _silence(0.3), list[str]()
        for one in spoken[first : first + count]:
            if len(sound) + len(one.sound) > 28.5 * SAMPLE_RATE_HZ:
                break
            sound = np.concatenate([sound, one.sound, _silence(pause_s)])
            texts.append(one.sentence.written)
        text = " ".join(texts)
        windows.append(Spoken(sound, Sentence(text, text, text), spoken[first].manner))
    return windows


def by_speaker(spoken: Sequence[Spoken]) -> list[Spoken]:
    """The same, ordered so that windows of consecutive ones have one speaker as far as may be."""
    return sorted(spoken, key=lambda one: one.manner.voice)


def edits(wanted: Sequence[str], heard: Sequence[str]) -> int:
    """The fewest words to change, leave out or add (Levenshtein's distance)."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(wanted, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
    return row[-1]


class Meter:
    """Transcribes with one converted model, language English, one beam."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._model = self._load()

    def _load(self) -> WhisperModel:
        return WhisperModel(str(self._folder), device="cpu", compute_type="int8", cpu_threads=2)

    def hear(self, sound: Sound, *, timestamps: bool = True) -> str:
        """The text of a sound."""
        segments, _ = self._model.transcribe(
            sound,
            language="en",
            beam_size=1,
            temperature=0.0,
            without_timestamps=not timestamps,
            condition_on_previous_text=False,
        )
        return "".join(segment.text for segment in segments).strip()

    def word_error_rate(self, spoken: Sequence[Spoken], *, timestamps: bool = True, show: int = 0) -> float:
        """Wrong words by words spoken; `show` prints so many of the mistakes."""
        wrong = words = 0
        for one in spoken:
            heard = self.hear(one.sound, timestamps=timestamps)
            missed = edits(words_of(one.sentence.written), words_of(heard))
            wrong, words = wrong + missed, words + len(words_of(one.sentence.written))
            if missed and show > 0:
                show -= 1
                print(
                    f"    {one.manner.voice} {one.manner.words_per_minute}: {one.sentence.written!r}\n      heard {heard!r}"
                )
        return wrong / words

    def texts_from_silence(self, seed: int) -> list[str]:
        """What is written for 40 sounds without speech: silence, and noise of many levels."""
        rng = np.random.default_rng(seed)
        sounds = [_silence(float(seconds)) for seconds in rng.uniform(0.5, 30, 8)]
        for _ in range(32):
            level = 10 ** (rng.uniform(-75, -25) / 20)
            noise = rng.standard_normal(int(rng.uniform(0.5, 29) * SAMPLE_RATE_HZ))
            if rng.random() < 0.5:
                noise = np.convolve(noise, np.ones(16) / 4)[: len(noise)]
            sounds.append((level * noise).astype(np.float32))
        return [self.hear(sound, timestamps=index % 2 == 0) for index, sound in enumerate(sounds)]

    def word_time_errors(self, timed: Sequence["Timed"]) -> list[float]:
        """Distance in seconds of each word's start and end from the truth, where the text is right."""
        errors: list[float] = []
        for one in timed:
            segments, _ = self._model.transcribe(
                one.sound, language="en", beam_size=1, temperature=0.0, word_timestamps=True
            )
            words = [word for segment in segments for word in segment.words or ()]
            if [words_of(word.word) for word in words] != [[word] for word in one.words]:
                continue
            for word, (start_s, end_s) in zip(words, one.times_s, strict=True):
                errors += [abs(word.start - start_s), abs(word.end - end_s)]
        return errors

    def choose_heads(self, timed: Sequence["Timed"], layers: int, heads: int) -> list[Head]:
        """The heads that follow the words best: those by which the word times come nearest, and keep them."""
        every = [(layer, head) for layer in range(layers) for head in range(heads)]
        scores = {head: self._score([head], timed) for head in every}
        ranked = sorted(every, key=scores.__getitem__)
        best = min((ranked[:count] for count in (1, 2, 3)), key=lambda chosen: self._score(chosen, timed))
        set_heads(self._folder, best)
        self._model = self._load()
        return best

    def _score(self, heads: Sequence[Head], timed: Sequence["Timed"]) -> float:
        set_heads(self._folder, heads)
        self._model = self._load()
        errors = self.word_time_errors(timed)
        return float(np.mean(errors)) if errors else float("inf")


@dataclass(frozen=True, slots=True)
class Timed:
    """A sound whose words stand at known times, because pauses part them."""

    sound: Sound
    words: list[str]
    times_s: list[tuple[float, float]]


def speak_timed(sentences: Sequence[Sentence], seed: int) -> list[Timed]:
    """Sentences spoken with pauses between the words, with the words' times read from the pauses.

    A sentence whose sounds cannot be told apart into its words is left out.
    """
    rng = random.Random(seed)
    timed = []
    for sentence in sentences:
        words = words_of(sentence.spoken)
        if words != words_of(sentence.written):
            continue
        manner = Manner(rng.choice(("en", "en-us", "en+m3", "en-us+f2")), rng.randint(150, 200), 50, 20)
        sound = np.concatenate([_silence(0.4), to_float(speak(sentence.spoken, manner)), _silence(0.5)])
        times_s = stretches(sound)
        if len(times_s) == len(words):
            timed.append(Timed(sound, words, times_s))
    return timed


def write_held_out(path: Path, spoken: Iterable[Spoken]) -> None:
    """Write what was held out as JSON, one sentence a line."""
    path.write_text("[\n" + ",\n".join(json.dumps(row) for row in describe(spoken)) + "\n]\n")
