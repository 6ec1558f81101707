"""One event of a streamed answer (Chat Completions), as its server sent it, read with patience for dialects."""

import json
from typing import Any

from assistant.think.refusal import Refusal
from assistant.turn.dataclass import dataclass


class GarbledError(ValueError):
    """What came is not what a Chat Completions server sends."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one event says. Token counts are 0 where it says nothing of them."""

    text: str = ""
    reasoning: str = ""
    finish_reason: str = ""
    model: str = ""
    tokens_in: int = 0
    tokens_out: int = 0


def read_chunk(data: str) -> Chunk:
    """The JSON of an event, or of a whole answer from a server that does not stream.

    Raises GarbledError, and Refusal where it is the server's word that something failed.
    """
    try:
        event = json.loads(data)
    except ValueError as error:
        raise GarbledError("not JSON") from error
    if not isinstance(event, dict):
        raise GarbledError("not an object")
    if event.get("error"):
        raise Refusal.within_answer(event)
    choices = event.get("choices") or [{}]
    if not isinstance(choices, list) or not isinstance(choices[0], dict):
        raise GarbledError("no choices")
    delta = _object(choices[0].get("delta") or choices[0].get("message"))
    usage = _object(event.get("usage"))
    return Chunk(
        text=_text(delta.get("content")),
        # A server that is changing names sends the same piece under both.
        reasoning=_text(delta.get("reasoning") or delta.get("reasoning_content")),
        finish_reason=_text(choices[0].get("finish_reason")),
        model=_text(event.get("model")),
        tokens_in=_count(usage.get("prompt_tokens")),
        tokens_out=_count(usage.get("completion_tokens")),
    )


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    """Text as it is, or the text parts of a list of parts."""
    if isinstance(value, list):
        return "".join(_text(_object(part).get("text")) for part in value)
    return value if isinstance(value, str) else ""


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0
