"""Keys that belong to us alone: the program in focus does not see them.

A grab is synchronous. While the key is held the keyboard waits for us after each key; a different one is handed on to
the program in focus, so that nothing typed while talking is lost.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from Xlib import X
from Xlib.display import Display
from Xlib.error import BadAccess, CatchError

from assistant.turn.events import Goal

log = logging.getLogger(__name__)

Grab = tuple[int, int]
"""A keycode, and the modifiers with it as bits of an event's state."""


class Grabs:
    """A connection of its own, opened for the first grab: a client's own grab would keep raw events from it.

    `pressed` is called with the goal of a key that was pressed, and the server's time, in milliseconds.
    """

    def __init__(self, pressed: Callable[[Goal, int], None]) -> None:
        self._pressed = pressed
        self._grabs: dict[Grab, Goal] = {}
        self._lock_masks: Sequence[int] = (0,)

    @cached_property
    def _display(self) -> Display:
        display = Display()
        display.set_error_handler(lambda error, _: log.warning("X error: %s", error))
        return display

    @property
    def _root(self) -> Any:
        return self._display.screen().root

    @property
    def _connected(self) -> bool:
        return "_display" in vars(self)

    @property
    def filenos(self) -> tuple[int, ...]:
        return (int(self._display.fileno()),) if self._connected else ()

    def close(self) -> None:
        if self._connected:
            self._display.close()

    def goals(self, keycode: int) -> set[Goal]:
        """What the key is grabbed for."""
        return {goal for (grabbed, _), goal in self._grabs.items() if grabbed == keycode}

    def use(self, wanted: Mapping[Grab, Goal], lock_masks: Sequence[int]) -> set[Goal]:
        """Grab these and no others, in every state of the lock keys. The goals whose key another program has."""
        for grab in self._grabs.keys() - wanted.keys():
            self._release(grab)
        self._lock_masks = lock_masks
        free = {grab: goal for grab, goal in wanted.items() if grab in self._grabs or self._take(grab)}
        self._grabs = free
        return set(wanted.values()) - set(free.values())

    def swallow_everything(self) -> None:
        """From now on no program sees a key. Where another program has the keyboard it keeps it."""
        self._root.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime)

    def swallow_nothing(self) -> None:
        self._display.ungrab_keyboard(X.CurrentTime)
        self._display.flush()

    def take_events(self) -> None:
        while self._connected and self._display.pending_events():
            event = self._display.next_event()
            if event.type in {X.KeyPress, X.KeyRelease}:
                self._take_key(event)

    def _take_key(self, event: Any) -> None:
        if not self.goals(event.detail):
            self._display.allow_events(X.ReplayKeyboard, X.CurrentTime)
            return
        self._display.allow_events(X.SyncKeyboard, X.CurrentTime)
        goal = self._grabs.get((event.detail, event.state & 0xFF & ~max(self._lock_masks)))
        if event.type == X.KeyPress and goal is not None:
            self._pressed(goal, event.time)

    def _take(self, grab: Grab) -> bool:
        refusal = CatchError(BadAccess)
        for keycode, mask in self._variants(grab):
            self._root.grab_key(keycode, mask, False, X.GrabModeAsync, X.GrabModeSync, onerror=refusal)
        self._display.sync()
        if refusal.get_error() is None:
            return True
        self._release(grab)
        return False

    def _release(self, grab: Grab) -> None:
        for keycode, mask in self._variants(grab):
            self._root.ungrab_key(keycode, mask)
        self._display.flush()

    def _variants(self, grab: Grab) -> list[Grab]:
        keycode, mask = grab
        return [(keycode, mask | locks) for locks in self._lock_masks]
