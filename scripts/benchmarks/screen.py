"""When a program's window is on the screen: mapped, and something painted in it."""

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from Xlib import X
from Xlib.error import BadDrawable, BadMatch, BadWindow
from Xlib.ext import damage

from tests.rig import Display, RigError

_WITHIN_S = 60.0
_PAINTED = 3  # colours: a window's ground alone is not yet what its user waits for


class Screen:
    """Watches the windows that appear on a display."""

    def __init__(self, connection: Any) -> None:
        self._x = connection
        self._x.damage_query_version()
        self._x.set_error_handler(lambda *_: None)  # windows go while we ask about them
        self._x.screen().root.change_attributes(event_mask=X.SubstructureNotifyMask)
        self._x.sync()
        self._name = self._x.intern_atom("_NET_WM_NAME")

    def wait_for(self, title: str) -> float:
        """When the first window with this title was painted, in seconds of `time.time`."""
        deadline = time.monotonic() + _WITHIN_S
        while time.monotonic() < deadline:
            if not self._x.pending_events():
                select.select([self._x.fileno()], [], [], deadline - time.monotonic())
            while self._x.pending_events():
                event = self._x.next_event()
                now = time.time()
                if event.type == X.CreateNotify:
                    event.window.damage_create(damage.DamageReportNonEmpty)
                elif event.type == self._x.extension_event.DamageNotify:
                    if self._painted(event.drawable.id, title):
                        return now
                    self._x.damage_subtract(event.damage, X.NONE, X.NONE)
        raise RigError(f"No window '{title}' was painted within {_WITHIN_S:g} s.")

    def forget(self) -> None:
        """What happened until now is over."""
        self._x.sync()
        while self._x.pending_events():
            self._x.next_event()

    def _painted(self, identifier: int, title: str) -> bool:
        window = self._x.create_resource_object("window", identifier)
        try:
            if window.get_full_text_property(self._name) != title:
                return False
            size = window.get_geometry()
            pixels = window.get_image(0, 0, size.width, size.height // 8, X.ZPixmap, 0xFFFFFFFF).data
        except (BadWindow, BadMatch, BadDrawable):
            return False
        return len({pixels[at : at + 4] for at in range(0, len(pixels), 4)}) >= _PAINTED


@contextmanager
def watching(display: Display) -> Iterator[Screen]:
    with display.connection() as connection:
        yield Screen(connection)
