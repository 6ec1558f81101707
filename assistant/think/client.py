"""Our HTTP client for a server: kept alive, and nothing leaves with it but what we put in."""

import socket
import ssl
from urllib.request import getproxies, proxy_bypass

import httpcore2
import httpx2

from assistant.errors import AssistantError
from assistant.think import address
from assistant.think.ahead import Network, Place
from assistant.think.refusal import Refusal
from assistant.turn.events import Remedy

_KEPT_ALIVE_S = 3600.0
_MOST_KEPT = 4
_CONNECT_S = 10.0
_LONGEST_ERROR = 64_000  # bytes
_HEADERS = {
    b"host", b"connection", b"user-agent", b"accept", b"accept-encoding", b"content-type", b"content-length",
    b"authorization",
}  # fmt: skip


class Client(httpx2.AsyncClient):
    """A client for the server of a normalised base URL. It follows no redirect, so that nothing goes elsewhere.

    Its requests raise `Refusal` where the status is not one of success. Raises AssistantError("proxy" or "bad-address").
    """

    def __init__(self, base_url: str) -> None:
        try:
            url = httpx2.URL(base_url)
        except httpx2.InvalidURL as error:  # a name that the rules for international names forbid
            raise address.no_address() from error
        proxy = _proxy(base_url)
        self._way = _Direct(url) if proxy is None else _through(proxy)
        super().__init__(
            base_url=base_url,
            transport=self._way,
            # Waiting for an answer has its own limits, those of a model; what remains here is the way.
            timeout=httpx2.Timeout(_CONNECT_S, read=None, write=60.0),
            trust_env=False,
            headers={"User-Agent": "aloud", "Accept": "application/json", "Accept-Encoding": "identity"},
            event_hooks={"request": [_only_what_is_ours], "response": [_raise_refusal]},
        )

    def expect(self) -> None:
        """Have a connection open soon, unless one is. Nothing is done ahead where the way leads through a proxy."""
        if isinstance(self._way, _Direct):
            self._way.expect()


class _Direct(httpx2.AsyncHTTPTransport):
    """Straight to the server, over connections that are kept, or opened ahead."""

    def __init__(self, url: httpx2.URL) -> None:
        # A server without TLS needs no certificates, whose loading takes tens of milliseconds.
        bare = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        encrypted = url.scheme == "https"
        tls = httpx2.create_ssl_context() if encrypted else bare
        super().__init__(verify=tls)
        self._network = Network(
            Place(
                url.raw_host.decode("ascii"),
                address.port(str(url)),
                tls if encrypted else None,
                _socket_options(),
                _CONNECT_S,
            )
        )
        # httpx2 has no parameter for where connections come from.
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=None,
            max_keepalive_connections=_MOST_KEPT,
            keepalive_expiry=_KEPT_ALIVE_S,
            network_backend=self._network,
            socket_options=_socket_options(),
        )

    def expect(self) -> None:
        if not any(kept.is_available() and not kept.has_expired() for kept in self._pool.connections):
            self._network.open_ahead()

    async def aclose(self) -> None:
        await self._network.close()
        await super().aclose()


def _through(proxy: str) -> httpx2.AsyncHTTPTransport:
    limits = httpx2.Limits(max_keepalive_connections=_MOST_KEPT, keepalive_expiry=_KEPT_ALIVE_S)
    try:
        return httpx2.AsyncHTTPTransport(limits=limits, proxy=proxy, socket_options=_socket_options())
    except (ValueError, ImportError) as error:
        message = "The proxy of this machine's settings is of a kind that cannot be used."
        raise AssistantError(
            "proxy", message, "Use an http or socks5 proxy.", Remedy.CONNECT_MODEL
        ) from error


async def read_at_most(response: httpx2.Response, most_bytes: int) -> bytes:
    """The body, cut off where it is longer."""
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > most_bytes:
            break
    return bytes(body[:most_bytes])


def _proxy(base_url: str) -> str | None:
    """The system's proxy for this server; none on this machine."""
    name = address.host(base_url)
    if address.on_this_machine(base_url) or proxy_bypass(name):
        return None
    proxies = getproxies()
    found = proxies.get(base_url.partition(":")[0]) or proxies.get("all")
    if not found:
        return None
    kind, named, place = found.rpartition("://")
    # GNOME writes socks://, which is SOCKS 5.
    return f"{'socks5' if kind == 'socks' else kind}{named}{place}" if named else f"http://{place}"


def _socket_options() -> tuple[httpcore2.SOCKET_OPTION, ...]:
    """A connection that died unseen (sleep, a router's timeout) is noticed within seconds, before it is used again."""
    options: list[httpcore2.SOCKET_OPTION] = [
        (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
        (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
    ]
    for name, value in (
        ("TCP_KEEPIDLE", 30),
        ("TCP_KEEPINTVL", 10),
        ("TCP_KEEPCNT", 3),
        ("TCP_USER_TIMEOUT", 15_000),
    ):
        if hasattr(socket, name):
            options.append((socket.IPPROTO_TCP, getattr(socket, name), value))
    return tuple(options)


async def _only_what_is_ours(request: httpx2.Request) -> None:
    # The SDK adds the machine's description, and whatever OPENAI_* variables say, for any server. httpx2 takes every
    # cookie that it is offered.
    request.headers = httpx2.Headers([pair for pair in request.headers.raw if pair[0].lower() in _HEADERS])


async def _raise_refusal(response: httpx2.Response) -> None:
    if not response.is_success:
        body = await read_at_most(response, _LONGEST_ERROR)
        raise Refusal.of(response.status_code, response.headers, body)
