"""What happened: everything that can reach the turn, as values.

A result carries the `turn` that asked for it; a result of an abandoned turn changes nothing. Times are seconds of the
engine's monotonic clock.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.turn.conversation import Conversation
from assistant.turn.transcript import Transcript


class Goal(StrEnum):
    """What the talk key was pressed for."""

    ASK = "ask"
    DICTATE = "dictate"


class Part(StrEnum):
    """A stage of the way, as it is named in faults, logs and readiness."""

    KEYS = "keys"
    HEAR = "hear"
    TRANSCRIBE = "transcribe"
    THINK = "think"
    SPEAK = "speak"
    INSERT = "insert"
    REMEMBER = "remember"


class Remedy(StrEnum):
    """What one button can do about a notice."""

    ANSWER_AGAIN = "answer-again"
    TRANSCRIBE_AGAIN = "transcribe-again"
    CONNECT_MODEL = "connect-model"
    GET_RECOGNISER = "get-recogniser"
    CHOOSE_MICROPHONE = "choose-microphone"
    CHOOSE_VOICE = "choose-voice"
    CHOOSE_KEY = "choose-key"
    OPEN_CONVERSATION = "open-conversation"


@dataclass(frozen=True, slots=True)
class Fault:
    """A failure in the user's words: `message` is one sentence, `hint` says what to do, `code` is for programs."""

    code: str
    message: str
    hint: str = ""
    remedy: Remedy | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """A finished recording on disk: 16 kHz mono 16-bit WAV at `path`. `peak` is 0..1; `lost_blocks` were overflowed."""

    path: str
    duration_s: float
    peak: float
    lost_blocks: int = 0
    fault: Fault | None = None


class Readiness(StrEnum):
    STARTING = "starting"
    READY = "ready"
    LIMITED = "limited"
    MISSING = "missing"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class TalkStarted:
    goal: Goal
    at: float


@dataclass(frozen=True, slots=True)
class TalkEnded:
    """The key came up (or the second tap came): what was said is to be used."""

    at: float


@dataclass(frozen=True, slots=True)
class TalkAbandoned:
    """The key turned out to be part of a chord. Nothing is used; only what was said for long waits for a look."""

    at: float


@dataclass(frozen=True, slots=True)
class AudioStarted:
    """The first block of sound arrived. `sound_from` is the time of the recording's first sample, None where only
    `at` is known; it is earlier than the press where sound was kept from before it.
    """

    turn: int
    at: float
    sound_from: float | None = None


@dataclass(frozen=True, slots=True)
class AudioHeard:
    """`level` is the loudness of the newest block, 0..1; `duration_s` what has been recorded so far."""

    turn: int
    level: float
    duration_s: float


@dataclass(frozen=True, slots=True)
class AudioEnded:
    """The recording is closed, on disk, because it was asked for or because the device was lost (`recording.fault`)."""

    turn: int
    recording: Recording


@dataclass(frozen=True, slots=True)
class TranscriptGrew:
    """What is understood so far; `firm` words at the beginning no longer change."""

    turn: int
    transcript: Transcript
    firm: int


@dataclass(frozen=True, slots=True)
class Transcribed:
    turn: int
    transcript: Transcript


@dataclass(frozen=True, slots=True)
class Placed:
    """The composer has taken the transcript of `turn` in; `text` is everything that stands in it now."""

    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class DraftEdited:
    """The user changed the composer; `text` is everything that stands in it now."""

    text: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """The user sends what stands in the composer."""

    text: str


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
class Inserted:
    """The text is where it was meant to be; `note` is set where it only lies on the clipboard (and why)."""

    turn: int
    note: Fault | None = None


@dataclass(frozen=True, slots=True)
class StageFailed:
    turn: int
    part: Part
    fault: Fault


@dataclass(frozen=True, slots=True)
class PartChanged:
    """A part's readiness, for the line at the top of the window. `progress` is 0..1 where something is under way."""

    part: Part
    readiness: Readiness
    label: str = ""
    fault: Fault | None = None
    progress: float | None = None


@dataclass(frozen=True, slots=True)
class TimerFired:
    name: str
    turn: int


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Esc, or `aloud cancel`: end whatever is going on."""


@dataclass(frozen=True, slots=True)
class SpeechStopped:
    """Only the voice is to be silent; a reply goes on being written."""


@dataclass(frozen=True, slots=True)
class ReadAloudAsked:
    text: str


@dataclass(frozen=True, slots=True)
class AnswerAgainAsked:
    """Answer the last question once more."""


@dataclass(frozen=True, slots=True)
class TranscribeAgainAsked:
    """Understand a kept recording (once more); its text goes to the composer and waits there.

    Without a recording it is the one that failed last.
    """

    turn: int = 0
    recording: Recording | None = None


@dataclass(frozen=True, slots=True)
class ConversationOpened:
    """A new or a stored conversation becomes the present one.

    `draft` is its unsent text, which replaces what stands in the composer; None leaves the composer as it is.
    """

    conversation: Conversation
    draft: str | None = None


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something outside the turn has something to say to the user."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class NoticeDismissed:
    pass


class SendMode(StrEnum):
    """When a spoken message is sent."""

    AT_ONCE = "at once"
    AFTER_LOOK = "after a look"
    WHEN_SURE = "when sure"


@dataclass(frozen=True, slots=True)
class Habits:
    """What the user chose and the turn obeys. Doubtful is a word with a probability under `doubt_below` (0..1)."""

    send: SendMode = SendMode.AT_ONCE
    speak_replies: bool = True
    cues: bool = True
    doubt_below: float = 0.5
    longest_recording_s: float = 600.0


@dataclass(frozen=True, slots=True)
class HabitsChanged:
    habits: Habits


Event = (
    TalkStarted
    | TalkEnded
    | TalkAbandoned
    | AudioStarted
    | AudioHeard
    | AudioEnded
    | TranscriptGrew
    | Transcribed
    | Placed
    | DraftEdited
    | Submitted
    | QuestionSent
    | ReplyGrew
    | ReplyEnded
    | SentenceStarted
    | SentenceSpoken
    | Inserted
    | StageFailed
    | PartChanged
    | TimerFired
    | Cancelled
    | SpeechStopped
    | ReadAloudAsked
    | AnswerAgainAsked
    | TranscribeAgainAsked
    | ConversationOpened
    | Noticed
    | NoticeDismissed
    | HabitsChanged
)
