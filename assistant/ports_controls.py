"""The port of the program as a whole: what the window and the command line may ask of it outside the turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from assistant.turn.dataclass import dataclass

if TYPE_CHECKING:  # the window need not wait for what is only named here
    from assistant.ports import Found, Unfinished
    from assistant.ports_score import ScoreControls
    from assistant.ports_terms import TermControls
    from assistant.settings import Settings
    from assistant.turn.events import Event
    from assistant.turn.transcript import Word


@dataclass(frozen=True, slots=True)
class RecogniserOffer:
    """A speech model: what it is, and whether it is here. `size_bytes` is what is downloaded."""

    name: str
    title: str
    languages: str
    size_bytes: int
    speed: str
    licence: str
    installed: bool


@dataclass(frozen=True, slots=True)
class ChatServer:
    """A language model server that answers, with its models. `title` is for people ("Ollama")."""

    title: str
    base_url: str
    models: tuple[str, ...]
    needs_key: bool = False


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message as a language model gets it: whose it is ("system", "user", "assistant"), and its text."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """What a language model gets: the request's `body` (JSON), and the same to be read.

    `server` is its address, "" where none is connected. `sent` tells that an answer to it is on its way.
    """

    server: str
    model: str
    messages: tuple[SentMessage, ...]
    body: str
    sent: bool


class Controls(Protocol):
    """What the window and the command line may ask of the program outside the turn.

    Methods may take seconds: call them from a worker thread, never from the window's. They raise AssistantError.
    """

    @property
    def terms(self) -> TermControls:
        """Names and rules. Does not wait."""

    def settings(self) -> Settings: ...

    def change(self, section: str, name: str, value: object) -> Settings:
        """Change one setting, save it, and make every part that uses it follow."""

    @property
    def scores(self) -> ScoreControls:
        """A score of one's own."""

    def microphones(self) -> list[str]: ...
    def voices(self) -> list[str]: ...
    def recognisers(self) -> list[RecogniserOffer]: ...

    def get_recogniser(self, name: str) -> None:
        """Download in the background; progress arrives as PartChanged(TRANSCRIBE)."""

    def stop_download(self) -> None: ...
    def chat_servers(self) -> list[ChatServer]:
        """The servers found on this machine, and the one in the settings."""

    def connect(self, base_url: str, api_key: str, model: str) -> ChatServer:
        """Try the server, keep the key in the keyring, and use it from now on."""

    def what_the_model_sees(self, draft: str, words: tuple[Word, ...]) -> Request:
        """The request of the present conversation: what was sent, while an answer is on its way; else what would be sent
        with `draft`, which consists of `words`, as the next question.
        """

    def add_term(self, text: str) -> str:
        """Take a name up into the user's own terms; returns it as it is kept. Raises AssistantError."""

    def capture_key(self, done: Callable[[str], None]) -> None: ...
    def conversations(self, query: str = "") -> Sequence[Found]: ...

    def open_conversation(self, conversation_id: str) -> None:
        """Make it the present one; "" begins a new one."""

    def unfinished(self) -> Sequence[Unfinished]: ...

    def take_up(self, unfinished: Unfinished) -> None:
        """Go on with it: open its conversation, then transcribe its recording."""

    def correct_dictation(self) -> None:
        """Understand the last dictation once more, into the composer. Raises AssistantError where it is not kept."""

    def taken(self, words: tuple[Word, ...]) -> None:
        """The whole text was cut out of the composer, to be used elsewhere: learn from what was changed in it."""

    def press(self, key: str, down: bool) -> None:
        """The window's microphone button is "talk", as the key is."""

    def composing(self, focused: bool) -> None:
        """Whether the composer has the keyboard. Does not wait."""

    def emit(self, event: Event) -> None: ...
