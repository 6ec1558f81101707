"""Find anything: conversations, commands and settings by a few letters (Ctrl+K); the list of conversations (☰)."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from assistant.ports import Found
from assistant.turn.dataclass import dataclass
from assistant.window.desk import Desk
from assistant.window.look import Look, Text
from assistant.window.panel import Panel
from assistant.window.row_pen import RowPen
from assistant.window.words import when

_SEARCH_AFTER_MS = 120
_ROW = 48  # px at 100 %
_SHORT_ROW = 36
_MOST_ROWS = 9
_RECENT = 4  # conversations that stand above the commands while nothing is typed
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found. `aside` is said on the right (a key, a time), `detail` under the title."""

    title: str
    icon: str
    act: Callable[[], None]
    aside: str = ""
    detail: str = ""
    words: str = ""

    def matches(self, query: str) -> bool:
        text = f"{self.title} {self.words}".lower()
        return all(word in text for word in query.lower().split())


class _Entries(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def set(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.title, entry.detail, entry.aside) if part)
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: Look, model: _Entries) -> None:
        super().__init__(model)
        self._look, self._model = look, model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        entry = self._model.entries[index.row()]
        return QSize(self._look.px(100), self._look.px(_ROW if entry.detail else _SHORT_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, entry = self._look, self._model.entries[index.row()]
        px = look.px
        whole = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(whole.adjusted(px(6), px(1), -px(6), -px(1)), px(8), px(8))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text's own
        pen = RowPen(look, painter, whole, option.direction)
        inner = whole.adjusted(px(16), 0, -px(16), 0)
        pen.icon(entry.icon, QRectF(inner.left(), inner.center().y() - px(9), px(18), px(18)))
        inner.setLeft(inner.left() + px(30))
        if entry.aside:
            width = QFontMetrics(look.font(Text.SECONDARY)).horizontalAdvance(entry.aside)
            end = QRectF(inner.right() - width - 1, inner.top(), width + 1, inner.height())
            pen.write(end, entry.aside, Text.SECONDARY, Qt.AlignmentFlag.AlignVCenter)
            inner.setRight(inner.right() - width - px(12))
        if entry.detail:
            inner.adjust(0, px(5), 0, -px(6))
            pen.write(inner, entry.detail, Text.SECONDARY, Qt.AlignmentFlag.AlignBottom)
        place = Qt.AlignmentFlag.AlignTop if entry.detail else Qt.AlignmentFlag.AlignVCenter
        pen.write(inner, entry.title, Text.BODY, place)
        painter.restore()


class Finder(Panel):
    """`opened` carries the id of the conversation that was chosen."""

    opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget, commands: Callable[[], Sequence[Entry]]) -> None:
        super().__init__(desk.look, parent, "Find anything")
        self._desk = desk
        self._commands = commands
        self._everything = True
        self._search = 0
        self._found: Sequence[Found] = ()
        self._field = QLineEdit(self.card, frame=False, clearButtonEnabled=False)
        self._field.setProperty("frameless", True)
        self._field.setTextMargins(desk.look.px(8), desk.look.px(4), desk.look.px(8), desk.look.px(4))
        self._model = _Entries(self)
        self._list = QListView(self.card)
        self._list.setAccessibleName("Found")
        self._list.setModel(self._model)
        self._list.setItemDelegate(_Delegate(desk.look, self._model))
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._empty = QLabel(self.card, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._empty.setProperty("kind", "secondary")
        self._empty.setMinimumHeight(desk.look.px(64))
        for widget in (self._field, self._list, self._empty):
            self.column.addWidget(widget)
        self._later = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        self._later.timeout.connect(self._ask)
        self._field.textChanged.connect(self._typed)
        self._list.clicked.connect(self._act)
        self._list.entered.connect(self._list.setCurrentIndex)

    def search(self, *, everything: bool) -> None:
        """Open, for everything or for conversations alone."""
        self._everything = everything
        hint = "Find a conversation, a command, a setting" if everything else "Find a conversation"
        self._field.setPlaceholderText(hint)
        self._field.setAccessibleName(hint)
        self._found = ()
        self._field.clear()
        self._fill()
        self._ask()
        self.open(self._field)

    @Slot(str)
    def _typed(self, _: str) -> None:
        self._fill()
        self._later.start()

    @Slot()
    def _ask(self) -> None:
        self._search += 1
        number, query, controls = self._search, self._field.text().strip(), self._desk.controls
        self._desk.errands.run(lambda: controls.conversations(query), lambda found: self._take(number, found))

    def _take(self, number: int, found: Sequence[Found]) -> None:
        if number == self._search:
            self._found = found
            self._fill()

    def _fill(self) -> None:
        query = self._field.text().strip()
        commands = [entry for entry in self._commands() if entry.matches(query)] if self._everything else []
        now = dt.datetime.now().astimezone()
        talks = [self._entry(found, now) for found in self._found]
        self._model.set([*commands, *talks] if query else [*talks[:_RECENT], *commands, *talks[_RECENT:]])
        empty = not self._model.entries
        self._empty.setText("Nothing found." if query else "Your conversations will be listed here.")
        self._empty.setVisible(empty)
        self._list.setVisible(not empty)
        if not empty:
            self._list.setCurrentIndex(self._model.index(0))
        self._fit()

    def _entry(self, found: Found, now: dt.datetime) -> Entry:
        identifier = found.conversation
        title = found.title or "Untitled"
        snippet = " ".join(found.snippet.split())
        return Entry(title, "chat-text", lambda: self.opened.emit(identifier), when(found.at, now), snippet)

    def wanted_height(self) -> int:
        px = self._look.px
        rows = sum(px(_ROW if entry.detail else _SHORT_ROW) for entry in self._model.entries[:_MOST_ROWS])
        field = self._field.sizeHint().height()
        return field + (rows or px(72)) + px(16)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self._list.currentIndex().row()
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _MOST_ROWS,
            Qt.Key.Key_PageUp: -_MOST_ROWS,
        }
        if key in steps and self._model.entries:
            row = min(len(self._model.entries) - 1, max(0, row + steps[Qt.Key(key)]))
            self._list.setCurrentIndex(self._model.index(row))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._act(self._list.currentIndex())
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _act(self, index: QModelIndex) -> None:
        if index.isValid():
            entry = self._model.entries[index.row()]
            self.close_()
            entry.act()
