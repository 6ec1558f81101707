"""What is seen of a score, one after the other: the beginning, the sentence that is read, the result."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.ports_score import ReadPiece, Scored, TakenScore
from assistant.window.look import Look
from assistant.window.score.marks import NOTHING, Marked
from assistant.window.score.narrow import Row
from assistant.window.score.table import COLUMNS, NOW, Line, ScoreTable, figures
from assistant.window.settings_page.choice import Choice
from assistant.window.settings_page.parts import label
from assistant.window.strip import QuietButton

_MOST_ROWS = 6
_WHAT = (
    "Read {count} sentences aloud, which takes about a minute. You will see which of their words were understood, and how that "
    "compares with other models. What you read is not sent to a model, not kept and not learned from."
)


class View(QWidget):
    """A column in the panel's body."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("view")
        self.setStyleSheet("QWidget#view { background: transparent; }")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(look.px(16), look.px(4), look.px(16), look.px(12))
        self.column.setSpacing(look.px(12))


class Beginning(View):
    """`chosen` is the number of the set."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.chosen = 1
        self._what = label("")
        self._set = Choice(look, on_panel=True)
        self._set.setAccessibleName("Sentences")
        self._set.chosen.connect(self._choose)
        self._before = label("Scores until now", "secondary")
        self._table = ScoreTable(look)
        for widget in (self._what, self._set, self._before, self._table):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.show_scores({}, ())

    def show_scores(self, sets: Mapping[int, Sequence[str]], taken: Sequence[TakenScore]) -> None:
        """The set that was read last is offered, so that scores can be compared."""
        mine = [score.set_number for score in taken if score.reader == "you" and score.set_number in sets]
        self.chosen = mine[0] if mine else min(sets, default=1)
        self._set.setVisible(bool(sets))
        if sets:
            self._what.setText(_WHAT.format(count=len(sets[self.chosen])))
            self._set.offer([(number, f"Sentences, set {number}") for number in sets], self.chosen)
        self._before.setVisible(bool(taken))
        self._table.show_lines([Line(score) for score in taken[:_MOST_ROWS]])

    @Slot(object)
    def _choose(self, number: object) -> None:
        if isinstance(number, int):
            self.chosen = number


class Sentence(View):
    """`again` carries the index of a sentence that is to be read once more."""

    again = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._number = label("", "secondary")
        self._text = label("")
        self._text.setStyleSheet(f"font-size: {look.px(20)}px;")
        self._before = _Result(look)
        self._before.again.connect(self.again)
        for widget in (self._number, self._text):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.column.addWidget(self._before)

    def show_sentence(self, number: int, count: int, text: str) -> None:
        self._number.setText(f"Sentence {number + 1} of {count}")
        self._text.setText(text)

    def show_before(self, number: int | None, pieces: Sequence[ReadPiece]) -> None:
        """What was understood of the last one, None before there is any."""
        self._before.setVisible(number is not None)
        if number is not None:
            self._before.show_pieces(number, pieces)


class Result(View):
    """`again` carries the index of a sentence that is to be read once more."""

    again = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        row = Row(look.px(240), look.px(12))
        self._figures = [_Figure(title) for title in COLUMNS]
        for figure in self._figures:
            row.box.addWidget(figure, 1)
        self._sentences = QVBoxLayout()
        self._sentences.setSpacing(look.px(12))
        self._table = ScoreTable(look)
        self.column.addWidget(row)
        self.column.addLayout(self._sentences)
        self.column.addWidget(self._table)
        self.column.addStretch(1)

    def show_scored(self, scored: Scored) -> None:
        last = figures(scored.last) if scored.last is not None else ("", "", "")
        for figure, now, then in zip(self._figures, figures(scored.new), last, strict=True):
            figure.show_figure(now, then)
        lines = [Line(scored.new, NOW), *([Line(scored.last, "Last time")] if scored.last else [])]
        self._table.show_lines([*lines, *map(Line, scored.others)])

    @property
    def in_words(self) -> str:
        return ", ".join(figure.in_words for figure in self._figures)

    def show_sentences(self, found: Mapping[int, Sequence[ReadPiece]]) -> None:
        """Those with a mistake first."""
        while (item := self._sentences.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for number, pieces in sorted(found.items(), key=lambda one: all(piece.right for piece in one[1])):
            result = _Result(self._look)
            result.show_pieces(number, pieces)
            result.again.connect(self.again)
            self._sentences.addWidget(result)


class _Result(QWidget):
    """A sentence that was read, and the button that reads it again."""

    again = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._number = 0
        self._what = label("", "secondary")
        self._marked = Marked(look)
        self._button = QuietButton(self, look, "Read it again", "arrow-counter-clockwise")
        self._button.clicked.connect(self._ask)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self._what)
        text.addWidget(self._marked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addLayout(text, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)

    def show_pieces(self, number: int, pieces: Sequence[ReadPiece]) -> None:
        self._number = number
        wrong = sum(not piece.right for piece in pieces)
        what = NOTHING if not pieces else "all right" if not wrong else f"{wrong} wrong"
        self._what.setText(f"Sentence {number + 1}: {what}")
        self._button.rename(f"Read sentence {number + 1} again")
        self._marked.show_pieces(pieces)

    @Slot()
    def _ask(self) -> None:
        self.again.emit(self._number)


class _Figure(QWidget):
    """A figure with its name, and what it was the last time."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._now = label("", "title")
        self._then = label("", "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._now)
        column.addWidget(label(title, "secondary"))
        column.addWidget(self._then)
        column.addStretch(1)

    def show_figure(self, now: str, then: str) -> None:
        self._now.setText(now)
        self._then.setText(f"last time {then}" if then else "")
        self._then.setVisible(bool(then))
        self._now.setAccessibleName(self.in_words)

    @property
    def in_words(self) -> str:
        return f"{self._title}: {self._now.text()} {self._then.text()}".strip()
