"""The port of a score of one's own: sentences to read, what was understood of them, and the scores that were taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from assistant.turn.dataclass import dataclass

if TYPE_CHECKING:
    from assistant.turn.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a sentence, and how long the text took after its end, None where nobody knows."""

    transcript: Transcript
    wait_s: float | None = None


@dataclass(frozen=True, slots=True)
class ReadPiece:
    """A word or a term of a sentence: as it stands there, and what was understood in its place. Either may be ""."""

    read: str
    heard: str
    right: bool


@dataclass(frozen=True, slots=True)
class TakenScore:
    """How much was wrong in the end, after names were put right. `at_s` is Unix time, `wait_s` a median.

    `reader` is "you", or a voice's; `whole` is False where not all sentences were read.
    """

    at_s: float
    model: str
    set_number: int
    reader: str
    sentences: int
    whole: bool
    terms: int
    term_errors: int
    words: int
    word_errors: int
    wait_s: float

    @property
    def term_error_rate(self) -> float:
        return self.term_errors / max(1, self.terms)

    @property
    def word_error_rate(self) -> float:
        return self.word_errors / max(1, self.words)


@dataclass(frozen=True, slots=True)
class Scored:
    """A new score, the last one of the same model, and the last one of each other; of the same sentences and reader."""

    new: TakenScore
    last: TakenScore | None
    others: tuple[TakenScore, ...]


class ScoreControls(Protocol):
    """Every method reads or writes a file. They raise AssistantError."""

    def sets(self) -> Mapping[int, Sequence[str]]:
        """The sentences, by the number of their set."""

    def compare(self, set_number: int, sentence: int, transcript: Transcript) -> Sequence[ReadPiece]:
        """What was understood, laid along the sentence with this index."""

    def keep(self, begun_at_s: float, set_number: int, readings: Mapping[int, Reading]) -> Scored:
        """Count and keep what the user has read, by index of the sentence; instead of what was kept of the same beginning."""

    def taken(self) -> Sequence[TakenScore]:
        """Newest first."""
