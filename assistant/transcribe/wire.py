"""How faults and transcripts travel between the scribe and its parent, as JSON values."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from assistant.turn.events import Fault, Remedy
from assistant.turn.transcript import Alternative, Transcript, Word

BASIC_NAME = "basic recogniser"


def fault_as_data(fault: Fault) -> dict[str, Any]:
    return asdict(fault)


def fault_from(data: Mapping[str, Any]) -> Fault:
    remedy = None if data["remedy"] is None else Remedy(data["remedy"])
    return Fault(data["code"], data["message"], data["hint"], remedy)


def words_as_data(words: Iterable[Word]) -> list[tuple[str, float | None, float | None, float]]:
    return [(word.text, word.start_s, word.end_s, round(word.probability, 4)) for word in words]


def words_with_alternatives(word: Word) -> tuple[Any, list[str]]:
    return words_as_data([word])[0], [other.text for other in word.alternatives]


def words_heard_again(data: Mapping[str, Any]) -> tuple[Word, ...]:
    return tuple(
        replace(_word_from(word, data["turn"]), alternatives=tuple(Alternative(text) for text in others))
        for word, others in data["words"]
    )


def _word_from(data: tuple[str, float | None, float | None, float], turn: int) -> Word:
    text, start_s, end_s, probability = data
    return Word(text, start_s, end_s, probability, turn=turn)


def transcript_from(data: Mapping[str, Any], words: Iterable[Word]) -> Transcript:
    """The transcript that a message tells of, which has turn, recogniser, language and basic."""
    return Transcript(data["turn"], tuple(words), data["recogniser"], data["language"], data["basic"])


class Arriving:
    """The words of transcripts that arrive bit by bit: each message tells those from `since` on."""

    def __init__(self) -> None:
        self._words: dict[int, list[Word]] = {}

    def add(self, data: Mapping[str, Any]) -> list[Word]:
        """All the words that are known, with those of this message."""
        turn = data["turn"]
        words = self._words.setdefault(turn, [])
        words[data["since"] :] = [_word_from(word, turn) for word in data["words"]]
        return words

    def forget(self, turn: int) -> None:
        self._words.pop(turn, None)
