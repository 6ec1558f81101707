"""The recordings that wait for their text, in order, and how long one may take."""

from collections import deque

from assistant.turn.dataclass import dataclass
from assistant.turn.events import Recording

_MOST_FAILURES = 2


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the scribe may be silent: while it loads, and while it works on a recording (or 30 s of a longer one)."""

    load_s: float = 180.0
    work_s: float = 20.0
    work_s_per_s: float = 4.0

    def with_recording(self, recording: Recording) -> float:
        known = 0 < recording.duration_s < 30
        return self.work_s + self.work_s_per_s * (recording.duration_s if known else 30)


@dataclass(slots=True)
class Job:
    """A recording to transcribe. An abandoned one is not heard of again."""

    turn: int
    recording: Recording
    failures: int = 0
    abandoned: bool = False


class Jobs:
    """At most one is under way; it stays the first until it is done."""

    def __init__(self) -> None:
        self.under_way: Job | None = None
        self._waiting: deque[Job] = deque()

    def add(self, turn: int, recording: Recording) -> None:
        self._waiting.append(Job(turn, recording))

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        return self.under_way is None and not self._waiting

    def begin(self) -> Job | None:
        """The next one, now under way; None where one is already, or none waits."""
        if self.under_way is not None or not self._waiting:
            return None
        self.under_way = self._waiting.popleft()
        return self.under_way

    def abandon(self, turn: int) -> bool:
        """Forget one; tell whether it is under way."""
        self._waiting = deque(job for job in self._waiting if job.turn != turn)
        if self.under_way is None or self.under_way.turn != turn:
            return False
        self.under_way.abandoned = True
        return True

    def done(self) -> Job:
        """What was under way has its text or its fault."""
        if self.under_way is None:
            raise AssertionError("an answer to no question")
        job, self.under_way = self.under_way, None
        return job

    def broke_off(self) -> Job | None:
        """What was under way has failed and waits to be tried again; returned where it has failed too often for that."""
        if self.under_way is None:
            return None
        self.under_way.failures += 1
        if self.under_way.failures >= _MOST_FAILURES:
            return self.done()
        self.put_back()
        return None

    def put_back(self) -> None:
        """What was under way waits again, before all others."""
        if self.under_way is not None:
            job = self.done()
            if not job.abandoned:
                self._waiting.appendleft(job)

    def drain(self) -> list[Job]:
        """All of them, which are forgotten."""
        self.put_back()
        jobs, self._waiting = list(self._waiting), deque()
        return jobs
