"""What is seen on the screen, and where: a person's eye for the stories."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from assistant.window.theme import LIGHT
from tests.rig import Display, wait_until

T = TypeVar("T")
Mask = npt.NDArray[np.bool_]
_SOLID = 0.4  # of a box, so that letters in another colour may stand there
_LOOKS = 5  # at something, until it is believed to stand still
_ALIKE = 40  # of 255: a mark's edges are blended with what is behind it


class Box(NamedTuple):
    """Pixels from the screen's top left corner; `right` and `bottom` are the last ones within."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top + 1

    @property
    def middle(self) -> tuple[int, int]:
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2


def dots(display: Display) -> Box:
    """The dots under the one word that is doubtful, once they are seen."""
    return wait_until(lambda: _around(_like(display.pixels(), "doubt")), 20, "dots under a word")  # type: ignore[return-value]


def send_button(display: Display, window: int) -> Box:
    """The round button at the right of the window."""
    left, top, width, height = display.area(window)
    blue = np.zeros_like(every := _like(display.pixels(), "accent"))
    inside = np.s_[top : top + height, left : left + width]
    blue[inside] = every[inside]
    right = int(np.flatnonzero(blue.any(axis=0))[-1])
    blue[:, : right - 34] = False
    found = _around(blue)
    assert found is not None
    return found


def button(display: Display, window: int, typed: str = "") -> Box:
    """The filled button, once it is seen; perhaps only after something is `typed`."""
    if typed:
        display.type(typed)

    return _standing(lambda: next(iter(buttons(display, window)), None), "a filled button")


def buttons(display: Display, window: int) -> list[Box]:
    """The filled buttons that are seen now."""
    return [box for box in _patches(display, window) if box.height in range(30, 40)]


def switches(display: Display, window: int, count: int) -> list[Box]:
    """Those that are on, from above, once there are so many."""

    def look() -> list[Box]:
        found = [box for box in _patches(display, window) if box.height in range(16, 30)]
        return found if len(found) >= count else []

    return _standing(look, f"{count} switches that are on")


def focused(display: Display, window: int, right: Callable[[Box], bool] = bool) -> Box:
    """The field with the focus, once it is `right`."""

    def look() -> Box | None:
        wide = (box for box in _patches(display, window, solid=0) if box.right - box.left > 200)
        return next(filter(right, wide), None)

    return _standing(look, "a field with the focus")


def link(display: Display, window: int) -> Box:
    """A button that is nothing but letters, at the right of the page, once it is seen; its frame, or its first letter."""
    left, _, width, _ = display.area(window)

    def look() -> Box | None:
        found = _patches(display, window, solid=0)
        return next((box for box in found if box.left > left + width / 2 and box.height > 6), None)

    return _standing(look, "a link")


def tinted(display: Display, window: int, token: str) -> Box:
    """The first place with this colour behind its text, once it is seen."""
    return wait_until(lambda: next(iter(_patches(display, window, token)), None), 20, f"a {token} tint")  # type: ignore[return-value]


def appeared(display: Display, before: npt.NDArray[np.uint8], at_least: int = 40) -> Box:
    """Where the screen has changed since it looked like `before`, once that is more than so many pixels high."""

    def look() -> Box | None:
        found = _around((display.pixels() != before).any(axis=2))
        return found if found and found.bottom - found.top > at_least else None

    return wait_until(look, 20, "something new on the screen")  # type: ignore[return-value]


def covered(display: Display, window: int) -> None:
    """Wait until a panel lies over the window, and makes it darker to its edge."""
    left, top, _, _ = display.area(window)
    wait_until(lambda: not _like(display.pixels(), "ground")[top + 2, left + 2], 20, "a panel")


def _standing(look: Callable[[], T | None], what: str) -> T:
    """What is found, once it stands still: a page may be growing around it."""
    seen: list[T | None] = []

    def again() -> T | None:
        seen.append(look())
        return seen[-1] if seen[-_LOOKS:] == [seen[-1]] * _LOOKS else None

    found = wait_until(again, 20, what)
    assert found is not None
    return found


def _like(pixels: npt.NDArray[np.uint8], token: str) -> Mask:
    wanted = np.frombuffer(bytes.fromhex(getattr(LIGHT, token)[1:]), np.uint8).astype(int)
    close: Mask = (np.abs(pixels.astype(int) - wanted) < _ALIKE).all(axis=2)
    return close


def _around(mask: Mask) -> Box | None:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1]))


def _patches(display: Display, window: int, token: str = "accent", solid: float = _SOLID) -> list[Box]:
    """The boxes of this colour in the window, from above, at least `solid` of each in that colour."""
    left, top, width, height = display.area(window)
    mask = _like(display.pixels(), token)[top : top + height, left : left + width]
    return [
        Box(box.left + left, box.top + top, box.right + left, box.bottom + top)
        for box in _apart(mask, Box(0, 0, width - 1, height - 1))
        if mask[box.top : box.bottom + 1, box.left : box.right + 1].mean() >= solid
    ]


def _apart(mask: Mask, within: Box) -> list[Box]:
    """Cut along empty rows and columns until nothing can be cut."""
    inside = mask[within.top : within.bottom + 1, within.left : within.right + 1]
    rows, columns = _stretches(np.any(inside, axis=1)), _stretches(np.any(inside, axis=0))
    boxes = [
        Box(within.left + x, within.top + y, within.left + right, within.top + bottom)
        for y, bottom in rows
        for x, right in columns
    ]
    if boxes in ([], [within]):
        return boxes
    return [part for box in boxes for part in _apart(mask, box)]


def _stretches(filled: Any) -> list[tuple[int, int]]:
    """First and last index of each stretch that is filled."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], filled, [False])).astype(np.int8)))
    return [(int(first), int(after) - 1) for first, after in edges.reshape(-1, 2)]
