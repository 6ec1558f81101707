"""Child processes: start, talk to, end.

A message is one line of JSON, `{"type": …, "data": {…}, "payload_length": n}`, then n bytes: the shape of the Wyoming
protocol's events. It goes over the child's standard input and output. A child whose parent is gone reads the end of
its input, and leaves.
"""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import IO, Any

from assistant.spawning import spawn, take
from assistant.turn.dataclass import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """One message to or from a child."""

    type: str
    data: Mapping[str, Any] = field(default_factory=dict)
    payload: bytes = b""


def write_message(stream: IO[bytes], message: Message) -> None:
    header = {"type": message.type, "data": message.data, "payload_length": len(message.payload)}
    stream.write(json.dumps(header, ensure_ascii=False).encode() + b"\n" + message.payload)
    stream.flush()


def read_message(stream: IO[bytes]) -> Message | None:
    """The next message, None at the end of the stream (also where it ends within a message)."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    header = json.loads(line)
    payload = stream.read(header["payload_length"])
    if len(payload) < header["payload_length"]:
        return None
    return Message(header["type"], header["data"], payload)


class Child:
    """One child process, from the parent's side.

    `on_message` and `on_exit` (with the exit code, negative for a signal) are called on the child's reader thread.
    After `end` neither is called any more.
    """

    def __init__(
        self,
        module: str,
        on_message: Callable[[Message], None],
        on_exit: Callable[[int], None],
        *,
        arguments: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._on_message = on_message
        self._on_exit = on_exit
        self._ended = threading.Event()
        self._writing = threading.Lock()
        self._process = take(module) or spawn(module, arguments, environment)
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError("a child without pipes")
        self._in, self._out = self._process.stdin, self._process.stdout
        self._reader = threading.Thread(target=self._read, name=f"from {module}", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, type_: str, /, payload: bytes = b"", **data: Any) -> None:
        """Give the child a message. A child that is gone gets nothing; its exit is told by `on_exit`."""
        with self._writing, contextlib.suppress(BrokenPipeError, ValueError):
            write_message(self._in, Message(type_, data, payload))

    def end(self, grace_s: float = 2.0) -> None:
        """Close its input; after `grace_s` terminate it, then kill it. Returns when it is gone."""
        self._ended.set()
        # A writer that is stuck in a full pipe holds the lock: then only the signals below help.
        if self._writing.acquire(timeout=grace_s):
            with contextlib.suppress(BrokenPipeError):
                self._in.close()
            self._writing.release()
        for signal_it in (None, self._process.terminate, self._process.kill):
            if signal_it is not None:
                signal_it()
            try:
                self._process.wait(grace_s)
                break
            except subprocess.TimeoutExpired:
                continue
        if threading.current_thread() is not self._reader:
            self._reader.join(grace_s)

    def kill(self) -> None:
        """End it this instant. Use where ending it is the point: it hangs, or its sound must stop."""
        self._ended.set()
        self._process.kill()
        self.end(grace_s=1.0)

    def _read(self) -> None:
        with self._out as stream:
            while (message := read_message(stream)) is not None:
                if not self._ended.is_set():
                    self._on_message(message)
        code = self._process.wait()
        if not self._ended.is_set():
            log.warning("child %d left with code %d", self._process.pid, code)
            self._on_exit(code)


class Parent:
    """The child's side. `receive` waits for the parent, until it is gone; `send` may be called by any thread.

    Making one turns the process's standard output into standard error, so that whatever a library prints cannot fall
    into the middle of a message; and a Ctrl+C in the terminal, which reaches the whole group, is left to the parent.
    """

    def __init__(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.stdout.flush()
        self._out = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)
        self._in = sys.stdin.buffer
        self._writing = threading.Lock()

    def send(self, type_: str, /, payload: bytes = b"", **data: Any) -> None:
        """Tell the parent. Where it is gone there is nobody to tell."""
        with self._writing, contextlib.suppress(BrokenPipeError):
            write_message(self._out, Message(type_, data, payload))

    def receive(self) -> Message | None:
        """The next message from the parent; None when it is gone."""
        return read_message(self._in)
