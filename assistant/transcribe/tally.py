"""How often each recogniser decoded, and how often it had to do so again, kept from start to start for `aloud doctor`."""

import json
from collections.abc import Mapping
from pathlib import Path

from assistant.transcribe.counts_file import write_counts
from assistant.turn.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """`redone` of so many `passes` were decoded again in a full window, because they were not to be believed."""

    passes: int = 0
    redone: int = 0


class Tally:
    """Counts by the recogniser's name, in `file`; None keeps them for this run. Used by one thread.

    A count that cannot be written or read is lost: it is nothing that the user made.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._counts = dict(read(file)) if file is not None else {}

    def add(self, recogniser: str, passes: int, redone: int) -> None:
        before = self._counts.get(recogniser, Count())
        self._counts[recogniser] = Count(before.passes + passes, before.redone + redone)
        counts = {name: [it.passes, it.redone] for name, it in self._counts.items()}
        if self._file is not None and not write_counts(self._file, counts):
            self._file = None


def read(file: Path) -> Mapping[str, Count]:
    """The counts in a file; none where it is not there or not whole."""
    try:
        return {name: Count(*counts) for name, counts in json.loads(file.read_text()).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
