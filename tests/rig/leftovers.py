"""Child processes and threads that a test started and did not end."""

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
# The standard library's own, kept for the life of the process.
_LASTING = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")


def adopt_orphans() -> None:
    """Processes whose parent ends become ours, so that none escapes the search."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


class Leftovers:
    """Remembers what runs now; `end` ends what has come since and still runs."""

    def __init__(self) -> None:
        self._processes = _children()
        self._threads = set(threading.enumerate())

    def end(self, grace_s: float = 5.0) -> list[str]:
        """Give what is just ending a moment; end the other processes; return what was left, by name."""
        deadline = time.monotonic() + grace_s
        while (processes := self._new_processes()) or self._new_threads():
            if time.monotonic() > deadline:
                break
            time.sleep(0.01)
        for pid in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        threads = [f"thread {thread.name}" for thread in self._new_threads()]
        return [f"process {pid} ({command})" for pid, command in processes.items()] + threads

    def _new_processes(self) -> dict[int, str]:
        return {pid: name for pid, name in _children().items() if pid not in self._processes}

    def _new_threads(self) -> list[threading.Thread]:
        # Threads of other languages that called into Python once look alive for ever.
        return [
            thread
            for thread in threading.enumerate()
            if thread not in self._threads and not isinstance(thread, threading._DummyThread)
        ]


def _children() -> dict[int, str]:
    """The running children of this process with their command lines. Only Linux tells."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # pid (name) state parent …, where the name may hold anything.
            state, parent = stat.read_text(errors="replace").rpartition(")")[2].split()[:2]
            if int(parent) != os.getpid() or state in "ZX":
                continue
            command = (
                (stat.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            )
            if not any(name in command for name in _LASTING):
                found[int(stat.parent.name)] = command
    return found
