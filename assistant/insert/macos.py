"""macOS: the clipboard by pbcopy, Cmd+V by pynput, the program in front by lsappinfo."""

import subprocess

from assistant.errors import AssistantError
from assistant.turn.events import Fault, Part, PartChanged, Readiness

_V = 9  # the key where V is on every layout's keyboard shortcut
_WITHIN_S = 5.0


class MacDesktop:
    def state(self) -> PartChanged:
        return PartChanged(Part.INSERT, Readiness.READY)

    def focused(self) -> str:
        front = subprocess.run(["lsappinfo", "front"], capture_output=True, timeout=_WITHIN_S, check=False)
        return front.stdout.decode(errors="replace").strip()

    def copy(self, text: str) -> None:
        try:
            environment = {"LC_CTYPE": "UTF-8"}  # without it pbcopy takes the bytes for Mac Roman
            subprocess.run(
                ["/usr/bin/pbcopy"], input=text.encode(), env=environment, timeout=_WITHIN_S, check=True
            )
        except (OSError, subprocess.SubprocessError) as error:
            message = "The text could not be put on the clipboard."
            raise AssistantError("not-copied", message, "The text is in the history.") from error

    def paste(self) -> Fault | None:
        from pynput.keyboard import Controller, Key, KeyCode

        keyboard = Controller()
        with keyboard.pressed(Key.cmd):
            keyboard.tap(KeyCode.from_vk(_V))
        return None
