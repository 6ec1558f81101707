"""The window's head: the conversations, the title, a new conversation."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assistant.window.elided import ElidedLabel
from assistant.window.look import Look
from assistant.window.strip import QuietButton


class Header(QWidget):
    """`line` draws a hairline under it, while something is scrolled beneath."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._line = False
        self.list = QuietButton(self, look, "Conversations", "list", 36)
        self.new = QuietButton(self, look, "New conversation (Ctrl+N)", "note-pencil", 36)
        self.more = QuietButton(self, look, "Settings (Ctrl+,)", "gear", 36)
        self._title = ElidedLabel(self)
        self._title.setProperty("kind", "strong")
        row = self._row = QHBoxLayout(self)
        row.setSpacing(look.px(4))
        row.addWidget(self.list)
        row.addWidget(self._title, 1)
        row.addWidget(self.new)
        row.addWidget(self.more)
        self.slim(False)

    def slim(self, slim: bool) -> None:
        """Take no more height than the buttons do."""
        side, above = self._look.px(6), 0 if slim else self._look.px(6)
        self._row.setContentsMargins(side, above, side, above)

    def name(self, title: str) -> None:
        self._title.say(title)

    def line(self, shown: bool) -> None:
        if shown != self._line:
            self._line = shown
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if self._line:
            painter = QPainter(self)
            painter.fillRect(0, self.height() - 1, self.width(), 1, self._look.colour("line"))
            painter.end()
