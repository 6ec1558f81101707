"""What is written down at each step, before the next begins."""

from enum import StrEnum

from assistant.turn.dataclass import dataclass
from assistant.turn.events import Goal, Recording
from assistant.turn.timeline import Timeline
from assistant.turn.transcript import Transcript, Word


class Fate(StrEnum):
    """What became of a recording."""

    TRANSCRIBED = "transcribed"
    EMPTY = "empty"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RecordingBegun:
    """The microphone is about to be opened for `turn`; its file is named after the turn."""

    turn: int
    conversation: str
    goal: Goal


@dataclass(frozen=True, slots=True)
class RecordingEnded:
    turn: int
    recording: Recording


@dataclass(frozen=True, slots=True)
class RecordingSettled:
    """Nothing more is to be done with the recording."""

    turn: int
    fate: Fate


@dataclass(frozen=True, slots=True)
class TranscriptHeard:
    """The raw transcript, before anybody changed it."""

    transcript: Transcript


@dataclass(frozen=True, slots=True)
class TextInserted:
    """The dictation of `turn` left for another program."""

    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class DraftKept:
    """What stands unsent in the composer; empty when it was sent or removed."""

    conversation: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """`words` tells what was spoken, typed and corrected; `recordings` are the turns of the recordings within."""

    turn: int
    conversation: str
    title: str
    text: str
    words: tuple[Word, ...]
    recordings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReplyBegun:
    """An answer to `question` (its turn) is asked for; it replaces an earlier answer to it."""

    turn: int
    conversation: str
    question: int


@dataclass(frozen=True, slots=True)
class ReplyPiece:
    turn: int
    text: str = ""
    reasoning: str = ""


@dataclass(frozen=True, slots=True)
class ReplyClosed:
    """No more of this answer comes. `whole` is False where it broke off."""

    turn: int
    whole: bool
    model: str = ""
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True, slots=True)
class ReplyHeard:
    """So many characters of the answer of `turn` were heard to their end."""

    turn: int
    heard_to: int


@dataclass(frozen=True, slots=True)
class TimesTaken:
    """When what happened in a turn, as far as it has come; it replaces what was told of the same turn before."""

    timeline: Timeline
    conversation: str


Record = (
    RecordingBegun
    | RecordingEnded
    | RecordingSettled
    | TranscriptHeard
    | TextInserted
    | DraftKept
    | QuestionAsked
    | ReplyBegun
    | ReplyPiece
    | ReplyClosed
    | ReplyHeard
    | TimesTaken
)
