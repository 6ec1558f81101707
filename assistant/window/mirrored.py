"""Painting by hand for those who read from right to left: what stands left stands right."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QWidget


def mirrored(widget: QWidget, rect: QRectF) -> QRectF:
    """Where `rect`, laid out from left to right, is in a widget that may be laid out the other way."""
    if widget.layoutDirection() is not Qt.LayoutDirection.RightToLeft:
        return rect
    return QRectF(widget.width() - rect.right(), rect.top(), rect.width(), rect.height())


def beginning(widget: QWidget) -> Qt.AlignmentFlag:
    """The side on which its lines begin, whatever their letters."""
    rtl = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute
