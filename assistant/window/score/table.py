"""The scores that were taken: a small table, a line each."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from assistant.ports_score import TakenScore
from assistant.window.look import Look
from assistant.window.settings_page.parts import label
from assistant.window.words import when

COLUMNS = ("Terms wrong", "Words wrong", "Text after")
NOW = "Now"

_NARROW = 240  # px at 100 %


class Line(NamedTuple):
    """A score, and what is said of it before the model's name."""

    score: TakenScore
    what: str = ""


class ScoreTable(QWidget):
    """Figures stand in columns; where there is little room, below the name."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._in_columns: list[QWidget] = []
        self._below: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(12))
        self._grid.setVerticalSpacing(look.px(8))
        self._grid.setColumnStretch(0, 1)

    def show_lines(self, lines: Sequence[Line]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._in_columns, self._below = [], []
        self.setVisible(bool(lines))
        for column, title in enumerate(COLUMNS, 1):
            self._put(title.replace(" ", "\n"), "secondary", 0, column)
        for number, line in enumerate(lines, 1):
            self._grid.addWidget(self._name(line), number, 0)
            for column, figure in enumerate(figures(line.score), 1):
                self._put(figure, _kind(line), number, column)
        self._fit()

    def _put(self, text: str, kind: str, row: int, column: int) -> None:
        made = QLabel(text)
        made.setProperty("kind", kind)
        above = Qt.AlignmentFlag.AlignBottom if row == 0 else Qt.AlignmentFlag.AlignTop
        made.setAlignment(Qt.AlignmentFlag.AlignTrailing | above)
        self._grid.addWidget(made, row, column)
        self._in_columns.append(made)

    def _name(self, line: Line) -> QWidget:
        score, made = line.score, QWidget()
        name = label(f"{line.what}: {score.model}" if line.what else score.model, _kind(line))
        told = ", ".join(
            f"{title.lower()} {figure}" for figure, title in zip(figures(score), COLUMNS, strict=True)
        )
        name.setAccessibleName(f"{name.text()}, {_about(score)}: {told}")
        below = label(told, "secondary")
        self._below.append(below)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (name, label(_about(score), "secondary"), below):
            column.addWidget(widget)
        column.addStretch(1)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < self._look.px(_NARROW)
        for widget in self._in_columns:
            widget.setVisible(not narrow)
        for widget in self._below:
            widget.setVisible(narrow)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


def figures(score: TakenScore) -> tuple[str, str, str]:
    return f"{score.term_error_rate:.0%}", f"{score.word_error_rate:.0%}", f"{score.wait_s:.2f} s"


def _kind(line: Line) -> str:
    return "strong" if line.what == NOW else ""


def _about(score: TakenScore) -> str:
    parts = [
        when(score.at_s, dt.datetime.now().astimezone()),
        f"set {score.set_number}",
        "" if score.whole else f"{score.sentences} sentence{'' if score.sentences == 1 else 's'}",
        "" if score.reader == "you" else "read by a voice",
    ]
    return ", ".join(filter(None, parts))
