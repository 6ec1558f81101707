"""Runs the window as the program does, over a `FakeControls`, and tells on its standard output what goes on.

On its standard input it is asked to "raise" the window or to "quit".
"""

import sys
import threading

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication

from assistant.settings import Settings
from assistant.window.app import run
from assistant.window.bridge import Bridge
from assistant.window.main_window import MainWindow
from tests.fakes.controls import FakeControls

HEAVY = {
    *("openai", "httpx2", "faster_whisper", "ctranslate2", "numpy", "qtawesome", "pydantic", "tomlkit"),
    "markdown_it",
    *(
        f"assistant.window.{later}"
        for later in ("settings_page", "finder", "conversation", "timeline_strip", "offers_list")
    ),
}


class Sizes(QObject):
    """Tells every new size of the window."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and isinstance(watched, MainWindow):
            tell(f"size {event.size().width()} {event.size().height()}")
        return False


def main() -> int:
    controls, sizes = FakeControls(), Sizes()

    def subscribe(bridge: Bridge) -> None:
        heavy = sorted(HEAVY & set(sys.modules))
        tell(" ".join(["up", *heavy]))
        QApplication.instance().installEventFilter(sizes)  # type: ignore[union-attr]
        controls.start(bridge)
        threading.Thread(target=obey, args=(bridge,), daemon=True).start()

    code = run(controls, Settings(), subscribe)
    controls.stop()
    tell("ended")
    return code


def obey(bridge: Bridge) -> None:
    """Do what is asked on the standard input, on a thread of its own as the program's socket does."""
    for line in sys.stdin:
        {"raise": bridge.raise_, "quit": bridge.quit}[line.strip()]()


def tell(what: str) -> None:
    print(what, flush=True)


if __name__ == "__main__":
    sys.exit(main())
