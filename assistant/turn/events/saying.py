"""What the user says and writes: keys, sound, text."""

from enum import StrEnum

from assistant.turn.dataclass import dataclass
from assistant.turn.events.parts import Fault
from assistant.turn.transcript import Transcript, Word


class Goal(StrEnum):
    """What the talk key was pressed for."""

    ASK = "ask"
    DICTATE = "dictate"
    TRIAL = "trial"
    """What is said is understood, and neither kept nor used."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A finished recording on disk: 16 kHz mono 16-bit WAV at `path`. `peak` is 0..1; `lost_blocks` were overflowed."""

    path: str
    duration_s: float
    peak: float
    lost_blocks: int = 0
    fault: Fault | None = None


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
    """The composer has taken the transcript of `turn` in; `text` is everything that stands in it now.

    A composer that knows them tells its `words`, and how many of them are doubtful to it. With `hold` the user is in the
    middle of putting it right, and nothing is sent by itself.
    """

    turn: int
    text: str
    words: tuple[Word, ...] = ()
    doubtful: int | None = None
    hold: bool = False


@dataclass(frozen=True, slots=True)
class DraftEdited:
    """The user changed the composer; `text` is everything that stands in it now."""

    text: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """The user sends what stands in the composer; one that knows its `words` tells them."""

    text: str
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Inserted:
    """The text is where it was meant to be; `note` is set where it only lies on the clipboard (and why)."""

    turn: int
    note: Fault | None = None


@dataclass(frozen=True, slots=True)
class TranscribeAgainAsked:
    """Understand a kept recording (once more); its text goes to the composer and waits there.

    Without a recording it is the one that failed last.
    """

    turn: int = 0
    recording: Recording | None = None
