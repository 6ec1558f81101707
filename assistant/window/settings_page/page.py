"""The page: the sheets of the settings, of which one is seen. The first leads to the others."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from assistant.settings import Settings
from assistant.turn.states import Session
from assistant.window.desk import Desk
from assistant.window.settings_page.code import CodeSection, WordsSection
from assistant.window.settings_page.habits import HistorySection, LookSection, SendingSection
from assistant.window.settings_page.keys import KeysSection
from assistant.window.settings_page.microphone import MicrophoneSection
from assistant.window.settings_page.model import ModelSection
from assistant.window.settings_page.own_names import OwnNamesSection
from assistant.window.settings_page.parts import Section
from assistant.window.settings_page.projects import ProjectsSection
from assistant.window.settings_page.recogniser import RecogniserSection
from assistant.window.settings_page.rules import RulesSection
from assistant.window.settings_page.sheet import Sheet
from assistant.window.settings_page.sources import SourcesSection
from assistant.window.settings_page.voice import VoiceSection

SHEETS: Mapping[str, Mapping[str, type[Section]]] = {
    "Settings": {
        "keys": KeysSection,
        "microphone": MicrophoneSection,
        "recogniser": RecogniserSection,
        "model": ModelSection,
        "voice": VoiceSection,
        "sending": SendingSection,
        "words": WordsSection,
        "history": HistorySection,
        "look": LookSection,
    },
    "Names": {
        "names": OwnNamesSection,
        "sources": SourcesSection,
        "projects": ProjectsSection,
        "code": CodeSection,
    },
    "Corrections": {"rules": RulesSection},
}
"""The sections of each sheet, by the name under which they are asked for."""


class SettingsPage(QStackedWidget):
    """`left` is emitted when the user goes back to where the settings were opened."""

    left = Signal()
    score_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("Settings")
        self.sheets = [Sheet(desk, title, kinds) for title, kinds in SHEETS.items()]
        self.sections = {name: it for sheet in self.sheets for name, it in sheet.sections.items()}
        self._beneath = False  # whether the first sheet led here
        for sheet in self.sheets:
            self.addWidget(sheet)
            sheet.left.connect(self.leave)
        for section in self.sections.values():
            section.led_to.connect(self._lead_to)
            if isinstance(section, RecogniserSection):
                section.score_wanted.connect(self.score_wanted)
        desk.preferences.changed.connect(self._fill)
        self._fill(desk.preferences.settings)

    @Slot(object)
    def _fill(self, settings: Settings) -> None:
        for sheet in self.sheets:
            sheet.fill(settings)

    def show_session(self, session: Session) -> None:
        for sheet in self.sheets:
            sheet.show_session(session)

    def sheet_of(self, name: str) -> Sheet:
        """The sheet on which a section is."""
        return next(sheet for sheet in self.sheets if name in sheet.sections)

    def go_home(self) -> None:
        """To the first sheet."""
        self._beneath = False
        self.setCurrentIndex(0)

    def go_to(self, name: str) -> None:
        """To a section, wherever it is."""
        self._beneath = False
        self._show(name)

    @Slot(str)
    def _lead_to(self, name: str) -> None:
        self._beneath = True
        self._show(name)

    def _show(self, name: str) -> None:
        sheet = self.sheet_of(name)
        self.setCurrentWidget(sheet)
        sheet.go_to(name)

    @Slot()
    def leave(self) -> None:
        """One step back."""
        if self._beneath:
            self.go_home()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    @property
    def capturing(self) -> bool:
        """Is the next key to be a new talk key?"""
        keys = self.sections["keys"]
        return isinstance(keys, KeysSection) and keys.capturing
