"""Opens the window in the smallest size, with text of another size, and says whether everything fits."""

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from assistant.settings import Settings
from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.events import Fault, Remedy
from assistant.turn.states import Session
from assistant.window.app import assemble, make_application
from assistant.window.bar import Bar
from assistant.window.look import Look
from assistant.window.talk_page import TalkPage
from tests.fakes.controls import FakeControls
from tests.window.conftest import rest, until

SMALLEST = (340, 420)
MESSAGES = (Message(1, Role.USER, "Why?"), Message(2, Role.ASSISTANT, "Because of `this`."))
PLAIN = Session(3, Conversation("c", MESSAGES, "Why?"))
STALLED = Fault("stalled", "The model stopped answering.", "The question is kept.", Remedy.ANSWER_AGAIN)
BROKEN = Session(3, Conversation("c", MESSAGES, "Why?"), notices=(STALLED,))


def main(scale: float) -> None:
    application = make_application()
    font = application.font()
    font.setFamily("DejaVu Sans")  # wider than most
    font.setPixelSize(round(14.7 * scale))
    application.setFont(font)
    assert abs(Look().px(100) - 100 * scale) <= 3, "the size of text is not followed"
    with tempfile.TemporaryDirectory() as folder:
        window, bridge, errands = assemble(FakeControls(), Settings(), Path(folder) / "window.ini")
        window.resize(*SMALLEST)
        window.show()
        for session in (BROKEN, PLAIN):
            bridge.show(session)
            until(lambda: window.session is session)  # noqa: B023
            rest(0.1)
            assert (window.width(), window.height()) == SMALLEST, (
                f"it is {window.width()} × {window.height()}"
            )
            until(lambda: not cut_off(window.talk), "everything to fit")
        until(lambda: window.talk.conversation.height() > 100, "the conversation to have room")
        errands.stop()
    application.quit()
    print("fits")


def cut_off(page: TalkPage) -> list[str]:
    """What takes the focus and lies outside the window, and what a bar cannot say in full."""
    found = []
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            corner = widget.mapTo(page.window(), widget.rect().bottomRight())
            scrolled = page.conversation.isAncestorOf(widget)
            if corner.x() >= SMALLEST[0] or (corner.y() >= SMALLEST[1] and not scrolled):
                found.append(widget.accessibleName())
    for bar in page.findChildren(Bar):
        labels = [label for label in bar.findChildren(QLabel) if label.isVisible()]
        found += [label.text() for label in labels if label.height() < label.heightForWidth(label.width())]
        buttons = [button for button in bar.findChildren(QPushButton) if button.isVisible()]
        found += [button.text() for button in buttons if button.width() < button.sizeHint().width()]
    return found


if __name__ == "__main__":
    main(float(sys.argv[1]))
