"""What is typed while somebody speaks has a moment in what is spoken: typed islands."""

from time import monotonic
from typing import NamedTuple

from PySide6.QtGui import QTextCharFormat, QTextCursor

from assistant.turn.transcript import Origin, Word
from assistant.window.units import units
from assistant.window.worded import Known
from assistant.window.wording import Wording


class Island(NamedTuple):
    """Positions in the document, and the seconds of the recording at which its first letter was typed."""

    start: int
    end: int
    at_s: float


class Islands:
    """Marks what is typed between two white spaces with the moment at which it was begun."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._turn = 0
        self._duration_s = 0.0
        self._noted_at = 0.0
        self._key = 0
        self._end = -1
        self._typed_in: set[int] = set()

    def listen(self, turn: int, duration_s: float) -> None:
        """So much is recorded at this moment in `turn`; 0 where nothing is."""
        if turn != self._turn:
            self._key = 0
        self._turn, self._duration_s, self._noted_at = turn, duration_s, monotonic()

    def written(self, cursor: QTextCursor, text: str) -> QTextCharFormat:
        """What letters typed at `cursor` are to be written with."""
        if not self._turn or text.isspace():
            self._key = 0
            return QTextCharFormat()
        if not self._key or cursor.hasSelection() or cursor.position() != self._end:
            at_s = self._duration_s + monotonic() - self._noted_at
            island = Known(self._turn, -1, -1, Word("", at_s, at_s, origin=Origin.TYPED))
            self._key = self._wording.add(island)
            self._typed_in.add(self._turn)
        self._end = cursor.selectionStart() + units(text)
        return self._wording.written(self._key)

    def within(self, turn: int) -> list[Island]:
        """Those that stand in the text and were typed while `turn` was recorded, as they stand."""
        if turn not in self._typed_in:
            return []
        found: list[Island] = []
        for start, text, key in self._wording.runs():
            known, end = self._wording.known(key), start + units(text)
            if key and known.island and known.turn == turn:
                if found and found[-1].end == start:
                    found[-1] = found[-1]._replace(end=end)
                else:
                    found.append(Island(start, end, known.word.start_s or 0.0))
        return found
