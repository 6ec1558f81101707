"""Lists of thousands of rows in the settings: a model of values, and the look that all of them have."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from assistant.window.look import Look, Text
from assistant.window.row_pen import RowPen

T = TypeVar("T")

_ROW, _TALL_ROW = 32, 48  # px at 100 %
_MOST_SHOWN = 6
_BECOMES = " → "
_LEAST_ASIDE = 0.3
_UP_AND_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_CHOOSING = (*_UP_AND_DOWN, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_IN_THE_MIDDLE = Qt.TextElideMode.ElideMiddle  # of a name the end tells as much as the beginning
_Index = QModelIndex | QPersistentModelIndex


class Row:
    """What is seen of a value: its text, what that becomes, something beside it, something below it, an icon before it."""

    __slots__ = ("aside", "becomes", "below", "icon", "text")

    def __init__(
        self, text: str, *, becomes: str = "", aside: str = "", below: str = "", icon: str = ""
    ) -> None:
        self.text, self.becomes, self.aside, self.below, self.icon = text, becomes, aside, below, icon

    @property
    def whole(self) -> str:
        return f"{self.text}{_BECOMES}{self.becomes}" if self.becomes else self.text

    def spoken(self) -> str:
        return ", ".join(part for part in (self.whole, self.aside, self.below) if part)


class _Values(QAbstractListModel, Generic[T]):
    """Values, each of which is made a row when it is seen."""

    def __init__(self, parent: QObject, row: Callable[[T], Row]) -> None:
        super().__init__(parent)
        self.values: Sequence[T] = ()
        self.row = row

    def set(self, values: Sequence[T]) -> None:
        self.beginResetModel()
        self.values = values
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.values)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.row(self.values[index.row()]).whole
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.row(self.values[index.row()]).spoken()
        return None


class Rows(QListView, Generic[T]):
    """A list of values. `acted` is emitted for Enter, `removed` for Delete; `height_px` follows the number of rows."""

    acted = Signal()
    removed = Signal()
    picked = Signal()

    def __init__(self, look: Look, name: str, row: Callable[[T], Row], *, tall: bool = False) -> None:
        super().__init__()
        self._look = look
        self._height = look.px(_TALL_ROW if tall else _ROW)
        self._model: _Values[T] = _Values(self, row)
        self.setProperty("kind", "card")
        self.setAccessibleName(name)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(look, self._model, self._height))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.selectionModel().selectionChanged.connect(self.picked)
        look.changed.connect(self.viewport().update)

    @property
    def values(self) -> Sequence[T]:
        return self._model.values

    def show_values(self, values: Sequence[T]) -> None:
        self._model.set(values)
        shown = min(max(1, len(values)), _MOST_SHOWN)
        self.setFixedHeight(shown * self._height + self._look.px(8) + 4)

    def chosen(self) -> list[T]:
        """Those that are selected, from above."""
        return [self.values[row] for row in sorted(index.row() for index in self.selectedIndexes())]

    def choose(self, row: int) -> None:
        index = self._model.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.selectedIndexes() and self.values and event.key() in _CHOOSING:
            # Qt would go on from a row that nobody has seen to be the current one
            self.choose(max(0, self.currentIndex().row()))
            if event.key() in _UP_AND_DOWN:
                return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.acted.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: Look, model: _Values[Any], height: int) -> None:
        super().__init__(model)
        self._look, self._model, self._height = look, model, height

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        return QSize(self._look.px(80), self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        px, row, whole = self._look.px, self._model.row(self._model.values[index.row()]), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # whatever a name begins with
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            view = option.widget
            focus = isinstance(view, QWidget) and view.hasFocus()
            painter.setBrush(self._look.colour("selection" if focus else "hover"))
            painter.drawRoundedRect(whole.adjusted(px(2), 1, -px(2), -1), px(6), px(6))
        muted = "ink" if selected else "muted"
        pen = RowPen(self._look, painter, whole, option.direction, muted)
        inner = whole.adjusted(px(8), 0, -px(8), 0)
        if row.icon:
            icon = QRectF(inner.left(), inner.center().y() - px(9), px(18), px(18))
            pen.icon(row.icon, icon)
            inner.setLeft(icon.right() + px(8))
        if row.below:
            below = inner.adjusted(0, px(4), 0, -px(5))
            pen.write(below, row.below, Text.SECONDARY, Qt.AlignmentFlag.AlignBottom)
            inner = inner.adjusted(0, px(5), 0, -px(24))
        self._write_with_aside(pen, inner, row)
        painter.restore()

    def _write_with_aside(self, pen: RowPen, inner: QRectF, row: Row) -> None:
        """The text where lines begin, what is beside it where they end."""
        gap, middle = self._look.px(16), Qt.AlignmentFlag.AlignVCenter
        body, small = (QFontMetrics(self._look.font(kind)) for kind in (Text.BODY, Text.SECONDARY))
        if row.aside:
            wanted = body.horizontalAdvance(row.whole), small.horizontalAdvance(row.aside)
            beside = shared(inner.width() - gap, *wanted, least=_LEAST_ASIDE)[1]
            end = QRectF(inner.right() - beside - 1, inner.top(), beside + 1, inner.height())
            pen.write(end, row.aside, Text.SECONDARY, middle)
            inner = inner.adjusted(0, 0, -beside - gap, 0)
        text = row.whole
        if row.becomes:
            wanted = body.horizontalAdvance(row.text), body.horizontalAdvance(row.becomes)
            room = shared(inner.width() - body.horizontalAdvance(_BECOMES) - 2, *wanted, least=0.5)
            sides = zip((row.text, row.becomes), wanted, room, strict=True)
            text = _BECOMES.join(
                side if it_wants <= has else body.elidedText(side, _IN_THE_MIDDLE, has)
                for side, it_wants, has in sides
            )
        pen.write(inner, text, Text.BODY, middle, _IN_THE_MIDDLE)


def shared(room: float, first: int, second: int, least: float) -> tuple[int, int]:
    """The widths of two texts beside each other. If it needs that, the second has at least this share of the room, the first
    the rest.
    """
    if first + second <= room:
        return first, second
    second = int(min(second, max(room - first, room * least)))
    return int(room) - second, second
