"""The key that is held to speak may be Ctrl: what is typed meanwhile is text."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from assistant.settings import Keys
from assistant.window import talk_key
from assistant.window.talk_key import TalkKey

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
RIGHT, LEFT = 105, 37


class Hand:
    """Presses keys at moments of its own clock."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, keys: Keys | None = None) -> None:
        self.key = TalkKey()
        self.key.use(keys or Keys())
        self.now = 100.0
        monkeypatch.setattr(talk_key, "monotonic", lambda: self.now)

    def control(self, kind: QEvent.Type = QEvent.Type.KeyPress, scan: int = RIGHT) -> None:
        modifiers = Qt.KeyboardModifier.NoModifier
        self.key.plain(QKeyEvent(kind, Qt.Key.Key_Control, modifiers, scan, 0, 0))

    def speak(self) -> None:
        """Hold the key, for longer than a tap."""
        self.control()
        self.key.talk(self.now)
        self.now += 1

    def types(
        self, key: Qt.Key, text: str = "", more: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> tuple[str, Qt.KeyboardModifier]:
        event = self.key.plain(QKeyEvent(QEvent.Type.KeyPress, key, CONTROL | more, text))
        return event.text(), event.modifiers()


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    return Hand(monkeypatch)


def test_letters_and_signs_typed_while_one_speaks_are_text(hand: Hand) -> None:
    hand.speak()
    assert hand.types(Qt.Key.Key_N, "\x0e") == ("n", Qt.KeyboardModifier.NoModifier)
    assert hand.types(Qt.Key.Key_N, "\x0e", SHIFT) == ("N", SHIFT)
    assert hand.types(Qt.Key.Key_Underscore, "\x1f", SHIFT) == ("_", SHIFT)
    assert hand.types(Qt.Key.Key_Period, ".") == (".", Qt.KeyboardModifier.NoModifier)
    assert hand.types(Qt.Key.Key_Space) == (" ", Qt.KeyboardModifier.NoModifier)
    assert hand.types(Qt.Key.Key_Left)[1] == Qt.KeyboardModifier.NoModifier


def test_before_a_tap_could_be_over_it_is_a_shortcut(hand: Hand) -> None:
    hand.speak()
    hand.now -= 0.9
    assert hand.types(Qt.Key.Key_C, "\x03") == ("\x03", CONTROL)


def test_with_the_other_ctrl_key_it_is_a_shortcut(hand: Hand) -> None:
    hand.speak()
    hand.control(scan=LEFT)
    assert hand.types(Qt.Key.Key_V, "\x16") == ("\x16", CONTROL)
    hand.control(QEvent.Type.KeyRelease, LEFT)
    assert hand.types(Qt.Key.Key_V, "\x16")[0] == "v"


def test_in_a_talk_that_a_tap_began_ctrl_is_ctrl(hand: Hand) -> None:
    hand.speak()
    hand.control(QEvent.Type.KeyRelease)
    hand.control()
    hand.now += 1
    assert hand.types(Qt.Key.Key_V, "\x16") == ("\x16", CONTROL)


def test_when_nobody_speaks_or_the_keyboard_went_elsewhere_it_is_a_shortcut(hand: Hand) -> None:
    hand.speak()
    hand.key.talk(None)
    assert hand.types(Qt.Key.Key_N, "\x0e") == ("\x0e", CONTROL)
    hand.speak()
    hand.key.forget()
    assert hand.types(Qt.Key.Key_N, "\x0e") == ("\x0e", CONTROL)


def test_another_talk_key_leaves_ctrl_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    hand = Hand(monkeypatch, Keys(talk="f9"))
    hand.speak()
    assert hand.types(Qt.Key.Key_N, "\x0e") == ("\x0e", CONTROL)
