"""Lines over a local socket. One thread serves all clients; none of them can hold it up.

A client has `_PATIENCE_S` to send a line of `LONGEST_LINE` bytes at most. There are never more than `_MOST_CLIENTS`;
for a new one the oldest has to go.
"""

import contextlib
import fcntl
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant import paths
from assistant.errors import AssistantError
from assistant.keys.instance import LONGEST_LINE

Answer = Callable[[bytes], bytes]

_PATIENCE_S = 2.0
_ANSWER_WITHIN_S = 5.0
_MOST_CLIENTS = 32


def address() -> Path:
    return paths.runtime_folder() / "aloud.sock"


def serve(path: Path, answer: Answer) -> "SocketServer | None":
    """Listen at `path`; None where somebody listens there already. Raises AssistantError("no-socket")."""
    try:
        # Two that start at the same moment must not both take the other's fresh socket for a dead one.
        with _alone(path.with_suffix(".lock")):
            if _is_alive(path):
                return None
            path.unlink(missing_ok=True)
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                listener.bind(str(path))
                listener.listen(_MOST_CLIENTS)
            except OSError:
                listener.close()
                raise
    except OSError as error:
        message = f"The socket {path} cannot be made: {error.strerror or error}."
        raise AssistantError(
            "no-socket", message, "XDG_RUNTIME_DIR must name a folder of your own."
        ) from error
    return SocketServer(listener, path, answer)


def ask(path: Path, line: bytes) -> bytes:
    """The reply to `line`. Raises OSError."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        _connect(client, path, _ANSWER_WITHIN_S)
        client.sendall(line)
        with client.makefile("rb") as stream:
            return stream.readline(LONGEST_LINE)


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_alive(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        try:
            _connect(client, path, _PATIENCE_S)
        except (FileNotFoundError, ConnectionRefusedError):
            return False
        except TimeoutError:  # it is there, and busy
            return True
        return True


def _connect(client: socket.socket, path: Path, within_s: float) -> None:
    """Connect, waiting where others are waiting already. `within_s` holds for each later step, too."""
    deadline = time.monotonic() + within_s
    client.settimeout(within_s)
    while True:
        try:
            client.connect(str(path))
        except BlockingIOError as error:  # the queue is full, which for a local socket is an error
            if time.monotonic() > deadline:
                raise TimeoutError from error
            time.sleep(0.01)
        else:
            return


@dataclass(slots=True)
class _Client:
    connection: socket.socket
    deadline: float
    received: bytearray = field(default_factory=bytearray)


class SocketServer:
    """Answers lines until it is closed. `answer` is called on the server's thread."""

    def __init__(self, listener: socket.socket, path: Path, answer: Answer) -> None:
        self._listener, self._path, self._answer = listener, path, answer
        self._clients: dict[socket.socket, _Client] = {}
        self._closer, self._closed = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="local socket", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._path.unlink(missing_ok=True)
        self._closer.send(b"\0")
        self._thread.join()
        self._closer.close()

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector, self._listener, self._closed:
            self._listener.setblocking(False)
            selector.register(self._listener, selectors.EVENT_READ)
            selector.register(self._closed, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in selector.select(self._patience_s())}
                if self._closed in ready:
                    break
                for client in [
                    self._clients[c] for c in ready if isinstance(c, socket.socket) and c in self._clients
                ]:
                    self._read(client, selector)
                self._drop_slow(selector)
                if self._listener in ready:
                    self._accept(selector)
            for client in list(self._clients.values()):
                self._drop(client, selector)

    def _patience_s(self) -> float | None:
        deadlines = [client.deadline for client in self._clients.values()]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def _accept(self, selector: selectors.BaseSelector) -> None:
        with contextlib.suppress(OSError):  # it has gone away again
            connection, _ = self._listener.accept()
            connection.setblocking(False)
            if len(self._clients) >= _MOST_CLIENTS:
                self._drop(next(iter(self._clients.values())), selector)
            self._clients[connection] = _Client(connection, time.monotonic() + _PATIENCE_S)
            selector.register(connection, selectors.EVENT_READ)

    def _read(self, client: _Client, selector: selectors.BaseSelector) -> None:
        try:
            received = client.connection.recv(LONGEST_LINE)
        except OSError:
            received = b""
        client.received += received
        line, end, _ = client.received.partition(b"\n")
        if end or len(client.received) > LONGEST_LINE:
            with contextlib.suppress(OSError):  # it did not wait for the reply
                client.connection.send(self._answer(bytes(line)))
            self._drop(client, selector)
        elif not received:
            self._drop(client, selector)

    def _drop_slow(self, selector: selectors.BaseSelector) -> None:
        now = time.monotonic()
        for client in [client for client in self._clients.values() if client.deadline <= now]:
            self._drop(client, selector)

    def _drop(self, client: _Client, selector: selectors.BaseSelector) -> None:
        selector.unregister(client.connection)
        client.connection.close()
        del self._clients[client.connection]
