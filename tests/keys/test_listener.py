"""The keyboard of Windows and macOS, tried where pynput can be tried: on a real X display."""

import queue
from collections.abc import Iterator
from contextlib import suppress

import pytest

from assistant.keys.listener import PynputKeyboard
from assistant.turn.events import Cancelled, Goal, Readiness, TalkAbandoned, TalkStarted
from tests.keys.heard import Heard, hold, listening
from tests.rig import Display


@pytest.fixture
def heard(display: Display) -> Iterator[Heard]:
    keyboard = PynputKeyboard()
    with listening(keyboard) as heard:
        state = heard.use("right ctrl", "ctrl+alt+d")
        assert (state.readiness, state.label) == (
            Readiness.READY,
            "Right Ctrl to ask, Ctrl+Alt+D to dictate",
        )
        until_keys_are_heard(heard, display)
        yield heard
        heard.keys.stop()
        display.key("F12")  # on X, pynput's thread ends with the next key
        keyboard._listener.join(20)


def until_keys_are_heard(heard: Heard, display: Display) -> None:
    """On X, pynput is ready a little before the server tells it of keys."""
    chosen = heard.capture()
    while True:
        display.key("F12")
        with suppress(queue.Empty):
            assert chosen.get(timeout=2) == "f12"
            return


def test_a_held_modifier_is_push_to_talk(heard: Heard, display: Display) -> None:
    assert hold(heard, display, "Control_R") is Goal.ASK


def test_the_modifier_with_another_key_is_an_ordinary_modifier(heard: Heard, display: Display) -> None:
    display.key_down("Control_R")
    heard.next(TalkStarted)
    display.key("c")
    heard.next(TalkAbandoned)
    display.key_up("Control_R")


def test_a_chord_can_be_held(heard: Heard, display: Display) -> None:
    assert hold(heard, display, "ctrl+alt+d") is Goal.DICTATE


def test_escape_cancels_a_talk(heard: Heard, display: Display) -> None:
    display.key("Control_R")
    heard.next(TalkStarted)
    display.key("Escape")
    heard.next(Cancelled)


@pytest.mark.parametrize(
    ("pressed", "name"),
    [("F8", "f8"), ("ctrl+alt+space", "ctrl+alt+space"), ("Control_R", "right ctrl"), ("Escape", "")],
)
def test_a_key_is_chosen_by_pressing_it(heard: Heard, display: Display, pressed: str, name: str) -> None:
    chosen = heard.capture()
    display.key(pressed)
    assert chosen.get(timeout=20) == name
    assert heard.events.empty()


def test_dictating_is_right_alt_where_nothing_is_chosen(heard: Heard) -> None:
    assert heard.use("f9", "").label == "F9 to ask, Right Alt to dictate"
