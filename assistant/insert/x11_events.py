"""Waiting for an X display, on the one thread that talks to it."""

import select
import socket
import time
from collections.abc import Callable
from typing import Any

from Xlib.display import Display


class Events:
    """Whoever waits has everything handled meanwhile: `handle` takes the display's events, `woken` other threads' calls.

    `bell` is readable when another thread calls.
    """

    def __init__(
        self,
        display: Display,
        bell: socket.socket,
        handle: Callable[[Any], None],
        woken: Callable[[], None],
    ) -> None:
        self._display, self._bell, self._handle, self._woken = display, bell, handle, woken

    def wait(self, done: Callable[[], bool], until: float | None) -> bool:
        """Return True as soon as `done` holds, False at the time `until` (monotonic, seconds)."""
        while True:
            while self._display.pending_events():
                self._handle(self._display.next_event())
            if done():
                return True
            left_s = None if until is None else until - time.monotonic()
            if left_s is not None and left_s <= 0:
                return False
            ready, _, _ = select.select([self._display.fileno(), self._bell.fileno()], [], [], left_s)
            if self._bell.fileno() in ready:
                self._bell.recv(4096)
                self._woken()
