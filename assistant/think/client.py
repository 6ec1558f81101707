"""Our HTTP client for a server: kept alive, and nothing leaves with it but what we put in."""

import socket
import ssl
from urllib.request import getproxies, proxy_bypass

import httpx2

from assistant.errors import AssistantError
from assistant.think import address
from assistant.think.refusal import Refusal
from assistant.turn.events import Remedy

_KEPT_ALIVE_S = 3600.0
_LONGEST_ERROR = 64_000  # bytes
_HEADERS = {
    "host", "connection", "user-agent", "accept", "accept-encoding", "content-type", "content-length", "authorization",
    "transfer-encoding",
}  # fmt: skip


def new_client(base_url: str) -> httpx2.AsyncClient:
    """A client for the server of a normalised base URL. It follows no redirect, so that nothing goes elsewhere.

    Its requests raise `Refusal` where the status is not one of success. Raises AssistantError("proxy" or "bad-address").
    """
    try:
        httpx2.URL(base_url)
    except httpx2.InvalidURL as error:  # a name that the rules for international names forbid
        raise address.no_address() from error
    # Waiting for an answer has its own limits, those of a model; what remains here is the way.
    timeout = httpx2.Timeout(10.0, read=None, write=60.0)
    return httpx2.AsyncClient(
        transport=_transport(base_url),
        timeout=timeout,
        trust_env=False,
        headers={"User-Agent": "aloud", "Accept-Encoding": "identity"},
        event_hooks={"request": [_only_what_is_ours], "response": [_raise_refusal]},
    )


async def read_at_most(response: httpx2.Response, most_bytes: int) -> bytes:
    """The body, cut off where it is longer."""
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > most_bytes:
            break
    return bytes(body[:most_bytes])


def _transport(base_url: str) -> httpx2.AsyncHTTPTransport:
    # A server without TLS needs no certificates, whose loading takes tens of milliseconds.
    bare = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        return httpx2.AsyncHTTPTransport(
            verify=True if base_url.startswith("https:") else bare,
            limits=httpx2.Limits(max_keepalive_connections=4, keepalive_expiry=_KEPT_ALIVE_S),
            proxy=_proxy(base_url),
            socket_options=_socket_options(),
        )
    except (ValueError, ImportError) as error:
        message = "The proxy of this machine's settings is of a kind that cannot be used."
        raise AssistantError(
            "proxy", message, "Use an http or socks5 proxy.", Remedy.CONNECT_MODEL
        ) from error


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


def _socket_options() -> list[tuple[int, int, int]]:
    """A connection that died unseen (sleep, a router's timeout) is noticed within seconds, before it is used again."""
    options = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1), (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
    for name, value in (
        ("TCP_KEEPIDLE", 30),
        ("TCP_KEEPINTVL", 10),
        ("TCP_KEEPCNT", 3),
        ("TCP_USER_TIMEOUT", 15_000),
    ):
        if hasattr(socket, name):
            options.append((socket.IPPROTO_TCP, getattr(socket, name), value))
    return options


async def _only_what_is_ours(request: httpx2.Request) -> None:
    # The SDK adds the machine's description, and whatever OPENAI_* variables say, for any server.
    for name in set(request.headers) - _HEADERS:
        del request.headers[name]


async def _raise_refusal(response: httpx2.Response) -> None:
    if not response.is_success:
        body = await read_at_most(response, _LONGEST_ERROR)
        raise Refusal.of(response.status_code, response.headers, body)
