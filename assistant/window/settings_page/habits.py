"""When a spoken message is sent, how long recordings are kept, light or dark."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QSpinBox, QVBoxLayout, QWidget

from assistant.settings import Settings
from assistant.turn.events import SendMode
from assistant.window.desk import Desk
from assistant.window.settings_page.choice import Choice
from assistant.window.settings_page.parts import Section
from assistant.window.settings_page.radio import Radio

_MODES = (
    (SendMode.AT_ONCE, "At once", "As soon as you let go of the key."),
    (SendMode.WHEN_SURE, "When it is sure", "At once, unless a word is doubtful."),
    (SendMode.AFTER_LOOK, "After a look", "When you press Enter."),
)


class SendingSection(Section):
    title = "Sending what you said"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.look.px(8))
        self._group = QButtonGroup(self)
        self._radios = {}
        for mode, text, explanation in _MODES:
            radio = Radio(desk.look, text, explanation)
            self._radios[mode] = radio
            self._group.addButton(radio)
            column.addWidget(radio)
        self._field = self.field("", box)
        self._group.buttonClicked.connect(self._choose)

    def fill(self, settings: Settings) -> None:
        self._radios[settings.chat.send].setChecked(True)

    @Slot()
    def _choose(self) -> None:
        mode = next(mode for mode, radio in self._radios.items() if radio.isChecked())
        self.change("chat", "send", mode, self._field)


class HistorySection(Section):
    title = "History"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._days = QSpinBox(maximum=3650)
        self._days.lineEdit().setTextMargins(desk.look.px(8), 0, 0, 0)
        self._days.setKeyboardTracking(False)
        self._days.setSuffix(" days")
        self._days.setSpecialValueText("Not at all")
        self._field = self.field(
            "Keep recordings for", self._days, "Older ones are deleted. The text stays until you delete it."
        )
        self._days.editingFinished.connect(self._choose)

    def fill(self, settings: Settings) -> None:
        if not self._days.hasFocus():
            self._days.setValue(settings.history.keep_recordings_days)

    @Slot()
    def _choose(self) -> None:
        if self._days.value() != self.desk.preferences.settings.history.keep_recordings_days:
            self.change("history", "keep_recordings_days", self._days.value(), self._field)


class LookSection(Section):
    title = "Look"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._theme = Choice(desk.look)
        self._field = self.field("Colours", self._theme)
        self._theme.chosen.connect(self._choose)

    def fill(self, settings: Settings) -> None:
        options = (("system", "Like the system"), ("light", "Light"), ("dark", "Dark"))
        self._theme.offer(options, settings.window.theme)

    @Slot(object)
    def _choose(self, theme: object) -> None:
        self.change("window", "theme", theme, self._field)
