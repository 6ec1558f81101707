"""The page: a heading with the way back, and the sections below each other."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from assistant.settings import Settings
from assistant.turn.states import Session
from assistant.window.desk import Desk
from assistant.window.settings_page.habits import HistorySection, LookSection, SendingSection
from assistant.window.settings_page.keys import KeysSection
from assistant.window.settings_page.microphone import MicrophoneSection
from assistant.window.settings_page.model import ModelSection
from assistant.window.settings_page.parts import Section, label
from assistant.window.settings_page.recogniser import RecogniserSection
from assistant.window.settings_page.voice import VoiceSection
from assistant.window.strip import QuietButton

SECTIONS: dict[str, type[Section]] = {
    "keys": KeysSection,
    "microphone": MicrophoneSection,
    "recogniser": RecogniserSection,
    "model": ModelSection,
    "voice": VoiceSection,
    "sending": SendingSection,
    "history": HistorySection,
    "look": LookSection,
}
_MEASURE = 520  # px at 100 %
_FILLING_MS = 2000


class SettingsPage(QWidget):
    """`left` is emitted when the user goes back."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("Settings")
        self._desk = desk
        self.sections = {name: section(desk) for name, section in SECTIONS.items()}
        self._back = QuietButton(self, desk.look, "Back to the conversation", "arrow-left", 36)
        self._back.clicked.connect(self.left)
        self._body = QWidget()
        self._area = QScrollArea(self, widgetResizable=True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._goal: Section | None = None
        self._goal_reached = QTimer(self, singleShot=True, interval=_FILLING_MS)
        self._session: Session | None = None
        self._arrange()
        self._body.installEventFilter(self)
        desk.preferences.changed.connect(self._fill)
        self._fill(desk.preferences.settings)

    def _arrange(self) -> None:
        px = self._desk.look.px
        head = QHBoxLayout()
        head.setContentsMargins(px(6), px(6), px(16), px(6))
        head.setSpacing(px(8))
        head.addWidget(self._back)
        head.addWidget(label("Settings", "strong"), 1)
        body = self._body
        body.setObjectName("page")
        column = self._column = QVBoxLayout(body)
        column.setSpacing(px(36))
        for section in self.sections.values():
            column.addWidget(section)
        column.addStretch(1)
        self._area.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._area, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = self._desk.look.px
        side = max(px(16), (self.width() - px(_MEASURE)) // 2)
        self._column.setContentsMargins(side, px(8), side - px(10), px(32))  # 10 for the scroll bar

    @Slot(object)
    def _fill(self, settings: Settings) -> None:
        for section in self.sections.values():
            section.fill(settings)

    def show_session(self, session: Session) -> None:
        self._session = session
        if self.isVisible():
            for section in self.sections.values():
                section.show_session(session)

    def go_to(self, name: str) -> None:
        """Bring a section to the top, and keep it there while those above it are still being filled."""
        self._goal = self.sections[name]
        self._scroll_to_goal()
        self._goal.focus_first()
        self._goal_reached.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() is QEvent.Type.Resize and self._goal_reached.isActive():
            QTimer.singleShot(0, self, self._scroll_to_goal)
        return False

    @Slot()
    def _scroll_to_goal(self) -> None:
        layout = self._body.layout()
        if layout is not None and self._goal is not None:
            layout.activate()
            self._area.verticalScrollBar().setValue(self._goal.y() - self._desk.look.px(8))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for section in self.sections.values():
            section.opened()
        if self._session is not None:
            self.show_session(self._session)

    @property
    def capturing(self) -> bool:
        """Is the next key to be a new talk key?"""
        keys = self.sections["keys"]
        return isinstance(keys, KeysSection) and keys.capturing
