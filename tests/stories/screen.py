"""What is seen on the screen, and where: a person's eye for the stories."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assistant.window.theme import LIGHT
from tests.rig import Display, wait_until

Mask = npt.NDArray[np.bool_]
_ALIKE = 40  # of 255: a mark's edges are blended with what is behind it


class Box(NamedTuple):
    """Pixels from the screen's top left corner; `right` and `bottom` are the last ones within."""

    left: int
    top: int
    right: int
    bottom: int

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


def appeared(display: Display, before: npt.NDArray[np.uint8], at_least: int = 40) -> Box:
    """Where the screen has changed since it looked like `before`, once that is more than so many pixels high."""

    def look() -> Box | None:
        found = _around((display.pixels() != before).any(axis=2))
        return found if found and found.bottom - found.top > at_least else None

    return wait_until(look, 20, "something new on the screen")  # type: ignore[return-value]


def _like(pixels: npt.NDArray[np.uint8], token: str) -> Mask:
    wanted = np.frombuffer(bytes.fromhex(getattr(LIGHT, token)[1:]), np.uint8).astype(int)
    close: Mask = (np.abs(pixels.astype(int) - wanted) < _ALIKE).all(axis=2)
    return close


def _around(mask: Mask) -> Box | None:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1]))
