"""The display takes keys, shows windows and can be looked at."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage
from Xlib import X
from Xlib.display import Display as XConnection

from tests.rig import Display, wait_until

_EDITOR = """
import sys
from PySide6.QtWidgets import QApplication, QPlainTextEdit
app = QApplication([])
editor = QPlainTextEdit()
editor.setWindowTitle("Éditor λ")
editor.textChanged.connect(lambda: print(editor.toPlainText(), flush=True))
editor.show()
app.exec()
"""


def next_key_event(x: XConnection) -> int:
    # The server tells of a new keyboard mapping when another keyboard (XTEST's) comes into use.
    while (event := x.next_event()).type == X.MappingNotify:
        pass
    return int(event.type)


def test_a_held_key_is_seen_as_pressed_until_it_is_released(display: Display) -> None:
    with display.connection() as x:
        root = x.screen().root
        root.grab_key(x.keysym_to_keycode(0xFFE4), X.AnyModifier, False, X.GrabModeAsync, X.GrabModeAsync)
        x.sync()
        display.key_down("Control_R")
        assert next_key_event(x) == X.KeyPress
        display.key_up("Control_R")
        assert next_key_event(x) == X.KeyRelease


def test_typed_text_arrives_in_the_window_in_focus(display: Display) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _EDITOR], env=display.env, stdout=subprocess.PIPE, text=True
    ) as editor:
        window = display.wait_for_window("Éditor λ")
        display.focus(window)
        display.type("hi there")
        assert editor.stdout is not None
        typed = ""
        while typed != "hi there":
            typed = editor.stdout.readline().rstrip("\n")
        editor.terminate()
    wait_until(lambda: not display.windows(), 20, "the window to be gone")


def test_a_click_where_the_pointer_is_already_is_a_click(display: Display) -> None:
    with display.connection() as x:
        root = x.screen().root
        window = root.create_window(0, 0, 1280, 800, 0, x.screen().root_depth)
        window.change_attributes(override_redirect=True, event_mask=X.ButtonPressMask)
        window.map()
        x.sync()
        for _ in range(2):
            display.click(300, 200)
            event = x.next_event()
            while event.type != X.ButtonPress:
                event = x.next_event()
            assert (event.root_x, event.root_y) == (300, 200)


def test_a_screenshot_shows_what_is_on_the_screen(display: Display, tmp_path: Path) -> None:
    with display.connection() as x:
        root = x.screen().root
        window = root.create_window(0, 0, 1280, 800, 0, x.screen().root_depth, background_pixel=0x3B5BDB)
        window.change_attributes(override_redirect=True)
        window.map()
        x.sync()
        image = QImage(str(display.screenshot(tmp_path / "screen.png")))
    assert (image.width(), image.height()) == (1280, 800)
    assert image.pixelColor(640, 400).name() == "#3b5bdb"


def test_two_displays_stand_side_by_side(display: Display, tmp_path: Path) -> None:
    with Display(tmp_path, display.env) as other:
        assert other.name != display.name
