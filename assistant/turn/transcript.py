"""What was heard, as data: words with their time, their probability and where they came from."""

from enum import StrEnum
from typing import NamedTuple

from assistant.turn.dataclass import dataclass


class Origin(StrEnum):
    """Where a word of a message came from."""

    SPOKEN = "spoken"
    TYPED = "typed"
    CORRECTED = "corrected"
    CHOSEN = "chosen"
    """Among the alternatives that were offered."""
    REPLACED = "replaced"
    """A term, put in place of what was heard by the program itself."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """What may have been said instead. `source` tells who offers it (a list of terms); "" is the recogniser."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """One word.

    `text` is as written, with the space that precedes it (languages without spaces have none). `start_s` and `end_s`
    are seconds from the beginning of the recording, None for typed words. `heard` is what the recogniser wrote where
    it was changed, and `source` the list of terms that a replacement is from. `alternatives` are the best first.
    `turn` is that of the recording, since a message may be of several; 0 where the word is of none.
    """

    text: str
    start_s: float | None = None
    end_s: float | None = None
    probability: float = 1.0
    origin: Origin = Origin.SPOKEN
    heard: str = ""
    source: str = ""
    alternatives: tuple[Alternative, ...] = ()
    turn: int = 0


class Stretch(NamedTuple):
    """Seconds of the recording of `turn`."""

    turn: int
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words of one recording. `turn` is the recording's turn; `basic` marks the stand-in recogniser's work.

    `spelled` is what they spell, where they are letters spoken one by one.
    """

    turn: int
    words: tuple[Word, ...]
    recogniser: str
    language: str = ""
    basic: bool = False
    spelled: str = ""

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words).strip()

    def first(self, words: int) -> str:
        """What `text` begins with: its first so many words."""
        return "".join(word.text for word in self.words[:words]).lstrip()

    def doubtful(self, below: float) -> tuple[Word, ...]:
        """The words whose probability is under `below` (0..1)."""
        return tuple(word for word in self.words if word.probability < below)
