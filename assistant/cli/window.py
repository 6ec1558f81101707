"""`aloud`: the window. A second start brings the first one's window to the front.

The window is what its user waits for. So the recogniser's process is started before anything else is imported, the
window comes next, and everything else is made on a thread of its own once the window is painted.
"""

import gc
import os
import sys
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assistant.spawning import start_ahead

if TYPE_CHECKING:
    from assistant.build import Program
    from assistant.cli.front_desk import FrontDesk
    from assistant.window.bridge import Bridge

_SWITCH_S = 0.0005  # the window, the keys and the engine hand over to each other quickly
_SCRIBE = "assistant.transcribe.scribe"


def open_window() -> int:
    """Run the window until it is closed; the exit code."""
    if _has_display():
        start_ahead(_SCRIBE)
    sys.setswitchinterval(_SWITCH_S)
    gc.disable()  # until the window is there: what is imported stays anyway
    from assistant.errors import AssistantError

    try:
        return _run()
    except AssistantError as error:
        print(f"{error.fault.message} {error.fault.hint}".strip(), file=sys.stderr)
        return 2


def _has_display() -> bool:
    return not sys.platform.startswith("linux") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _run() -> int:
    from assistant.errors import AssistantError
    from assistant.keys import claim, send

    if not _has_display():
        raise AssistantError(
            "no-display",
            "There is no display for the window.",
            "Start aloud within a desktop, or use `aloud ask`, `aloud transcribe` and `aloud say`.",
        )
    door = _Door()
    server = claim(door.answer)
    if server is None:
        send("show")
        return 0
    try:
        return _show(door)
    finally:
        server.close()


def _show(door: "_Door") -> int:
    from assistant import paths
    from assistant.build import Program, Wanted
    from assistant.logs import start_logging

    start_logging(paths.log_folder())
    program = Program(Wanted(microphone=True, voice=True, desktop=True))
    start = _Start(program, door)
    try:
        program.start_recogniser()
        if sys.platform == "darwin":
            program.start_keys()  # a listener that starts after QApplication crashes there
        from assistant.window.app import run

        return run(program.controls, program.settings, start.begin)
    finally:
        start.end()


class _Start:
    """Starts the program on a thread of its own. What goes wrong there closes the window, and is raised by `end`."""

    def __init__(self, program: "Program", door: "_Door") -> None:
        self._program = program
        self._door = door
        self._thread: threading.Thread | None = None
        self._error: BaseException | None = None

    def begin(self, bridge: "Bridge") -> None:
        self._thread = threading.Thread(target=self._run, args=(bridge,), name="start")
        self._thread.start()

    def end(self) -> None:
        """Stop the program again."""
        if self._thread is not None:
            self._thread.join()
        self._program.close()
        if self._error is not None:
            raise self._error

    def _run(self, bridge: "Bridge") -> None:
        try:
            self._program.start_keys()
            self._open_door(bridge)
            self._program.start(bridge)
        except BaseException as error:  # noqa: BLE001 - raised again by `end`
            self._error = error
            bridge.quit()
        from assistant.memory import give_back

        gc.freeze()
        gc.enable()
        give_back()

    def _open_door(self, bridge: "Bridge") -> None:
        from assistant.cli.front_desk import FrontDesk

        self._door.desk = FrontDesk(self._program, bridge.raise_, bridge.quit)


class _Door:
    """Claimed before anything is built, so that a second start finds the first; verbs that come early are told so."""

    def __init__(self) -> None:
        self.desk: FrontDesk | None = None

    def answer(self, verb: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        from assistant.errors import AssistantError

        if self.desk is None:
            raise AssistantError("starting", "Aloud is still starting.", "Try again in a second.")
        return self.desk.answer(verb, data)
