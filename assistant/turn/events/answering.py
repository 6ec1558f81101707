"""The question on its way, its answer, and the voice that reads it out."""

from dataclasses import field

from assistant.turn.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class QuestionSent:
    """The last byte of the request for the answer of `turn` has been written to the server."""

    turn: int
    at: float


@dataclass(frozen=True, slots=True)
class ReplyGrew:
    turn: int
    text: str = ""
    reasoning: str = ""


@dataclass(frozen=True, slots=True)
class ReplyEnded:
    """The model finished. `finish_reason` is the server's word for why ("stop", "length", …)."""

    turn: int
    finish_reason: str = "stop"
    model: str = ""
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True, slots=True)
class SentenceStarted:
    """`at` is when its first sample went to the device, None where nobody knows; it is not compared."""

    turn: int
    index: int
    at: float | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class SentenceSpoken:
    """The sentence has been heard to its end."""

    turn: int
    index: int


@dataclass(frozen=True, slots=True)
class SpeechStopped:
    """Only the voice is to be silent; a reply goes on being written."""


@dataclass(frozen=True, slots=True)
class ReadAloudAsked:
    text: str


@dataclass(frozen=True, slots=True)
class AnswerAgainAsked:
    """Answer the last question once more."""
