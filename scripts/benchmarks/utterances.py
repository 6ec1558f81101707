"""Things to say: sentences that the test model knows, spoken one after the other with pauses, and when each word ends.

espeak-ng speaks them, through the binding that pyttsx3 has, because that one tells when each word is spoken.
"""

import json
import random
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import soxr

from assistant import paths
from assistant.recordings import RATE_HZ

Samples = npt.NDArray[np.float32]
"""16 kHz mono, -1…1."""

Wanted = Callable[[str], bool]

_LEAD_S = 0.3
_PAUSES_S = (0.2, 1.0)
_QUIET = 0.002
_CHARS_UTF8 = 1


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word and when it is spoken, in seconds of the sound."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Utterance:
    """Somebody's sentences as sound, from the press of the key to the end of the last word."""

    samples: Samples
    words: tuple[SpokenWord, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def last_word_s(self) -> float:
        return self.words[-1].end_s

    def recorded(self, duration_s: float) -> Samples:
        """Its first `duration_s` seconds as a microphone in a quiet room gives them, with what follows it."""
        missing = max(0, round(duration_s * RATE_HZ) - len(self.samples))
        return np.concatenate([self.samples, room(missing)])[: round(duration_s * RATE_HZ)]


def room(count: int, level_db: float = -66.0) -> Samples:
    """So many samples of a room in which nobody speaks."""
    noise = np.random.default_rng(count).standard_normal(count)
    return (10 ** (level_db / 20) * noise).astype(np.float32)


def as_pcm(samples: Samples) -> bytes:
    """As they stand in a recording: 16-bit, little-endian."""
    return (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: without capitals and punctuation."""
    return re.findall(r"[\w']+", text.lower())


def _any(_: str) -> bool:
    return True


class Speaker:
    """Draws utterances: each time another voice and other sentences, the same for the same seed.

    Only voices and sentences that are wanted are drawn.
    """

    def __init__(self, seed: int = 3, voice: Wanted = _any, sentence: Wanted = _any) -> None:
        self._rng = random.Random(seed)
        rows = json.loads((paths.shipped_models_folder() / "test.en" / "held-out.json").read_text())
        self._manners = [row for row in rows if voice(row["voice"])]
        plain = (row["spoken"] for row in rows if row["spoken"] == row["written"])
        self._texts = [text for text in plain if sentence(text)]
        self._engine = _Espeak()

    def utter(self, duration_s: float, pauses_s: tuple[float, float] = _PAUSES_S) -> Utterance:
        """About `duration_s` seconds of sentences from one voice, with pauses drawn between `pauses_s` after each."""
        self._engine.use(self._rng.choice(self._manners))
        sound: list[Samples] = [_silence(_LEAD_S)]
        words: list[SpokenWord] = []
        at_s = _LEAD_S
        for text in self._rng.sample(self._texts, len(self._texts)):
            samples, spoken = self._engine.speak(text)
            length_s = len(samples) / RATE_HZ
            if at_s + length_s > duration_s:
                continue
            words += [SpokenWord(w.text, at_s + w.start_s, at_s + w.end_s) for w in spoken]
            pause_s = round(self._rng.uniform(*pauses_s), 3)
            sound += [samples, _silence(pause_s)]
            at_s += length_s + round(pause_s * RATE_HZ) / RATE_HZ
        whole = np.concatenate(sound[:-1])
        return Utterance(whole + room(len(whole)), tuple(words))


def _silence(duration_s: float) -> Samples:
    return np.zeros(round(duration_s * RATE_HZ), np.float32)


class _Espeak:
    """libespeak-ng in this process; it gives the sound instead of playing it."""

    def __init__(self) -> None:
        from pyttsx3.drivers import _espeak

        self._lib: Any = _espeak
        self._rate_hz: int = _espeak.Initialize(_espeak.AUDIO_OUTPUT_SYNCHRONOUS, 1000)
        _espeak.SetSynthCallback(self._take)
        self._blocks: list[npt.NDArray[np.int16]] = []
        self._marks: list[tuple[int, float]] = []

    def use(self, manner: dict[str, Any]) -> None:
        """Speak in this manner, given as a row of held-out.json."""
        self._lib.SetVoiceByName(manner["voice"].encode())
        self._lib.SetParameter(self._lib.RATE, manner["words_per_minute"], 0)
        self._lib.SetParameter(self._lib.PITCH, manner["pitch"], 0)

    def speak(self, text: str) -> tuple[Samples, list[SpokenWord]]:
        """The sound of a sentence, from its first to its last, and its words in it."""
        self._blocks, self._marks = [], []
        self._lib.Synth(text, flags=_CHARS_UTF8)
        raw = np.concatenate(self._blocks).astype(np.float32) / 32768
        samples: Samples = soxr.resample(raw, self._rate_hz, RATE_HZ)
        loud = np.flatnonzero(np.abs(samples) > _QUIET)
        first, last = int(loud[0]), int(loud[-1]) + 1
        marks = [(place, at_s - first / RATE_HZ) for place, at_s in self._marks]
        return samples[first:last], _words(text, marks, (last - first) / RATE_HZ)

    def _take(self, wave: Any, count: int, events: Any) -> int:
        if wave and count > 0:
            self._blocks.append(np.ctypeslib.as_array(wave, (count,)).copy())
        index = 0
        while events[index].type != self._lib.EVENT_LIST_TERMINATED:
            place = events[index].text_position - 1
            # A pause is told as a word, too, at a place where we have been.
            if events[index].type == self._lib.EVENT_WORD and place > (self._marks or [(-1, 0.0)])[-1][0]:
                self._marks.append((place, events[index].audio_position / 1000))
            index += 1
        return 0


def _words(text: str, marks: Sequence[tuple[int, float]], end_s: float) -> list[SpokenWord]:
    """The words with their times. `marks` are places in the text and when they are reached; some words (as "are" in
    "there are") share one, and get a share of its time that goes with their length.
    """
    places = [place for place, _ in marks]
    times = [*(at_s for _, at_s in marks), end_s]
    words = []
    for found in re.finditer(r"[\w']+", text):
        mark = max(0, bisect_right(places, found.start()) - 1)
        begins = places[mark]
        ends = [*places, len(text)][mark + 1]
        spoken_s = max(0.0, min(times[mark + 1], end_s) - max(0.0, times[mark]))
        length = max(1, len(text[begins:ends].rstrip(" .,?!")))
        start_s, stop_s = (
            max(0.0, times[mark]) + spoken_s * min(1.0, (place - begins) / length)
            for place in (found.start(), found.end())
        )
        words.append(SpokenWord(found[0], start_s, stop_s))
    return words
