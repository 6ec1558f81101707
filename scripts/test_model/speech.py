"""Speech: sentences spoken by the program espeak-ng in many voices, kept as one long 16 kHz track of clips."""

import io
import json
import random
import subprocess
import wave
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soxr

from .corpus import Sentence

SAMPLE_RATE_HZ = 16_000
Samples = npt.NDArray[np.int16]
Sound = npt.NDArray[np.float32]

_ACCENTS = ("en", "en-us", "en-gb-x-rp", "en-gb-scotland", "en-us-nyc", "en-029")
_VARIANTS = tuple(f"+m{n}" for n in range(1, 8)) + tuple(f"+f{n}" for n in range(1, 6))
_USUAL_RATE_WPM = 200
"""What pyttsx3 asks for by default, with the plain voice "en" and pitch 50."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a sentence is spoken; `word_gap` is in espeak-ng's units of about 10 ms."""

    voice: str
    words_per_minute: int
    pitch: int
    word_gap: int


USUAL = Manner("en", _USUAL_RATE_WPM, 50, 0)
"""How pyttsx3 speaks on Linux when nothing is set."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One spoken sentence: where its samples lie in the track."""

    sentence: Sentence
    manner: Manner
    start: int
    length: int


def draw_manner(rng: random.Random) -> Manner:
    """Draw a voice, its rate and its gaps; one in eight is as pyttsx3 speaks by default."""
    if rng.random() < 0.125:
        return USUAL
    accent = rng.choice(_ACCENTS)
    plain = rng.random() < 0.3
    rate = _USUAL_RATE_WPM if rng.random() < 0.25 else rng.randint(125, 225)
    pitch = 50 if plain else rng.randint(25, 75)
    gap = rng.choices((0, rng.randint(1, 3), rng.randint(4, 12), rng.randint(15, 30)), (70, 16, 7, 7))[0]
    return Manner(accent + ("" if plain else rng.choice(_VARIANTS)), rate, pitch, gap)


def speak(text: str, manner: Manner) -> Samples:
    """Speak a text: 16 kHz mono, cut to where sound begins and ends."""
    command = ["espeak-ng", "-v", manner.voice, "-s", str(manner.words_per_minute), "-p", str(manner.pitch)]
    command += ["-g", str(manner.word_gap), "--stdout", "--", text]
    with wave.open(io.BytesIO(subprocess.run(command, check=True, capture_output=True).stdout)) as sound:
        rate_hz = sound.getframerate()
        samples = np.frombuffer(sound.readframes(1 << 26), dtype=np.int16)
    samples = np.asarray(soxr.resample(samples, rate_hz, SAMPLE_RATE_HZ), dtype=np.int16)
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > 60)
    return samples[loud[0] : loud[-1] + 1] if len(loud) else samples[:0]


def to_float(samples: Samples) -> Sound:
    """Samples as numbers between -1 and 1."""
    return samples.astype(np.float32) / np.float32(32768)


def stretches(sound: Sound, shortest_pause_s: float = 0.12) -> list[tuple[float, float]]:
    """Start and end in seconds of the stretches of sound between pauses."""
    loud = np.flatnonzero(np.abs(sound) > 0.004)
    breaks = np.flatnonzero(np.diff(loud) > shortest_pause_s * SAMPLE_RATE_HZ)
    starts, ends = loud[np.r_[0, breaks + 1]], loud[np.r_[breaks, len(loud) - 1]]
    return [
        (float(start) / SAMPLE_RATE_HZ, float(end) / SAMPLE_RATE_HZ)
        for start, end in zip(starts, ends, strict=True)
    ]


def record(sentences: Sequence[Sentence], seed: int) -> Iterator[tuple[Sentence, Manner, Samples]]:
    """Speak each sentence in a drawn manner, several at a time, in order."""
    rng = random.Random(seed)
    manners = [draw_manner(rng) for _ in sentences]
    with ThreadPoolExecutor(3) as pool:
        spoken = pool.map(lambda pair: speak(pair[0].spoken, pair[1]), zip(sentences, manners, strict=True))
        yield from zip(sentences, manners, spoken, strict=True)


def write_track(folder: Path, sentences: Sequence[Sentence], seed: int) -> None:
    """Speak the sentences into `track.pcm`, with `clips.json` saying what lies where."""
    folder.mkdir(parents=True, exist_ok=True)
    clips: list[Clip] = []
    start = 0
    with (folder / "track.pcm").open("wb") as track:
        for sentence, manner, samples in record(sentences, seed):
            track.write(samples.tobytes())
            clips.append(Clip(sentence, manner, start, len(samples)))
            start += len(samples)
            if len(clips) % 1000 == 0:
                print(
                    f"{len(clips)} of {len(sentences)} sentences, {start / SAMPLE_RATE_HZ / 3600:.1f} hours",
                    flush=True,
                )
    (folder / "clips.json").write_text(json.dumps([asdict(clip) for clip in clips]))


def read_track(folder: Path) -> tuple[Samples, list[Clip]]:
    """The track (mapped, not read) and its clips."""
    rows = json.loads((folder / "clips.json").read_text())
    clips = [
        Clip(Sentence(**row["sentence"]), Manner(**row["manner"]), row["start"], row["length"])
        for row in rows
    ]
    return np.memmap(folder / "track.pcm", dtype=np.int16, mode="r"), clips
