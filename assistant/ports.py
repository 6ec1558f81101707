"""The ports: what the engine needs of the world.

An adapter is started with `emit`, a function that may be called from any thread and never blocks, and tells what
happens by emitting the turn's events. Every method returns quickly; work is done on the adapter's own thread or in its
own process. A method called for a turn that is not (or no longer) under way does nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from assistant.turn.dataclass import dataclass
from assistant.turn.events import Event, Fault, Recording

if TYPE_CHECKING:  # the window need not wait for what is only named here
    from assistant.turn.commands import Cue
    from assistant.turn.conversation import Conversation
    from assistant.turn.records import Record
    from assistant.turn.states import Session
    from assistant.turn.transcript import Transcript, Word

Emit = Callable[[Event], None]

TYPING_MARK = "_ALOUD_TYPING"
"""On X11 the root window has this property while an Inserter presses keys, so that Hotkeys knows them for what they are."""


class Hotkeys(Protocol):
    """Global keys. Emits TalkStarted, TalkEnded, TalkAbandoned, Cancelled, and PartChanged(KEYS)."""

    def start(self, emit: Emit) -> None: ...
    def stop(self) -> None: ...

    def use(self, talk: str, dictate: str) -> None:
        """Listen for these keys from now on. Raises AssistantError where a name is not a key."""

    def capture(self, done: Callable[[str], None]) -> None:
        """Call `done` with the name of the next key (or chord) that is pressed, "" if Esc; it triggers nothing."""

    def press(self, key: str, down: bool, at: float) -> None:
        """A press or release of "talk" or "dictate" that came another way: the window's button, the command line."""

    def over(self, since: float) -> None:
        """The talk whose TalkStarted was `at` this time is no longer listened to, whatever ended it.

        Without this a toggled talk that was cancelled in the window, or whose device was lost, would cost the user a
        press: the keys would take the next one for its end.
        """

    def composing(self, focused: bool) -> None:
        """Whether the program's own composer has the keyboard: what is typed there while one speaks is no chord."""


class Microphone(Protocol):
    """Records to a file. Emits AudioStarted, AudioHeard, AudioEnded, StageFailed(HEAR), PartChanged(HEAR)."""

    def start(self, emit: Emit) -> None: ...
    def stop(self) -> None: ...

    def open(self, turn: int, path: Path) -> None:
        """Begin recording the chosen device to `path` (WAV, 16 kHz mono, 16 bit), written block by block."""

    def close(self, turn: int) -> None:
        """End the recording; AudioEnded follows when the file is complete."""

    def use(self, device: str, *, pre_roll: bool = False) -> None:
        """Record from the device with this name from now on; "" is the system's default.

        With `pre_roll` it stays open between recordings, and each begins with what was heard just before `open`.
        """

    def devices(self) -> list[str]:
        """Names of the devices that can record now."""


class Transcriber(Protocol):
    """Speech to text. Emits TranscriptGrew, Transcribed, HeardAgain, StageFailed(TRANSCRIBE), PartChanged(TRANSCRIBE)."""

    def start(self, emit: Emit) -> None: ...
    def stop(self) -> None: ...

    def follow(self, turn: int, path: Path) -> None:
        """Understand the recording at `path` while it is written; `transcribe` with the same turn completes it."""

    def transcribe(self, turn: int, recording: Recording) -> None: ...
    def abandon(self, turn: int) -> None:
        """Give up a recording, or a look that was asked for."""

    def listen_again(
        self, turn: int, path: Path, start_s: float, end_s: float, near: Sequence[str], look: int = 0
    ) -> None:
        """Understand these seconds of a recording once more, when nothing else is to be done; HeardAgain follows.

        `near` are terms that may be meant. Where it cannot be done nothing follows: what stands there is as good. A `look`
        is asked for by somebody who waits: a larger model takes it, where there is one, and HeardAgain follows in any
        case, unless it is abandoned. The next recording ends all of them.
        """

    def use(self, model: str, language: str, device: str) -> None:
        """Work with this model (a catalogue name or a folder; "" is the best that is there) from now on."""


class ChatModel(Protocol):
    """A language model. Emits ReplyGrew, ReplyEnded, StageFailed(THINK), PartChanged(THINK)."""

    def start(self, emit: Emit) -> None: ...
    def stop(self) -> None: ...

    def expect(self) -> None:
        """A question may come soon: have a connection open. Costs the server nothing and fails silently."""

    def ask(self, turn: int, conversation: Conversation) -> None: ...
    def abandon(self, turn: int) -> None: ...

    def use(self, base_url: str, model: str, instructions: str, *, doubt_below: float | None = None) -> None:
        """Talk to this server and model from now on; "" as base_url means none is connected.

        With `doubt_below` the model is told what of a question was spoken, and which words are less probable than this.
        """


class Excerpt(NamedTuple):
    """Seconds of the recording at `path`."""

    path: Path
    start_s: float
    end_s: float


class Voice(Protocol):
    """Text to speech. Emits SentenceStarted, SentenceSpoken, StageFailed(SPEAK), PartChanged(SPEAK)."""

    def start(self, emit: Emit) -> None: ...
    def stop(self) -> None: ...

    def expect(self) -> None:
        """An answer will be spoken: a sleeping loudspeaker, which swallows the first tenth of a second, is woken."""

    def speak(self, turn: int, index: int, text: str) -> None:
        """Say a piece of Markdown after the pieces before it. A piece with nothing to say counts as spoken."""

    def silence(self, turn: int) -> None:
        """Be silent within 50 ms; nothing more of this turn is emitted."""

    def cue(self, cue: Cue) -> None: ...

    def play(self, excerpts: Sequence[Excerpt]) -> None:
        """Play these, one after the other, instead of what was being played of recordings."""

    def use(self, voice: str, rate_wpm: int) -> None: ...

    def voices(self) -> list[str]: ...


class Inserter(Protocol):
    """Text into other programs. Emits Inserted, StageFailed(INSERT), PartChanged(INSERT)."""

    def start(self, emit: Emit) -> None: ...
    def stop(self) -> None: ...

    def note_target(self, turn: int) -> None:
        """Remember what has the focus now."""

    def insert(self, turn: int, text: str) -> None:
        """Put `text` at the cursor of what was noted, or on the clipboard with a note why."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Something that was under way when the program ended.

    `recording` was not transcribed, or `conversation` has an unanswered question or a broken-off answer, or a draft.
    """

    turn: int
    what: str
    recording: Recording | None = None
    conversation: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation in a list or a search result. `snippet` is the part that matched; `at` is Unix time, seconds."""

    conversation: str
    title: str
    at: float
    messages: int
    snippet: str = ""


class History(Protocol):
    """Everything written down. Raises AssistantError (disk full, file damaged, …)."""

    def save(self, record: Record) -> None:
        """Return when `record` is on disk."""

    def next_turn(self) -> int:
        """A number above every turn ever written."""

    def unfinished(self) -> list[Unfinished]: ...
    def conversation(self, conversation_id: str) -> Conversation: ...
    def find(self, query: str = "", limit: int = 200) -> list[Found]: ...
    def close(self) -> None: ...


class View(Protocol):
    """Whoever shows the session: the window, the command line, a test. Called on the engine's thread; must not block."""

    def show(self, session: Session) -> None: ...

    def place(self, transcript: Transcript) -> None:
        """Take the transcript into the composer at its cursor, then emit Placed."""

    def refine(self, turn: int, words: Sequence[Word]) -> None:
        """A better understanding of some words of the recording of `turn`; what a person has changed stays."""

    def clear(self, text: str) -> None:
        """Take the sent `text` out of the composer, and leave what was typed after it."""

    def load(self, text: str) -> None:
        """Replace what stands in the composer (another conversation was opened)."""


__all__ = [
    "TYPING_MARK",
    "ChatModel",
    "Emit",
    "Fault",
    "Found",
    "History",
    "Hotkeys",
    "Inserter",
    "Microphone",
    "Transcriber",
    "Unfinished",
    "View",
    "Voice",
]
