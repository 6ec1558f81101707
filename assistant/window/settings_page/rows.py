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

from assistant.window.icons import paint_icon
from assistant.window.look import Look, Text

T = TypeVar("T")

_ROW, _TALL_ROW = 32, 48  # px at 100 %
_MOST_SHOWN = 6
_Index = QModelIndex | QPersistentModelIndex


class Row:
    """What is seen of a value: its text, something beside it, something below it, an icon before it."""

    __slots__ = ("aside", "below", "icon", "text")

    def __init__(self, text: str, aside: str = "", below: str = "", icon: str = "") -> None:
        self.text, self.aside, self.below, self.icon = text, aside, below, icon

    def spoken(self) -> str:
        return ", ".join(part for part in (self.text, self.aside, self.below) if part)


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
            return self.row(self.values[index.row()]).text
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
        self._muted = look.colour("muted")

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        return QSize(self._look.px(80), self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        px, row, whole = self._look.px, self._model.row(self._model.values[index.row()]), QRectF(option.rect)
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # whatever a name begins with
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._muted = self._look.colour("ink" if selected else "muted")
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            view = option.widget
            focus = isinstance(view, QWidget) and view.hasFocus()
            painter.setBrush(self._look.colour("selection" if focus else "hover"))
            painter.drawRoundedRect(whole.adjusted(px(2), 1, -px(2), -1), px(6), px(6))
        inner = whole.adjusted(px(8), 0, -px(8), 0)
        if row.icon:
            icon = QRectF(inner.left(), inner.center().y() - px(9), px(18), px(18))
            paint_icon(painter, row.icon, icon, self._muted)
            inner.setLeft(icon.right() + px(8))
        if row.below:
            below = inner.adjusted(0, px(4), 0, -px(5))
            self._write(painter, below, row.below, Text.SECONDARY, Qt.AlignmentFlag.AlignBottom)
            inner = inner.adjusted(0, px(5), 0, -px(24))
        self._write_with_aside(painter, inner, row)
        painter.restore()

    def _write_with_aside(self, painter: QPainter, inner: QRectF, row: Row) -> None:
        """The text on the left, what is beside it on the right, each with at least half of the room if it needs that."""
        gap = self._look.px(16)
        body, small = (QFontMetrics(self._look.font(kind)) for kind in (Text.BODY, Text.SECONDARY))
        beside = small.horizontalAdvance(row.aside) if row.aside else 0
        rest = inner.width() - body.horizontalAdvance(row.text) - gap
        beside = int(min(beside, max(rest, (inner.width() - gap) / 2)))
        if beside:
            right = QRectF(inner.right() - beside - 1, inner.top(), beside + 1, inner.height())
            self._write(painter, right, row.aside, Text.SECONDARY, Qt.AlignmentFlag.AlignVCenter)
            inner = inner.adjusted(0, 0, -beside - gap, 0)
        self._write(painter, inner, row.text, Text.BODY, Qt.AlignmentFlag.AlignVCenter)

    def _write(
        self, painter: QPainter, where: QRectF, text: str, kind: Text, place: Qt.AlignmentFlag
    ) -> None:
        font = self._look.font(kind)
        painter.setFont(font)
        painter.setPen(self._look.colour("ink") if kind is Text.BODY else self._muted)
        names = kind is Text.BODY  # of which the end tells as much as the beginning
        elide = Qt.TextElideMode.ElideMiddle if names else Qt.TextElideMode.ElideRight
        shown = QFontMetrics(font).elidedText(text, elide, int(where.width()))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(where, left | place, shown)
