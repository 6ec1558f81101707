"""The small list at a word: what may stand there instead. It takes no focus, so that one can go on typing."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from assistant.window.look import Look, Text
from assistant.window.mirrored import beginning
from assistant.window.offers import Offer
from assistant.window.row_pen import RowPen

_ROW = 32  # px at 100 %
_NUMBER = 32  # px at 100 %, from the edge to the text
_NARROWEST, _WIDEST = 200, 400
_Index = QModelIndex | QPersistentModelIndex


class _Offers(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.offers: list[Offer] = []

    def set(self, offers: list[Offer]) -> None:
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        offer = self.offers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return offer.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (str(index.row() + 1), offer.text, offer.aside)))
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: Look, model: _Offers) -> None:
        super().__init__(model)
        self._look, self._model = look, model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        return QSize(self._look.px(_NARROWEST), self._look.px(_ROW))

    def wanted_width(self) -> int:
        look = self._look
        body, small = (QFontMetrics(look.font(kind)) for kind in (Text.BODY, Text.SECONDARY))
        gap = look.px(24)
        widths = (
            body.horizontalAdvance(offer.text)
            + (gap + small.horizontalAdvance(offer.aside) if offer.aside else 0)
            for offer in self._model.offers
        )
        return max(widths, default=0) + look.px(_NUMBER + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, offer = self._look, self._model.offers[index.row()]
        px, whole = look.px, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(whole.adjusted(px(4), 0, -px(4), 0), px(6), px(6))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text's own
        pen, small = RowPen(look, painter, whole, option.direction), QFontMetrics(look.font(Text.SECONDARY))
        inner = whole.adjusted(px(12), 0, -px(12), 0)
        middle, elide = Qt.AlignmentFlag.AlignVCenter, Qt.TextElideMode.ElideMiddle
        pen.write(inner, str(index.row() + 1), Text.SECONDARY, middle)
        inner.setLeft(whole.left() + px(_NUMBER))
        if offer.aside:
            beside = min(small.horizontalAdvance(offer.aside), inner.width() / 2)
            end = QRectF(inner.right() - beside, inner.top(), beside + 1, inner.height())
            pen.write(end, offer.aside, Text.SECONDARY, middle, elide)
            inner.setRight(inner.right() - beside - px(12))
        pen.write(inner, offer.text, Text.BODY, middle, elide)
        painter.restore()


class OffersList(QWidget):
    """Lies over the window, at a word; `chosen` carries the row that was clicked."""

    chosen = Signal(int)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._over = window
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self._title = _Note(self)
        self._hint = _Note(self)
        self._model = _Offers(self)
        self._delegate = _Delegate(look, self._model)
        self.list = QListView(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Other guesses")
        self.list.viewport().setAutoFillBackground(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.clicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(1), look.px(4), look.px(1), look.px(4))
        column.setSpacing(0)
        for part in (self._title, self.list, self._hint):
            column.addWidget(part)
        inset = look.px(12)
        for note in (self._title, self._hint):
            note.setContentsMargins(inset, look.px(4), inset, look.px(4))
        look.changed.connect(self.update)
        self.hide()

    @property
    def row(self) -> int:
        """The row that is pointed at; -1 where none is."""
        return self.list.currentIndex().row()

    def step(self, by: int) -> Offer | None:
        """Point at the next row, or the one before."""
        count = len(self._model.offers)
        if not count:
            return None
        row = (self.row + by) % count if self.row >= 0 else (0 if by > 0 else count - 1)
        self.list.setCurrentIndex(self._model.index(row))
        return self._model.offers[row]

    def fill(self, offers: list[Offer], title: str, hint: str) -> None:
        self._model.set(offers)
        self.list.setVisible(bool(offers))
        self._title.say(title)
        self._hint.say(hint)
        self.setAccessibleName(title)

    def open(self, word: QRect, *, from_right: bool) -> None:
        """Show it at `word`, a rectangle of the window; under its right edge where it is read from there."""
        self.setGeometry(self._place(word, from_right=from_right))
        self.show()
        self.raise_()

    def _place(self, word: QRect, *, from_right: bool) -> QRect:
        px, room = self._look.px, self._over.rect()
        edge, gap = px(8), px(4)
        notes = max(self._title.wanted_width(), self._hint.wanted_width()) + px(28)
        wanted = max(px(_NARROWEST), notes, self._delegate.wanted_width())
        width = min(wanted + px(2), px(_WIDEST), room.width() - 2 * edge)
        fixed = 2 * px(4) + sum(
            note.heightForWidth(width - px(2)) for note in (self._title, self._hint) if not note.isHidden()
        )
        rows = len(self._model.offers)
        below, above = room.bottom() - edge - word.bottom() - gap, word.top() - gap - edge
        height = fixed + rows * px(_ROW)
        under = height > above and below > above  # above, what comes next and the buttons stay in sight
        most = max(1, ((below if under else above) - fixed) // px(_ROW))  # whole rows
        height = fixed + min(rows, most) * px(_ROW)
        left = word.right() - width + px(_NUMBER) if from_right else word.left() - px(_NUMBER)
        left = max(edge, min(left, room.width() - edge - width))
        top = word.bottom() + gap if under else word.top() - gap - height
        top = max(0, min(top, room.height() - height))
        return QRect(QPoint(left, top), QSize(width, height))

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = self._look.colour("muted")
        edge.setAlphaF(0.4)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(self._look.colour("ground"))
        radius = self._look.px(8)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()


class _Note(QLabel):
    """A line in small letters, which takes no room while it says nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "secondary")
        self.setAlignment(beginning(self) | Qt.AlignmentFlag.AlignVCenter)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def say(self, text: str) -> None:
        self.setText(text)
        self.setVisible(bool(text))

    def wanted_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.text()) if self.text() else 0
