"""How faults and transcripts travel between the scribe and its parent, as JSON values."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from assistant.turn.events import Fault, Remedy
from assistant.turn.transcript import Transcript, Word

BASIC_NAME = "basic recogniser"


def fault_as_data(fault: Fault) -> dict[str, Any]:
    return dataclasses.asdict(fault)


def fault_from(data: Mapping[str, Any]) -> Fault:
    remedy = None if data["remedy"] is None else Remedy(data["remedy"])
    return Fault(data["code"], data["message"], data["hint"], remedy)


def words_as_data(words: Iterable[Word]) -> list[tuple[str, float | None, float | None, float]]:
    return [(word.text, word.start_s, word.end_s, round(word.probability, 4)) for word in words]


def transcript_from(data: Mapping[str, Any], words: Iterable[Word]) -> Transcript:
    """The transcript that a message tells of, which has turn, recogniser, language and basic."""
    return Transcript(data["turn"], tuple(words), data["recogniser"], data["language"], data["basic"])


def words_from(data: Mapping[str, Any]) -> list[Word]:
    return [Word(*word) for word in data["words"]]
