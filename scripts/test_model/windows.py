"""Training windows: clips laid out in time with pauses, noise and gain, and what Whisper shall write for them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from .features import HOP, log_mel
from .speech import SAMPLE_RATE_HZ, Clip, Samples, Sound, to_float
from .terms import MISHEARD
from .tokens import Ids

NOT_JUDGED = -100
"""The target where the network's guess does not count (prompts and padding)."""

_POSITIONS_PER_S = 50
_MARGIN = 1600
"""Samples that a sentence stays away from a window's end."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What kind of windows a batch holds."""

    seconds: float
    windows: int
    most_sentences: int
    placed_at_random: bool
    """Whether windows take random places in the 30 s, so that short ones teach the whole position table."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows ready for the network; `spans` are positions (first, last) in which a token is heard, or -1."""

    features: Tensor
    places: Tensor
    tokens: Tensor
    targets: Tensor
    spans: Tensor
    texts: list[list[int]]
    """The text tokens alone, for the auxiliary CTC head."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A sentence at its time in the window, in seconds; without text where the 30 s end before it does."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class _Label:
    tokens: list[int]
    targets: list[int]
    spans: list[tuple[float, float]]


class Composer:
    """Draws batches from a track of clips."""

    def __init__(self, track: Samples, clips: Sequence[Clip], tokenizer: Tokenizer, seed: int) -> None:
        self._track = track
        self._clips = clips
        self._tokenizer = tokenizer
        self._ids = Ids.of(tokenizer)
        self._rng = np.random.default_rng(seed)
        self._noises = _noises(self._rng)
        self._texts = {clip.sentence.written: self._encode(clip.sentence.written) for clip in clips}
        self._by_voice: dict[str, list[int]] = defaultdict(list)
        for index, clip in enumerate(clips):
            self._by_voice[clip.manner.voice].append(index)

    def _encode(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(f" {text}").ids)

    def _any_clip(self) -> Clip:
        return self._clips[int(self._rng.integers(len(self._clips)))]

    def batch(self, shape: Shape) -> Batch:
        """Draw a batch of windows of one shape."""
        samples = int(shape.seconds * SAMPLE_RATE_HZ) // (2 * HOP) * 2 * HOP
        sound = np.zeros((shape.windows, samples), dtype=np.float32)
        frames, places, labels, texts = [], [], [], []
        long_prompts = self._rng.random() < 0.04
        for row in sound:
            silent = self._rng.random() < 0.04
            placed, length = ([], samples) if silent else self._lay(row, shape.most_sentences)
            self._soil(row, length, silent)
            room = int(30.0 * _POSITIONS_PER_S) - samples // (2 * HOP)
            place = int(self._rng.integers(room + 1)) if shape.placed_at_random else 0
            frames.append(min(samples, length) // HOP)
            places.append(place)
            labels.append(self._label(placed, place, long_prompts))
            texts.append([token for one in placed if one.text for token in self._texts[one.text]])
        features = log_mel(torch.from_numpy(sound), torch.tensor(frames))
        return Batch(features, torch.tensor(places), *_stack(labels, self._ids.end), texts)

    def _lay(self, row: Sound, most: int) -> tuple[list[_Placed], int]:
        """Lay sentences into the row; what they are, and where sound (and silence after it) ends."""
        rng = self._rng
        mixed = rng.random() < 0.2
        voice = self._by_voice[self._any_clip().manner.voice]
        wanted = 1 if rng.random() < 0.2 else int(rng.integers(1, most + 1))
        breaks_off = rng.random() < 0.12
        at = int(SAMPLE_RATE_HZ * rng.choice((rng.uniform(0, 0.3), rng.uniform(0, 1.6))))
        placed: list[_Placed] = []
        while len(placed) < wanted:
            clip = self._any_clip() if mixed else self._clips[voice[int(rng.integers(len(voice)))]]
            if at + clip.length + _MARGIN > len(row):
                if placed:
                    break
                at = int(rng.integers(0, max(1, len(row) - clip.length - _MARGIN)))
                continue
            words = clip.sentence.written.split()
            if breaks_off and len(placed) == wanted - 1 and len(words) > 2:
                text, length = _beginning(words, clip.length, int(rng.integers(1, len(words))))
                placed.append(self._place(row, clip, at, length, text))
                return placed, at + length
            placed.append(self._place(row, clip, at, clip.length, clip.sentence.written))
            at += clip.length + int(
                SAMPLE_RATE_HZ * rng.choice((rng.uniform(0.1, 0.5), rng.uniform(0.3, 1.5)))
            )
        if len(placed) < wanted and at + _MARGIN < len(row) == 30 * SAMPLE_RATE_HZ:
            placed.append(self._place(row, clip, at, len(row) - at, ""))
            return placed, len(row)
        after_s = rng.choice((0.05, rng.uniform(0, 0.6), rng.uniform(0, 4)))
        return placed, min(len(row), int((placed[-1].end_s + after_s) * SAMPLE_RATE_HZ))

    def _place(self, row: Sound, clip: Clip, at: int, length: int, text: str) -> _Placed:
        """Add the first `length` samples of a clip to the row, saying `text`."""
        length = min(length, clip.length)
        row[at : at + length] += to_float(self._track[clip.start : clip.start + length])
        if text and text not in self._texts:
            self._texts[text] = self._encode(text)
        return _Placed(text, at / SAMPLE_RATE_HZ, (at + length) / SAMPLE_RATE_HZ)

    def _soil(self, row: Sound, length: int, silent: bool) -> None:
        """Change level and colour, and add noise; sometimes a short tone, as a program's cue."""
        rng = self._rng
        row *= 10 ** (rng.uniform(-14, 6) / 20)
        if rng.random() < 0.3:
            row[1:] += rng.uniform(-0.5, 0.5) * row[:-1]
        if rng.random() < (0.7 if silent else 0.85):
            noise = self._noises[rng.integers(len(self._noises))]
            begin = rng.integers(len(noise) - len(row) + 1)
            row += noise[begin : begin + len(row)] * np.float32(
                10 ** (rng.uniform(-75, -25 if silent else -32) / 20)
            )
        if rng.random() < 0.04:
            tone = np.sin(np.arange(1600) * rng.uniform(0.1, 1.0)) * np.hanning(1600) * rng.uniform(0.02, 0.2)
            begin = rng.integers(0, 800)
            row[begin : begin + 1600] += tone.astype(np.float32)
        np.clip(row, -1, 1, out=row)
        row[length:] = 0

    def _label(self, placed: list[_Placed], place: int, long_prompt: bool) -> _Label:
        ids, offset_s = self._ids, place / _POSITIONS_PER_S
        timed = self._rng.random() < 0.5
        before = self._prompt(long_prompt) if self._rng.random() < 0.33 else []
        label = _Label([*before, ids.start], [NOT_JUDGED] * len(before), [(-1.0, -1.0)] * len(before))

        def say(token: int, span: tuple[float, float] = (-1.0, -1.0)) -> None:
            label.targets.append(token)
            label.spans.append(span)
            label.tokens.append(token)

        if not placed:
            _be_silent(label, ids.zero + place if timed else ids.no_timestamps, ids)
            return label
        if not timed:
            say(ids.no_timestamps)
        for index, one in enumerate(placed):
            start_s = one.start_s + offset_s
            if timed:
                first = min(start_s, 1.0) if index == 0 and place == 0 else start_s
                say(ids.zero + round(first * _POSITIONS_PER_S))
            if one.text:
                for token, span in self._heard(one):
                    say(token, span)
                if timed:
                    say(ids.zero + round((one.end_s + offset_s) * _POSITIONS_PER_S))
        label.targets.append(ids.end)
        label.spans.append((-1.0, -1.0))
        return label

    def _heard(self, one: _Placed) -> list[tuple[int, tuple[float, float]]]:
        """Each token of a sentence with the seconds within which it is surely heard (roughly, by its letters)."""
        tokens = self._texts[one.text]
        sizes = np.array([float(len(self._tokenizer.id_to_token(token) or " ")) for token in tokens])
        ends = np.cumsum(sizes) / sizes.sum()
        length = one.end_s - one.start_s
        slack = max(0.2, 0.14 * length)
        return [
            (token, (one.start_s + (end - size) * length - slack, one.start_s + end * length + slack))
            for token, size, end in zip(tokens, sizes / sizes.sum(), ends, strict=True)
        ]

    def _prompt(self, long: bool) -> list[int]:
        """Earlier sentences or a list of terms, as the text before a window."""
        rng = self._rng
        if rng.random() < 0.4:
            chosen = rng.choice(len(MISHEARD), size=int(rng.integers(1, 9)), replace=False)
            return [
                self._ids.previous,
                *self._encode(", ".join(MISHEARD[index].meant for index in chosen) + "."),
            ]
        tokens: list[int] = []
        for _ in range(int(rng.integers(10, 25)) if long else int(rng.integers(1, 4))):
            tokens += self._texts[self._any_clip().sentence.written]
        return [self._ids.previous, *tokens[-222:]]


def _beginning(words: list[str], length: int, count: int) -> tuple[str, int]:
    """The first `count` words, and about the samples that they take of a clip of this length."""
    text = " ".join(words[:count])
    share = len(text) / len(" ".join(words))
    return text.rstrip(",.?"), int(share * length + 0.04 * SAMPLE_RATE_HZ)


def _be_silent(label: _Label, mode: int, ids: Ids) -> None:
    """A window without speech: `<|nospeech|>` at the start, then nothing more whichever mode is forced."""
    timed = mode >= ids.zero
    label.tokens.append(mode)
    label.targets.extend([ids.no_speech, ids.end if timed else ids.no_speech])
    label.spans.extend([(-1.0, -1.0)] * 2)


def _stack(labels: list[_Label], padding: int) -> tuple[Tensor, Tensor, Tensor]:
    """Tokens, targets (windows, length) and spans (windows, length, 2), padded at the end."""
    length = max(len(label.tokens) for label in labels)
    tokens = torch.full((len(labels), length), padding)
    targets = torch.full((len(labels), length), NOT_JUDGED)
    spans = torch.full((len(labels), length, 2), -1.0)
    for row, label in enumerate(labels):
        tokens[row, : len(label.tokens)] = torch.tensor(label.tokens)
        targets[row, : len(label.targets)] = torch.tensor(label.targets)
        spans[row, : len(label.spans)] = torch.tensor(label.spans)
    return tokens, targets, spans


def _noises(rng: np.random.Generator) -> list[Sound]:
    """A minute each of white, pink and brown noise, of a mains hum and of clicks, with a level of one."""
    size = 60 * SAMPLE_RATE_HZ
    time_s = np.arange(size) / SAMPLE_RATE_HZ
    hum = sum(np.sin(2 * np.pi * 50 * n * time_s + n) / n for n in (1, 2, 3, 5)) + 0.1 * rng.standard_normal(
        size
    )
    clicks = (
        rng.standard_normal(size)
        * (np.convolve(rng.random(size) < 2e-4, np.exp(-np.arange(400) / 80))[:size])
    )
    coloured = [_coloured(rng, size, power) for power in (0.0, 0.5, 1.0)]
    return [(noise / noise.std()).astype(np.float32) for noise in (*coloured, hum, clicks)]


def _coloured(rng: np.random.Generator, size: int, power: float) -> Sound:
    """Noise whose spectrum falls with the frequency to the given power."""
    spectrum = np.fft.rfft(rng.standard_normal(size))
    shaped = spectrum / np.maximum(1, np.arange(len(spectrum))) ** power
    return np.fft.irfft(shaped, size).astype(np.float32)
