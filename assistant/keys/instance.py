"""One running instance, and the verbs that the command line sends it.

A request is one line of JSON, `{"verb": "toggle", "key": "talk"}`, and so is the reply: `{"ok": true, …}`, or a
fault. It goes through a socket in a folder that only this user can enter; on Windows through a named pipe, which
Windows lets nobody else write to.
"""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from assistant.errors import AssistantError

VERBS = ("press", "release", "toggle", "cancel", "status", "recover", "show", "quit")
KEYS = ("talk", "dictate")
LONGEST_LINE = 65_536

Handler = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
"""Called with a verb of VERBS and its data (always a "key" of KEYS) on the socket's thread; returns the reply."""


class Server(Protocol):
    """The running instance's end."""

    def close(self) -> None:
        """Answer no more; another instance may start now."""


def claim(handler: Handler) -> Server | None:
    """Become the one instance, which answers by `handler`; None where another one runs.

    Raises AssistantError("no-socket").
    """
    if sys.platform == "win32":
        from assistant.keys import named_pipe

        return named_pipe.serve(named_pipe.address(), lambda line: _answer(line, handler))
    from assistant.keys import local_socket

    return local_socket.serve(local_socket.address(), lambda line: _answer(line, handler))


def send(verb: str, **data: Any) -> Mapping[str, Any]:
    """Tell the running instance; its reply. Raises AssistantError: "not-running", "no-answer", or its own fault."""
    line = json.dumps({"verb": verb, **data}).encode() + b"\n"
    try:
        reply = _ask(line)
    except (FileNotFoundError, ConnectionRefusedError) as error:
        raise AssistantError("not-running", "Aloud is not running.", "Start it with `aloud`.") from error
    except (OSError, EOFError) as error:
        raise _no_answer() from error
    try:
        answer = json.loads(reply)
    except ValueError as error:
        raise _no_answer() from error
    if not answer.pop("ok"):
        raise AssistantError(answer["code"], answer["message"], answer["hint"])
    return dict(answer)


def _ask(line: bytes) -> bytes:
    if sys.platform == "win32":
        from assistant.keys import named_pipe

        return named_pipe.ask(named_pipe.address(), line)
    from assistant.keys import local_socket

    return local_socket.ask(local_socket.address(), line)


def _answer(line: bytes, handler: Handler) -> bytes:
    """The reply to a line, whatever it holds."""
    try:
        verb, data = _read(line)
        reply = {"ok": True, **handler(verb, data)}
    except AssistantError as error:
        fault = error.fault
        reply = {"ok": False, "code": fault.code, "message": fault.message, "hint": fault.hint}
    return json.dumps(reply).encode() + b"\n"


def _read(line: bytes) -> tuple[str, Mapping[str, Any]]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise AssistantError("bad-request", "That is not a line of JSON.") from error
    if not isinstance(request, dict) or request.get("verb") not in VERBS:
        raise AssistantError("bad-request", f"The verb is one of {', '.join(VERBS)}.")
    key = request.setdefault("key", "talk")
    if key not in KEYS:
        raise AssistantError("bad-request", f"The key is one of {', '.join(KEYS)}.")
    return request.pop("verb"), request


def _no_answer() -> AssistantError:
    return AssistantError("no-answer", "Aloud is running but does not answer.", "End it and start it again.")
