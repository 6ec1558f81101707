"""What is on its way to the speaker: speech piece after piece, cues on top, and when each point will be heard."""

import threading
from array import array
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

Samples = memoryview  # of 16-bit integers; slices of it copy nothing


@dataclass(slots=True)
class Clip:
    """A stretch of speech of a turn: mono, at the device's rate.

    `begins` and `ends` are called when its first sample is heard (with the time of that) and when its last has been.
    """

    turn: int
    samples: Samples
    begins: Callable[[float], None] | None = None
    ends: Callable[[], None] | None = None
    taken: int = 0


@dataclass(slots=True)
class _Point:
    at: float
    turn: int
    reached: Callable[[], None]


@dataclass(slots=True)
class _Cue:
    samples: Samples
    taken: int = field(default=0)


class Line:
    """Filled by one thread, taken from by the device's. Times are seconds of the monotonic clock."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._clips: deque[Clip] = deque()
        self._cues: list[_Cue] = []
        self._points: deque[_Point] = deque()
        self._lead_in = 0
        self._sounds_until = 0.0

    def add(self, clip: Clip) -> None:
        with self._lock:
            self._clips.append(clip)

    def add_cue(self, samples: Samples) -> None:
        with self._lock:
            self._cues.append(_Cue(samples))

    def lead_in(self, frames: int) -> None:
        """Hold the speech (not the cues) back for so many frames of silence."""
        with self._lock:
            self._lead_in = frames

    def take(self, frames: int, heard_at: float, rate_hz: float) -> tuple[Samples, bool]:
        """The next frames, of which the first will be heard at `heard_at`; and whether a clip begins or ends in them."""
        block = memoryview(array("h", bytes(2 * frames)))
        with self._lock:
            points = len(self._points)
            filled = self._take_speech(block, heard_at, rate_hz)
            for cue in self._cues:
                part = cue.samples[cue.taken : cue.taken + frames]
                _lay_over(block, filled, part)
                cue.taken += len(part)
                filled = max(filled, len(part))
            self._cues = [cue for cue in self._cues if cue.taken < len(cue.samples)]
            if filled:
                self._sounds_until = heard_at + filled / rate_hz
            return block, len(self._points) > points

    def _take_speech(self, block: Samples, heard_at: float, rate_hz: float) -> int:
        """How many frames of `block` have speech, or silence that belongs to it."""
        at = min(self._lead_in, len(block))
        self._lead_in -= at
        while self._clips and (at < len(block) or not len(self._clips[0].samples)):
            clip = self._clips[0]
            if clip.begins is not None and clip.taken == 0:
                begins_at = heard_at + at / rate_hz
                self._points.append(_Point(begins_at, clip.turn, partial(clip.begins, begins_at)))
            part = clip.samples[clip.taken : clip.taken + len(block) - at]
            block[at : at + len(part)] = part
            clip.taken += len(part)
            at += len(part)
            if clip.taken < len(clip.samples):
                break
            if clip.ends is not None:
                self._points.append(_Point(heard_at + at / rate_hz, clip.turn, clip.ends))
            self._clips.popleft()
        return at

    def remove(self, turn: int) -> bool:
        """Take out what belongs to `turn`; tells whether some of it is with the device already, not yet heard."""
        with self._lock:
            begun = any(clip.turn == turn and clip.taken for clip in self._clips)
            begun = begun or any(point.turn == turn for point in self._points)
            self._clips = deque(clip for clip in self._clips if clip.turn != turn)
            self._points = deque(point for point in self._points if point.turn != turn)
            return begun

    def reached(self, now: float) -> list[Callable[[], None]]:
        """What is to be called because its point has been heard by `now`."""
        with self._lock:
            due = []
            while self._points and self._points[0].at <= now:
                due.append(self._points.popleft().reached)
            return due

    def next_at(self) -> float | None:
        """When the next point will be heard."""
        with self._lock:
            return self._points[0].at if self._points else None

    def waiting(self) -> bool:
        """Whether there is anything that the device has not taken yet."""
        with self._lock:
            return bool(self._clips or self._cues)

    def sounds_until(self) -> float:
        """When the last of what the device has taken will have been heard."""
        with self._lock:
            return self._sounds_until

    def flushed(self) -> None:
        """The device has thrown away what it had taken."""
        with self._lock:
            self._sounds_until = 0.0

    def drop(self) -> None:
        """Forget everything, as when the device is lost."""
        with self._lock:
            self._clips.clear()
            self._cues.clear()
            self._points.clear()
            self._lead_in = 0
            self._sounds_until = 0.0


def _lay_over(block: Samples, filled: int, part: Samples) -> None:
    """Add `part` to a block that is silent from `filled` on."""
    both = min(filled, len(part))
    sums = [
        max(-32768, min(32767, one + other)) for one, other in zip(block[:both], part[:both], strict=True)
    ]
    block[:both] = array("h", sums)
    block[both : len(part)] = part[both:]
