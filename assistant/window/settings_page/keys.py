"""Which keys are held to speak."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton

from assistant.settings import Settings
from assistant.turn.events import Fault, PartChanged
from assistant.turn.states import Session
from assistant.window.desk import Desk
from assistant.window.settings_page.parts import Field, Section
from assistant.window.words import keys_in_use


class _Captured(QObject):
    """Brings the captured key, which is told on another thread, to the window's."""

    key = Signal(str)


class KeysSection(Section):
    title = "Keys"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._talk = QPushButton()
        self._dictate = QPushButton()
        self._fields = {
            "talk": self.field("Ask", self._talk, "Hold it while you speak, or tap it to begin and to end."),
            "dictate": self.field("Dictate into another program", self._dictate),
        }
        self._parts: tuple[PartChanged, ...] = ()
        self._capturing = ""
        self._captured = _Captured()
        self._captured.key.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._talk.clicked.connect(self._capture_talk)
        self._dictate.clicked.connect(self._capture_dictate)

    def fill(self, settings: Settings) -> None:
        if not self._capturing:
            talk, dictate = keys_in_use(settings, self._parts)
            self._talk.setText(talk)
            self._dictate.setText(dictate or "Default")

    def show_session(self, session: Session) -> None:
        if session.parts != self._parts:
            self._parts = session.parts
            self.fill(self.desk.preferences.settings)

    @Slot()
    def _capture_talk(self) -> None:
        self._capture("talk", self._talk)

    @Slot()
    def _capture_dictate(self) -> None:
        self._capture("dictate", self._dictate)

    def _capture(self, name: str, button: QPushButton) -> None:
        if self._capturing:
            return
        self._capturing = name
        button.setText("Press the new key, or Esc to keep the old one")
        controls, captured = self.desk.controls, self._captured
        self.desk.errands.run(lambda: controls.capture_key(captured.key.emit), failed=self._refused)

    @property
    def capturing(self) -> bool:
        return bool(self._capturing)

    def _field(self) -> Field:
        return self._fields[self._capturing]

    @Slot(str)
    def _take(self, key: str) -> None:
        if not self._capturing:
            return
        name, field = self._capturing, self._field()
        self._capturing = ""
        self.fill(self.desk.preferences.settings)
        if key:
            self.change("keys", name, key, field)

    def _refused(self, fault: Fault) -> None:
        field = self._field()
        self._capturing = ""
        self.fill(self.desk.preferences.settings)
        field.complain(fault)
