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
    """Show, hide and quit. Exists only where the system has a tray."""

    show_asked = Signal()
    quit_asked = Signal()

    def __init__(self, icon: QIcon, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = QSystemTrayIcon(icon, parent)
        self._menu = QMenu(parent)
        self._menu.addAction("Show").triggered.connect(self.show_asked)
        self._menu.addAction("Quit").triggered.connect(self.quit_asked)
        self._icon.setContextMenu(self._menu)
        self._icon.setToolTip("Aloud")
        self._icon.activated.connect(self._activated)
        self._icon.show()

    @Slot(object)
    def show_session(self, session: Session) -> None:
        state = _STATES.get(session.stage)
        self._icon.setToolTip(f"Aloud, {state}" if state else "Aloud")

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.show_asked.emit()
