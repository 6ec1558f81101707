"""The rig's child processes: each in a group of its own, ended with that group, and gone when we are gone."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class RigError(Exception):
    """A part of the rig did not start or did not do what was asked."""


def wait_until(check: Callable[[], T], within_s: float, what: str) -> T:
    """Ask `check` again and again until it answers something true; return that answer.

    Raises `RigError` naming `what` when `within_s` seconds have passed.
    """
    deadline = time.monotonic() + within_s
    while True:
        answer = check()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise RigError(f"Waited {within_s:g} s for {what}.")
        time.sleep(0.005)


class Service:
    """A long-running program with its output in a log file."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        log: Path,
        pass_fds: Sequence[int] = (),
        stdin: bytes = b"",
    ) -> None:
        self.name = Path(command[0]).name
        self.log = log
        with log.open("ab") as output:
            # setpriv ends the program when the thread that started it dies, kill -9 included.
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", *command],
                env=dict(env),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                pass_fds=pass_fds,
                start_new_session=True,
            )
        assert self._process.stdin is not None
        self._process.stdin.write(stdin)
        self._process.stdin.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def alive(self) -> bool:
        return self._process.poll() is None

    def wait_until(self, check: Callable[[], T], within_s: float, what: str) -> T:
        """Like the function of that name; gives up at once, with the program's output, when the program ends."""

        def check_alive() -> T:
            if not self.alive():
                raise RigError(f"{self.name} ended early ({self._process.returncode}): {self.output()}")
            return check()

        try:
            return wait_until(check_alive, within_s, what)
        except RigError as err:
            raise RigError(f"{err} {self.name} said: {self.output()}") from err

    def output(self) -> str:
        """The last 4,000 characters of what the program printed."""
        return self.log.read_text(errors="replace")[-4000:]

    def end(self, within_s: float = 3.0) -> None:
        """End the program and everything in its process group: asked first, then forced."""
        for how in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.pid, how)
            except ProcessLookupError:
                break
            try:
                self._process.wait(within_s)
            except subprocess.TimeoutExpired:
                continue
        self._process.wait()


def run_tool(command: Sequence[str | Path], env: Mapping[str, str], within_s: float = 20.0) -> str:
    """Run a short command to its end and return its stdout; `RigError` with its stderr when it fails."""
    done = subprocess.run(
        command,
        env=dict(env),
        capture_output=True,
        text=True,
        timeout=within_s,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode != 0:
        raise RigError(f"{' '.join(map(str, command))} failed ({done.returncode}): {done.stderr.strip()}")
    return done.stdout
