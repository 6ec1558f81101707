"""What the model sees is shown word for word, and can be copied."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit

from assistant.ports_controls import SentMessage
from assistant.settings import Chat, Settings
from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.states import Reply, Session
from assistant.turn.transcript import Origin, Word
from assistant.window.elided import ElidedLabel
from assistant.window.request_panel import RequestPanel, written
from assistant.window.strip import ActionButton
from tests.fakes.controls import FakeControls
from tests.window.conftest import Open, Opened, named, until

DICTATED = (
    Word("Use", probability=0.9),
    Word(" cuddle", probability=0.2),
    Word(" np.einsum", origin=Origin.TYPED),
)
SAID = (Message(1, Role.USER, "Use cuddle np.einsum", DICTATED), Message(2, Role.ASSISTANT, "As you say."))
SESSION = Session(3, Conversation("c", SAID, "Use"))
NOTE = "[Dictated. Doubtful: “cuddle”. Typed: “np.einsum”. Ask before acting on a doubtful name.]"


class Shown:
    """The panel, and what can be read in it."""

    def __init__(self, opened: Opened) -> None:
        self.panel: RequestPanel = opened.window.panels.request
        until(lambda: self.text, "the request")

    @property
    def text(self) -> str:
        return self.panel.findChildren(QPlainTextEdit)[0].toPlainText()

    def reads(self, text: str) -> None:
        until(lambda: text in self.text, f"“{text}” in\n{self.text}")


@pytest.fixture
def opened(open_window: Open) -> Opened:
    settings = Settings(
        chat=Chat(base_url="http://localhost:11434/v1", model="llama3.2", instructions="Be brief.")
    )
    opened = open_window(FakeControls(settings), settings)
    opened.focus()
    opened.show(SESSION)
    return opened


def test_a_key_shows_instructions_messages_and_the_note_on_dictation(opened: Opened) -> None:
    opened.press("ctrl+shift+m")
    shown = Shown(opened)
    shown.reads(
        f"Instructions · 9 characters, about 2 tokens\nBe brief.\n\n"
        f"You · 111 characters, about 28 tokens\nUse cuddle np.einsum\n\n{NOTE}\n\n"
        f"Answer · 11 characters, about 3 tokens\nAs you say."
    )
    assert named(shown.panel, "llama3.2: 131 characters, about 33 tokens, at localhost:11434")
    opened.press("Escape")
    until(shown.panel.isHidden)
    assert opened.composer.hasFocus()


def test_what_stands_in_the_composer_would_be_the_next_question(opened: Opened) -> None:
    opened.write("and now")
    opened.press("ctrl+shift+m")
    Shown(opened).reads("about 2 tokens\nand now")


def test_while_an_answer_is_on_its_way_it_is_what_was_sent(opened: Opened) -> None:
    opened.write("not yet sent")
    asked = replace(SESSION, conversation=Conversation("c", SAID[:1], "Use"), reply=Reply(2, 1, aloud=False))
    opened.show(asked)
    opened.press("ctrl+shift+m")
    shown = Shown(opened)
    assert "not yet sent" not in shown.text
    assert named(shown.panel, "Sent to llama3.2: 120 characters, about 30 tokens, at localhost:11434")
    opened.show(replace(SESSION, conversation=Conversation("c", SAID, "Use")))
    shown.reads("As you say.")


def test_the_switch_takes_the_note_out_and_puts_it_in_again(opened: Opened) -> None:
    opened.press("ctrl+shift+m")
    shown = Shown(opened)
    switch = shown.panel.findChildren(QCheckBox)[0]
    for on in (False, True):
        QTest.keyClick(switch, Qt.Key.Key_Space)
        until(lambda: (NOTE in shown.text) is on)  # noqa: B023
        assert ("terms", "tell_model", on) in opened.controls.changes


def test_the_exact_request_is_copied(opened: Opened) -> None:
    opened.press("ctrl+shift+m")
    shown = Shown(opened)
    QTest.mouseClick(named(shown.panel, "Copy as JSON"), Qt.MouseButton.LeftButton)
    copied = json.loads(QGuiApplication.clipboard().text())
    assert copied["model"] == "llama3.2"
    assert copied["messages"][1]["content"] == f"Use cuddle np.einsum\n\n{NOTE}"


def test_a_message_leads_to_its_place_in_the_request(opened: Opened) -> None:
    """With the keys of the conversation: up to the question, then its actions."""
    long = "\n".join(f"Line {number}." for number in range(300))
    said = (SAID[0], Message(2, Role.ASSISTANT, long))
    opened.show(replace(SESSION, conversation=Conversation("c", said, "Use")))
    opened.conversation.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Up, Qt.Key.Key_Return):
        QTest.keyClick(opened.conversation, key)
    button = until(lambda: _button(opened, "What the model sees"))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    text = Shown(opened).panel.findChildren(QPlainTextEdit)[0]
    until(lambda: text.textCursor().block().text().startswith("You · 111"))


def _button(opened: Opened, name: str) -> ActionButton | None:
    buttons = [one for one in opened.conversation.findChildren(ActionButton) if one.isVisible()]
    return next((one for one in buttons if one.accessibleName() == name), None)


def test_without_a_model_that_is_said(open_window: Open) -> None:
    opened = open_window()
    opened.show(SESSION)
    opened.window.panels.show_request()
    labels = Shown(opened).panel.findChildren(ElidedLabel)
    assert [one.full for one in labels if one.full.startswith("No model is connected: ")]


def test_headings_are_where_they_stand_whatever_the_messages_hold() -> None:
    said = ("plain", "two\r\nlines\rand \u2028 more", "emoji 👩‍💻 and half \ud83d", "")
    text, places = written(tuple(SentMessage("user", one) for one in said))
    as_qt_counts = text.encode("utf-16-le")
    headings = [as_qt_counts[2 * start : 2 * end].decode("utf-16-le") for start, end in places]
    assert len(headings) == len(said)
    assert all(one.startswith("You · ") and one.endswith((" tokens", " token")) for one in headings)
    assert "\r" not in text


def test_thousands_of_messages_are_one_text(opened: Opened) -> None:
    said = tuple(
        Message(turn, Role.USER if turn % 2 else Role.ASSISTANT, f"Message {turn}. " * 20)
        for turn in range(1, 2001)
    )
    opened.show(replace(SESSION, conversation=Conversation("c", said, "Use")))
    opened.press("ctrl+shift+m")
    shown = Shown(opened)
    shown.reads("Message 2000.")
    assert len(shown.panel.findChildren(QPlainTextEdit)) == 1
    first = shown.panel.findChildren(QPlainTextEdit)[0].firstVisibleBlock().blockNumber()
    assert first > 1000, "the newest message is seen"
