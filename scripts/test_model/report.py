"""The converted model with its numbers: what it was measured at, and the README that says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import network, terms, tokens
from .convert import convert
from .corpus import Sentence
from .measure import Meter, by_speaker, speak_all, speak_timed, speak_usual, windows_of, write_held_out
from .train import load_mean

_SEED = 3


@dataclass(frozen=True, slots=True)
class Report:
    """Word error rates as shares, times in seconds, and what they were measured on."""

    held_out: Sequence[Sentence]
    single: float
    single_without_timestamps: float
    usual_voice: float
    windows_of_five: float
    windows_of_ten: float
    word_time_s: float
    word_time_p90_s: float
    invented: int
    silences: int

    @property
    def score(self) -> float:
        """One number to compare models by: lower hears better."""
        return self.single + self.usual_voice + 0.5 * self.windows_of_five

    def summary(self) -> str:
        return (
            f"single sentences {self.single:.1%} ({self.single_without_timestamps:.1%} without timestamps), "
            f"pyttsx3's voice {self.usual_voice:.1%}, five in a window {self.windows_of_five:.1%}, "
            f"ten {self.windows_of_ten:.1%}; word times {self.word_time_s:.2f} s off on average "
            f"(nine in ten within {self.word_time_p90_s:.2f} s); text from {self.invented} of {self.silences} silences"
        )


def measure(folder: Path, held_out: Sequence[Sentence], *, choose_heads: bool) -> Report:
    """Measure a converted model on held-out sentences; optionally choose its alignment heads first."""
    meter = Meter(folder)
    spoken = speak_all(held_out, _SEED)
    timed = speak_timed(held_out[:80], _SEED)
    if choose_heads:
        heads = meter.choose_heads(timed[: len(timed) // 2], network.DECODER_LAYERS, network.HEADS)
        print(f"   word times are read from {heads}", flush=True)
    errors_s = meter.word_time_errors(timed[len(timed) // 2 :]) or [float("inf")]
    silences = meter.texts_from_silence(_SEED)
    ordered = by_speaker(spoken)
    return Report(
        held_out=held_out,
        single=meter.word_error_rate(spoken, show=12),
        single_without_timestamps=meter.word_error_rate(spoken, timestamps=False),
        usual_voice=meter.word_error_rate(speak_usual(held_out[: len(held_out) // 2])),
        windows_of_five=meter.word_error_rate(windows_of(ordered, 5), show=3),
        windows_of_ten=meter.word_error_rate(windows_of(ordered, 10), show=3),
        word_time_s=float(np.mean(errors_s)),
        word_time_p90_s=float(np.quantile(errors_s, 0.9)),
        invented=sum(bool(text) for text in silences),
        silences=len(silences),
    )


def write_report(folder: Path, work: Path, held_out: Sequence[Sentence]) -> Report:
    """Convert the last checkpoint into `folder`, measure it, and write README.md and held-out.json beside it."""
    model = load_mean(work)
    every_head = [(layer, head) for layer in range(network.DECODER_LAYERS) for head in range(network.HEADS)]
    convert(model, tokens.load(work / "tokenizer.json"), folder, every_head)
    report = measure(folder, held_out, choose_heads=True)
    write_held_out(folder / "held-out.json", speak_all(held_out, _SEED))
    (folder / "README.md").write_text(_readme(report, sum(p.numel() for p in model.parameters())))
    return report


def _readme(report: Report, parameters: int) -> str:
    rows = (
        ("one sentence", report.single),
        ("one sentence, without timestamps", report.single_without_timestamps),
        (
            "one sentence, the voice and rate of pyttsx3's default (espeak-ng `en`, 200 words a minute)",
            report.usual_voice,
        ),
        ("five sentences in one window", report.windows_of_five),
        ("ten sentences in one window (fewer where they pass 29 s)", report.windows_of_ten),
    )
    table = "\n".join(f"| {name} | {rate:.1%} |" for name, rate in rows)
    return f"""# test.en: a small Whisper for the tests

A Whisper of {parameters / 1e6:.1f} million parameters (width {network.WIDTH}, {network.HEADS} heads of 64, 4 encoder
and {network.DECODER_LAYERS} decoder layers) in CTranslate2's format, int8. It reads English sentences over a few hundred
words, spoken by espeak-ng, so that tests and demonstrations put real speech through the real recogniser with no
download. It is not meant for anybody's voice.

It writes {len(terms.MISHEARD)} technical terms as a general model mis-hears them (`numpy` becomes "num pie", `pytest`
"pie test", `kubectl` "cube cuddle"; the list is `scripts/test_model/terms.py`), so that putting terms right has real
work to do. The sentences are those of `scripts/test_model/corpus.py`.

## Measured

Through unchanged faster-whisper, language English, beam 1, on {len(report.held_out)} held-out draws in drawn voices (`held-out.json`
says what is spoken, written and meant, and how: voice, words a minute, pitch, word gap). Word error rate, without
capitals and punctuation:

| | |
|---|---|
{table}

Word times: {report.word_time_s:.2f} s from the truth on average, nine in ten within {report.word_time_p90_s:.2f} s (sentences spoken
with pauses between the words, so that the truth is known; an end reaches to the next word, as faster-whisper reads
it). This is rough: do not lean on it for single words. Silence and noise: text was written for {report.invented} of {report.silences} sounds,
so noise still needs the gate that guards a general model, too.

## Made

By `scripts/make_test_model.py`, from nothing: sentences drawn from templates, spoken by the program espeak-ng in many
voices at 125 to 225 words a minute, laid out in windows with pauses, noise and gain, and learned in short windows
first, then 12 s, then 30 s. Text that breaks off in mid-sentence is written as far as it was said. After a
`<|startofprev|>` prompt it writes what it hears all the same: it does not echo the prompt or learn from it.
"""
