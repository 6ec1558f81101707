"""Dictation into other programs on a real display."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from Xlib import X

from assistant.insert.x11 import X11Inserter
from assistant.turn.events import Inserted, Readiness, StageFailed, TalkEnded, TalkStarted
from tests.insert.inserting import Told, clipboard, copy, inserting, paste
from tests.keys.heard import let_pass, listening
from tests.rig import Display, wait_until
from tests.rig.editor import Editor
from tests.rig.processes import run_tool
from tests.rig.terminal import Terminal

SAID = "naïve λ 日本語 🙂 done"


@pytest.fixture
def told(display: Display) -> Iterator[Told]:
    with inserting(X11Inserter()) as told:
        yield told


@pytest.fixture
def editor(display: Display) -> Iterator[Editor]:
    with Editor(display) as editor:
        yield editor


def clipboard_becomes(display: Display, text: str | None, selection: str = "clipboard") -> None:
    wait_until(lambda: clipboard(display, selection) == text, 20, f"{str(text)[:50]!r} on the {selection}")


def test_what_was_said_stands_in_the_text_field(told: Told, display: Display, editor: Editor) -> None:
    assert told.parts.get(timeout=20).readiness is Readiness.READY
    assert told.dictate(SAID) == ""
    editor.wait_for(SAID)


def test_what_was_said_stands_in_the_terminal(told: Told, display: Display) -> None:
    with Terminal(display) as terminal:
        assert told.dictate(SAID) == ""
        display.key("Return")
        terminal.wait_for(SAID + "\n")


def test_lines_stay_lines_in_a_text_field(told: Told, editor: Editor) -> None:
    told.dictate("one\ntwo\n")
    editor.wait_for("one\ntwo")


def test_nothing_that_was_said_is_run_by_a_terminal(told: Told, display: Display) -> None:
    with Terminal(display) as terminal:
        assert told.dictate("echo a\necho b\x1b[2J\n") == ""
        display.type(" end")
        assert terminal.text == ""
        display.key("Return")
        terminal.wait_for("echo a echo b[2J end\n")


def test_two_hundred_dictations_in_a_row_arrive_in_order(
    told: Told, display: Display, editor: Editor
) -> None:
    copy(display, "before")
    said = [f"λ{number} " for number in range(200)]
    assert [told.dictate(text) for text in said] == [""] * 200
    editor.wait_for("".join(said))
    clipboard_becomes(display, "before")


def test_a_long_dictation_arrives_whole(told: Told, editor: Editor) -> None:
    said = "".join(f"{number:05} 日本語\n" for number in range(40_000)).strip()
    assert told.dictate(said) == ""
    editor.wait_for(said)


def test_no_words_change_nothing(told: Told, display: Display, editor: Editor) -> None:
    copy(display, "before")
    assert told.dictate("\n") == ""
    assert clipboard(display) == "before"


# the clipboard


@pytest.mark.parametrize("text", ["before", "naïve λ 日本語 🙂\n", "", "5 MB " * 1_000_000])
def test_the_clipboard_s_text_is_back_afterwards(
    told: Told, display: Display, editor: Editor, text: str
) -> None:
    copy(display, text)
    assert told.dictate(SAID) == ""
    editor.wait_for(SAID)
    clipboard_becomes(display, text)


def test_an_empty_clipboard_is_empty_afterwards(told: Told, display: Display, editor: Editor) -> None:
    assert clipboard(display) is None
    assert told.dictate(SAID) == ""
    clipboard_becomes(display, None)


def test_an_image_on_the_clipboard_is_still_there(told: Told, display: Display, editor: Editor) -> None:
    image = os.urandom(1_000_000)
    copy(display, image, target="image/png")
    assert told.dictate(SAID) == ""
    clipboard_becomes(display, None)  # there is no text in it
    assert paste(display, "clipboard", "image/png") == image


def test_what_was_copied_keeps_its_format(told: Told, display: Display) -> None:
    with Editor(display, "First", text="copied") as first:
        first.ask("select")
        display.key("ctrl+c")
        clipboard_becomes(display, "copied")
        html = clipboard(display, target="text/html")
        assert html is not None
        with Editor(display, "Second") as second:
            assert told.dictate(SAID) == ""
            second.wait_for(SAID)
            clipboard_becomes(display, "copied")
            assert clipboard(display, target="text/html") == html


def test_the_terminal_s_selection_is_put_back_too(told: Told, display: Display) -> None:
    with Terminal(display):
        copy(display, "copied")
        copy(display, "selected", "primary")
        assert told.dictate(SAID) == ""
        clipboard_becomes(display, "copied")
        clipboard_becomes(display, "selected", "primary")


def test_what_the_user_copies_meanwhile_stays(told: Told, display: Display, editor: Editor) -> None:
    copy(display, "before")
    assert told.dictate(SAID) == ""
    copy(display, "newer")
    let_pass(0.5)
    assert clipboard(display) == "newer"
    assert told.dictate("!") == ""
    clipboard_becomes(display, "newer")


def test_a_clipboard_manager_that_reads_is_not_the_program(
    told: Told, display: Display, editor: Editor
) -> None:
    copy(display, "before")
    told.inserter.insert(stopped(told, editor), SAID)
    clipboard_becomes(display, SAID)
    event = told.events.get(timeout=20)
    assert isinstance(event, Inserted)
    assert event.note is not None
    assert event.note.code == "not-taken"
    assert clipboard(display) == SAID
    os.kill(editor.pid, signal.SIGCONT)
    editor.wait_for(SAID)


def test_a_copy_at_the_same_moment_is_not_taken_for_the_paste(
    told: Told, display: Display, editor: Editor
) -> None:
    turn = stopped(told, editor)
    with display.connection() as x:
        clipboard_atom = x.intern_atom("CLIPBOARD")
        told.inserter.insert(turn, SAID)
        wait_until(lambda: x.get_selection_owner(clipboard_atom) != X.NONE, 20, "the text on the clipboard")
        window = x.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        window.set_selection_owner(clipboard_atom, X.CurrentTime)
        x.sync()
        event = told.events.get(timeout=20)
        assert isinstance(event, Inserted)
        assert event.note is not None
        assert event.note.code == "not-taken"
        assert clipboard(display) == SAID


def stopped(told: Told, editor: Editor) -> int:
    """The dictation key goes down in the editor, which then does nothing any more. Returns the turn."""
    turn = told.key_down()
    wait_until(told.inserter._noted.empty, 20, "the note")  # type: ignore[attr-defined]
    let_pass(0.1)
    os.kill(editor.pid, signal.SIGSTOP)
    return turn


def test_a_program_that_hangs_on_to_the_clipboard_costs_only_a_while(
    told: Told, display: Display, editor: Editor
) -> None:
    program = (
        "import sys, threading; from Xlib.display import Display\n"
        "d = Display(); w = d.screen().root.create_window(0, 0, 1, 1, 0, 0)\n"
        "w.set_selection_owner(d.intern_atom('CLIPBOARD'), 0); d.sync(); print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as hung:
        assert hung.stdout is not None
        assert hung.stdin is not None
        hung.stdout.readline()
        assert told.dictate(SAID) == ""
        editor.wait_for(SAID)
        hung.stdin.close()


def test_after_the_end_the_clipboard_manager_has_what_was_copied(display: Display, editor: Editor) -> None:
    copy(display, "before")
    program = [sys.executable, "-m", "tests.insert.clipboard_manager"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as manager:
        assert manager.stdout is not None
        assert manager.stdout.readline() == "ready\n"
        with inserting(X11Inserter()) as told:
            assert told.dictate(SAID) == ""
        try:
            clipboard_becomes(display, "before")
        finally:
            manager.kill()


# the target


def test_when_another_window_came_to_the_front_the_text_is_on_the_clipboard(
    told: Told, display: Display, editor: Editor
) -> None:
    turn = told.key_down()
    with Editor(display, "Another") as other:
        assert told.dictate(SAID, turn) == "focus-changed"
        assert clipboard(display) == SAID
        display.type("x")
        other.wait_for("x")
        assert editor.text == ""


def test_when_the_program_has_closed_the_text_is_on_the_clipboard(
    told: Told, display: Display, editor: Editor
) -> None:
    turn = told.key_down()
    let_pass(0.1)
    editor.close()
    assert told.dictate(SAID, turn) in {"focus-changed", "no-focus"}
    assert clipboard(display) == SAID


def test_where_nothing_takes_text_it_is_on_the_clipboard(told: Told, display: Display) -> None:
    assert told.dictate(SAID) in {"no-focus", "not-taken"}
    assert clipboard(display) == SAID


def test_a_turn_that_was_never_noted_goes_to_the_clipboard(
    told: Told, display: Display, editor: Editor
) -> None:
    assert told.dictate(SAID, 77) == "no-focus"
    assert clipboard(display) == SAID


# the keyboard


def held(display: Display) -> list[int]:
    with display.connection() as x:
        return [8 * i + bit for i, byte in enumerate(x.query_keymap()) for bit in range(8) if byte >> bit & 1]


@pytest.mark.parametrize("key", ["Alt_R", "Control_L", "Control_R", "Shift_L", "Super_L"])
def test_keys_that_the_user_holds_do_no_harm_and_stay_held(
    told: Told, display: Display, editor: Editor, key: str
) -> None:
    press(display, key, X.KeyPress)
    before = held(display)
    assert before
    assert told.dictate(SAID) == ""
    editor.wait_for(SAID)
    assert held(display) == before
    press(display, key, X.KeyRelease)
    display.type("x")
    editor.wait_for(SAID + "x")


@pytest.mark.parametrize("key", ["Alt_R", "Control_R"])
def test_keys_that_the_user_holds_do_no_harm_in_a_terminal(told: Told, display: Display, key: str) -> None:
    with Terminal(display) as terminal:
        press(display, key, X.KeyPress)
        assert told.dictate(SAID) == ""
        press(display, key, X.KeyRelease)
        display.key("Return")
        terminal.wait_for(SAID + "\n")


def press(display: Display, key: str, kind: int) -> None:
    """Just this key: xdotool would press the left one with the right one, and switch the layout."""
    from Xlib import XK

    with display.connection() as x:
        x.xtest_fake_input(kind, x.keysym_to_keycode(XK.string_to_keysym(key)))
        x.sync()


@pytest.mark.parametrize("layout", ["de", "fr", "dvorak", "ru", "gr", "jp", "us,ru"])
def test_the_layout_makes_no_difference(told: Told, display: Display, editor: Editor, layout: str) -> None:
    run_tool(["setxkbmap", *layout.split()], display.env)
    assert told.dictate(SAID) == ""
    editor.wait_for(SAID)


def test_the_second_of_two_layouts_makes_no_difference(told: Told, display: Display, editor: Editor) -> None:
    run_tool(["setxkbmap", "us,ru"], display.env)
    lock_group(display, 1)
    press(display, "a", X.KeyPress)
    press(display, "a", X.KeyRelease)
    editor.wait_for("ф")
    assert told.dictate(SAID) == ""
    editor.wait_for("ф" + SAID)
    assert "Key_Insert" in editor.keys  # Qt understands Ctrl+V in any layout; not every program does


def lock_group(display: Display, group: int) -> None:
    """Switch to the layout with this number."""
    xlib = ctypes.CDLL("libX11.so.6")
    xlib.XOpenDisplay.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xlib.XOpenDisplay(display.name.encode()))
    assert xlib.XkbLockGroup(connection, 0x100, group)  # XkbUseCoreKbd
    xlib.XCloseDisplay(connection)


@pytest.mark.parametrize("lock", ["Caps_Lock", "Num_Lock"])
def test_a_lock_key_makes_no_difference(told: Told, display: Display, editor: Editor, lock: str) -> None:
    display.key(lock)
    assert told.dictate(SAID) == ""
    editor.wait_for(SAID)


def test_speaking_on_while_the_text_is_inserted_is_not_disturbed(
    told: Told, display: Display, editor: Editor
) -> None:
    with listening() as heard:
        heard.use("right ctrl", "right alt")
        for key in ("Alt_R", "Control_R"):
            press(display, key, X.KeyPress)
            heard.next(TalkStarted)
            assert told.dictate(f"{key} ") == ""
            let_pass(0.4)
            assert heard.events.empty()
            press(display, key, X.KeyRelease)
            heard.next(TalkEnded)
        editor.wait_for("Alt_R Control_R ")


# no display


def test_without_a_display_it_is_said() -> None:
    with inserting(X11Inserter()) as told:
        assert told.parts.get(timeout=20).readiness is Readiness.MISSING
        told.inserter.insert(1, SAID)
        failed = told.events.get(timeout=20)
        assert isinstance(failed, StageFailed)
        assert failed.fault.code == "no-display"


def test_when_the_display_has_gone_it_is_said(
    private_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as stack:
        with Display(private_environment, dict(os.environ)) as display:
            monkeypatch.setenv("DISPLAY", display.name)
            told = stack.enter_context(inserting(X11Inserter()))
            assert told.parts.get(timeout=20).readiness is Readiness.READY
        assert told.parts.get(timeout=20).readiness is Readiness.MISSING
        told.inserter.insert(1, SAID)
        failed = told.events.get(timeout=20)
        assert isinstance(failed, StageFailed)
        assert failed.fault.code == "display-gone"
