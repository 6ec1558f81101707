"""What goes wrong with a model server, in the user's words: one sentence each, what to do, and the button that helps."""

import errno
import re
import socket
import ssl
from collections.abc import Iterator

import httpx2

from assistant.errors import AssistantError
from assistant.think import address, known
from assistant.think.chunks import GarbledError
from assistant.think.connection import Connection
from assistant.think.refusal import Refusal
from assistant.turn.events import Fault, Remedy

LONGEST_ANSWER = 2_000_000  # characters of text and reasoning
_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN}
_AGAIN = "Ask it again."
_KEY_HINT = "Enter it where the model is chosen, or set ALOUD_API_KEY."


def fault_of(trouble: Exception, to: Connection, *, begun: bool) -> Fault:
    """The fault for an error of the server or of the way there. `begun` tells that a part of the answer was there."""
    if isinstance(trouble, AssistantError):
        return trouble.fault
    if isinstance(trouble, Refusal):
        return _refused(trouble, to)
    if isinstance(trouble, GarbledError):
        return Fault("garbled", f"What {to.name} sent is not an answer.", _AGAIN, Remedy.ANSWER_AGAIN)
    if isinstance(trouble, httpx2.SSEError):
        return endless(to)
    if isinstance(trouble, httpx2.TimeoutException):
        hint = known.how_to_start(to.base_url)
        return Fault(
            "no-connection", f"{to.name} does not take up the connection.", hint, Remedy.ANSWER_AGAIN
        )
    if isinstance(trouble, httpx2.ProxyError):
        message = f"The proxy on the way to {to.name} does not let the question through."
        return Fault("proxy", message, "Check the proxy's settings.", Remedy.ANSWER_AGAIN)
    if isinstance(trouble, httpx2.ConnectError):
        return _not_connected(trouble, to)
    if begun:
        return Fault("cut-off", f"The connection to {to.name} broke.", _AGAIN, Remedy.ANSWER_AGAIN)
    return Fault("hung-up", f"{to.name} ended the connection without an answer.", _AGAIN, Remedy.ANSWER_AGAIN)


def failure(fault: Fault) -> AssistantError:
    """The exception that carries `fault`."""
    return AssistantError(fault.code, fault.message, fault.hint, fault.remedy)


def no_model(found: str = "") -> Fault:
    """None is connected. `found` names a local server that could be, with its model."""
    hint = (
        f"{found} Connect it?"
        if found
        else (
            "Start Ollama or another server on this machine, or connect one in the window or with `aloud config`."
        )
    )
    return Fault("no-model", "No language model is connected.", hint, Remedy.CONNECT_MODEL)


def no_model_chosen(to: Connection) -> Fault:
    message = f"No model of {to.name} is chosen."
    return Fault("no-model-chosen", message, "Choose one.", Remedy.CONNECT_MODEL)


def no_models_there(to: Connection) -> Fault:
    hint = "Get one with `ollama pull llama3.2`." if to.name == "Ollama" else "Load one there."
    return Fault("no-models-there", f"{to.name} has no model yet.", hint, Remedy.CONNECT_MODEL)


def no_first_word(to: Connection, after_s: float) -> Fault:
    message = f"{to.name} has not begun to answer for {duration(after_s)}."
    hint = "It may still be loading the model: ask again, or raise chat.first_token_timeout_s."
    return Fault("no-first-word", message, hint, Remedy.ANSWER_AGAIN)


def stalled(to: Connection, after_s: float) -> Fault:
    message = f"{to.name} fell silent in the middle of its answer, for {duration(after_s)}."
    return Fault("stalled", message, _AGAIN, Remedy.ANSWER_AGAIN)


def broke_off(to: Connection, *, begun: bool) -> Fault:
    """The stream ended properly, without the mark of an answer's end."""
    if begun:
        return Fault("broke-off", f"The answer from {to.name} broke off.", _AGAIN, Remedy.ANSWER_AGAIN)
    return Fault("hung-up", f"{to.name} ended the connection without an answer.", _AGAIN, Remedy.ANSWER_AGAIN)


def web_page(to: Connection) -> Fault:
    message = f"{to.name} sent a web page instead of an answer."
    hint = "Check the server's address; the sign-in page of a network looks like this, too."
    return Fault("web-page", message, hint, Remedy.CONNECT_MODEL)


def endless(to: Connection) -> Fault:
    message = f"The answer from {to.name} was stopped: it was longer than {LONGEST_ANSWER // 1_000_000} million characters."
    return Fault("endless", message, "Ask for less.", Remedy.ANSWER_AGAIN)


def empty(to: Connection, *, reasoned: bool, cut_short: bool) -> Fault:
    if reasoned and cut_short:
        message = f"{to.name} used up its length limit on thinking and did not answer."
        return Fault(
            "no-room", message, "Ask again, or choose a model with a longer limit.", Remedy.CONNECT_MODEL
        )
    return Fault("empty", f"{to.name} answered with nothing.", _AGAIN, Remedy.ANSWER_AGAIN)


def withheld(to: Connection) -> Fault:
    message = f"A content filter at {to.name} held the answer back."
    return Fault("withheld", message, "Put the question another way.", Remedy.ANSWER_AGAIN)


def waiting(to: Connection, wait_s: float) -> Fault:
    """Said while a question waits to be asked again by itself."""
    message = f"{to.name} cannot answer just now: the question is asked again in {duration(wait_s)}."
    return Fault("waiting", message)


def loading(to: Connection) -> Fault:
    return Fault("loading", f"{to.name} is still loading the model: the question waits.")


def duration(seconds: float) -> str:
    """For people: "5 seconds", "2 minutes", "3 hours"."""
    for unit, size in (("hour", 3600), ("minute", 60)):
        if seconds > 1.5 * size:
            return f"{round(seconds / size)} {unit}s"
    whole = max(1, round(seconds))
    return f"{whole} second{'s' if whole > 1 else ''}"


def _refused(no: Refusal, to: Connection) -> Fault:
    if no.context_too_long or no.status == 413:
        message = f"This conversation has become too long for {to.model or to.name}."
        hint = "Begin a new conversation, or choose a model with a longer context."
        return Fault("too-long", message, hint, Remedy.CONNECT_MODEL)
    if no.no_credit:
        message = f"Your account at {to.name} has no credit left."
        return Fault("no-credit", message, "Add some there, or connect another model.", Remedy.CONNECT_MODEL)
    if no.model_missing:
        return _no_such_model(to)
    if no.wants_key:
        return _key_wanted(no, to)
    if no.status == 429:
        return _too_many(no, to)
    if no.status in {404, 405}:
        message = f"There is no language model at {to.base_url}."
        return Fault("not-there", message, "Check the address: most end in /v1.", Remedy.CONNECT_MODEL)
    if 300 <= no.status < 400:
        return _moved(no, to)
    if no.status >= 500:
        message = f"{to.name} has a problem of its own ({no.status})."
        return Fault("server-failed", message, f"{no.quote} {_AGAIN}".strip(), Remedy.ANSWER_AGAIN)
    message = f"{to.name} does not accept the question ({no.status})."
    return Fault("not-accepted", message, no.quote or "Try another model.", Remedy.CONNECT_MODEL)


def _no_such_model(to: Connection) -> Fault:
    if not to.model:
        return no_model_chosen(to)
    get = (
        f"Get it with `ollama pull {to.model}`, or choose another."
        if to.name == "Ollama"
        else "Choose another."
    )
    return Fault("no-such-model", f"{to.name} has no model “{to.model}”.", get, Remedy.CONNECT_MODEL)


def _key_wanted(no: Refusal, to: Connection) -> Fault:
    if not to.key:
        return Fault("key-needed", f"{to.name} asks for an API key.", _KEY_HINT, Remedy.CONNECT_MODEL)
    if no.status == 403:
        message = f"{to.name} does not allow this with your API key."
        return Fault("key-not-enough", message, no.quote or "Choose another model.", Remedy.CONNECT_MODEL)
    return Fault("key-refused", f"{to.name} does not accept the API key.", _KEY_HINT, Remedy.CONNECT_MODEL)


def _too_many(no: Refusal, to: Connection) -> Fault:
    if no.retry_after_s is None:
        message = f"{to.name} gets too many questions at the moment."
        return Fault("busy", message, "Ask again a little later.", Remedy.ANSWER_AGAIN)
    message = f"{to.name} takes no more questions for {duration(no.retry_after_s)}."
    return Fault("busy", message, "Ask again then.", Remedy.ANSWER_AGAIN)


def _moved(no: Refusal, to: Connection) -> Fault:
    """The question did not follow, nor did the key."""
    place = re.match(r"https?://[\w.:\-\[\]]{1,120}", no.location)
    hint = f"It points to {place[0]}: connect that if you trust it." if place else "Check the address."
    return Fault("moved", f"{to.name} is not at this address any more.", hint, Remedy.CONNECT_MODEL)


def _not_connected(trouble: Exception, to: Connection) -> Fault:
    causes = list(_causes(trouble))
    where = address.place(to.base_url)
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        hint = "Check the network connection and the server's address."
        return Fault("no-such-host", f"{where} cannot be found.", hint, Remedy.ANSWER_AGAIN)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        message = f"The certificate of {where} is not one that this machine trusts, so nothing was sent."
        return Fault(
            "certificate", message, "Check the address, and the machine's clock.", Remedy.CONNECT_MODEL
        )
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        hint = (
            f"Try http://{where}." if address.on_this_machine(to.base_url) else "Check the server's address."
        )
        return Fault("no-tls", f"{where} does not speak https.", hint, Remedy.CONNECT_MODEL)
    numbers = {cause.errno for cause in causes if isinstance(cause, OSError)}
    if numbers & _UNREACHABLE and errno.ECONNREFUSED not in numbers:
        return Fault(
            "no-way", f"There is no way to {where}.", "Check the network connection.", Remedy.ANSWER_AGAIN
        )
    running = (
        f"{to.name} is not running" if address.on_this_machine(to.base_url) else f"{to.name} does not answer"
    )
    message = running if to.name == where else f"{running} at {where}"
    return Fault("not-running", f"{message}.", known.how_to_start(to.base_url), Remedy.ANSWER_AGAIN)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for inner in error.exceptions:
                yield from _causes(inner)
        error = error.__cause__ or error.__context__
