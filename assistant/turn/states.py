"""The state of everything, as one immutable value: `Session`. The window receives it whole."""

from dataclasses import field
from enum import StrEnum

from assistant.turn.conversation import Conversation
from assistant.turn.dataclass import dataclass
from assistant.turn.events import Fault, Goal, Habits, Part, PartChanged, Recording
from assistant.turn.timeline import Timeline
from assistant.turn.transcript import Transcript


class Stage(StrEnum):
    """What a person would say is going on."""

    IDLE = "idle"
    LISTENING = "listening"
    TRANSCRIBING = "transcribing"
    EDITING = "editing"
    THINKING = "thinking"
    SPEAKING = "speaking"


@dataclass(frozen=True, slots=True)
class Listening:
    """The microphone is wanted, from the press to the release.

    `live` tells that sound arrives, `level` how loud (0..1); `touched` that something was typed since it began.
    The first `firm` words of `tentative` no longer change.
    """

    turn: int
    goal: Goal
    since: float
    live: bool = False
    level: float = 0.0
    duration_s: float = 0.0
    touched: bool = False
    tentative: Transcript | None = None
    firm: int = 0


@dataclass(frozen=True, slots=True)
class Transcribing:
    """What was said, from the release until its text has arrived where it belongs.

    `recording` is None until the file is closed, `transcript` until the text is there. `send` means that the user
    already asked to send, `hold` that the text waits in the composer whatever the send mode says.
    """

    turn: int
    goal: Goal
    recording: Recording | None = None
    transcript: Transcript | None = None
    tentative: Transcript | None = None
    firm: int = 0
    send: bool = False
    hold: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters `start` to `end` of the text that is read aloud."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer on its way. `question` is the turn of the question; `aloud` tells whether it is read out."""

    turn: int
    question: int
    aloud: bool
    text: str = ""
    reasoning: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """What is read aloud: the sentences given to the voice so far, and how far they were heard.

    `cut` is where the text not yet given begins; `complete` tells that no more text comes; `current` is the index of
    the sentence being heard, None before the first. `turn` is the reply's own turn, or a turn of its own.
    """

    turn: int
    text: str = ""
    sentences: tuple[Sentence, ...] = ()
    cut: int = 0
    current: int | None = None
    spoken: int = 0
    complete: bool = False

    @property
    def heard_to(self) -> int:
        """Characters of `text` that were heard to their end."""
        return self.sentences[self.spoken - 1].end if self.spoken else 0


@dataclass(frozen=True, slots=True)
class Session:
    """Everything.

    `heard` are the transcripts within the draft, `to_check` that one waits there for a look; `looks` are those that
    were asked for at words of the draft, to listen to them again; `failed` is the recording
    that could not be understood; `notices` are what the user has to be told, newest last; `parts` the readiness of
    each part; `timelines` when what happened in the last turns, newest last.

    While `trying`, the key to ask is for trials: `tried` is what was understood in them, nothing where nothing was. `trials` are
    the turns of the last trials.
    """

    next_turn: int
    conversation: Conversation
    habits: Habits = field(default_factory=Habits)
    listening: Listening | None = None
    transcribing: tuple[Transcribing, ...] = ()
    draft: str = ""
    heard: tuple[Transcript, ...] = ()
    to_check: bool = False
    looks: tuple[int, ...] = ()
    failed: Transcribing | None = None
    reply: Reply | None = None
    speech: Speech | None = None
    notices: tuple[Fault, ...] = ()
    parts: tuple[PartChanged, ...] = ()
    timelines: tuple[Timeline, ...] = ()
    trying: bool = False
    tried: tuple[Transcript, ...] = ()
    trials: tuple[int, ...] = ()

    @property
    def stage(self) -> Stage:
        if self.listening is not None:
            return Stage.LISTENING
        if self.transcribing:
            return Stage.TRANSCRIBING
        if self.speech is not None:
            return Stage.SPEAKING
        if self.reply is not None:
            return Stage.THINKING
        if self.to_check:
            return Stage.EDITING
        return Stage.IDLE

    @property
    def timeline(self) -> Timeline | None:
        """Of the newest turn that came as far as a text or a question."""
        return next((line for line in reversed(self.timelines) if line.tells), None)

    def part(self, part: Part) -> PartChanged | None:
        """The newest word on a part's readiness."""
        return next((change for change in self.parts if change.part == part), None)
