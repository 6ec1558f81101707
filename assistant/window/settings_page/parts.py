"""What the sections of the settings are made of."""

import re

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from assistant.settings import Settings
from assistant.turn.events import Fault
from assistant.turn.states import Session
from assistant.window.desk import Desk
from assistant.window.look import Look
from assistant.window.mirrored import beginning

_LONG_WORD = re.compile(r"\S{20,}")
_PIECE = re.compile(r".{4}(?=.)")


class Section(QWidget):
    """A heading and fields. `fill` is called when settings are told, `opened` when the page comes into view.

    `led_to` carries the name of another section that is asked for, `in_sight` a part of it that is to be seen;
    `concerns_others` is emitted when something was changed that the other sections show, too.
    """

    title = ""
    led_to = Signal(str)
    in_sight = Signal(object)
    concerns_others = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setAccessibleName(self.title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(desk.look.px(12))
        self.column.addWidget(label(self.title, "title"))

    def fill(self, settings: Settings) -> None:
        """Show the settings in force."""

    def show_session(self, session: Session) -> None:
        """Show what is going on."""

    def opened(self) -> None:
        """Look up what there is to choose from."""

    def field(self, name: str, control: QWidget, help_text: str = "") -> "Field":
        field = Field(self.desk.look, name, control, help_text)
        self.column.addWidget(field)
        return field

    def focus_first(self) -> bool:
        """Give the focus to its first control; whether there is one yet."""
        takes = [
            child for child in self.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.ClickFocus
        ]
        shown = [child for child in takes if child.isEnabled() and child.isVisibleTo(self)]
        if shown:
            first = min(shown, key=lambda child: child.mapTo(self, QPoint(0, 0)).y())
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(shown)

    def change(self, section: str, name: str, value: object, field: "Field") -> None:
        field.complain(None)
        self.desk.preferences.change(section, name, value, field.complain)


class Field(QWidget):
    """A name, a control, a word of help, and what is wrong with it."""

    def __init__(self, look: Look, name: str, control: QWidget, help_text: str) -> None:
        super().__init__()
        self.control = control
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        if name:
            heading = label(name, "secondary")
            heading.setBuddy(control)
            column.addWidget(heading)
            control.setAccessibleName(name)
        natural = isinstance(control, QPushButton)
        column.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft if natural else Qt.AlignmentFlag(0))
        self._help, self._wrong = label("", "secondary"), label("", "danger")
        for line in (self._help, self._wrong):
            column.addWidget(line)
        self.help(help_text)  # once it lies in here: what is shown by itself is a window, and takes the focus
        self._wrong.hide()

    def help(self, text: str) -> None:
        self._help.setText(text)
        self._help.setVisible(bool(text))
        self.control.setAccessibleDescription(text)

    def complain(self, fault: Fault | None) -> None:
        """Say what is wrong, here; None when nothing is any more."""
        text = f"{fault.message} {fault.hint}".strip() if fault else ""
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))


class _Label(QLabel):
    """Breaks a very long word, too: it would make the page wider than the window."""

    def setText(self, text: str) -> None:
        shown = _LONG_WORD.sub(_with_places_to_break, text)
        super().setText(shown)
        self.setAccessibleName(text if shown != text else "")


def label(text: str, kind: str = "") -> QLabel:
    made = _Label(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    made.setText(text)
    made.setAlignment(beginning(made) | Qt.AlignmentFlag.AlignVCenter)
    made.setProperty("kind", kind)
    return made


def _with_places_to_break(word: re.Match[str]) -> str:
    return _PIECE.sub(lambda piece: f"{piece[0]}\u200b", word[0])
