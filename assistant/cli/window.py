"""`aloud`: the window. A second start brings the first one's window to the front."""

import os
import sys
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from assistant import paths
from assistant.errors import AssistantError
from assistant.logs import start_logging


def open_window() -> int:
    """Run the window until it is closed; the exit code."""
    start_logging(paths.log_folder())
    try:
        return _run()
    except AssistantError as error:
        print(f"{error.fault.message} {error.fault.hint}".strip(), file=sys.stderr)
        return 2


def _run() -> int:
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        raise AssistantError(
            "no-display",
            "There is no display for the window.",
            "Start aloud within a desktop, or use `aloud ask`, `aloud transcribe` and `aloud say`.",
        )
    from assistant.keys import claim, send

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
    from assistant.build import Program, Wanted
    from assistant.cli.front_desk import FrontDesk
    from assistant.window.app import run
    from assistant.window.bridge import Bridge

    with closing(Program(Wanted(microphone=True, voice=True, desktop=True))) as program:

        def start(bridge: Bridge) -> None:
            program.start(bridge)
            door.desk = FrontDesk(program, bridge.raise_, bridge.quit)

        return run(program.controls, program.settings, start)


class _Door:
    """Claimed before anything is built, so that a second start finds the first; verbs that come early are told so."""

    def __init__(self) -> None:
        self.desk: Any = None

    def answer(self, verb: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        if self.desk is None:
            raise AssistantError("starting", "Aloud is still starting.", "Try again in a second.")
        answer: Mapping[str, Any] = self.desk.answer(verb, data)
        return answer
