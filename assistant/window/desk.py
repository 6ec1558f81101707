"""What every part of the window works with: the look, the program's controls, errands, and the settings in force."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from assistant.ports import Controls
from assistant.settings import Settings
from assistant.window.errands import Errands, Failed
from assistant.window.look import Look


class Preferences(QObject):
    """The settings as last told by `Controls`; `changed` carries them when they are told anew."""

    changed = Signal(object)

    def __init__(self, controls: Controls, errands: Errands, settings: Settings) -> None:
        super().__init__()
        self._controls = controls
        self._errands = errands
        self.settings = settings

    def change(self, section: str, name: str, value: object, failed: Failed | None = None) -> None:
        """Change one setting now. Where that fails the old ones are told again, so that no control shows a wish."""

        def refused(fault: object) -> None:
            self.changed.emit(self.settings)
            (failed or self._errands.failed.emit)(fault)  # type: ignore[arg-type]

        self._errands.run_in_order(lambda: self._controls.change(section, name, value), self._told, refused)

    def reload(self) -> None:
        self._errands.run_in_order(self._controls.settings, self._told)

    def _told(self, settings: Settings) -> None:
        self.settings = settings
        self.changed.emit(settings)


@dataclass(frozen=True, slots=True)
class Desk:
    """Passed along instead of four arguments."""

    look: Look
    controls: Controls
    errands: Errands
    preferences: Preferences
