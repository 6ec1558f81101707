"""How servers say no, and what is told of it."""

import email.utils
import errno
import json
import time

import httpx2
import pytest

from assistant.think.connection import Connection
from assistant.think.faults import duration, fault_of
from assistant.think.refusal import Refusal

TO = Connection("https://host.example/v1", "some-model", "sk-secret")


def refusal(status: int, body: object, headers: dict[str, str] | None = None) -> Refusal:
    data = body if isinstance(body, str) else json.dumps(body)
    return Refusal.of(status, headers or {}, data.encode())


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"message": "It is broken.", "code": None}},
        {"error": "It is broken."},
        {"message": "It is broken."},
        {"detail": "It is broken."},
        {"detail": [{"msg": "It is broken."}]},
        [{"error": {"message": "It is broken."}}],
    ],
)
def test_the_servers_words_are_found_in_every_usual_shape(body: object) -> None:
    assert refusal(400, body).quote == "“It is broken.”"


@pytest.mark.parametrize(
    "body", ["<html>Bad gateway</html>", "", "plain", "[]", "7", '{"error": {"message": null}}']
)
def test_where_there_are_no_words_none_are_quoted(body: str) -> None:
    assert refusal(502, body).quote == ""


def test_only_one_short_sentence_is_quoted() -> None:
    assert refusal(400, {"error": "One thing. Another thing."}).quote == "“One thing.”"
    assert len(refusal(400, {"error": "word " * 200}).quote) < 165
    assert refusal(400, {"error": "Line\none \x1b[31mred"}).quote == "“Line one [31mred”"


@pytest.mark.parametrize(
    "key", ["sk-proj-abc", "sk-abc***xyz", "AIzaSyD4x8f0Zk2mQ7w9Lr3tB6nC1vH5jP0aE", "Bearer abc"]
)
def test_a_key_in_the_servers_words_is_left_out(key: str) -> None:
    quote = refusal(400, {"error": f"The key {key} is bad."}).quote
    assert key not in quote
    assert quote.startswith("“The key …")


def test_when_to_come_again_is_read_from_seconds_and_from_a_date() -> None:
    assert refusal(429, {}, {"retry-after": "7"}).retry_after_s == 7
    date = email.utils.formatdate(time.time() + 1000, usegmt=True)
    in_s = refusal(429, {}, {"retry-after": date}).retry_after_s
    assert in_s is not None
    assert 900 < in_s <= 1000
    assert refusal(429, {}, {"retry-after": "soon"}).retry_after_s is None
    assert refusal(429, {}).retry_after_s is None


@pytest.mark.parametrize(
    ("status", "error", "code"),
    [
        (400, {"code": "context_length_exceeded", "message": "Too long."}, "too-long"),
        (400, {"message": "This model's maximum context length is 4096 tokens."}, "too-long"),
        (
            400,
            {"type": "exceed_context_size_error", "message": "the request exceeds the context"},
            "too-long",
        ),
        (413, {}, "too-long"),
        (404, {"code": "model_not_found", "message": "x"}, "no-such-model"),
        (404, {"message": 'model "some-model" not found, try pulling it first'}, "no-such-model"),
        (400, {"message": "Invalid model name passed in model=some-model"}, "no-such-model"),
        (404, {"message": "Not Found"}, "not-there"),
        (405, {}, "not-there"),
        (401, {}, "key-refused"),
        (403, {"message": "Not for you."}, "key-not-enough"),
        (429, {"code": "insufficient_quota", "message": "You exceeded your quota."}, "no-credit"),
        (402, {}, "no-credit"),
        (429, {}, "busy"),
        (301, {}, "moved"),
        (500, {}, "server-failed"),
        (529, {}, "server-failed"),
        (418, {"message": "I am a teapot."}, "not-accepted"),
    ],
)
def test_each_refusal_has_its_fault(status: int, error: dict[str, str], code: str) -> None:
    fault = fault_of(refusal(status, {"error": error}), TO, begun=False)
    assert fault.code == code
    assert fault.message.endswith(".")
    assert fault.message.count(". ") == 0
    assert fault.hint
    assert fault.remedy


def test_a_refusal_without_a_key_asks_for_one() -> None:
    to = Connection("https://host.example/v1", "some-model")
    assert fault_of(refusal(401, {}), to, begun=False).message == "host.example asks for an API key."


def test_where_the_server_points_to_is_told_without_its_secrets() -> None:
    moved = refusal(308, {}, {"location": "https://other.example:8443/v1?token=abc"})
    assert (
        fault_of(moved, TO, begun=False).hint
        == "It points to https://other.example:8443: connect that if you trust it."
    )


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 second"), (45, "45 seconds"), (120, "2 minutes"), (7300, "2 hours")]
)
def test_times_are_told_as_people_tell_them(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("base_url", "message", "hint"),
    [
        (
            "http://localhost:11434/v1",
            "Ollama is not running at localhost:11434.",
            "Start it with `ollama serve`.",
        ),
        (
            "http://127.0.0.1:1234/v1",
            "LM Studio is not running at 127.0.0.1:1234.",
            "Start its server with `lms server start`.",
        ),
        (
            "http://192.168.1.20:11434/v1",
            "192.168.1.20:11434 does not answer.",
            "Check that it runs and that its address is right.",
        ),
    ],
)
def test_a_server_that_is_not_running_is_told_by_its_name(base_url: str, message: str, hint: str) -> None:
    trouble = httpx2.ConnectError("no")
    trouble.__cause__ = ConnectionRefusedError(errno.ECONNREFUSED, "refused")
    fault = fault_of(trouble, Connection(base_url), begun=False)
    assert (fault.code, fault.message, fault.hint) == ("not-running", message, hint)


def test_being_offline_is_told_from_a_server_that_is_not_running() -> None:
    trouble = httpx2.ConnectError("no")
    trouble.__cause__ = OSError(errno.ENETUNREACH, "unreachable")
    assert fault_of(trouble, TO, begun=False).message == "There is no way to host.example."
    both = ExceptionGroup("no", [trouble.__cause__, ConnectionRefusedError(errno.ECONNREFUSED, "refused")])
    trouble.__cause__ = both
    assert fault_of(trouble, TO, begun=False).message == "host.example does not answer."


def test_a_connection_never_shows_its_key() -> None:
    assert "sk-secret" not in repr(TO)
