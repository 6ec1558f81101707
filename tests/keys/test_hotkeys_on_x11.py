"""Global keys on a real display, with real programs in focus."""

import gc
import os
import queue
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from Xlib import XK, X
from Xlib.ext import xtest

from assistant.errors import AssistantError
from assistant.ports import TYPING_MARK
from assistant.turn.events import (
    Cancelled,
    Goal,
    Readiness,
    Remedy,
    TalkAbandoned,
    TalkEnded,
    TalkStarted,
)
from tests.keys.heard import Heard, hold, let_pass, listening
from tests.rig import Display
from tests.rig.editor import Editor
from tests.rig.processes import run_tool, wait_until
from tests.rig.terminal import Terminal


@pytest.fixture
def heard(display: Display) -> Iterator[Heard]:
    with listening() as heard:
        heard.use("right ctrl", "f9")
        yield heard


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def clipboard(display: Display) -> str:
    command = ["xclip", "-selection", "clipboard", "-o"]
    return subprocess.run(command, env=display.env, capture_output=True, text=True, check=False).stdout


def choose(heard: Heard) -> "queue.SimpleQueue[str]":
    """Begin to choose a key; its name arrives in what is returned."""
    chosen = heard.capture()
    # What is asked of the keyboard is done in its order.
    heard.use("right ctrl", "f11")
    heard.use("right ctrl", "f9")
    return chosen


def nothing_happened(heard: Heard, display: Display) -> None:
    """Everything before has been heard, and meant nothing."""
    assert hold(heard, display, "F9") is Goal.DICTATE


def test_a_held_key_is_push_to_talk(heard: Heard, display: Display) -> None:
    before = time.monotonic()
    display.key_down("Control_R")
    begun = heard.next(TalkStarted)
    assert begun.goal is Goal.ASK
    let_pass(0.4)
    display.key_up("Control_R")
    ended = heard.next(TalkEnded)
    assert before < begun.at
    assert begun.at + 0.4 <= ended.at < time.monotonic()


@pytest.mark.parametrize("key", ["Control_R", "F9"])
def test_a_held_key_that_a_remote_desktop_repeats_is_held(heard: Heard, display: Display, key: str) -> None:
    with display.connection() as x:
        code = x.keysym_to_keycode(XK.string_to_keysym(key))
        xtest.fake_input(x, X.KeyPress, code)
        x.sync()
        begun = heard.next(TalkStarted)
        for _ in range(2):
            let_pass(0.4)
            xtest.fake_input(x, X.KeyRelease, code)
            xtest.fake_input(x, X.KeyPress, code)
            x.sync()
        xtest.fake_input(x, X.KeyRelease, code)
        x.sync()
    ended = heard.next(TalkEnded)
    assert ended.at - begun.at >= 0.8
    nothing_happened(heard, display)


def test_a_tap_begins_and_a_tap_ends(heard: Heard, display: Display) -> None:
    display.key("Control_R")
    heard.next(TalkStarted)
    let_pass(0.4)
    assert heard.events.empty()
    display.key("Control_R")
    heard.next(TalkEnded)
    nothing_happened(heard, display)


def test_the_modifier_with_another_key_is_an_ordinary_copy(heard: Heard, display: Display) -> None:
    with Editor(display, text="to be copied") as editor:
        editor.ask("select")
        display.key_down("Control_R")
        heard.next(TalkStarted)
        display.key("c")
        heard.next(TalkAbandoned)
        display.key_up("Control_R")
        wait_until(lambda: clipboard(display) == "to be copied", 20, "the copy")
    nothing_happened(heard, display)


def test_the_modifier_with_a_mouse_button_is_an_ordinary_modifier(heard: Heard, display: Display) -> None:
    display.key_down("Control_R")
    heard.next(TalkStarted)
    display.click(600, 400)
    heard.next(TalkAbandoned)
    display.key_up("Control_R")
    nothing_happened(heard, display)


def test_a_function_key_does_not_reach_the_program_in_focus(heard: Heard, display: Display) -> None:
    with Editor(display) as editor:
        display.key_down("F9")
        heard.next(TalkStarted)
        display.key_up("F9")
        display.type("x")
        editor.wait_for("x")
        assert editor.keys == ["Key_X"]


def test_what_is_typed_while_a_function_key_is_held_reaches_its_program(
    heard: Heard, display: Display
) -> None:
    with Editor(display) as editor:
        display.key_down("F9")
        heard.next(TalkStarted)
        display.type("np.einsum")
        editor.wait_for("np.einsum")
        let_pass(0.4)
        display.key_up("F9")
        heard.next(TalkEnded)
        assert "Key_F9" not in editor.keys


def test_a_chord_does_not_reach_the_program_in_focus(heard: Heard, display: Display) -> None:
    heard.use("ctrl+alt+space", "f9")
    with Editor(display) as editor:
        display.key("ctrl+alt+space")
        heard.next(TalkStarted)
        display.type(" y")
        editor.wait_for(" y")
        assert editor.keys == ["Key_Control", "Key_Alt", "Key_Space", "Key_Y"]


def test_a_chord_does_not_reach_a_terminal(heard: Heard, display: Display) -> None:
    heard.use("ctrl+alt+d", "f9")
    with Terminal(display) as terminal:
        display.key("ctrl+alt+d")
        heard.next(TalkStarted)
        display.type("end")
        display.key("Return")
        terminal.wait_for("end\n")


def test_the_same_key_with_another_modifier_is_somebody_else_s(heard: Heard, display: Display) -> None:
    with Editor(display) as editor:
        display.key("shift+F9")
        wait_until(lambda: editor.keys == ["Key_Shift", "Key_F9"], 20, "Shift+F9")
    nothing_happened(heard, display)


@pytest.mark.parametrize("lock", ["Num_Lock", "Caps_Lock"])
def test_a_lock_key_makes_no_difference(heard: Heard, display: Display, lock: str) -> None:
    heard.use("ctrl+alt+d", "f9")
    display.key(lock)
    hold(heard, display, "ctrl+alt+d")
    nothing_happened(heard, display)


def test_a_key_held_until_it_repeats_is_one_talk(heard: Heard, display: Display) -> None:
    display.key_down("F9")
    heard.next(TalkStarted)
    let_pass(1.5)  # the server begins to repeat after 0.66 s
    display.key_up("F9")
    heard.next(TalkEnded)
    nothing_happened(heard, display)


def test_the_quickest_taps_all_count(heard: Heard, display: Display) -> None:
    with display.connection() as x:
        for number in range(40):
            x.xtest_fake_input(X.KeyPress, x.keysym_to_keycode(0xFFC6))
            x.xtest_fake_input(X.KeyRelease, x.keysym_to_keycode(0xFFC6))
            x.sync()
            heard.next(TalkEnded if number % 2 else TalkStarted)
            let_pass(0.06)


def test_escape_cancels_only_a_talk(heard: Heard, display: Display) -> None:
    display.key("Escape")
    display.key("Control_R")
    heard.next(TalkStarted)
    display.key("Escape")
    heard.next(Cancelled)
    nothing_happened(heard, display)


def test_a_lost_release_ends_at_the_limit(display: Display) -> None:
    with listening(longest_s=0.5) as heard:
        heard.use("right ctrl", "")
        display.key_down("Control_R")
        begun = heard.next(TalkStarted)
        assert heard.next(TalkEnded).at == begun.at + 0.5
        display.key_up("Control_R")


def test_a_talk_that_the_window_cancelled_does_not_cost_a_press(heard: Heard, display: Display) -> None:
    display.key("Control_R")
    begun = heard.next(TalkStarted)
    let_pass(0.1)
    heard.keys.over(begun.at)
    display.key("Control_R")
    heard.next(TalkStarted)


def test_the_window_s_button_and_the_key_are_one(heard: Heard, display: Display) -> None:
    heard.keys.press("talk", True, time.monotonic())
    heard.keys.press("talk", False, time.monotonic())
    heard.next(TalkStarted)
    let_pass(0.1)
    display.key("Control_R")
    heard.next(TalkEnded)


def test_a_key_that_another_program_has_is_said_to_be_taken(heard: Heard, display: Display) -> None:
    with display.connection() as other:
        root = other.screen().root
        root.grab_key(other.keysym_to_keycode(0xFFC7), 0, False, X.GrabModeAsync, X.GrabModeAsync)
        other.sync()
        state = heard.use("f10", "f9")
    assert state.readiness is Readiness.LIMITED
    assert state.fault is not None
    assert state.fault.message == "Another program already uses F10."
    assert state.fault.remedy is Remedy.CHOOSE_KEY
    nothing_happened(heard, display)
    assert heard.use("f10", "f8").readiness is Readiness.READY


def test_a_key_that_is_kept_from_other_programs_needs_a_connection_more_than_a_modifier(
    display: Display,
) -> None:
    with display.connection() as x, listening() as heard:
        heard.use("right ctrl", "right alt")
        before = len(x.res_query_clients().clients)
        heard.use("right ctrl", "f9")
        assert len(x.res_query_clients().clients) == before + 1
        nothing_happened(heard, display)


def test_a_key_that_was_given_up_is_the_programs_again(heard: Heard, display: Display) -> None:
    heard.use("right ctrl", "f10")
    with Editor(display) as editor:
        display.key("F9")
        wait_until(lambda: editor.keys == ["Key_F9"], 20, "F9")


def test_a_key_exchanged_while_it_is_held_ends_the_talk(heard: Heard, display: Display) -> None:
    display.key_down("Control_R")
    heard.next(TalkStarted)
    let_pass(0.4)
    heard.use("f8", "f9")
    heard.next(TalkEnded)
    display.key_up("Control_R")


def test_dictating_is_right_alt_and_where_that_is_alt_gr_pause(heard: Heard, display: Display) -> None:
    change = heard.use("right ctrl", "")
    assert change.label == "Right Ctrl to ask, Right Alt to dictate"
    assert change.in_use == ("right ctrl", "right alt")
    display.key("Alt_R")
    assert heard.next(TalkStarted).goal is Goal.DICTATE
    let_pass(0.1)
    display.key("Alt_R")
    heard.next(TalkEnded)
    run_tool(["setxkbmap", "de"], display.env)
    assert heard.part().label == "Right Ctrl to ask, Pause to dictate"
    display.key("ISO_Level3_Shift")
    display.key("Pause")
    assert heard.next(TalkStarted).goal is Goal.DICTATE


def test_a_key_that_the_keyboard_lacks_is_said_to_be_missing(heard: Heard, display: Display) -> None:
    run_tool(["setxkbmap", "de"], display.env)
    state = heard.use("right alt", "f9")
    if state.fault is None:  # the new layout had not been heard of yet
        state = heard.part()
    assert state.fault is not None
    assert state.fault.message == "There is no Right Alt on this keyboard."


def test_what_is_no_key_is_refused_at_once(heard: Heard) -> None:
    with pytest.raises(AssistantError, match="is not a key"):
        heard.keys.use("knob", "")
    with pytest.raises(AssistantError, match="both asking and dictating"):
        heard.keys.use("F9", "f9")


def test_keys_that_the_program_presses_itself_do_not_count(heard: Heard, display: Display) -> None:
    display.key("Control_R")
    heard.next(TalkStarted)
    let_pass(0.1)
    with display.connection() as inserter:
        root, mark = inserter.screen().root, inserter.intern_atom(TYPING_MARK)
        code = inserter.keysym_to_keycode(0xFFE4)
        root.change_property(mark, mark, 8, b"")
        inserter.xtest_fake_input(X.KeyPress, code)
        inserter.xtest_fake_input(X.KeyRelease, code)
        root.delete_property(mark)
        inserter.sync()
    display.key("Escape")
    heard.next(Cancelled)


# choosing a key


@pytest.mark.parametrize(
    ("pressed", "name"),
    [
        ("F8", "f8"),
        ("ctrl+alt+space", "ctrl+alt+space"),
        ("super+d", "super+d"),
        ("Shift_R", "right shift"),
        ("a", "a"),
        ("Escape", ""),
        ("XF86Launch1", "key 156"),
    ],
)
def test_a_key_is_chosen_by_pressing_it(heard: Heard, display: Display, pressed: str, name: str) -> None:
    chosen = choose(heard)
    display.key(pressed)
    assert chosen.get(timeout=20) == name


def test_choosing_a_key_triggers_nothing(heard: Heard, display: Display) -> None:
    with Editor(display) as editor:
        for key in ("F9", "Control_R", "x"):
            chosen = choose(heard)
            display.key(key)
            assert chosen.get(timeout=20)
        display.type("y")
        editor.wait_for("y")
        assert editor.keys == ["Key_Y"]
    nothing_happened(heard, display)


def test_a_click_ends_choosing_a_key(heard: Heard, display: Display) -> None:
    chosen = choose(heard)
    display.click(600, 400)
    assert chosen.get(timeout=20) == ""
    nothing_happened(heard, display)


def test_choosing_a_second_time_ends_the_first(heard: Heard, display: Display) -> None:
    first, second = heard.capture(), choose(heard)
    assert first.get(timeout=20) == ""
    display.key("F8")
    assert second.get(timeout=20) == "f8"


# no display


def test_without_a_display_it_is_said_what_to_do_and_the_command_line_works() -> None:
    with listening() as heard:
        state = heard.part()
        assert state.readiness is Readiness.MISSING
        assert state.fault is not None
        assert state.fault.message == "Global keys need an X display, and there is none."
        assert "aloud toggle" in state.fault.hint
        assert heard.capture().get(timeout=20) == ""
        heard.keys.press("dictate", True, time.monotonic())
        assert heard.next(TalkStarted).goal is Goal.DICTATE


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # python-xlib leaves a socket open
def test_a_display_that_is_not_there_is_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":997")
    with listening() as heard:
        assert heard.part().readiness is Readiness.MISSING
        assert heard.capture().get(timeout=20) == ""
    gc.collect()


def test_under_wayland_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with listening() as heard:
        state = heard.part()
        assert state.readiness is Readiness.LIMITED
        assert state.fault is not None
        assert "aloud press" in state.fault.hint


def test_the_program_outlives_the_display(
    private_environment: Path, monkeypatch: pytest.MonkeyPatch, stack: ExitStack
) -> None:
    with Display(private_environment, dict(os.environ)) as display:
        monkeypatch.setenv("DISPLAY", display.name)
        heard = stack.enter_context(listening())
        heard.use("right ctrl", "")
    state = heard.part()
    assert state.readiness is Readiness.BROKEN
    heard.keys.press("talk", True, time.monotonic())
    heard.next(TalkStarted)
    assert heard.capture().get(timeout=20) == ""
