"""The doubtful words of a text: where they stand while it is edited, until they are changed themselves."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextCursor, QTextDocument

from assistant.turn.transcript import Transcript
from assistant.window.units import units


@dataclass(slots=True)
class _Doubt:
    """A word between two cursors that move along with the text. `joined`: did letters touch it on either side?"""

    start: QTextCursor
    end: QTextCursor
    word: str
    probability: float
    joined: tuple[bool, bool] = (False, False)

    def selected(self) -> QTextCursor:
        cursor = QTextCursor(self.start)
        cursor.setPosition(self.end.position(), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def touches(self) -> tuple[bool, bool]:
        document = self.start.document()
        before = document.characterAt(self.start.position() - 1) if self.start.position() else ""
        return before.isalnum(), document.characterAt(self.end.position()).isalnum()

    def stands(self) -> bool:
        """Does the word stand there as it was heard?"""
        return self.selected().selectedText() == self.word and self.touches() == self.joined


class Doubts:
    """Doubtful words in `document`."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._doubts: list[_Doubt] = []

    def __len__(self) -> int:
        return len(self._doubts)

    def add(self, transcript: Transcript, at: int, words: str, below: float) -> None:
        """Note the words of `transcript` less probable than `below`; its text stands at `at` as `words`."""
        index, lowered = 0, words.lower()
        for word in transcript.words:
            bare = word.text.strip()
            start = lowered.find(bare.lower().rstrip("."), index) if bare else -1
            if start < 0:
                continue
            index = min(len(words), start + len(bare))
            if word.probability < below:
                self._add(at + units(words[:start]), words[start:index], word.probability)

    def _add(self, at: int, word: str, probability: float) -> None:
        start, end = QTextCursor(self._document), QTextCursor(self._document)
        start.setPosition(at)
        end.setPosition(at + units(word))
        end.setKeepPositionOnInsert(True)
        doubt = _Doubt(start, end, word, probability)
        doubt.joined = doubt.touches()
        self._doubts.append(doubt)

    def drop_changed(self) -> bool:
        """Forget the words that were changed; tells whether there were any."""
        standing = [doubt for doubt in self._doubts if doubt.stands()]
        changed = len(standing) != len(self._doubts)
        self._doubts = standing
        return changed

    def after(self, cursor: QTextCursor) -> QTextCursor | None:
        """The next word after `cursor`, round about, selected; None if there is none but what it selects."""
        words = sorted(self.words(), key=QTextCursor.selectionStart)
        following = [word for word in words if word.selectionStart() >= cursor.selectionEnd()] or words
        if not following or following[0].selectionStart() == cursor.selectionStart() != cursor.selectionEnd():
            return None
        return following[0]

    def words(self) -> Iterator[QTextCursor]:
        """Each word, selected."""
        return (doubt.selected() for doubt in self._doubts)

    def explain(self, position: int) -> str:
        """What is to be said about the doubtful word at `position`; "" where there is none."""
        for doubt in self._doubts:
            if doubt.start.position() <= position < doubt.end.position():
                return f"Heard with {doubt.probability:.0%} certainty"
        return ""
