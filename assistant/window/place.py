"""The window's size and place on the screen, kept from one start to the next."""

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from assistant.window.look import Look

_SIZE = (440, 680)  # px at 100 %


class Place:
    """Of one window, in a file of its own."""

    def __init__(self, window: QWidget, file: Path) -> None:
        self._window = window
        self._file = file

    def restore(self, look: Look) -> None:
        """Where the window was; at first its usual size, as far as the screen has room."""
        room = self._window.screen().availableSize()
        width, height = (look.px(side) for side in _SIZE)
        self._window.resize(min(width, room.width()), min(height, room.height()))
        kept = self._kept().value("place")
        if kept is not None:
            self._window.restoreGeometry(kept)

    def keep(self) -> None:
        kept = self._kept()
        kept.setValue("place", self._window.saveGeometry())
        kept.sync()

    def _kept(self) -> QSettings:
        return QSettings(str(self._file), QSettings.Format.IniFormat)
