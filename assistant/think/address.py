"""Base URLs: what a person enters, what is asked, and what a key is bound to."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from assistant.errors import AssistantError
from assistant.turn.events import Remedy

_ENDPOINTS = ("/chat/completions", "/completions", "/responses", "/models")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what servers print as their address
_LABEL = r"\w([\w-]{0,61}\w)?"
_HOST = re.compile(rf"(?!\d+$)(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*")
_NEAR_ENDINGS = (".local", ".lan", ".home.arpa", ".internal", ".localhost")


def normalised(entered: str) -> str:
    """`entered` as a base URL: "localhost:11434" becomes "http://localhost:11434/v1".

    Without a scheme it is http on this machine and in private networks, https elsewhere. Without a path it is /v1.
    Raises AssistantError("bad-address").
    """
    text = entered.strip()
    if text.startswith("sk-"):
        raise _nonsense("An API key stands where the server's address belongs.")
    if re.search(r"\s", text):
        raise _nonsense("A server's address has no spaces in it.")
    if "://" not in text:
        text = f"{_usual_scheme(text)}://{text}"
    parts = _split(text)
    if parts.scheme not in _DEFAULT_PORTS:
        raise _nonsense("A server's address begins with http:// or https://.")
    if parts.username is not None or parts.password is not None:
        raise _nonsense("A server's address has no user name or password in it.")
    if parts.query or parts.fragment:
        raise _nonsense("A server's address has no ? or # in it.")
    return f"{parts.scheme}://{_place(parts)}{_path(parts.path)}"


def origin(base_url: str) -> str:
    """Scheme, host and port of a normalised base URL: what a key is bound to."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}"


def place(base_url: str) -> str:
    """Host and port of a normalised base URL, as a person reads it."""
    return urlsplit(base_url).netloc


def host(base_url: str) -> str:
    return urlsplit(base_url).hostname or ""


def port(base_url: str) -> int:
    parts = urlsplit(base_url)
    return parts.port or _DEFAULT_PORTS[parts.scheme]


def on_this_machine(base_url: str) -> bool:
    return _is_loopback(host(base_url))


def is_private(base_url: str) -> bool:
    """Whether what is sent there can be read by nobody on the way: it is encrypted, or does not leave this machine."""
    return urlsplit(base_url).scheme == "https" or on_this_machine(base_url)


def _split(text: str) -> SplitResult:
    try:
        return urlsplit(text)
    except ValueError as error:  # brackets around something else than an address
        raise no_address() from error


def _usual_scheme(text: str) -> str:
    name = _split(f"//{text}").hostname or ""
    near = "." not in name or name.endswith(_NEAR_ENDINGS) or not _is_global(name)
    return "http" if near else "https"


def _place(parts: SplitResult) -> str:
    name = _ANY_ADDRESS.get(parts.hostname or "", parts.hostname or "")
    try:
        given_port = parts.port
    except ValueError as error:
        raise _nonsense("A port is a number from 1 to 65535.") from error
    if given_port == 0:
        raise _nonsense("A port is a number from 1 to 65535.")
    if not (_address(name) or _HOST.fullmatch(name)) or name in _DEFAULT_PORTS:
        raise no_address()
    name = f"[{name}]" if ":" in name else name
    return name if given_port in {None, _DEFAULT_PORTS[parts.scheme]} else f"{name}:{given_port}"


def _path(path: str) -> str:
    path = path.rstrip("/")
    for endpoint in _ENDPOINTS:
        path = path.removesuffix(endpoint)
    return path or "/v1"


def _is_loopback(name: str) -> bool:
    address = _address(name)
    if address is None:
        return name == "localhost" or name.endswith(".localhost")
    return address.is_loopback


def _is_global(name: str) -> bool:
    address = _address(name)
    return address is None or address.is_global


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


def no_address() -> AssistantError:
    """What is raised for something that no server can have as its address."""
    return _nonsense("That is not a server's address.")


def _nonsense(message: str) -> AssistantError:
    hint = "Enter it like localhost:11434 or https://api.openai.com/v1."
    return AssistantError("bad-address", message, hint, Remedy.CONNECT_MODEL)
