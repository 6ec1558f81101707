"""Another program with a text field, to type and dictate into: a Qt window in a process of its own."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any, Self

from tests.rig.display import Display
from tests.rig.processes import wait_until


class Editor:
    """A window with one text field. Tells the text in it, and the keys that reached it, by Qt's names."""

    def __init__(self, display: Display, title: str = "Editor", text: str = "") -> None:
        self._display, self._title, self._initial = display, title, text
        self.text = ""
        self.keys: list[str] = []
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.rig.editor", self._title, self._initial],
                env=self._display.env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            stack.callback(self._end)
            self._reader = threading.Thread(target=self._read, daemon=True)
            self._reader.start()
            self.window = self._display.wait_for_window(self._title)
            self.focus()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def focus(self) -> None:
        """Make it the active window, and wait until its text field has the cursor."""
        self._display.focus(self.window)
        wait_until(lambda: self.ask("active"), 20, "the editor to be active")

    def ask(self, what: str) -> Any:
        """Let the program "clear" or "select" its text, or say whether it is "active"; its answer, when it is done."""
        assert self._process.stdin is not None
        print(what, file=self._process.stdin, flush=True)
        return self._answers.get(timeout=20)

    def wait_for(self, text: str, within_s: float = 20.0) -> None:
        wait_until(lambda: self.text == text, within_s, f"{text!r} in the editor")

    def close(self) -> None:
        """Close the program, and wait until its window is gone."""
        self._process.kill()
        wait_until(lambda: self.window not in self._display.windows(), 20, "the editor to be gone")

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join(20)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._take(json.loads(line))

    def _take(self, told: Mapping[str, Any]) -> None:
        if "text" in told:
            self.text = told["text"]
        elif "key" in told:
            self.keys.append(told["key"])
        else:
            self._answers.put(told["answer"])


def main() -> None:
    """The program itself."""
    from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt, Slot
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    def tell(**what: Any) -> None:
        print(json.dumps(what), flush=True)

    class Field(QPlainTextEdit):
        def event(self, event: QEvent) -> bool:
            if event.type() == QEvent.Type.KeyPress:
                tell(key=Qt.Key(event.key()).name)  # type: ignore[attr-defined]
            return super().event(event)

    class Commands(QObject):
        @Slot()
        def read(self) -> None:
            match sys.stdin.readline().strip():
                case "active":
                    tell(answer=field.hasFocus() and field.isActiveWindow())
                case "clear":
                    field.clear()
                    tell(answer=True)
                case "select":
                    field.selectAll()
                    tell(answer=True)

    app = QApplication([])
    field = Field()
    field.setWindowTitle(sys.argv[1])
    field.setPlainText(sys.argv[2])
    field.textChanged.connect(lambda: tell(text=field.toPlainText()))
    commands = Commands()
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(commands.read)
    field.show()
    app.exec()


if __name__ == "__main__":
    main()
