"""What every part of the window works with: the look, the program's controls, errands, and the settings in force."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from assistant.ports_controls import Controls
from assistant.settings import Settings
from assistant.turn.dataclass import dataclass
from assistant.turn.events import Fault
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
        self._asked = (
            0  # changes under way; only the last one's answer is told, so that no control jumps back
        )

    def change(self, section: str, name: str, value: object, failed: Failed | None = None) -> None:
        """Change one setting now."""
        controls = self._controls
        self.change_by(lambda: controls.change(section, name, value), failed)

    def change_by(self, work: Callable[[], Settings], failed: Failed | None = None) -> None:
        """Let `work`, which returns the settings, change some now, after what was changed before. Where that fails the
        old ones are told again, so that no control shows a wish.
        """
        complain = failed or self._errands.failed.emit

        def refused(fault: Fault) -> None:
            self._told(self.settings)
            complain(fault)

        self._asked += 1
        self._errands.run_in_order(work, self._told, refused)

    def reload(self) -> None:
        """Ask for the settings anew: something else has changed them."""
        self._asked += 1
        self._errands.run_in_order(self._controls.settings, self._told)

    def _told(self, settings: Settings) -> None:
        self._asked -= 1
        self.settings = settings
        if not self._asked:
            self.changed.emit(settings)


@dataclass(frozen=True, slots=True)
class Desk:
    """Passed along instead of four arguments."""

    look: Look
    controls: Controls
    errands: Errands
    preferences: Preferences
