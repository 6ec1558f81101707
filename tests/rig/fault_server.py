"""A Chat Completions server on loopback that answers, or goes wrong, exactly as it is told."""

import contextlib
import json
import re
import select
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from tests.rig.processes import wait_until


class Ending(Enum):
    """How a streamed reply ends."""

    FINISHED = auto()  # finish_reason, usage and [DONE]
    UNFINISHED = auto()  # the body ends properly, without finish_reason and [DONE]
    CUT = auto()  # the connection is reset in the middle of the body
    STALLED = auto()  # the connection stays open and nothing comes
    MALFORMED = auto()  # an event that is not JSON
    LINGERING = auto()  # finish_reason, and the connection stays open


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that streams `reasoning`, then `text`, in pieces of a word or of `piece_chars`, `pace_s` apart."""

    text: str
    reasoning: str = ""
    reasoning_field: str = "reasoning_content"
    pace_s: float = 0.0
    piece_chars: int = 0
    ending: Ending = Ending.FINISHED
    finish_reason: str = "stop"

    def deltas(self) -> Iterator[dict[str, str]]:
        """The deltas of the stream's events, in order."""
        for name, whole in ((self.reasoning_field, self.reasoning), ("content", self.text)):
            for piece in self._pieces(whole):
                yield {name: piece}

    def _pieces(self, whole: str) -> list[str]:
        if self.piece_chars:
            return [whole[at : at + self.piece_chars] for at in range(0, len(whole), self.piece_chars)]
        return re.findall(r"\s*\S+\s*$|\s*\S+", whole)


@dataclass(frozen=True, slots=True)
class Status:
    """An error answer as OpenAI words it."""

    code: int
    message: str = "Something is wrong."
    retry_after_s: float | None = None
    error_code: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Html:
    """A page instead of JSON, with status 200, as a captive portal or a wrong address gives it."""

    page: str = "<!doctype html><title>Welcome</title><p>Sign in to use this network."


@dataclass(frozen=True, slots=True)
class Body:
    """Any body, with status 200: answers in other dialects, and what is none."""

    data: bytes
    content_type: str = "text/event-stream"


@dataclass(frozen=True, slots=True)
class Mute:
    """The request is read and never answered."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """The request is read and the connection reset, as happens to one that was kept for too long."""


Behaviour = Reply | Status | Html | Body | Mute | HangUp


@dataclass
class Request:
    """A request as it arrived, over the connection from `peer`; `raw` is its body as it came.

    `closed` is set when the client closed the connection before the answer's end.
    """

    path: str
    peer: tuple[str, int]
    headers: dict[str, str]
    body: dict[str, Any]
    raw: bytes = b""
    closed: threading.Event = field(default_factory=threading.Event)


class FaultServer:
    """Serves `/v1/chat/completions` and `/v1/models` on a port of its own.

    `server.behave(Status(500), Reply("Fine."))`: the first request fails, all later ones are answered. With a `key`
    it is asked for; with a `page` it is another program, which has a page for whoever comes; a `cookie` is given to
    everybody. `looks` are the requests for the list of models, `connections` all that were ever opened. With a
    `certificate` it is localhost and speaks TLS: while it is `welcoming` it shakes hands, which `handshakes` keeps.
    """

    def __init__(self, certificate: Path | None = None) -> None:
        self._certificate = certificate
        self.connections: list[tuple[str, int]] = []
        self.handshakes: list[tuple[str, int]] = []
        self.welcoming = threading.Event()
        self.welcoming.set()
        self.requests: list[Request] = []
        self.looks: list[Request] = []
        self.models = ["test-model"]
        self.owner = "rig"
        self.key = ""
        self.page = ""
        self.cookie = ""
        self.ended = threading.Event()
        self._behaviours: list[Behaviour] = [Reply("All is well.")]
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._http = _Http(self, self._certificate)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), name="fault server")
        self._thread.start()
        # Bound and not listening: connections are refused, and nobody else gets the port.
        self._refusing = socket.socket()
        self._refusing.bind(("127.0.0.1", 0))
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
        self._refusing.close()

    @property
    def base_url(self) -> str:
        if self._certificate:
            return f"https://localhost:{self._http.server_port}/v1"
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    @property
    def refusing_url(self) -> str:
        """A base URL where every connection is refused."""
        return f"http://127.0.0.1:{self._refusing.getsockname()[1]}/v1"

    def behave(self, *behaviours: Behaviour) -> None:
        """What the next requests get, one each; the last one stays for all that follow."""
        with self._lock:
            self._behaviours = list(behaviours)

    @property
    def open_connections(self) -> int:
        return len(self._http.open)

    def hang_up(self) -> None:
        """Close every connection, as servers do with those that nobody used for a while."""
        for connection in list(self._http.open):
            with contextlib.suppress(OSError):  # the client was first
                connection.shutdown(socket.SHUT_RDWR)

    def wait_for_request(self, number: int = 1, within_s: float = 30.0) -> Request:
        """The chat request of this number (1 is the first), once it has arrived."""
        wait_until(lambda: len(self.requests) >= number, within_s, f"request {number}")
        return self.requests[number - 1]

    def _take(self, request: Request) -> Behaviour:
        with self._lock:
            self.requests.append(request)
            return self._behaviours.pop(0) if len(self._behaviours) > 1 else self._behaviours[0]


class _Http(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, owner: FaultServer, certificate: Path | None) -> None:
        self.owner = owner
        self.open: set[socket.socket] = set()
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate else None
        if self._tls and certificate:
            self._tls.load_cert_chain(certificate)
        super().__init__(("127.0.0.1", 0), _Handler)

    def server_bind(self) -> None:
        # HTTPServer's own would look up the machine's name, which can take seconds.
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = self.socket.getsockname()[:2]

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, peer = super().get_request()
        self.owner.connections.append(peer)
        if self._tls:
            connection = self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        self.open.add(connection)
        return connection, peer


class _ClientGoneError(Exception):
    """The client closed its connection before the answer's end."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each answer waits 40 ms for an acknowledgement
    server: _Http

    def handle(self) -> None:
        # Clients keep connections open; ours are closed with the server, so that nobody waits for them.
        self.connection.settimeout(None)
        self.close_connection = False
        try:
            self._serve()
        finally:
            self.server.open.discard(self.connection)

    def _serve(self) -> None:
        if isinstance(self.connection, ssl.SSLSocket):
            self.server.owner.welcoming.wait(30)
            with contextlib.suppress(OSError):  # the client has left
                self.connection.do_handshake()
                self.server.owner.handshakes.append(self.client_address)
        while not self.close_connection and self._readable():
            with contextlib.suppress(_ClientGoneError, ConnectionError):
                self.handle_one_request()
                continue
            break

    def _readable(self) -> bool:
        while not self.server.owner.ended.is_set():
            if select.select([self.connection], [], [], 0.02)[0]:
                return True
        return False

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        owner = self.server.owner
        owner.looks.append(Request(self.path, self.client_address, self._headers(), {}))
        if owner.page:
            self._send(200, "text/html; charset=utf-8", owner.page.encode())
            return
        if self.path != "/v1/models":
            self._status(Status(404, "Not found."))
            return
        if not self._has_key():
            self._status(Status(401, "A key is needed."))
            return
        models = [
            {"id": name, "object": "model", "created": 0, "owned_by": owner.owner} for name in owner.models
        ]
        self._send(200, "application/json", json.dumps({"object": "list", "data": models}).encode())

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        body = json.loads(raw)
        if self.path != "/v1/chat/completions":
            self._status(Status(404, "Not found."))
            return
        request = Request(self.path, self.client_address, self._headers(), body, raw)
        behaviour = self.server.owner._take(request) if self._has_key() else self._without_key(request)
        try:
            self._behave(behaviour, request)
        except (_ClientGoneError, ConnectionError):
            self.close_connection = True
            request.closed.set()

    def end_headers(self) -> None:
        if self.server.owner.cookie:
            self.send_header("Set-Cookie", self.server.owner.cookie)
        super().end_headers()

    def _headers(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.headers.items()}

    def _has_key(self) -> bool:
        key = self.server.owner.key
        return not key or self.headers["Authorization"] == f"Bearer {key}"

    def _without_key(self, request: Request) -> Status:
        self.server.owner.requests.append(request)
        return Status(401, f"Incorrect API key provided: {self.headers['Authorization']}.")

    def _behave(self, behaviour: Behaviour, request: Request) -> None:
        match behaviour:
            case Status():
                self._status(behaviour)
            case Html():
                self._send(200, "text/html; charset=utf-8", behaviour.page.encode())
            case Body():
                self._send(200, behaviour.content_type, behaviour.data)
            case Mute():
                self._stall()
            case HangUp():
                self._reset()
            case Reply() if request.body.get("stream"):
                self._stream(behaviour, request)
            case Reply():
                self._whole(behaviour, request)

    def _status(self, status: Status) -> None:
        error = {
            "message": status.message,
            "type": "error",
            "param": None,
            "code": status.error_code or str(status.code),
        }
        extra = {} if status.retry_after_s is None else {"Retry-After": f"{status.retry_after_s:g}"}
        if status.location:
            extra["Location"] = status.location
        self._send(status.code, "application/json", json.dumps({"error": error}).encode(), extra)

    def _send(self, code: int, kind: str, body: bytes, extra: dict[str, str] | None = None) -> None:
        self.send_response(code)
        for name, value in ({"Content-Type": kind, "Content-Length": str(len(body))} | (extra or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _whole(self, reply: Reply, request: Request) -> None:
        message = {"role": "assistant", "content": reply.text}
        if reply.reasoning:
            message[reply.reasoning_field] = reply.reasoning
        answer = _envelope("chat.completion", request) | {
            "choices": [{"index": 0, "message": message, "finish_reason": reply.finish_reason}],
            "usage": _usage(request, reply),
        }
        self._send(200, "application/json", json.dumps(answer).encode())

    def _stream(self, reply: Reply, request: Request) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        envelope = _envelope("chat.completion.chunk", request)
        self._event(envelope | _choice({"role": "assistant", "content": ""}))
        for delta in reply.deltas():
            self._wait(reply.pace_s)
            self._event(envelope | _choice(delta))
        self._end(reply, request, envelope)

    def _end(self, reply: Reply, request: Request, envelope: dict[str, Any]) -> None:
        match reply.ending:
            case Ending.FINISHED:
                self._event(envelope | _choice({}, reply.finish_reason))
                if (request.body.get("stream_options") or {}).get("include_usage"):
                    self._event(envelope | {"choices": [], "usage": _usage(request, reply)})
                self._chunk(b"data: [DONE]\n\n")
            case Ending.MALFORMED:
                self._chunk(b'data: {"choices": [{"delta"\n\n')
            case Ending.STALLED:
                self._stall()
            case Ending.LINGERING:
                self._event(envelope | _choice({}, reply.finish_reason))
                self._stall()
            case Ending.CUT:
                # Announce more than follows, then close hard.
                self.wfile.write(b"400\r\ndata: ")
                self._reset()
                return
            case Ending.UNFINISHED:
                pass
        self.wfile.write(b"0\r\n\r\n")

    def _event(self, event: dict[str, Any]) -> None:
        self._chunk(b"data: " + json.dumps(event).encode() + b"\n\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def _wait(self, seconds: float) -> None:
        """Wait, and notice when the client goes."""
        deadline = time.monotonic() + seconds
        while not self.server.owner.ended.is_set():
            left = max(0.0, deadline - time.monotonic())
            if select.select([self.connection], [], [], min(left, 0.02))[0]:
                if not self.connection.recv(1, socket.MSG_PEEK):
                    raise _ClientGoneError
                # A request sent ahead of the answer: it has to wait.
                self.server.owner.ended.wait(min(left, 0.02))
            if left <= 0:
                return
        raise _ClientGoneError

    def _stall(self) -> None:
        self._wait(float("inf"))

    def _reset(self) -> None:
        # Linger of zero seconds: closing sends a reset instead of a proper end.
        linger = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()
        self.close_connection = True


def _envelope(kind: str, request: Request) -> dict[str, Any]:
    return {"id": "chatcmpl-rig", "object": kind, "created": 1, "model": request.body.get("model", "")}


def _choice(delta: dict[str, str], finish_reason: str | None = None) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]}


def _usage(request: Request, reply: Reply) -> dict[str, int]:
    """Four characters count as a token."""
    prompt = len(json.dumps(request.body.get("messages", []))) // 4
    completion = len(reply.text + reply.reasoning) // 4
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
