"""What every recogniser does: samples in, words out, with the evidence by which the gate judges them."""

from collections.abc import Callable
from typing import Protocol

import numpy as np
import numpy.typing as npt

from assistant.turn.dataclass import dataclass
from assistant.turn.transcript import Word

Samples = npt.NDArray[np.float32]
"""Sound: 16 kHz mono, -1…1, one dimension."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Where the time of one decoding went, in ms, and how much sound the encoder saw, in s.

    `redone` tells that the encoder first saw less, and what came of it was not believed.
    """

    context_s: float
    encode_ms: float
    generate_ms: float
    align_ms: float
    redone: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood of one piece of sound, with word times in seconds of that piece.

    `no_speech` is the recogniser's own probability that nobody spoke, `mean_log_probability` that of its tokens
    (natural logarithm). A recogniser that does not know them leaves the defaults, which condemn nothing.
    """

    words: tuple[Word, ...]
    language: str
    no_speech: float = 0.0
    mean_log_probability: float = 0.0
    cost: Cost | None = None

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words).strip()


class Stream(Protocol):
    """Sound that is still coming, of which stretches are understood. Places are samples from its beginning."""

    def add(self, samples: Samples) -> None: ...

    def understand(
        self, start: int, end: int, said_before: str, given_up: Callable[[], bool]
    ) -> Heard | None:
        """Understand at most 30 s, which follow `said_before`. None where it is `given_up` half-way."""

    def forget(self, before: int) -> None:
        """Nothing before this sample is asked for any more."""


class Recogniser(Protocol):
    """Understands `at_a_time` pieces of sound at a time. `name` is for people; `basic` marks the stand-in."""

    name: str
    basic: bool
    at_a_time: int

    def recognise(self, samples: Samples, prompt: str = "") -> Heard:
        """Understand at most 30 s of sound. `prompt` is text that may come up, such as a vocabulary."""

    def stream(self) -> Stream:
        """Sound to come, to be understood in stretches as fast as can be."""
