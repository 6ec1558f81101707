"""Which microphone, and whether it hears."""

import time

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from assistant.settings import Settings
from assistant.turn.events import Goal, TalkAbandoned, TalkStarted
from assistant.turn.states import Session
from assistant.window.desk import Desk
from assistant.window.settings_page.choice import Choice
from assistant.window.settings_page.level import Level
from assistant.window.settings_page.parts import Section
from assistant.window.settings_page.switch import Switch

_TRIAL_MS = 15_000
_PRE_ROLL = (
    "Words spoken just before you press the key are kept, too; between talks only the last half second is held. The "
    "system shows the microphone as in use all the time, and a Bluetooth headset keeps its telephone sound."
)


class MicrophoneSection(Section):
    """Trying it makes a recording that is not used."""

    title = "Microphone"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._names: list[str] = []
        self._choice = Choice(desk.look)
        self._device = self.field("Device", self._choice)
        self._choice.chosen.connect(self._choose)
        self._level = Level(desk.look)
        self._try = QPushButton("Try it")
        self._trial = QTimer(self, singleShot=True, interval=_TRIAL_MS)
        self._trial.timeout.connect(self._end_trial)
        self._try.clicked.connect(self._toggle_trial)
        trial = QWidget()
        row = QHBoxLayout(trial)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(desk.look.px(12))
        row.addWidget(self._try)
        row.addWidget(self._level, 1)
        self._tried = self.field("", trial)
        self._cue = Switch(desk.look, "Sound when it is ready for you")
        self._cue_field = self.field("", self._cue)
        self._cue.clicked.connect(self._choose_cue)
        self._pre_roll = Switch(desk.look, "Keep the microphone open")
        self._pre_roll_field = self.field("", self._pre_roll, _PRE_ROLL)
        self._pre_roll.clicked.connect(self._choose_pre_roll)

    def fill(self, settings: Settings) -> None:
        options = [("", "The system's default"), *((name, name) for name in self._names)]
        self._choice.offer(options, settings.hearing.microphone)
        self._cue.setChecked(settings.hearing.cue)
        self._pre_roll.setChecked(settings.hearing.pre_roll)

    def opened(self) -> None:
        self.desk.errands.run(self.desk.controls.microphones, self._take, self._device.complain)

    def _take(self, names: list[str]) -> None:
        self._names = names
        self.fill(self.desk.preferences.settings)
        self._device.help("" if names else "No microphone was found. Connect one, then come back here.")

    def show_session(self, session: Session) -> None:
        listening = session.listening
        self._level.show_level(listening.level if listening is not None and listening.live else 0.0)
        if listening is None and self._trial.isActive() and self._begun:
            self._settle()
        self._begun = listening is not None
        if self._trial.isActive() and listening is not None:
            self._tried.help(
                "Say something. The bar moves with your voice." if listening.live else "Opening it."
            )

    _begun = False

    @Slot(object)
    def _choose(self, name: object) -> None:
        self.change("hearing", "microphone", name, self._device)

    @Slot()
    def _choose_cue(self) -> None:
        self.change("hearing", "cue", self._cue.isChecked(), self._cue_field)

    @Slot()
    def _choose_pre_roll(self) -> None:
        self.change("hearing", "pre_roll", self._pre_roll.isChecked(), self._pre_roll_field)

    @Slot()
    def _toggle_trial(self) -> None:
        if self._trial.isActive():
            self._end_trial()
            return
        self._trial.start()
        self._try.setText("Stop")
        self.desk.controls.emit(TalkStarted(Goal.TRIAL, time.monotonic()))

    @Slot()
    def _end_trial(self) -> None:
        self.desk.controls.emit(TalkAbandoned(time.monotonic()))
        self._settle()

    def _settle(self) -> None:
        self._trial.stop()
        self._try.setText("Try it")
        self._tried.help("")

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        if self._trial.isActive():
            self._end_trial()
