"""A line that says what was done, with a button that undoes it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from assistant.window.announce import announce
from assistant.window.look import Look
from assistant.window.settings_page.parts import label


class Said(QWidget):
    """Takes no room while it says nothing."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._undo: Callable[[], None] | None = None
        self._text = label("", "secondary")
        self._button = QPushButton("Undo")
        self._button.setProperty("kind", "link")
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(self._act)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self.hide()

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        self._undo = undo
        self._text.setText(text)
        self._button.setVisible(undo is not None)
        self._button.setAccessibleName(f"Undo: {text}")
        self.setVisible(bool(text))
        if text:
            announce(self, text)

    @Slot()
    def _act(self) -> None:
        undo = self._undo
        self.say("")
        if undo is not None:
            undo()
