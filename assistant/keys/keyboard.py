"""What a system's keyboard must do for the hotkeys, and the keyboard of a system that has none to offer."""

from collections.abc import Callable
from typing import Protocol

from assistant.keys.names import Chord
from assistant.turn.events import Fault, Part, PartChanged, Readiness
from assistant.turn.press import Input

Heard = Callable[[Input, float], None]
Report = Callable[[PartChanged], None]


class Keyboard(Protocol):
    """Tells what is pressed. `heard` and `report` are called on the keyboard's own thread, and only enqueue."""

    def start(self, heard: Heard, report: Report) -> None: ...
    def stop(self) -> None: ...

    def use(self, talk: Chord, dictate: Chord | None) -> None:
        """Listen for these from now on. Without `dictate` it is Right Alt, or Pause where that is AltGr."""

    def capture(self, done: Callable[[str], None]) -> None:
        """Call `done`, once, with the next key or chord; "" for Esc, a click, or where no key can be heard."""


class NoKeyboard:
    """Global keys cannot be heard here; `aloud press` and its kin can still be sent."""

    def __init__(self, readiness: Readiness, fault: Fault) -> None:
        self._state = PartChanged(Part.KEYS, readiness, fault=fault)

    def start(self, heard: Heard, report: Report) -> None:  # noqa: ARG002 - nothing is ever heard
        report(self._state)

    def stop(self) -> None: ...

    def use(self, talk: Chord, dictate: Chord | None) -> None: ...

    def capture(self, done: Callable[[str], None]) -> None:
        done("")


def in_use(talk: Chord, dictate: Chord, fault: Fault | None) -> PartChanged:
    """The keys as they stand, to be read after "Hold"."""
    label = f"{talk.pretty()} to ask, {dictate.pretty()} to dictate"
    readiness = Readiness.LIMITED if fault else Readiness.READY
    return PartChanged(Part.KEYS, readiness, label, fault, in_use=(talk.name, dictate.name))
