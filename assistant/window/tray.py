"""The icon in the tray: the window is hidden there, and found again."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from assistant.turn.states import Session, Stage

_STATES = {
    Stage.LISTENING: "listening",
    Stage.TRANSCRIBING: "writing it down",
    Stage.THINKING: "waiting for the answer",
    Stage.SPEAKING: "reading aloud",
}


class Tray(QObject):
    """Show, hide and quit. Where the system has a tray it is there from the first session on: the window comes first."""

    show_asked = Signal()
    quit_asked = Signal()

    def __init__(self, icon: QIcon, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._picture = icon
        self._icon: QSystemTrayIcon | None = None

    def appear(self) -> bool:
        """Whether it is there now."""
        if self._icon is None and QSystemTrayIcon.isSystemTrayAvailable():
            self._icon = self._made()
        return self._icon is not None

    @Slot(object)
    def show_session(self, session: Session) -> None:
        if self.appear() and self._icon is not None:
            state = _STATES.get(session.stage)
            self._icon.setToolTip(f"Aloud, {state}" if state else "Aloud")

    def _made(self) -> QSystemTrayIcon:
        icon, menu = QSystemTrayIcon(self._picture, self._window), QMenu(self._window)
        menu.addAction("Show").triggered.connect(self.show_asked)
        menu.addAction("Quit").triggered.connect(self.quit_asked)
        icon.setContextMenu(menu)
        icon.activated.connect(self._activated)
        icon.show()
        return icon

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.show_asked.emit()
