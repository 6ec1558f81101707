"""The time-line of one turn: when what happened, from the press of the key to the first sound of the answer."""

from collections.abc import Mapping
from dataclasses import field, replace
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from assistant.turn.dataclass import dataclass


class Moment(StrEnum):
    """In the order in which they usually come."""

    PRESS = "press"
    FIRST_BLOCK = "first_block"
    LAST_WORD = "last_word"
    RELEASE = "release"
    TEXT = "text"
    SENT = "sent"
    REQUEST = "request"
    FIRST_TOKEN = "first_token"  # noqa: S105 - of an answer
    FIRST_SAMPLE = "first_sample"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


class Span(NamedTuple):
    """From one moment to the next, in the line's seconds. `waiting` tells the user's waiting from speaking and looking."""

    begins: Moment
    start_s: float
    end_s: float
    waiting: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """`moments` are seconds from the press, or from the sending of what was not spoken; those that were not are missing.

    `turn` is the recording's, or the answer's where nothing was spoken; `question` and `answer` are turns, 0 while
    there is none; of a `trial` nobody is told. `since` is the monotonic time of the beginning, `sound_from` that of the recording's first sample.
    """

    turn: int
    moments: Mapping[Moment, float]
    question: int = 0
    answer: int = 0
    since: float = field(default=0.0, compare=False)
    sound_from: float | None = field(default=None, compare=False)
    trial: bool = False

    def marked(self, moment: Moment, at: float) -> "Timeline":
        """With `moment` at the monotonic time `at`, unless it has been already."""
        if moment in self.moments:
            return self
        return replace(self, moments={**self.moments, moment: at - self.since})

    @property
    def tells(self) -> bool:
        """Whether it came as far as a text or a question."""
        return not self.trial and (Moment.TEXT in self.moments or Moment.SENT in self.moments)

    @property
    def waited_from(self) -> Moment:
        """What the user waits from: letting go of the key, else sending. Only of one that `tells`."""
        return next(one for one in (Moment.RELEASE, Moment.SENT, Moment.TEXT) if one in self.moments)

    def after(self, origin: Moment) -> dict[Moment, float]:
        """Seconds from `origin`, which must be there, to each moment; in the order in which they usually come."""
        zero = self.moments[origin]
        return {moment: self.moments[moment] - zero for moment in Moment if moment in self.moments}

    @property
    def spans(self) -> tuple[Span, ...]:
        """What lies between the moments, in order of time."""
        times = sorted(
            (seconds, list(Moment).index(moment), moment) for moment, seconds in self.moments.items()
        )
        spans, waiting = [], True
        for (start_s, _, moment), (end_s, _, _) in pairwise(times):
            if moment in _USERS_TIME:
                waiting = not _USERS_TIME[moment]
            spans.append(Span(moment, start_s, end_s, waiting))
        return tuple(spans)


_USERS_TIME = {Moment.FIRST_BLOCK: True, Moment.RELEASE: False, Moment.TEXT: True, Moment.SENT: False}
"""Where the user's own time begins (to speak, to look at the text) and where it ends."""
