"""Another program with a command line, to type and dictate into: xterm running `cat`."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from tests.rig.display import Display
from tests.rig.processes import Service, wait_until


class Terminal:
    """A terminal whose lines arrive in `text` as they are entered with Return."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rig-")))
            self._typed = folder / "typed"
            before = self._display.windows()
            # The file appears when the terminal reads.
            command = ["sh", "-c", 'exec cat > "$0"', str(self._typed)]
            self._service = Service(
                ["xterm", "-u8", "-fa", "monospace", "-e", *command],
                env=self._display.env,
                log=folder / "xterm.log",
            )
            stack.callback(self._service.end)
            self.window = self._service.wait_until(
                lambda: next(iter(self._display.windows().keys() - before.keys()), 0),
                20,
                "the terminal's window",
            )
            self._service.wait_until(self._typed.exists, 20, "the terminal to read")
            self._display.focus(self.window)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def text(self) -> str:
        return self._typed.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, text: str, within_s: float = 20.0) -> None:
        wait_until(lambda: self.text == text, within_s, f"{text!r} in the terminal")
