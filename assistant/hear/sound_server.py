"""What PulseAudio, or PipeWire in its place, knows of microphones.

PortAudio reaches the sound server through one device that stands for all of them. Which microphones there are, which
one we hear, and that we were moved to another while recording, only the server tells.
"""

import os
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

from assistant.turn.dataclass import dataclass

# Where the server is not there (yet, or any more) it is asked for again after so long.
_AGAIN_AFTER_S = 2.0


@dataclass(frozen=True, slots=True)
class Source:
    """Something that can be recorded; `monitor` is set where it is what a speaker plays."""

    name: str
    title: str
    monitor: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What this process hears now; `stream` is the server's number for the stream that hears it."""

    stream: int
    source: Source


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything there is. `default` is what a program hears that does not choose."""

    all: tuple[Source, ...]
    default: Source | None
    heard: Heard | None

    @property
    def microphones(self) -> tuple[Source, ...]:
        return tuple(source for source in self.all if not source.monitor)


def watch(tell: Callable[[Sources | None], None]) -> bool:
    """Call `tell` now and at each change, on a thread of its own; with None while there is no server.

    False where this machine has no library to ask with.
    """
    try:
        import pulsectl  # noqa: F401
    except (ImportError, OSError):
        return False
    threading.Thread(target=_watch, args=(tell,), name="sound server", daemon=True).start()
    return True


def _watch(tell: Callable[[Sources | None], None]) -> None:
    import pulsectl

    while True:
        try:
            with pulsectl.Pulse("aloud", connect=False) as server:
                server.connect(autospawn=False)
                _follow(server, tell)
        except (pulsectl.PulseError, pulsectl.PulseDisconnected):
            tell(None)
            threading.Event().wait(_AGAIN_AFTER_S)


def _follow(server: Any, tell: Callable[[Sources | None], None]) -> None:
    import pulsectl

    changed, told = True, None

    def note(_: Any) -> None:
        nonlocal changed
        changed = True
        raise pulsectl.PulseLoopStop

    server.event_mask_set("server", "source", "source_output")
    server.event_callback_set(note)
    while True:
        while changed:
            changed = False
            sources = _look(server)
            if sources != told:
                tell(sources)
                told = sources
        server.event_listen()


def _look(server: Any) -> Sources:
    listed = server.source_list()
    titles = Counter[str]()
    sources = {}
    for one in listed:
        titles[one.description] += 1
        times = titles[one.description]
        title = one.description if times == 1 else f"{one.description} {times}"
        sources[one.index] = Source(one.name, title, one.monitor_of_sink_name is not None)
    default = server.server_info().default_source_name
    us = str(os.getpid())
    heard = [
        Heard(stream.index, sources[stream.source])
        for stream in server.source_output_list()
        if stream.proplist.get("application.process.id") == us and stream.source in sources
    ]
    return Sources(
        tuple(sources.values()),
        next((source for source in sources.values() if source.name == default), None),
        max(heard, key=lambda one: one.stream, default=None),
    )
