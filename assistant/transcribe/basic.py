"""The basic recogniser: PocketSphinx with the US English model that it brings along.

It stands in while there is no Whisper model. It needs no download, understands plain English sentences fairly, and
knows neither punctuation nor any other language.
"""

import re
from collections.abc import Callable

import numpy as np

from assistant.transcribe.recogniser import Heard, Samples
from assistant.transcribe.wire import BASIC_NAME
from assistant.turn.transcript import Word

_FRAME_S = 0.01
_VARIANT = re.compile(r"\(\d+\)$")


class BasicRecogniser:
    """PocketSphinx. A word's probability is its posterior in the lattice, 0…1."""

    name = BASIC_NAME
    basic = True
    at_a_time = 1

    def __init__(self) -> None:
        from pocketsphinx import Decoder

        self._decoder = Decoder(loglevel="FATAL")

    def recognise(self, samples: Samples, prompt: str = "") -> Heard:
        """Understand the samples; a prompt is of no use to it."""
        del prompt
        pcm = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
        self._decoder.start_utt()
        self._decoder.process_raw(pcm, full_utt=True)
        self._decoder.end_utt()
        words = tuple(
            Word(
                " " + _VARIANT.sub("", segment.word),
                segment.start_frame * _FRAME_S,
                (segment.end_frame + 1) * _FRAME_S,
                min(1.0, max(0.0, segment.prob)),
            )
            for segment in self._decoder.seg() or ()
            if segment.word[0] not in "<[+"
        )
        return Heard(words, "en")

    def stream(self) -> "BasicStream":
        return BasicStream(self)


class BasicStream:
    """Sound that is still coming, kept until it is understood."""

    def __init__(self, recogniser: BasicRecogniser) -> None:
        self._recogniser = recogniser
        self._sound = np.zeros(0, np.float32)
        self._first = 0

    def add(self, samples: Samples) -> None:
        self._sound = np.concatenate([self._sound, samples])

    def understand(
        self, start: int, end: int, said_before: str, given_up: Callable[[], bool]
    ) -> Heard | None:
        del said_before
        return (
            None
            if given_up()
            else self._recogniser.recognise(self._sound[start - self._first : end - self._first])
        )

    def forget(self, before: int) -> None:
        self._sound = self._sound[max(0, before - self._first) :]
        self._first = max(self._first, before)
