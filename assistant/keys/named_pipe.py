"""Lines over a named pipe of Windows. Its messages arrive whole; clients are served one after the other."""

import contextlib
import getpass
import threading
from collections.abc import Callable
from multiprocessing.connection import Client, Connection, Listener

from assistant.keys.instance import LONGEST_LINE

Answer = Callable[[bytes], bytes]

_PATIENCE_S = 2.0
_ANSWER_WITHIN_S = 5.0


def address() -> str:
    return rf"\\.\pipe\aloud-{getpass.getuser()}"


def serve(pipe: str, answer: Answer) -> "PipeServer | None":
    """Listen at `pipe`; None where somebody listens there already."""
    try:
        return PipeServer(Listener(pipe), pipe, answer)
    except OSError:  # Windows makes the first instance of a pipe only once
        return None


def ask(pipe: str, line: bytes) -> bytes:
    """The reply to `line`. Raises OSError or EOFError."""
    with Client(pipe) as client:
        client.send_bytes(line)
        if not client.poll(_ANSWER_WITHIN_S):
            raise TimeoutError
        return client.recv_bytes(LONGEST_LINE)


class PipeServer:
    """Answers lines until it is closed. `answer` is called on the server's thread."""

    def __init__(self, listener: Listener, pipe: str, answer: Answer) -> None:
        self._listener, self._pipe, self._answer = listener, pipe, answer
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="named pipe", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        with contextlib.suppress(OSError):
            Client(self._pipe).close()  # wakes the thread
        self._thread.join()

    def _run(self) -> None:
        with self._listener:
            while not self._closing.is_set():
                with contextlib.suppress(OSError, EOFError), self._listener.accept() as client:
                    self._serve(client)

    def _serve(self, client: Connection) -> None:
        if client.poll(_PATIENCE_S):
            client.send_bytes(self._answer(client.recv_bytes(LONGEST_LINE)))
