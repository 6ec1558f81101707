"""What to do: everything the turn can ask of the engine, as values. The order within a step is the order of doing."""

from enum import StrEnum

from assistant.turn.conversation import Conversation
from assistant.turn.dataclass import dataclass
from assistant.turn.events import Recording
from assistant.turn.records import Record
from assistant.turn.transcript import Stretch, Transcript, Word


class Cue(StrEnum):
    """A short sound."""

    LISTENING = "listening"
    HEARD = "heard"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Remember:
    """Write `record` down; the next command begins when it is on disk."""

    record: Record


@dataclass(frozen=True, slots=True)
class OpenMicrophone:
    turn: int
    trial: bool = False


@dataclass(frozen=True, slots=True)
class CloseMicrophone:
    """End the recording of `turn`; `AudioEnded` follows."""

    turn: int


@dataclass(frozen=True, slots=True)
class PlayCue:
    cue: Cue


@dataclass(frozen=True, slots=True)
class NoteTarget:
    """Remember which program has the focus now, as the place where the dictation of `turn` belongs."""

    turn: int


@dataclass(frozen=True, slots=True)
class FollowRecording:
    """Understand the recording of `turn` while it is made; `TranscriptGrew` tells, and `Transcribe` completes it."""

    turn: int
    trial: bool = False


@dataclass(frozen=True, slots=True)
class ForgetRecording:
    """Delete the recording of the trial `turn`."""

    turn: int


@dataclass(frozen=True, slots=True)
class Transcribe:
    turn: int
    recording: Recording


@dataclass(frozen=True, slots=True)
class AbandonTranscription:
    """Give up understanding the recording of `turn`, or the look of this number."""

    turn: int


@dataclass(frozen=True, slots=True)
class Place:
    """Put the transcript into the composer, at its cursor; `Placed` follows."""

    transcript: Transcript


@dataclass(frozen=True, slots=True)
class Refine:
    """These words of the recording of `turn` are understood better: put them into the composer where nobody changed them."""

    turn: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class ListenAgain:
    """Understand these seconds of the recording of `turn` once more, slowly; `near` are terms that may be meant.

    `look` is the number of a look that somebody asked for, and waits for; 0 where nobody did.
    """

    turn: int
    start_s: float
    end_s: float
    near: tuple[str, ...] = ()
    look: int = 0


@dataclass(frozen=True, slots=True)
class PlaySound:
    """Play this of recordings, one after the other."""

    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class ClearComposer:
    """`text` has been sent: take it out of the composer, and leave what was typed after it."""

    text: str


@dataclass(frozen=True, slots=True)
class LoadDraft:
    """Replace what stands in the composer."""

    text: str


@dataclass(frozen=True, slots=True)
class Insert:
    """Put the user's own words into the program that was noted for `turn`; `Inserted` or `StageFailed` follows."""

    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class ExpectQuestion:
    """Somebody begins to speak to the language model."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Answer the last message of `conversation`; `ReplyGrew`, then `ReplyEnded` or `StageFailed` follow."""

    turn: int
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class AbandonReply:
    turn: int


@dataclass(frozen=True, slots=True)
class ExpectSpeech:
    """The answer that is asked for will be spoken."""


@dataclass(frozen=True, slots=True)
class Speak:
    """Say `text` (Markdown) after what was said before it; `SentenceStarted` and `SentenceSpoken` follow."""

    turn: int
    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Silence:
    """End the speech of `turn` at once."""

    turn: int


@dataclass(frozen=True, slots=True)
class StartTimer:
    name: str
    turn: int
    after_s: float


Command = (
    Remember
    | OpenMicrophone
    | CloseMicrophone
    | PlayCue
    | NoteTarget
    | FollowRecording
    | ForgetRecording
    | Transcribe
    | AbandonTranscription
    | Place
    | Refine
    | ListenAgain
    | PlaySound
    | ClearComposer
    | LoadDraft
    | Insert
    | ExpectQuestion
    | Ask
    | AbandonReply
    | ExpectSpeech
    | Speak
    | Silence
    | StartTimer
)
