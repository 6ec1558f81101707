"""Something that takes long: what it is, how far it is, and a button that stops it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from assistant.window.look import Look
from assistant.window.settings_page.parts import label


class Progress(QWidget):
    """Hidden until there is something to show. `what` is for who does not see the bar."""

    stopped = Signal()

    def __init__(self, look: Look, what: str) -> None:
        super().__init__()
        self._text = label("")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(what)
        stop = QPushButton("Stop")
        stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        stop.clicked.connect(self.stopped)
        text = QVBoxLayout()
        text.setSpacing(look.px(6))
        text.addWidget(self._text)
        text.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(12))
        row.addLayout(text, 1)
        row.addWidget(stop)
        self.hide()

    def show_progress(self, text: str, done: int, total: int) -> None:
        """`total` 0 where it is not known how long it takes."""
        self._text.setText(text)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self.show()
