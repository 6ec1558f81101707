"""How loud it is."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from assistant.window.look import Look
from assistant.window.mirrored import mirrored


class Level(QWidget):
    """How loud it is, 0..1."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._level = 0.0
        self.setFixedHeight(look.px(8))
        self.setAccessibleName("Level of the microphone")

    def show_level(self, level: float) -> None:
        if level != self._level:
            self._level = level
            self.setAccessibleDescription(f"{level:.0%}")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("line"))
        rect = QRectF(self.rect())
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        rect.setWidth(rect.width() * min(1.0, self._level) ** 0.5)
        rect = mirrored(self, rect)
        painter.setBrush(look.colour("accent"))
        if rect.width() > 0:
            painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.end()
