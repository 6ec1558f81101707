"""A connection that is opened ahead of the request that will need it.

Nothing of HTTP is sent over it: that costs a server as little as a browser's preconnect, and servers that close a
connection soon after a request (5 s is usual) leave one without any open for longer.
"""

import asyncio
import contextlib
import logging
import ssl
from collections.abc import Awaitable, Callable, Iterable

import httpcore2

from assistant.turn.dataclass import dataclass

log = logging.getLogger(__name__)

_UNWANTED_S = 60.0  # some servers keep a thread for each connection
_FAILURES = (httpcore2.NetworkError, httpcore2.TimeoutException)
_Open = Callable[[], Awaitable[httpcore2.AsyncNetworkStream]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where to connect to, and how. `tls` is None where nothing is encrypted."""

    host: str
    port: int
    tls: ssl.SSLContext | None
    socket_options: tuple[httpcore2.SOCKET_OPTION, ...]
    limit_s: float


class Network(httpcore2.AsyncNetworkBackend):
    """Where a pool gets its connections from: the one opened ahead, if it is for the same place, else a new one."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._network = httpcore2.AnyIOBackend()
        self._waiting: _Waiting | None = None

    def open_ahead(self) -> None:
        """Have a connection waiting soon. Where that fails only the log is told: a question that comes will tell more."""
        if self._waiting is None or self._waiting.over:
            self._waiting = _Waiting(self._open)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the base class has it
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        if self._waiting is not None and (host, port) == (self._place.host, self._place.port):
            waiting, self._waiting = self._waiting, None
            if (stream := await waiting.take()) is not None:
                return stream if self._place.tls is None else _BeneathTls(stream)
        return await self._network.connect_tcp(host, port, timeout, local_address, socket_options)

    async def close(self) -> None:
        if self._waiting is not None:
            await self._waiting.close()

    async def _open(self) -> httpcore2.AsyncNetworkStream:
        to = self._place
        stream = await self._network.connect_tcp(
            to.host, to.port, to.limit_s, socket_options=to.socket_options
        )
        if to.tls is None:
            return stream
        to.tls.set_alpn_protocols(["http/1.1"])
        try:
            return await stream.start_tls(to.tls, to.host, to.limit_s)
        except BaseException:
            await stream.aclose()
            raise


class _BeneathTls(httpcore2.AsyncNetworkStream):
    """Stands for the bare connection beneath one whose handshake is done: the pool shakes hands after connecting."""

    def __init__(self, secured: httpcore2.AsyncNetworkStream) -> None:
        self._secured = secured

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,  # noqa: ARG002
        server_hostname: str | None = None,  # noqa: ARG002
        timeout: float | None = None,  # noqa: ARG002, ASYNC109
    ) -> httpcore2.AsyncNetworkStream:
        return self._secured


class _Waiting:
    """One connection, until it is taken, or closed: by the server, by `close`, or because nobody wanted it for long."""

    def __init__(self, open_: _Open) -> None:
        self._stream: httpcore2.AsyncNetworkStream | None = None
        self._opened = asyncio.Event()
        self._task = asyncio.get_running_loop().create_task(self._wait(open_))

    @property
    def over(self) -> bool:
        return self._task.done()

    async def take(self) -> httpcore2.AsyncNetworkStream | None:
        """The connection, once it is open; None where it could not be opened or is closed. Call it once."""
        try:
            await self._opened.wait()
            await self._stop()
        except asyncio.CancelledError:
            await self.close()
            raise
        return self._stream

    async def close(self) -> None:
        await self._stop()
        await self._close_stream()

    async def _wait(self, open_: _Open) -> None:
        try:
            self._stream = await open_()
        except _FAILURES as error:
            log.info("no connection ahead: %s", type(error).__name__)
            return
        finally:
            self._opened.set()
        # Before there was a request a server says nothing, except that it closes; and TLS sends tickets.
        with contextlib.suppress(*_FAILURES):
            await self._stream.read(1, _UNWANTED_S)
        await self._close_stream()

    async def _stop(self) -> None:
        self._task.cancel()
        await asyncio.wait({self._task})

    async def _close_stream(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            await stream.aclose()
