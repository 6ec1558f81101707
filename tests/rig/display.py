"""A private X display with a window manager and a tray: keys, windows, screenshots."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage
from Xlib import XK, X
from Xlib.display import Display as XConnection
from Xlib.error import BadWindow
from Xlib.ext import xtest

from tests.rig.processes import RigError, Service, run_tool, wait_until

_SIZE = (1280, 800)
_SIDES = {"ctrl": "Control_L", "alt": "Alt_L", "shift": "Shift_L"}
_TRAY_TITLE = "panel"  # trayer's own window


class Display:
    """Xvfb, openbox and trayer. `env` holds what a program needs to appear on it."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self._folder = folder
        self._outer_env = dict(env)
        self._stack = ExitStack()
        self.name = ""

    @property
    def env(self) -> dict[str, str]:
        return self._outer_env | {"DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb", "XDG_SESSION_TYPE": "x11"}

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            server = self._start_server(stack)
            manager = self._start_client(stack, "openbox")
            tray = self._start_client(stack, "trayer", "--edge", "bottom", "--widthtype", "request")
            with self.connection() as x:
                server.wait_until(lambda: _has_window_manager(x), 20, "the window manager")
                tray_selection = x.intern_atom("_NET_SYSTEM_TRAY_S0")
                tray.wait_until(lambda: x.get_selection_owner(tray_selection) != X.NONE, 20, "the tray")
            if not manager.alive():
                raise RigError(f"openbox ended: {manager.output()}")
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _start_server(self, stack: ExitStack) -> Service:
        reader, writer = os.pipe()
        stack.callback(os.close, reader)
        try:
            size = f"{_SIZE[0]}x{_SIZE[1]}x24"
            options = ["-nolisten", "tcp", "-noreset", "-ac", "-screen", "0", size]
            server = Service(
                ["Xvfb", "-displayfd", str(writer), *options],
                env=self._outer_env,
                log=self._folder / "xvfb.log",
                pass_fds=[writer],
            )
            stack.callback(server.end)
        finally:
            os.close(writer)
        # Empty when the server ended without a number.
        number = os.read(reader, 16).decode().strip()
        if not number:
            raise RigError(f"Xvfb did not start: {server.output()}")
        self.name = f":{number}"
        return server

    def _start_client(self, stack: ExitStack, *command: str) -> Service:
        client = Service(command, env=self.env, log=self._folder / f"{command[0]}.log")
        stack.callback(client.end)
        return client

    @contextmanager
    def connection(self) -> Iterator[XConnection]:
        """A connection of our own to the display, closed at the end."""
        x = XConnection(self.name)
        try:
            yield x
        finally:
            x.close()

    # keys, as xdotool names them: "Control_R", "Escape", "ctrl+v"

    def key_down(self, key: str) -> None:
        self._move_keys(key.split("+"), X.KeyPress)

    def key_up(self, key: str) -> None:
        self._move_keys(key.split("+")[::-1], X.KeyRelease)

    def key(self, *keys: str) -> None:
        """Press and release each key or chord."""
        self._xdotool("key", *keys)

    def type(self, text: str) -> None:
        """Type the text into the window that has the focus."""
        self._xdotool("type", "--delay", "8", "--", text)

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Click at a place of the screen, in pixels from its top left corner."""
        # without --sync, which waits for a movement: there is none where the pointer is there already
        self._xdotool("mousemove", str(x), str(y), "click", str(button))

    def windows(self) -> dict[int, str]:
        """Titles of the windows that the window manager looks after, by window id, oldest first."""
        with self.connection() as x:
            found = {window: _title(x, window) for window in _property(x, "_NET_CLIENT_LIST")}
        return {window: title for window, title in found.items() if title != _TRAY_TITLE}

    def wait_for_window(self, title_part: str, within_s: float = 20.0) -> int:
        """The id of the newest window with this text in its title, once there is one."""

        def find() -> int | None:
            found = [window for window, title in self.windows().items() if title_part in title]
            return found[-1] if found else None

        window = wait_until(find, within_s, f"a window with '{title_part}' in its title")
        assert window is not None
        return window

    def focused(self) -> int:
        """The id of the active window; 0 when there is none."""
        with self.connection() as x:
            return next(iter(_property(x, "_NET_ACTIVE_WINDOW")), 0)

    def focus(self, window: int, within_s: float = 20.0) -> None:
        """Activate a window and wait until it is the active one."""
        self._xdotool("windowactivate", str(window))
        wait_until(lambda: self.focused() == window, within_s, f"window {window} to have the focus")

    def area(self, window: int) -> tuple[int, int, int, int]:
        """Where a window's content is on the screen: left, top, width and height in pixels."""
        with self.connection() as x:
            inside = x.create_resource_object("window", window)
            size, corner = inside.get_geometry(), x.screen().root.translate_coords(inside, 0, 0)
            return corner.x, corner.y, size.width, size.height

    def screenshot(self, path: Path) -> Path:
        """Write the whole screen as an image file (the suffix says which kind); return its path."""
        width, height = _SIZE
        image = QImage(self._look(), width, height, QImage.Format.Format_RGB32)
        if not image.save(str(path)):
            raise RigError(f"The screenshot could not be written to {path}.")
        return path

    def pixels(self) -> npt.NDArray[np.uint8]:
        """What is on the screen: (height, width, 3), red, green and blue."""
        width, height = _SIZE
        seen = np.frombuffer(self._look(), np.uint8).reshape(height, width, 4)
        return seen[:, :, 2::-1]

    def _look(self) -> bytes:
        width, height = _SIZE
        with self.connection() as x:
            return bytes(x.screen().root.get_image(0, 0, width, height, X.ZPixmap, 0xFFFFFFFF).data)

    def _move_keys(self, keys: Sequence[str], how: int) -> None:
        """These keys alone: for the right Ctrl key, xdotool presses both."""
        with self.connection() as x:
            for key in keys:
                xtest.fake_input(x, how, x.keysym_to_keycode(XK.string_to_keysym(_SIDES.get(key, key))))
            x.sync()

    def _xdotool(self, *arguments: str) -> None:
        run_tool(["xdotool", *arguments], self.env)


def _property(x: XConnection, name: str) -> list[int]:
    found = x.screen().root.get_full_property(x.intern_atom(name), X.AnyPropertyType)
    return [int(value) for value in found.value] if found else []


def _has_window_manager(x: XConnection) -> bool:
    return bool(_property(x, "_NET_SUPPORTING_WM_CHECK"))


def _title(x: XConnection, window: int) -> str:
    name, utf8 = x.intern_atom("_NET_WM_NAME"), x.intern_atom("UTF8_STRING")
    try:
        found = x.create_resource_object("window", window).get_full_property(name, utf8)
    except BadWindow:  # closed since the list was read
        return ""
    return bytes(found.value).decode() if found else ""
