"""What every recogniser does: samples in, words out, with the evidence by which the gate judges them."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from assistant.turn.transcript import Word

Samples = npt.NDArray[np.float32]
"""Sound: 16 kHz mono, -1…1, one dimension."""


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

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words).strip()


class Recogniser(Protocol):
    """Understands one piece of sound at a time. `name` is for people; `basic` marks the stand-in."""

    name: str
    basic: bool

    def recognise(self, samples: Samples, prompt: str = "") -> Heard:
        """Understand at most 30 s of sound. `prompt` is text that may come up, such as a vocabulary."""
