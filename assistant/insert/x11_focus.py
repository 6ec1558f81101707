"""Which program has the focus of an X display."""

from typing import Any

from Xlib import X
from Xlib.display import Display
from Xlib.error import BadWindow
from Xlib.ext import res

from assistant.turn.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A top-level window. `client` is the base of the ids its connection to the display gives out.

    `names` are its WM_CLASS; `pid` is 0 where it is not known.
    """

    window: int
    names: tuple[str, ...]
    client: int
    pid: int


def focused(display: Display) -> Target | None:
    """The window that gets the keys; None without one, or where it is closing."""
    window = display.get_input_focus().focus
    if isinstance(window, int):  # no window, or whichever is under the pointer
        return None
    try:
        return _target(display, window)
    except BadWindow:
        return None


def client_of(display: Display, resource: int) -> int:
    """The base of the ids of the connection that made `resource`."""
    return resource & ~int(display.display.info.resource_id_mask)


def pid_of(display: Display, resource: int) -> int:
    """The process whose connection made `resource`; 0 where the server does not tell."""
    if not display.has_extension(res.extname):
        return 0
    answer = display.res_query_client_ids([{"client": resource, "mask": res.LocalClientPIDMask}])
    return next((int(found.value[0]) for found in answer.ids if found.value), 0)


def _target(display: Display, window: Any) -> Target:
    """Climbs from the window with the focus to the one that says whose it is."""
    inner = window
    while (names := window.get_wm_class()) is None:
        tree = window.query_tree()
        if tree.parent in {tree.root, X.NONE}:
            window, names = inner, ()
            break
        window = tree.parent
    number = int(window.id)
    return Target(number, tuple(names), client_of(display, number), pid_of(display, number))
