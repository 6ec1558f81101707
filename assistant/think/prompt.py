"""From a conversation to the messages that a model gets.

What was sent once is sent the same way every time, byte for byte, so that servers can keep what they have computed for it.
"""

import json
from collections.abc import Mapping
from typing import Any

from assistant.think.dictation import note_on
from assistant.turn.conversation import Conversation, Message, Role

USUAL_EXTRAS: Mapping[str, Any] = {"stream_options": {"include_usage": True}}
"""What is asked for of a server that has not rejected it."""

_LONGEST_TAIL = 80  # characters that tell where hearing ended
_quoted = json.JSONEncoder(ensure_ascii=False).encode


def request_body(model: str, messages: bytes, extras: Mapping[str, Any]) -> bytes:
    """The JSON of a request: `messages` as `Prompt` writes them, and what else it asks for."""
    options = json.dumps({"stream": True, **extras})[1:].encode()
    return b"".join((json.dumps({"model": model})[:-1].encode(), b',"messages":', messages, b",", options))


class Prompt:
    """Writes the conversation at hand. Each message is written once and kept, so that a long history costs little."""

    def __init__(self) -> None:
        self._kept = _Written("", None)

    def json(self, conversation: Conversation, instructions: str, doubt_below: float | None = None) -> bytes:
        """The JSON of `messages`: `instructions` as the system's message, then user and assistant in turns.

        With `doubt_below` each spoken message ends with a note on how it was said (`dictation.note_on`).

        Two messages of the same side (a question that had no answer) become one: many chat templates insist on turns.
        """
        if not self._kept.is_beginning_of(conversation, instructions, doubt_below):
            self._kept = _Written(instructions, doubt_below)
        for message in conversation.messages[len(self._kept.messages) :]:
            self._kept.add(message)
        self._kept.messages = conversation.messages
        return self._kept.json()


class _Written:
    """What has been written of a conversation: `messages`."""

    def __init__(self, instructions: str, doubt_below: float | None) -> None:
        self.messages: tuple[Message, ...] = ()
        self._instructions = instructions
        self._doubt_below = doubt_below
        self._open = bytearray()  # without the end of the last message
        self._role = ""  # of the last message
        self._note = ""  # what the next one begins with
        if instructions.strip():
            self._write("system", instructions.strip())

    def is_beginning_of(
        self, conversation: Conversation, instructions: str, doubt_below: float | None
    ) -> bool:
        same = conversation.messages[: len(self.messages)] == self.messages
        return same and (instructions, doubt_below) == (self._instructions, self._doubt_below)

    def add(self, message: Message) -> None:
        if message.text:
            self._write(message.role.value, self._note + message.text + self._how_it_was_said(message))
            self._note = _how_it_was_heard(message)

    def _how_it_was_said(self, message: Message) -> str:
        note = note_on(message.words, self._doubt_below) if self._doubt_below is not None else ""
        return f"\n\n{note}" if note else ""

    def json(self) -> bytes:
        return b"".join((b"[", self._open, b'"}]' if self._open else b"]"))

    def _write(self, role: str, text: str) -> None:
        if role == self._role:
            self._open += _inside_quotes(f"\n\n{text}")
            return
        if self._open:
            self._open += b'"},'
        self._open += b'{"role":"%s","content":"%s' % (role.encode(), _inside_quotes(text))
        self._role = role


def _inside_quotes(text: str) -> bytes:
    # Half of a surrogate pair has no UTF-8; its escape in Python is the one in JSON.
    return _quoted(text)[1:-1].encode("utf-8", "backslashreplace")


def _how_it_was_heard(message: Message) -> str:
    """What the next question begins with where the answer was not heard to its end; the text itself stays whole."""
    if message.role is not Role.ASSISTANT or message.heard_to is None:
        return ""
    if not message.text[message.heard_to :].strip():
        return ""
    heard = " ".join(message.text[: message.heard_to].split())
    if not heard:
        return "[I interrupted your answer before I heard any of it.]\n\n"
    if len(heard) > _LONGEST_TAIL:
        heard = "…" + heard[-_LONGEST_TAIL:].partition(" ")[2]
    return f"[I interrupted your answer. The last I heard of it was: “{heard}”]\n\n"
