"""Buttons beside each other, or below each other where there is no room for that."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from assistant.window.look import Look

_Direction = QBoxLayout.Direction


class ButtonRow(QWidget):
    """Some of the buttons may be hidden."""

    def __init__(self, look: Look, *buttons: QPushButton) -> None:
        super().__init__()
        self._buttons = buttons
        self._row = QBoxLayout(_Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.px(8))
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        for button in buttons:
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def minimumSizeHint(self) -> QSize:
        widest = max((button.sizeHint().width() for button in self._buttons), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = [button.sizeHint().width() for button in self._buttons]
        wanted = sum(shown) + self._row.spacing() * (len(shown) - 1)
        fits = wanted <= self.width()
        self._row.setDirection(_Direction.LeftToRight if fits else _Direction.TopToBottom)
