"""What a picture is of: a session, and what is done in the window before the picture is taken."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from assistant.turn.states import Session
from assistant.window.main_window import MainWindow

Arrange = Callable[[MainWindow], None]
_SETTLES_MS = 250


def nothing(window: MainWindow) -> None:
    """The session alone is the picture."""


def no_files() -> None:
    """The program has nothing on the disk."""


class Scene(NamedTuple):
    """`files` writes what the program finds in its folders, which are the picture's own.

    `sizes` tells that it is taken small and wide, too, `twice` at twice the pixels, `big_text` with large text;
    `from_right` that it is laid out for those who read from right to left.
    """

    session: Session
    arrange: Arrange = nothing
    files: Callable[[], None] = no_files
    sizes: bool = False
    twice: bool = False
    big_text: bool = False
    from_right: bool = False


def from_right(scene: Scene) -> Scene:
    """The same for those who read from right to left."""
    return scene._replace(from_right=True, twice=False)


def settle(milliseconds: int = _SETTLES_MS) -> None:
    """Let everything be drawn."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    QApplication.processEvents()
