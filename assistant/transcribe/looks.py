"""Second looks at some words that wait for a recogniser, one under way at a time."""

from collections import deque
from dataclasses import asdict
from typing import Any

from assistant.turn.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """Seconds of the recording of `turn`, to be understood again. `number` is that of a look somebody waits for, else 0."""

    number: int
    turn: int
    path: str
    start_s: float
    end_s: float
    prompt: str

    def as_data(self) -> dict[str, Any]:
        """What the scribe is told."""
        return {name: value for name, value in asdict(self).items() if name != "number"}


class Looks:
    """In the order in which they came."""

    def __init__(self) -> None:
        self.under_way: Look | None = None
        self._waiting: deque[Look] = deque()

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        return self.under_way is None and not self._waiting

    def add(self, look: Look) -> None:
        self._waiting.append(look)

    def begin(self) -> Look | None:
        """The next one, now under way; None where one is already, or none waits."""
        if self.under_way is not None or not self._waiting:
            return None
        self.under_way = self._waiting.popleft()
        return self.under_way

    def done(self) -> Look:
        """What was under way has its answer."""
        if self.under_way is None:
            raise AssertionError("an answer to no look")
        look, self.under_way = self.under_way, None
        return look

    def abandon(self, number: int) -> bool:
        """Forget one that waits; tell whether it is under way, which it stays."""
        self._waiting = deque(look for look in self._waiting if look.number != number)
        return self.under_way is not None and self.under_way.number == number

    def drop(self) -> list[Look]:
        """Those that wait, which are forgotten."""
        looks, self._waiting = list(self._waiting), deque()
        return looks

    def drop_all(self) -> list[Look]:
        """All of them, which are forgotten."""
        begun = [] if self.under_way is None else [self.done()]
        return [*begun, *self.drop()]
