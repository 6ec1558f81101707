"""Where somebody speaks in a recording, and how it is cut into pieces that a recogniser can take."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from assistant.recordings import RATE_HZ
from assistant.transcribe.detector import CHUNK, SILENCE_BELOW, SPEECH_FROM, Detector
from assistant.transcribe.recogniser import Samples
from assistant.turn.dataclass import dataclass
from assistant.turn.transcript import Word

LONGEST_PIECE_S = 29.0
"""A Whisper window has 30 s; a little room keeps a piece's end from being cut."""

PAUSE_S = 1.0
"""Silence as long as this parts what is said."""

_ROOM_S = 0.4
_SHORTEST_SPEECH_S = 0.1
_LONGEST_SPEECH_CHUNKS = round((LONGEST_PIECE_S - 2 * _ROOM_S) * RATE_HZ / CHUNK)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the recording with speech, in samples from its beginning.

    It has some room before and after the speech, which itself goes from `speech_start` to `speech_end`.
    """

    start: int
    end: int
    speech_start: int
    speech_end: int

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Piece:
    """Stretches with speech that are recognised together; the long pauses between them are left out."""

    spans: tuple[Span, ...]

    @property
    def length(self) -> int:
        return sum(span.length for span in self.spans)

    @property
    def voiced_s(self) -> float:
        return sum(span.speech_end - span.speech_start for span in self.spans) / RATE_HZ

    def samples(self, recording: Samples) -> Samples:
        return np.concatenate([recording[span.start : span.end] for span in self.spans])

    def place(self, word: Word) -> Word:
        """The word with its times in seconds of the recording, moved to where somebody speaks."""
        start, end = (round((time_s or 0.0) * RATE_HZ) for time_s in (word.start_s, word.end_s))
        offset = 0
        for span in self.spans:
            if (start + end) / 2 <= offset + span.length or span is self.spans[-1]:
                start_s, end_s = (
                    min(max(span.start + sample - offset, span.speech_start), span.speech_end) / RATE_HZ
                    for sample in (start, end)
                )
                return replace(word, start_s=round(start_s, 3), end_s=round(end_s, 3))
            offset += span.length
        raise AssertionError("a piece without spans")


def find_speech(samples: Samples) -> tuple[Span, ...]:
    """Where somebody speaks, apart by pauses of a second or more, each with some room around it."""
    detector = Detector()
    found = [*detector.probabilities(samples), *detector.flush()]
    speech = [
        (start * CHUNK, min(end * CHUNK, len(samples)))
        for stretch in _stretches(found, round(PAUSE_S * RATE_HZ / CHUNK))
        for start, end in _no_longer_than(found, *stretch, _LONGEST_SPEECH_CHUNKS)
    ]
    return _with_room(speech, len(samples)) if speech else ()


def _stretches(probabilities: Sequence[float], pause: int) -> Iterator[tuple[int, int]]:
    """Stretches of speech, in chunks: from the first that is likely to the last before a pause of so many."""
    start: int | None = None
    end = 0
    for at, probability in enumerate(probabilities):
        if probability >= SPEECH_FROM:
            start = at if start is None else start
            end = 0
        elif start is not None:
            if probability < SILENCE_BELOW and not end:
                end = at
            if end and at - end >= pause:
                yield from _long_enough(start, end)
                start, end = None, 0
    if start is not None:
        yield from _long_enough(start, end or len(probabilities))


def _long_enough(start: int, end: int) -> Iterator[tuple[int, int]]:
    if (end - start) * CHUNK >= _SHORTEST_SPEECH_S * RATE_HZ:
        yield start, end


def _no_longer_than(
    probabilities: Sequence[float], start: int, end: int, longest: int
) -> Iterator[tuple[int, int]]:
    """The stretch, cut where speech is least likely, as often as it is too long."""
    while end - start > longest:
        last_half = range(start + longest // 2, start + longest)
        cut = min(last_half, key=lambda at: (probabilities[at], -at))
        yield start, cut
        start = cut
    yield start, end


def _with_room(speech: Sequence[tuple[int, int]], length: int) -> tuple[Span, ...]:
    """Spans with room around the speech: at most half of the pause between two."""
    room = round(_ROOM_S * RATE_HZ)
    middles = [(before[1] + after[0]) // 2 for before, after in pairwise(speech)]
    return tuple(
        Span(max(first, start - room), min(last, end + room), start, end)
        for (start, end), first, last in zip(speech, [0, *middles], [*middles, length], strict=True)
    )


def pieces(spans: Sequence[Span], longest_s: float = LONGEST_PIECE_S) -> Iterator[Piece]:
    """Put spans together, in order, as long as a piece is not longer than `longest_s`."""
    gathered: tuple[Span, ...] = ()
    for span in spans:
        if gathered and Piece((*gathered, span)).length > longest_s * RATE_HZ:
            yield Piece(gathered)
            gathered = ()
        gathered = (*gathered, span)
    if gathered:
        yield Piece(gathered)
