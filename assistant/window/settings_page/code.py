"""Whether code is spoken, and what the language model is told of how a message came about."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton

from assistant.settings import Settings
from assistant.window.desk import Desk
from assistant.window.settings_page.parts import Section
from assistant.window.settings_page.switch import Switch

_SPOKEN = (
    "“dot”, “underscore”, “open paren” and “snake case user name” are written as code wherever you say them."
)
_TOLD = (
    "At the end of a message: which of its words were dictated, typed, doubtful or put in, so that it asks before it "
    "relies on a doubtful name."
)


class CodeSection(Section):
    title = "Code and the language model"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._spoken = Switch(desk.look, "Spoken code")
        self._spoken_field = self.field("", self._spoken, _SPOKEN)
        self._tell = Switch(desk.look, "Tell the model what was dictated")
        self._tell_field = self.field("", self._tell, _TOLD)
        self._spoken.clicked.connect(self._choose_spoken)
        self._tell.clicked.connect(self._choose_tell)

    def fill(self, settings: Settings) -> None:
        self._spoken.setChecked(settings.terms.spoken_code)
        self._tell.setChecked(settings.terms.tell_model)

    @Slot()
    def _choose_spoken(self) -> None:
        self.change("terms", "spoken_code", self._spoken.isChecked(), self._spoken_field)

    @Slot()
    def _choose_tell(self) -> None:
        self.change("terms", "tell_model", self._tell.isChecked(), self._tell_field)


class WordsSection(Section):
    """Leads to the sheets about names and corrections."""

    title = "Names and corrections"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        for text, name, about in (
            ("Names", "names", "What you call things: your own list, dictionaries, project folders."),
            ("Corrections", "rules", "What was learned from the words that you put right."),
        ):
            button = QPushButton(text)
            button.setProperty("leads_to", name)
            button.clicked.connect(self._lead)
            self.field("", button, about)

    @Slot()
    def _lead(self) -> None:
        self.led_to.emit(self.sender().property("leads_to"))
