"""Where somebody speaks in a recording, and how it is cut into pieces that a recogniser can take.

The detector is Silero VAD (https://github.com/snakers4/silero-vad), which comes inside faster-whisper and runs offline.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from assistant.recordings import RATE_HZ
from assistant.transcribe.recogniser import Samples
from assistant.transcribe.sound import leave_out_av
from assistant.turn.transcript import Word

LONGEST_PIECE_S = 29.0
"""A Whisper window has 30 s; a little room keeps a piece's end from being cut."""

_DIGITAL_SILENCE = 1.5 / 32768
_USUAL_LEVEL = 0.3
_ROOM_S = 0.4
_PAUSE_S = 1.0
_SHORTEST_SPEECH_S = 0.1


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
    level = _level(samples)
    if level < _DIGITAL_SILENCE:
        return ()
    leave_out_av()
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(
        min_speech_duration_ms=round(_SHORTEST_SPEECH_S * 1000),
        max_speech_duration_s=LONGEST_PIECE_S - 2 * _ROOM_S,
        min_silence_duration_ms=round(_PAUSE_S * 1000),
        speech_pad_ms=0,
    )
    # The detector misses what was recorded very softly (from about -50 dB); noise does not mislead it at any level.
    found = get_speech_timestamps(np.clip(samples * (_USUAL_LEVEL / level), -1, 1), options)
    speech = [(span["start"], span["end"]) for span in found]
    return _with_room(speech, len(samples)) if speech else ()


def _level(samples: Samples) -> float:
    """How loud the loud parts are, 0…1; a click counts little."""
    if not len(samples):
        return 0.0
    loudness = np.abs(samples)
    return max(float(np.quantile(loudness, 0.995)), 0.01 * float(loudness.max()))


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


def warm_up() -> None:
    """Load the detector, so that the first recording need not wait for it."""
    find_speech(np.full(RATE_HZ // 10, 0.1, np.float32))
