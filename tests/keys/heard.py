"""What the hotkeys tell, one event after the other."""

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from assistant.keys.hotkeys import GlobalKeys
from assistant.keys.keyboard import Keyboard
from assistant.turn.events import Event, Goal, PartChanged, TalkEnded, TalkStarted
from assistant.turn.press import Timing
from tests.rig import Display

E = TypeVar("E", bound=Event)


class Heard:
    """Running hotkeys, and the events they emit; those about readiness are kept apart in `parts`."""

    def __init__(self, keys: GlobalKeys) -> None:
        self.keys = keys
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.parts: queue.SimpleQueue[PartChanged] = queue.SimpleQueue()

    def emit(self, event: Event) -> None:
        if isinstance(event, PartChanged):
            self.parts.put(event)
        else:
            self.events.put(event)

    def next(self, kind: type[E], within_s: float = 20.0) -> E:
        """The next event, which is of this kind."""
        event = self.events.get(timeout=within_s)
        assert isinstance(event, kind), event
        return event

    def part(self) -> PartChanged:
        """The next word on the keys' readiness."""
        return self.parts.get(timeout=20)

    def use(self, talk: str, dictate: str) -> PartChanged:
        """Use these keys, and return what comes of it."""
        self.keys.use(talk, dictate)
        return self.part()

    def capture(self) -> "queue.SimpleQueue[str]":
        """Wait for a key to be chosen; its name arrives in what is returned."""
        chosen: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.keys.capture(chosen.put)
        return chosen


@contextmanager
def listening(keyboard: Keyboard | None = None, longest_s: float = 600) -> Iterator[Heard]:
    """Hotkeys of the display in the environment."""
    heard = Heard(GlobalKeys(Timing(longest_s=longest_s), keyboard))
    heard.keys.start(heard.emit)
    try:
        yield heard
    finally:
        heard.keys.stop()


def hold(heard: Heard, display: Display, key: str) -> Goal:
    """Hold a key as one does to speak; returns what that was for."""
    display.key_down(key)
    goal = heard.next(TalkStarted).goal
    let_pass(0.4)
    display.key_up(key)
    heard.next(TalkEnded)
    return goal


def let_pass(seconds: float) -> None:
    """Hold what is held for so long."""
    threading.Event().wait(seconds)
