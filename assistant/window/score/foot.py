"""The foot of the panel: what goes on, how loud it is, and the buttons that lead on."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assistant.turn.events import Fault
from assistant.window.elided import ElidedLabel
from assistant.window.look import Look
from assistant.window.score.narrow import direction
from assistant.window.score.readings import Readings
from assistant.window.settings_page.level import Level
from assistant.window.settings_page.parts import label
from assistant.window.strip import QuietButton
from assistant.window.words import clock

_NARROW = 300  # px at 100 %


class Foot(QWidget):
    """`go` does what comes next."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        px = look.px
        self._look = look
        self._reading = self._live = False
        self._level = Level(look)
        self._status = ElidedLabel()
        self._status.setProperty("kind", "secondary")
        self._wrong = label("", "danger")
        self.again = QuietButton(self, look, "Again (Backspace)", "arrow-counter-clockwise", 36)
        self.stop = QuietButton(self, look, "Stop (Esc)", "stop", 36)
        self.go = QPushButton("Start")
        self.go.setProperty("kind", "primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(px(4))
        buttons.addStretch(1)
        for button in (self.again, self.stop, self.go):
            buttons.addWidget(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(px(4))
        self._row.addWidget(self._status, 1)
        self._row.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(8), px(16), px(8))
        column.setSpacing(px(8))
        column.addWidget(self._wrong)
        column.addWidget(self._level)
        column.addLayout(self._row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is little room, Esc and the panel's other button stop as well."""
        way = direction(self, self._look.px(_NARROW))
        self._row.setDirection(way)
        roomy = way is QBoxLayout.Direction.LeftToRight
        self.stop.setVisible(self._reading and roomy)
        self._status.setVisible(roomy or not self._live)

    def show_state(self, readings: Readings | None, *, reading: bool, key: str) -> None:
        """`reading` tells that a sentence is shown; `key` is the talk key. No button is disabled: it would lose the focus."""
        listening = readings.listening if readings is not None else None
        self._live = live = listening is not None and listening.live
        self._reading = reading
        for widget in (self.again, self._level):
            widget.setVisible(reading)
        self._fit()
        self._level.show_level(listening.level if listening is not None and live else 0.0)
        self.go.setText(_wish(readings, reading=reading))
        self._status.say(_state(readings, key, reading=reading))

    def complain(self, fault: Fault | None) -> None:
        self._wrong.setText(f"{fault.message} {fault.hint}".strip() if fault else "")
        self._wrong.setVisible(fault is not None)


def _wish(readings: Readings | None, *, reading: bool) -> str:
    if readings is None:
        return "Start"
    if readings.listening is not None:
        return "Next" if readings.current < readings.count - 1 else "Done"
    return "Go on" if reading or not readings.complete else "Read again"


def _state(readings: Readings | None, key: str, *, reading: bool) -> str:
    if readings is None:
        return f"Or hold {key} and read"
    listening = readings.listening
    if listening is not None:
        return f"Listening {clock(listening.duration_s)}" if listening.live else "Opening the microphone"
    if readings.awaited:
        return "Writing it down"
    if reading and readings.current in readings.unheard:
        return "No speech was heard. Read it again."
    if reading:
        return f"Or hold {key} and read"
    return "" if readings.complete else f"{len(readings.heard)} of {readings.count} read"
