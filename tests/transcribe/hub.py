"""A model hub on loopback: serves files as the real one does, and misbehaves as told."""

import hashlib
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from assistant.transcribe.catalogue import CatalogueModel, ModelFile, Speed

REVISION = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Hub:
    """Serves `files` (content by name) of the repository `tests/model`; large ones by way of another address.

    `cut_after` breaks each of the first connections for model.bin after so many bytes, one number each; `stall_after`
    lets the answer rest there until the hub is closed; `status` answers everything with an error; `spoilt` is a file
    in which one byte arrives wrong.
    """

    files: dict[str, bytes]
    cut_after: list[int] = field(default_factory=list)
    stall_after: int | None = None
    status: int = 0
    spoilt: str = ""
    ranges: list[str] = field(default_factory=list)
    stalled: threading.Event = field(default_factory=threading.Event)
    closing: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.hub = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def model(self, name: str, *, checksums: bool = True) -> CatalogueModel:
        """The entry of a catalogue for what is served here."""
        files = tuple(
            ModelFile(file, len(content), hashlib.sha256(content).hexdigest() if checksums else "")
            for file, content in self.files.items()
        )
        return CatalogueModel(name, name, "English", Speed.FAST, "MIT", "tests/model", REVISION, files)


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    hub: Hub


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, *_: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def _answer(self, *, with_body: bool) -> None:
        hub, name = self.server.hub, self.path.rsplit("/", 1)[1]
        if hub.status:
            self.send_error(hub.status)
        elif self.path == f"/tests/model/resolve/{REVISION}/{name}" and name in hub.files:
            self._resolve(name, hub.files[name], with_body=with_body)
        elif self.path == f"/cdn/{name}":
            self._send(name, hub.files[name], '"cdn"', with_body=with_body)
        else:
            self.send_error(404)

    def _resolve(self, name: str, content: bytes, *, with_body: bool) -> None:
        """As the hub: large files have a SHA-256 and lie elsewhere, small ones are sent with git's object name."""
        if name == "model.bin":
            self.send_response(302)
            self.send_header("Location", f"{self.server.hub.url}/cdn/{name}")
            self.send_header("X-Linked-Etag", f'"{hashlib.sha256(content).hexdigest()}"')
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            git_name = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
            self._send(name, content, f'"{git_name}"', with_body=with_body)

    def _send(self, name: str, content: bytes, etag: str, *, with_body: bool) -> None:
        hub = self.server.hub
        start = 0
        if found := re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", "")):
            start = int(found[1])
            hub.ranges.append(f"{name} from {start}")
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        else:
            self.send_response(200)
        self.send_header("ETag", etag)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        if with_body:
            self._body(name, bytearray(content), start)

    def _body(self, name: str, content: bytearray, start: int) -> None:
        hub = self.server.hub
        if name == hub.spoilt:
            content[-1] ^= 1
        if name == "model.bin" and hub.cut_after:
            self.wfile.write(content[start : start + hub.cut_after.pop(0)])
        elif name == "model.bin" and hub.stall_after is not None:
            self.wfile.write(content[start : hub.stall_after])
            self.wfile.flush()
            hub.stalled.set()
            hub.closing.wait()
        else:
            self.wfile.write(content[start:])
