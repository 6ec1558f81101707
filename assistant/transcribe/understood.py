"""What has been understood of recordings so far, each word with how likely it is right."""

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.transcribe.wire import Arriving
from assistant.turn.transcript import Transcript, Word

if TYPE_CHECKING:
    from assistant.transcribe.doubts import Doubts


class Understood:
    """Counts of what was right are in `doubt_file`; None keeps them for this run. Used by one thread."""

    def __init__(self, doubt_file: Path | None) -> None:
        self._doubt_file = doubt_file
        self._words = Arriving()

    @functools.cached_property
    def _doubts(self) -> "Doubts":
        from assistant.transcribe.doubts import Doubts  # not before there is something to doubt

        return Doubts(self._doubt_file)

    def add(self, data: Mapping[str, Any]) -> list[Word]:
        """All the words of a transcript that are known with this message of the scribe."""
        words = self._words.add(data)
        return self._doubts.growing(data["turn"], data["recogniser"], words, data["since"])

    def forget(self, turn: int) -> None:
        self._words.forget(turn)
        self._doubts.forget(turn)

    def again(self, recogniser: str, words: Sequence[Word]) -> tuple[Word, ...]:
        """Words that were listened to once more, by the recogniser of that name."""
        return self._doubts.of(recogniser, words)

    def learn(self, heard: Sequence[Transcript], sent: Sequence[Word]) -> None:
        """A message that somebody looked at was sent: learn from it which of the words that were heard are right."""
        self._doubts.learn(heard, sent)
