"""Timers of the engine: kept in order, looked at when the inbox is empty."""

import heapq
import itertools

from assistant.turn.events import TimerFired


class Timers:
    """Pending timers. Times are seconds of the engine's clock."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, TimerFired]] = []
        self._order = itertools.count()

    def start(self, due: float, event: TimerFired) -> None:
        heapq.heappush(self._heap, (due, next(self._order), event))

    def wait_s(self, now: float) -> float | None:
        """Seconds until the next one is due, 0 at the least; None without any."""
        return max(0.0, self._heap[0][0] - now) if self._heap else None

    def due(self, now: float) -> TimerFired | None:
        """The earliest timer that is due, taken out; None if none is."""
        if self._heap and self._heap[0][0] <= now:
            return heapq.heappop(self._heap)[2]
        return None
