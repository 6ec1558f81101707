"""The command line as a person runs it: a process of its own, in the test's private home."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]


class Done:
    """What a command printed, and its exit code."""

    def __init__(self, done: "subprocess.CompletedProcess[str]") -> None:
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def aloud(*arguments: str | Path, typed: str = "", **environment: str) -> Done:
    """Run `aloud` with these arguments; `typed` is its standard input."""
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *map(str, arguments)],
        input=typed,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **environment},
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done)


def refused(done: Done, *said: str) -> None:
    """The command left with exit code 2 and one line that says this."""
    assert done.code == 2, done.out
    assert len(done.err.strip().splitlines()) == 1, done.err
    for part in said:
        assert part in done.err
    assert not done.out
