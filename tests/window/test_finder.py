"""Anything is found by a few letters."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget

from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.events import ConversationOpened
from tests.fakes.controls import FakeControls
from tests.window.conftest import Open, Opened, rest, until


def talk(name: str, title: str) -> Conversation:
    return Conversation(name, (Message(1, Role.USER, title), Message(2, Role.ASSISTANT, "An answer.")), title)


@pytest.fixture
def opened(open_window: Open) -> Opened:
    controls = FakeControls()
    for name, title in (("k", "Trip to Kyoto"), ("e", "Einsum"), ("c", "A name for the cat")):
        controls.stored[name] = talk(name, title)
    opened = open_window(controls)
    opened.focus()
    return opened


def titles(opened: Opened) -> list[str]:
    model = opened.window.finder.findChildren(QListView)[0].model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


class ShownWindows(QObject):
    """What is shown as a window of its own, perhaps only for a moment."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def field(opened: Opened) -> QLineEdit:
    return opened.window.finder.findChildren(QLineEdit)[0]


def look_for(opened: Opened, letters: str) -> None:
    opened.press("ctrl+k")
    until(field(opened).hasFocus)
    QTest.keyClicks(field(opened), letters)


def test_conversations_commands_and_settings_are_found(opened: Opened) -> None:
    opened.press("ctrl+k")
    until(lambda: "Trip to Kyoto" in titles(opened))
    assert {"New conversation", "Voice", "Language model"} <= set(titles(opened))
    QTest.keyClicks(field(opened), "kyo")
    until(lambda: titles(opened) == ["Trip to Kyoto"])


def test_nothing_else_comes_up_and_takes_the_keyboard_while_all_that_can_be_found_is_made(
    opened: Opened, application: QApplication
) -> None:
    shown = ShownWindows()
    application.installEventFilter(shown)
    look_for(opened, "voice")
    application.removeEventFilter(shown)
    assert shown.windows == []
    assert field(opened).text() == "voice"


def test_a_conversation_is_opened_with_enter(opened: Opened) -> None:
    look_for(opened, "ein")
    until(lambda: titles(opened) == ["Einsum"])
    QTest.keyClick(field(opened), Qt.Key.Key_Return)
    until(lambda: [item.message.text for item in opened.conversation.items] == ["Einsum", "An answer."])
    assert opened.window.finder.isHidden()
    assert opened.window.windowTitle() == "Einsum – Aloud"


def test_the_list_button_shows_conversations_alone(opened: Opened) -> None:
    QTest.mouseClick(opened.talk.header.list, Qt.MouseButton.LeftButton)
    until(lambda: titles(opened) == ["Trip to Kyoto", "Einsum", "A name for the cat"])


def test_arrows_choose_and_escape_gives_the_focus_back(opened: Opened) -> None:
    opened.press("ctrl+k")
    until(lambda: len(titles(opened)) > 5)
    QTest.keyClick(field(opened), Qt.Key.Key_Down)
    view = opened.window.finder.findChildren(QListView)[0]
    assert view.currentIndex().row() == 1
    opened.press("Escape")
    until(lambda: opened.window.finder.isHidden())
    assert opened.composer.hasFocus()


def test_a_setting_is_found_and_shown(opened: Opened) -> None:
    look_for(opened, "microph")
    until(lambda: titles(opened) == ["Microphone"])
    QTest.keyClick(field(opened), Qt.Key.Key_Return)
    until(lambda: opened.window.settings.isVisible())


def test_nothing_found_is_said(opened: Opened) -> None:
    look_for(opened, "xyzzy")
    until(lambda: titles(opened) == [])
    assert not opened.window.finder.findChildren(QListView)[0].isVisible()


def test_a_late_answer_to_an_earlier_search_is_dropped(opened: Opened) -> None:
    opened.press("ctrl+k")
    finder = opened.window.finder
    until(lambda: "Einsum" in titles(opened))
    asked = finder._search
    QTest.keyClicks(field(opened), "kyo")
    until(lambda: titles(opened) == ["Trip to Kyoto"])
    finder._take(asked, [])
    assert titles(opened) == ["Trip to Kyoto"]


def test_thousands_of_conversations_are_listed_at_once(opened: Opened) -> None:
    opened.controls.stored = {str(at): talk(str(at), f"Conversation {at}") for at in range(5000)}
    QTest.mouseClick(opened.talk.header.list, Qt.MouseButton.LeftButton)
    until(lambda: len(titles(opened)) == 5000)


def test_a_new_conversation_keeps_what_is_being_written(opened: Opened) -> None:
    opened.write("half a thought")
    opened.press("ctrl+n")
    opened.wait_for(ConversationOpened)
    rest()
    assert opened.text == "half a thought"
