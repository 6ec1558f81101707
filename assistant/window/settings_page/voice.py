"""Whether and how answers are read aloud."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QSlider

from assistant.settings import Settings
from assistant.turn.events import ReadAloudAsked
from assistant.window.desk import Desk
from assistant.window.settings_page.choice import Choice
from assistant.window.settings_page.parts import Section
from assistant.window.settings_page.switch import Switch

_SLOWEST, _FASTEST, _STEP = 80, 500, 10  # words a minute


class VoiceSection(Section):
    title = "Voice"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._names: list[str] = []
        self._replies = Switch(desk.look, "Read answers aloud")
        self._replies_field = self.field("", self._replies)
        self._voice = Choice(desk.look)
        self._voice_field = self.field("Voice", self._voice)
        self._rate = QSlider(Qt.Orientation.Horizontal)
        self._rate.setRange(_SLOWEST // _STEP, _FASTEST // _STEP)
        self._rate_field = self.field("Speed", self._rate)
        self._try = QPushButton("Try it")
        self.field("", self._try)
        self._replies.clicked.connect(self._choose_replies)
        self._voice.chosen.connect(self._choose_voice)
        self._rate.valueChanged.connect(self._show_rate)
        self._rate.sliderReleased.connect(self._choose_rate)
        self._rate.actionTriggered.connect(self._step_rate)
        self._try.clicked.connect(self._speak)

    def fill(self, settings: Settings) -> None:
        speaking = settings.speaking
        self._replies.setChecked(speaking.replies)
        options = [("", "The system's default"), *((name, name) for name in self._names)]
        self._voice.offer(options, speaking.voice)
        if not self._rate.isSliderDown():
            self._rate.setValue(speaking.rate_wpm // _STEP)
            self._show_rate(self._rate.value())

    def opened(self) -> None:
        self.desk.errands.run(self.desk.controls.voices, self._take, self._voice_field.complain)

    def _take(self, names: list[str]) -> None:
        self._names = names
        self.fill(self.desk.preferences.settings)

    @Slot()
    def _choose_replies(self) -> None:
        self.change("speaking", "replies", self._replies.isChecked(), self._replies_field)

    @Slot(object)
    def _choose_voice(self, name: object) -> None:
        self.change("speaking", "voice", name, self._voice_field)

    @Slot(int)
    def _show_rate(self, tens: int) -> None:
        self._rate_field.help(f"{tens * _STEP} words a minute")

    @Slot()
    def _choose_rate(self) -> None:
        rate = self._rate.value() * _STEP
        if rate != self.desk.preferences.settings.speaking.rate_wpm:
            self.change("speaking", "rate_wpm", rate, self._rate_field)

    @Slot(int)
    def _step_rate(self, action: int) -> None:
        if action != QSlider.SliderAction.SliderMove.value:  # a key or a click beside the handle
            self._rate.setValue(self._rate.sliderPosition())
            self._choose_rate()

    @Slot()
    def _speak(self) -> None:
        self.desk.controls.emit(ReadAloudAsked("This is how your answers will sound."))
