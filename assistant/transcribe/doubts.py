"""How likely words are right, as `turn.doubt` tells, with what was learned about each recogniser, kept from start to start."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from assistant.transcribe.counts_file import write_counts
from assistant.transcribe.wire import BASIC_NAME
from assistant.turn.doubt import Learned, weighed, weights_for
from assistant.turn.doubt_learning import Counts, Seen, counted, learned_from, seen
from assistant.turn.transcript import Transcript, Word

_TOUCHED = 40
"""Words that far before new ones may depend on them, and are counted with as many before."""


class Doubts:
    """Weighs what recognisers tell. Counts are in `file`; None keeps them for this run. Used by one thread.

    Counts that cannot be written or read are lost: doubt is as shipped then.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._counts: dict[str, Counts] = dict(read(file)) if file is not None else {}
        self._learned = {name: learned_from(counts) for name, counts in self._counts.items()}
        self._weighed: dict[int, list[Word]] = {}

    def of(self, recogniser: str, words: Sequence[Word]) -> tuple[Word, ...]:
        """`words` with the probability that each is right."""
        weights = weights_for(recogniser, basic=recogniser == BASIC_NAME)
        return weighed(words, weights, self._learned.get(recogniser, Learned()))

    def growing(self, turn: int, recogniser: str, words: Sequence[Word], since: int) -> list[Word]:
        """The same of a transcript that grows, whose words before `since` are those of last time."""
        known = self._weighed.setdefault(turn, [])
        start = max(0, min(since, len(known)) - _TOUCHED)
        before = max(0, start - _TOUCHED)
        known[start:] = self.of(recogniser, words[before:])[start - before :]
        return known

    def forget(self, turn: int) -> None:
        self._weighed.pop(turn, None)

    def learn(self, heard: Iterable[Transcript], sent: Sequence[Word]) -> None:
        """Take up what a message that somebody looked at tells of what was heard for it."""
        for transcript in heard:
            self.take_up(transcript.recogniser, seen(transcript, sent))

    def take_up(self, recogniser: str, new: Sequence[Seen]) -> None:
        """Take up which words of this recogniser were right."""
        if not new:
            return
        if self._file is not None:
            self._counts = dict(read(self._file))  # another program may have added to them, or reset them
        learned = self._learned.get(recogniser, Learned())
        self._counts[recogniser] = counted(self._counts.get(recogniser, {}), new, learned)
        self._learned = {name: learned_from(counts) for name, counts in self._counts.items()}
        if self._file is not None:
            write_counts(self._file, self._counts)


def read(file: Path) -> Mapping[str, Counts]:
    """The counts of each recogniser; none where the file is not there or not whole."""
    try:
        content = json.loads(file.read_text())
        return {
            name: {int(key): (float(right), float(wrong)) for key, (right, wrong) in counts.items()}
            for name, counts in content.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def forget(file: Path) -> None:
    """Let doubt be as shipped again. Raises OSError."""
    file.unlink(missing_ok=True)


def told(counts: Counts) -> str:
    """What they say, for people."""
    right, wrong = (round(sum(pair[index] for pair in counts.values())) for index in (0, 1))
    return f"of {right + wrong:,} words that you looked at, {wrong:,} were wrong"
