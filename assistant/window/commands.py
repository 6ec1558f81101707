"""Commands: what the window does at a key, most of which can be found by name as well."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

DEVELOPER_PANEL = "Ctrl+Shift+D"
WHAT_THE_MODEL_SEES = "Ctrl+Shift+M"


class Command(NamedTuple):
    """An action, with its icon, "" where nobody looks for it by name, and its key as it is written."""

    action: QAction
    icon: str
    keys: str


def give_commands(
    window: QWidget, commands: Iterable[tuple[str, str, str, Callable[[], None]]]
) -> list[Command]:
    """Let `window` do these at their keys: title, icon, keys, and what is done."""
    given = []
    for title, icon, keys, act in commands:
        action = QAction(title, window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(act)
        window.addAction(action)
        given.append(Command(action, icon, keys.replace("Up", "↑")))
    return given
