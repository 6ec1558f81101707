"""What can be said about the voice as a whole, out of the state of its parts."""

import threading
from collections.abc import Callable

from assistant.turn.events import Fault, Readiness

_PARTS = ("engine", "playback", "voice")  # the gravest first
_MISSING = {"no-speech-engine", "no-portaudio", "no-speaker"}
_LIMITED = {"unknown-voice", "speech-engine-fails"}


class Health:
    """Calls `tell(readiness, voice, fault)` whenever the answer is another one; `voice` is the name of the one in use.

    Threads may use it at the same time.
    """

    def __init__(self, tell: Callable[[Readiness, str, Fault | None], None]) -> None:
        self.voice = ""
        self._tell = tell
        self._lock = threading.Lock()
        self._faults: dict[str, Fault | None] = {}
        self._told: tuple[Readiness, str, Fault | None] | None = None

    def note(self, part: str, fault: Fault | None) -> None:
        """`part` ("engine", "playback" or "voice") works, or has this fault."""
        with self._lock:
            self._faults[part] = fault
            readiness, worst = _state(self._faults)
            if (state := (readiness, self.voice, worst)) != self._told:
                self._told = state
                self._tell(*state)


def _state(faults: dict[str, Fault | None]) -> tuple[Readiness, Fault | None]:
    worst = next((fault for part in _PARTS if (fault := faults.get(part))), None)
    if worst is not None:
        if worst.code in _MISSING:
            return Readiness.MISSING, worst
        return (Readiness.LIMITED if worst.code in _LIMITED else Readiness.BROKEN), worst
    return (Readiness.READY if len(faults) == len(_PARTS) else Readiness.STARTING), None
