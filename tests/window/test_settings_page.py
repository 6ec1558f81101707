"""Every setting is changed where it is seen, is in force at once, and says what is wrong with it right there."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QSlider, QSpinBox, QWidget

from assistant.errors import AssistantError
from assistant.turn.events import (
    Part,
    PartChanged,
    ReadAloudAsked,
    Readiness,
    SendMode,
    TalkAbandoned,
    TalkStarted,
)
from assistant.window.settings_page.level import Level
from assistant.window.settings_page.switch import Switch
from tests.window.conftest import Open, Opened, named, rest, until

W = TypeVar("W", bound=QWidget)


@pytest.fixture
def opened(open_window: Open) -> Opened:
    return open_window()


def section(opened: Opened, name: str) -> QWidget:
    opened.window.open_section(name)
    rest(0.1)
    return opened.window.settings.sections[name]


def control(root: QWidget, name: str, kind: type[W]) -> W:
    found = named(root, name, kind)
    assert isinstance(found, kind)
    return found


def choose(choice: QComboBox, title: str) -> None:
    """As a person does with the keyboard."""
    until(lambda: choice.findText(title) >= 0, f"{title} to be offered")
    choice.setCurrentText(title)
    choice.activated.emit(choice.findText(title))


def button(root: QWidget, text: str) -> QPushButton:
    return until(
        lambda: next(
            (one for one in root.findChildren(QPushButton) if one.text() == text and one.isVisible()), None
        ),
        f"a button {text}",
    )


def said(root: QWidget) -> str:
    return " ".join(one.text() for one in root.findChildren(QLabel) if one.isVisible())


def changed(opened: Opened, where: str, name: str) -> Callable[[], object]:
    return lambda: [value for one, what, value in opened.controls.changes if (one, what) == (where, name)]


def test_the_key_that_dictates_by_default_is_named(opened: Opened) -> None:
    keys = section(opened, "keys")
    assert button(keys, "Default")
    told = PartChanged(Part.KEYS, Readiness.READY, in_use=("right ctrl", "right alt"))
    opened.controls.tell(told)
    assert button(keys, "Right Alt")
    opened.controls.tell(replace(told, in_use=("right ctrl", "pause")))
    assert button(keys, "Pause")
    opened.window.back()
    QTest.keyClick(opened.window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    until(lambda: "Pause" in said(opened.window.keys), "the sheet of keys to name it")


def test_a_new_key_is_taken_by_pressing_it(opened: Opened) -> None:
    keys = section(opened, "keys")
    QTest.mouseClick(control(keys, "Ask", QPushButton), Qt.MouseButton.LeftButton)
    until(lambda: opened.controls.press_captured("f9"), "the key to be waited for")
    until(changed(opened, "keys", "talk"))
    assert opened.controls.changes == [("keys", "talk", "f9")]
    until(lambda: control(keys, "Ask", QPushButton).text() == "F9")
    assert opened.composer.placeholderText() == "Hold F9 and speak, or type"


def test_escape_keeps_the_old_key_and_the_page(opened: Opened) -> None:
    keys = section(opened, "keys")
    opened.focus()
    QTest.mouseClick(control(keys, "Ask", QPushButton), Qt.MouseButton.LeftButton)
    until(lambda: opened.window.settings.capturing)
    opened.press("Escape")
    assert keys.isVisible()
    until(lambda: opened.controls.press_captured(""))
    until(lambda: control(keys, "Ask", QPushButton).text() == "Right Ctrl")
    assert opened.controls.changes == []


def test_a_key_that_cannot_be_used_is_told_beside_it(opened: Opened) -> None:
    opened.controls.refusals["keys", "talk"] = AssistantError(
        "bad-key", "That key cannot be used.", "Take another."
    )
    keys = section(opened, "keys")
    QTest.mouseClick(control(keys, "Ask", QPushButton), Qt.MouseButton.LeftButton)
    until(lambda: opened.controls.press_captured("a"))
    until(lambda: "That key cannot be used. Take another." in said(keys))
    assert control(keys, "Ask", QPushButton).text() == "Right Ctrl"


def test_another_microphone_is_chosen(opened: Opened) -> None:
    choose(control(section(opened, "microphone"), "Device", QComboBox), "USB Headset")
    until(changed(opened, "hearing", "microphone"))
    assert opened.controls.changes == [("hearing", "microphone", "USB Headset")]


def test_the_microphone_is_kept_open_only_for_who_wants_it(opened: Opened) -> None:
    switches = section(opened, "microphone").findChildren(Switch)
    keep_open = next(switch for switch in switches if switch.text() == "Keep the microphone open")
    assert not keep_open.isChecked()
    assert "shows the microphone as in use" in keep_open.accessibleDescription()
    keep_open.click()
    until(changed(opened, "hearing", "pre_roll"))
    assert opened.controls.changes == [("hearing", "pre_roll", True)]


def test_no_microphone_is_said_in_a_sentence(opened: Opened) -> None:
    opened.controls.microphone_names = []
    page = section(opened, "microphone")
    until(lambda: "No microphone was found. Connect one, then come back here." in said(page))


def test_a_microphone_is_tried_without_sending_anything(opened: Opened) -> None:
    page = section(opened, "microphone")
    QTest.mouseClick(button(page, "Try it"), Qt.MouseButton.LeftButton)
    opened.wait_for(TalkStarted)
    level = control(page, "Level of the microphone", Level)
    until(lambda: level.accessibleDescription() == "40%", "the level to be shown")
    QTest.mouseClick(button(page, "Stop"), Qt.MouseButton.LeftButton)
    opened.wait_for(TalkAbandoned)
    until(lambda: opened.window.session and opened.window.session.listening is None)
    rest()
    assert opened.text == ""
    assert opened.conversation.items == []


def test_leaving_the_page_ends_the_trial(opened: Opened) -> None:
    page = section(opened, "microphone")
    QTest.mouseClick(button(page, "Try it"), Qt.MouseButton.LeftButton)
    opened.wait_for(TalkStarted)
    opened.window.back()
    opened.wait_for(TalkAbandoned)


def test_models_are_listed_with_size_and_licence_and_got(opened: Opened) -> None:
    page = section(opened, "recogniser")
    until(lambda: "99 languages · moderate · 480 MB · MIT" in said(page), "the models")
    QTest.mouseClick(named(page, "Get Small"), Qt.MouseButton.LeftButton)
    until(lambda: opened.controls.downloads == ["small"])


def test_a_download_shows_how_far_it_is_and_can_be_stopped(opened: Opened) -> None:
    page = section(opened, "recogniser")
    opened.controls.tell(PartChanged(Part.TRANSCRIBE, Readiness.LIMITED, "small", progress=0.43))
    until(lambda: "small, 43%" in said(page), "the progress")
    QTest.mouseClick(button(page, "Stop"), Qt.MouseButton.LeftButton)
    until(lambda: opened.controls.downloads == [""])


def test_a_model_that_has_arrived_can_be_used(opened: Opened) -> None:
    page = section(opened, "recogniser")
    opened.controls.tell(PartChanged(Part.TRANSCRIBE, Readiness.LIMITED, "small", progress=0.9))
    until(lambda: "small, 90%" in said(page))
    opened.controls.offers = [replace(offer, installed=True) for offer in opened.controls.offers]
    opened.controls.tell(PartChanged(Part.TRANSCRIBE, Readiness.READY, "base.en"))
    QTest.mouseClick(until(lambda: _visible(page, "Use Small"), "the button"), Qt.MouseButton.LeftButton)
    until(changed(opened, "recogniser", "model"))
    until(lambda: _visible(page, "In use Small"))


def _visible(root: QWidget, name: str) -> QWidget | None:
    return next(
        (one for one in root.findChildren(QWidget) if one.accessibleName() == name and one.isVisible()), None
    )


def test_a_language_is_chosen(opened: Opened) -> None:
    choose(control(section(opened, "recogniser"), "Language you speak", QComboBox), "German")
    until(changed(opened, "recogniser", "language"))
    assert opened.controls.changes == [("recogniser", "language", "de")]


def test_a_server_that_was_found_is_connected_with_one_of_its_models(opened: Opened) -> None:
    page = section(opened, "model")
    choose(control(page, "Server", QComboBox), "Ollama")
    choose(control(page, "Model", QComboBox), "qwen3:8b")
    QTest.mouseClick(button(page, "Connect"), Qt.MouseButton.LeftButton)
    until(lambda: "The server answers. It offers 2 models." in said(page), "the answer")
    assert opened.controls.connections == [("http://localhost:11434/v1", "", "qwen3:8b")]
    until(lambda: opened.talk.chips.model.toolTip() == "Model: qwen3:8b")


def test_another_server_takes_an_address_and_a_hidden_key(opened: Opened) -> None:
    page = section(opened, "model")
    key = control(page, "Key", QLineEdit)
    assert key.echoMode() is QLineEdit.EchoMode.Password
    control(page, "Address", QLineEdit).setText("https://api.example.org/v1")
    key.setText("secret")
    QTest.keyClick(key, Qt.Key.Key_Return)
    until(lambda: bool(opened.controls.connections))
    assert opened.controls.connections[0][:2] == ("https://api.example.org/v1", "secret")
    until(lambda: key.text() == "", "the key to be forgotten here")


def test_a_server_that_refuses_is_told_in_place(opened: Opened) -> None:
    opened.controls.connecting_fails = AssistantError(
        "key-refused", "The server refused the key.", "Check it."
    )
    page = section(opened, "model")
    control(page, "Address", QLineEdit).setText("https://api.example.org/v1")
    QTest.mouseClick(button(page, "Connect"), Qt.MouseButton.LeftButton)
    until(lambda: "The server refused the key. Check it." in said(page))
    assert button(page, "Connect").isEnabled()


def test_no_server_is_said_with_what_to_do(opened: Opened) -> None:
    opened.controls.servers = []
    page = section(opened, "model")
    until(
        lambda: "None was found on this machine. Start Ollama or LM Studio, or give an address." in said(page)
    )


def test_voice_and_speed_are_chosen_and_tried(opened: Opened) -> None:
    page = section(opened, "voice")
    choose(control(page, "Voice", QComboBox), "Daniel")
    until(changed(opened, "speaking", "voice"))
    slider = control(page, "Speed", QSlider)
    QTest.keyClick(slider, Qt.Key.Key_Right)
    until(changed(opened, "speaking", "rate_wpm"))
    assert opened.controls.changes[-1] == ("speaking", "rate_wpm", 210)
    until(lambda: "210 words a minute" in said(page))
    QTest.mouseClick(button(page, "Try it"), Qt.MouseButton.LeftButton)
    opened.wait_for(ReadAloudAsked)


def test_answers_are_no_longer_read_aloud(opened: Opened) -> None:
    page = section(opened, "voice")
    QTest.keyClick(page.findChildren(QWidget, "")[0], Qt.Key.Key_Space)
    switch = next(one for one in page.findChildren(QWidget) if one.property("text") == "Read answers aloud")
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    until(changed(opened, "speaking", "replies"))
    assert opened.controls.changes == [("speaking", "replies", False)]
    until(lambda: opened.talk.chips.voice.toolTip() == "Voice: Silent")


def test_when_to_send_is_chosen(opened: Opened) -> None:
    page = section(opened, "sending")
    radio = next(one for one in page.findChildren(QWidget) if one.property("text") == "After a look")
    QTest.mouseClick(radio, Qt.MouseButton.LeftButton)
    until(changed(opened, "chat", "send"))
    assert opened.controls.changes == [("chat", "send", SendMode.AFTER_LOOK)]


def test_how_long_recordings_are_kept_is_chosen(opened: Opened) -> None:
    days = control(section(opened, "history"), "Keep recordings for", QSpinBox)
    days.setFocus()
    days.setValue(30)
    QTest.keyClick(days, Qt.Key.Key_Return)
    until(changed(opened, "history", "keep_recordings_days"))
    assert opened.controls.changes == [("history", "keep_recordings_days", 30)]


def test_dark_is_dark_at_once(opened: Opened) -> None:
    page = section(opened, "look")
    choose(control(page, "Colours", QComboBox), "Dark")
    until(lambda: opened.window.grab().toImage().pixelColor(3, 3).lightness() < 60, "a dark window")


def test_what_cannot_be_changed_is_shown_as_it_was(opened: Opened) -> None:
    opened.controls.refusals["window", "theme"] = AssistantError(
        "settings-not-saved", "The settings cannot be saved."
    )
    page = section(opened, "look")
    choice = control(page, "Colours", QComboBox)
    choose(choice, "Dark")
    until(lambda: "The settings cannot be saved." in said(page))
    assert choice.currentText() == "Like the system"


def test_escape_goes_back_to_the_composer(opened: Opened) -> None:
    opened.focus()
    section(opened, "voice")
    opened.press("Escape")
    until(opened.composer.hasFocus)
