"""Wayland: a program may not press keys for another one, so the text is put on the clipboard by wl-copy."""

import shutil
import subprocess

from assistant.errors import AssistantError
from assistant.insert import notes
from assistant.turn.events import Fault, Part, PartChanged, Readiness

_COPIED_WITHIN_S = 5.0


class WaylandDesktop:
    def state(self) -> PartChanged:
        fault = notes.ONLY_CLIPBOARD if shutil.which("wl-copy") else notes.NO_TOOL
        readiness = Readiness.LIMITED if fault is notes.ONLY_CLIPBOARD else Readiness.MISSING
        return PartChanged(Part.INSERT, readiness, fault=fault)

    def focused(self) -> str:
        return ""

    def copy(self, text: str) -> None:
        command = ["wl-copy", "--type", "text/plain;charset=utf-8"]
        try:
            # It goes on serving the clipboard in the background, and must not hold a pipe of ours.
            subprocess.run(
                command,
                input=text.encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_COPIED_WITHIN_S,
                check=True,
            )
        except FileNotFoundError as error:
            raise AssistantError(notes.NO_TOOL.code, notes.NO_TOOL.message, notes.NO_TOOL.hint) from error
        except subprocess.SubprocessError as error:
            message = "wl-copy could not put the text on the clipboard."
            raise AssistantError("not-copied", message, "The text is in the history.") from error

    def paste(self) -> Fault | None:
        return notes.ONLY_CLIPBOARD
