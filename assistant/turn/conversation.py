"""A conversation as the turn sees it: messages in order."""

from dataclasses import replace
from enum import StrEnum

from assistant.turn.dataclass import dataclass
from assistant.turn.transcript import Word


class Role(StrEnum):
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `turn` is the turn that made it.

    `words` is the provenance of a user's message. Of an answer: `heard_to` counts the characters of `text` that were
    spoken to their end (None: not read aloud), `whole` is False where the answer broke off.
    """

    turn: int
    role: Role
    text: str
    words: tuple[Word, ...] = ()
    reasoning: str = ""
    heard_to: int | None = None
    whole: bool = True
    model: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """`id` is unique for ever; `messages` are in order of time."""

    id: str
    messages: tuple[Message, ...] = ()
    title: str = ""

    def plus(self, message: Message) -> "Conversation":
        title = self.title or title_of(message.text)
        return replace(self, messages=(*self.messages, message), title=title)


def title_of(text: str, longest: int = 60) -> str:
    """A title for a conversation that begins with `text`: its first line, cut at a word."""
    line = " ".join(text.split("\n", 1)[0].split())
    if len(line) <= longest:
        return line
    return line[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
