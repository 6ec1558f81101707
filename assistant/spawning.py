"""Starting child processes, also ahead of time.

Imported before anything else by a program that wants a child to load while it loads itself.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

# glibc gives each thread a heap of its own, most of which stays empty; with one the scribe needs up to 25 MB less.
# NumPy's products are small here; more threads only keep each other waiting.
_ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "OPENBLAS_NUM_THREADS": "1"}

_ahead: dict[str, subprocess.Popen[bytes]] = {}


def start_ahead(module: str) -> None:
    """Start the child that will be wanted soon; it waits for its first message."""
    _ahead[module] = spawn(module)


def take(module: str) -> subprocess.Popen[bytes] | None:
    """The child that was started ahead, if there is one; from now on it is the caller's."""
    return _ahead.pop(module, None)


def spawn(
    module: str, arguments: Sequence[str] = (), environment: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """A process that runs `module`, with pipes to it."""
    # Found from any folder; -P, because nothing in the folder where the program was started is to be imported.
    here = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **_ENVIRONMENT, "PYTHONPATH": path, **(environment or {})},
    )
