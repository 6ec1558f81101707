"""A recording that is followed while it is made, and a transcript that grows, as they are told to the parent."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.recordings import HEADER_BYTES, RATE_HZ, SAMPLE_BYTES
from assistant.transcribe.following import Following, Pass
from assistant.transcribe.recogniser import Recogniser
from assistant.transcribe.wire import words_as_data
from assistant.turn.transcript import Word

_STEP_S = 0.5
_BEHIND_S = 1.0
_LONG_S = 8.0


class Followed:
    """Reads the file at `path` while the ear writes it. Raises OSError."""

    def __init__(self, turn: int, path: Path, recogniser: Recogniser) -> None:
        self.turn = turn
        self.path = path
        self.following = Following(recogniser.stream(), thrifty=recogniser.basic)
        self._recogniser = recogniser
        self._file = path.open("rb", buffering=0)
        self._file.seek(HEADER_BYTES)
        self._settled = 0
        self._told: object = self._state()

    def close(self) -> None:
        self._file.close()

    @property
    def waiting_s(self) -> float:
        """How much is in the file that has not been listened to."""
        return max(0, self.path.stat().st_size - self._file.tell()) / (SAMPLE_BYTES * RATE_HZ)

    def listen(self, longest_s: float = _STEP_S) -> bool:
        """Take in what has been recorded since, or so much of it; tell whether there was anything."""
        data = self._file.read(round(longest_s * RATE_HZ) * SAMPLE_BYTES)
        torn = len(data) % SAMPLE_BYTES
        if torn:
            self._file.seek(-torn, 1)
        pcm = np.frombuffer(data[: len(data) - torn], "<i2")
        self.following.add(pcm.astype(np.float32) / np.float32(32768))
        return bool(len(pcm))

    def due(self) -> Pass | None:
        """What ought to be decoded now. Where much sound waits, what only grows is not shown before that was heard."""
        kind = self.following.due()
        late = self.waiting_s > _BEHIND_S and self.following.length_s < _LONG_S
        return None if kind is Pass.GROWING and late else kind

    @property
    def has_news(self) -> bool:
        """Whether more has been understood, or become firm, than was told."""
        return self._told != self._state()

    def _state(self) -> object:
        return self.following.effort.passes, self.following.firm

    def news(self) -> dict[str, Any]:
        """What to tell of the transcript: the words since those that are told and over, and how many are firm."""
        following = self.following
        since, self._settled = self._settled, following.settled
        self._told = self._state()
        words = following.words[since:]
        return _news(self._recogniser, since, words, following.firm, following.language)


class Growing:
    """The transcript of a whole recording, which grows by pieces that are final."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._new: list[Word] = []
        self._told = 0
        self._language = ""

    def add(self, words: Sequence[Word], language: str) -> None:
        self._new += words
        self._language = self._language or language

    def news(self) -> dict[str, Any]:
        since, words = self._told, self._new
        self._told, self._new = since + len(words), []
        return _news(self._recogniser, since, words, self._told, self._language)


def _news(
    recogniser: Recogniser, since: int, words: Sequence[Word], firm: int, language: str
) -> dict[str, Any]:
    return {
        "since": since,
        "words": words_as_data(words),
        "firm": firm,
        "recogniser": recogniser.name,
        "basic": recogniser.basic,
        "language": language,
    }
