"""Opens the window in the smallest size, with text of another size, and says whether everything fits."""

import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from assistant.settings import Settings
from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.states import Session
from assistant.window.app import assemble, make_application
from assistant.window.look import Look
from tests.fakes.controls import FakeControls

SMALLEST = (340, 420)


def main(scale: float) -> None:
    application = make_application()
    font = application.font()
    font.setPixelSize(round(14.7 * scale))
    application.setFont(font)
    assert abs(Look().px(100) - 100 * scale) <= 3, "the size of text is not followed"
    with tempfile.TemporaryDirectory() as folder:
        window, bridge, errands = assemble(FakeControls(), Settings(), Path(folder) / "window.ini")
        window.resize(*SMALLEST)
        window.show()
        messages = (Message(1, Role.USER, "Why?"), Message(2, Role.ASSISTANT, "Because of `this`."))
        bridge.show(Session(3, Conversation("c", messages, "Why?")))
        work()
        assert (window.width(), window.height()) == SMALLEST, f"it is {window.width()} × {window.height()}"
        for widget in window.talk.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
                corner = widget.mapTo(window, widget.rect().bottomRight())
                assert corner.x() < SMALLEST[0], f"{widget.accessibleName()} is cut off"
        assert window.talk.conversation.height() > 40, "the conversation has no room"
        errands.stop()
    application.quit()
    print("fits")


def work() -> None:
    end = time.monotonic() + 0.5
    while time.monotonic() < end:
        QCoreApplication.processEvents()


if __name__ == "__main__":
    main(float(sys.argv[1]))
