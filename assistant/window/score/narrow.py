"""What stands beside each other, and below each other where there is little room for the size of text."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget


def direction(widget: QWidget, narrow_px: int) -> QBoxLayout.Direction:
    beside = widget.width() >= narrow_px
    return QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom


class Row(QWidget):
    """Gives each of its widgets the same share."""

    def __init__(self, narrow_px: int, gap_px: int) -> None:
        super().__init__()
        self._narrow_px = narrow_px
        self.box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(gap_px)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.box.setDirection(direction(self, self._narrow_px))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
