"""A Chat Completions server in a process of its own, whose answer is the moment at which the question had arrived.

The clock is the system's monotonic one, the same in every process.
"""

import argparse
import json
import socket
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Self

_ROOT = Path(__file__).resolve().parent.parent.parent
_WITHIN_S = 30.0


class ChatServer:
    """Runs as long as the `with` lasts. With a `certificate` it is localhost and speaks TLS.

    `thinking_s` passes before it answers; with `leaving` it closes the connection after each answer.
    """

    def __init__(
        self, *, certificate: Path | None = None, thinking_s: float = 0.0, leaving: bool = False
    ) -> None:
        self._arguments = [str(thinking_s), *(["--leaving"] if leaving else [])]
        self._arguments += ["--certificate", str(certificate)] if certificate else []
        self._scheme = "https" if certificate else "http"
        self._connections = 0
        self._changed = threading.Condition()

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, *self._arguments], cwd=_ROOT, stdout=subprocess.PIPE, text=True
        )
        if self._process.stdout is None:
            raise AssertionError("a server without output")
        port = self._process.stdout.readline().strip()
        self.base_url = f"{self._scheme}://localhost:{port}/v1"
        self._reader = threading.Thread(target=self._count, args=(self._process.stdout,))
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()

    @property
    def connections(self) -> int:
        """How many were ever opened, with their handshake done."""
        return self._connections

    def wait_for_connection(self, number: int) -> None:
        with self._changed:
            if not self._changed.wait_for(lambda: self._connections >= number, _WITHIN_S):
                raise TimeoutError(f"Waited {_WITHIN_S:g} s for a connection.")

    def _count(self, lines: IO[str]) -> None:
        with lines:
            for _ in lines:
                with self._changed:
                    self._connections += 1
                    self._changed.notify_all()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("thinking_s", type=float)
    parser.add_argument("--certificate", type=Path)
    parser.add_argument("--leaving", action="store_true")
    options = parser.parse_args()
    tls = None
    if options.certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(options.certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            connection, _ = listener.accept()
            arguments = (connection, tls, options.thinking_s, options.leaving)
            threading.Thread(target=_serve, args=arguments, daemon=True).start()


def _serve(connection: socket.socket, tls: ssl.SSLContext | None, thinking_s: float, leaving: bool) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if tls:
        connection = tls.wrap_socket(connection, server_side=True)
    print("connected", flush=True)
    with connection, connection.makefile("rb") as requests:
        while line := requests.readline():
            length = _body_length(requests)
            requests.read(length)
            arrived_at = time.monotonic()
            time.sleep(thinking_s)
            asked = line.startswith(b"POST")
            connection.sendall(_answer(arrived_at, leaving) if asked else _models())
            if asked and leaving:
                return


def _body_length(request: IO[bytes]) -> int:
    length = 0
    while (header := request.readline().strip().lower()) not in {b"", b"\r\n"}:
        name, _, value = header.partition(b":")
        if name == b"content-length":
            length = int(value)
    return length


def _answer(arrived_at: float, leaving: bool) -> bytes:
    chunk = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "delta": {"content": repr(arrived_at)}, "finish_reason": "stop"}],
    }
    body = b"data: " + json.dumps(chunk).encode() + b"\n\ndata: [DONE]\n\n"
    return _response(b"text/event-stream", body, b"Connection: close\r\n" if leaving else b"")


def _models() -> bytes:
    return _response(b"application/json", b'{"object": "list", "data": [{"id": "m", "object": "model"}]}')


def _response(kind: bytes, body: bytes, more: bytes = b"") -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n"
    return head % (kind, len(body), more) + body


if __name__ == "__main__":
    main()
