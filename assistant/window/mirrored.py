"""For those who read from right to left, where Qt does not see to it: what stands left stands right."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QLayout, QWidget


def from_right(direction: Qt.LayoutDirection) -> bool:
    """Whether lines begin at the right."""
    return direction is Qt.LayoutDirection.RightToLeft


def mirrored(widget: QWidget, rect: QRectF) -> QRectF:
    """Where `rect`, laid out from left to right, is in a widget that may be laid out the other way."""
    return mirrored_within(QRectF(widget.rect()), rect, widget.layoutDirection())


def mirrored_within(whole: QRectF, rect: QRectF, direction: Qt.LayoutDirection) -> QRectF:
    """The same within a part of a widget."""
    if not from_right(direction):
        return rect
    return QRectF(whole.left() + whole.right() - rect.right(), rect.top(), rect.width(), rect.height())


def beginning(widget: QWidget) -> Qt.AlignmentFlag:
    """The side on which its lines begin, whatever their letters."""
    return side_of(widget.layoutDirection())


def side_of(direction: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    """The side on which lines begin, whatever their letters."""
    side = Qt.AlignmentFlag.AlignRight if from_right(direction) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute


def backwards(widget: QWidget) -> str:
    """The icon of an arrow to where one came from."""
    return "arrow-right" if from_right(widget.layoutDirection()) else "arrow-left"


def set_margins(widget: QWidget, layout: QLayout, left: int, top: int, right: int, bottom: int) -> None:
    """Give a layout in `widget` these margins (px); of a widget laid out from right to left, the other way round."""
    if from_right(widget.layoutDirection()):
        left, right = right, left
    layout.setContentsMargins(left, top, right, bottom)
