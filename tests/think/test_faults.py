"""Whatever a server does wrong: one sentence, the text that was there is kept, and the next question works."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.think import Patience
from assistant.turn.events import PartChanged, Readiness, Remedy, ReplyEnded, StageFailed
from tests.rig import Body, Ending, FaultServer, HangUp, Html, Mute, Reply, Status
from tests.rig.fault_server import Behaviour
from tests.think.certificates import self_signed
from tests.think.conftest import Asker

HALF = "Half of an answer"


@pytest.fixture(autouse=True)
def connected(chat: Asker, fault_server: FaultServer) -> None:
    chat.use(fault_server.base_url)
    chat.heard.ready(Readiness.READY)


@pytest.mark.parametrize(
    ("behaviour", "code", "sentence", "requests"),
    [
        (Status(401), "key-needed", "{} asks for an API key.", 1),
        (Status(403), "key-needed", "{} asks for an API key.", 1),
        (Status(404), "not-there", "There is no language model at http://{}/v1.", 1),
        (Status(404, "The model `x` does not exist"), "no-such-model", "{} has no model “test-model”.", 1),
        (Status(429), "busy", "{} gets too many questions at the moment.", 3),
        (Status(429, retry_after_s=90), "busy", "{} takes no more questions for 90 seconds.", 1),
        (
            Status(429, error_code="insufficient_quota"),
            "no-credit",
            "Your account at {} has no credit left.",
            1,
        ),
        (Status(500), "server-failed", "{} has a problem of its own (500).", 3),
        (Status(502), "server-failed", "{} has a problem of its own (502).", 3),
        (Status(503), "server-failed", "{} has a problem of its own (503).", 3),
        (Status(400), "not-accepted", "{} does not accept the question (400).", 1),
        (
            Status(400, error_code="context_length_exceeded"),
            "too-long",
            "This conversation has become too long for test-model.",
            1,
        ),
        (Status(307, location="http://other.example/v1"), "moved", "{} is not at this address any more.", 1),
        (Html(), "web-page", "{} sent a web page instead of an answer.", 1),
        (HangUp(), "hung-up", "{} ended the connection without an answer.", 3),
        (Body(b""), "hung-up", "{} ended the connection without an answer.", 1),
        (
            Body(b'{"error": "Unexpected endpoint"}', "application/json"),
            "server-failed",
            "{} has a problem of its own (500).",
            3,
        ),
        (Reply(""), "empty", "{} answered with nothing.", 1),
        (
            Reply("", reasoning="Hm.", finish_reason="length"),
            "no-room",
            "{} used up its length limit on thinking and did not answer.",
            1,
        ),
        (
            Reply("", finish_reason="content_filter"),
            "withheld",
            "A content filter at {} held the answer back.",
            1,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_a_server_that_does_not_answer_is_told_in_a_sentence(
    chat: Asker, fault_server: FaultServer, behaviour: Behaviour, code: str, sentence: str, requests: int
) -> None:
    fault_server.behave(behaviour)
    fault = chat.fault(1)
    place = fault_server.base_url.removeprefix("http://").removesuffix("/v1")
    assert (fault.code, fault.message) == (code, sentence.format(place))
    assert fault.hint
    assert len(fault_server.requests) == requests
    fault_server.behave(Reply("All is well."))
    assert chat.answer(2) == "All is well."


@pytest.mark.parametrize(
    ("behaviour", "code", "sentence"),
    [
        (Reply(HALF, ending=Ending.UNFINISHED), "broke-off", "The answer from {} broke off."),
        (Reply(HALF, ending=Ending.CUT), "cut-off", "The connection to {} broke."),
        (Reply(HALF, ending=Ending.MALFORMED), "garbled", "What {} sent is not an answer."),
        (
            Reply(HALF, ending=Ending.STALLED),
            "stalled",
            "{} fell silent in the middle of its answer, for 1 second.",
        ),
        (
            Reply(HALF, finish_reason="content_filter"),
            "withheld",
            "A content filter at {} held the answer back.",
        ),
        (
            Body(
                b'data: {"choices": [{"delta": {"content": "Half of an answer"}}]}\n\ndata: {"error": "oom"}\n\n'
            ),
            "server-failed",
            "{} has a problem of its own (500).",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_what_there_was_of_an_answer_is_kept_and_nothing_is_asked_twice(
    chat: Asker, fault_server: FaultServer, behaviour: Behaviour, code: str, sentence: str
) -> None:
    chat.model.patience = Patience(first_token_s=20, stall_s=1)
    fault_server.behave(behaviour)
    fault = chat.fault(1)
    place = fault_server.base_url.removeprefix("http://").removesuffix("/v1")
    assert (fault.code, fault.message, fault.remedy) == (code, sentence.format(place), Remedy.ANSWER_AGAIN)
    assert chat.heard.text(1) == HALF
    assert isinstance(chat.heard.events[-1], StageFailed)
    assert len(fault_server.requests) == 1
    fault_server.behave(Reply("All is well."))
    assert chat.answer(2) == "All is well."


def test_a_model_that_never_begins_is_given_up_after_its_own_limit(
    chat: Asker, fault_server: FaultServer
) -> None:
    chat.model.patience = Patience(first_token_s=1, stall_s=20)
    fault_server.behave(Mute())
    fault = chat.fault(1)
    assert fault.code == "no-first-word"
    assert fault.message.endswith("has not begun to answer for 1 second.")
    fault_server.behave(Reply("", ending=Ending.STALLED))  # only the role of who is going to speak
    assert chat.fault(2).code == "no-first-word"
    assert len(fault_server.requests) == 2


def test_an_endless_answer_is_stopped_and_its_beginning_kept(chat: Asker, fault_server: FaultServer) -> None:
    fault_server.behave(Reply("x" * 50_000_000, piece_chars=5000))
    fault = chat.fault(1)
    assert fault.code == "endless"
    assert fault.message.endswith("was stopped: it was longer than 2 million characters.")
    assert 2_000_000 < len(chat.heard.text(1)) < 2_010_000
    assert fault_server.requests[0].closed.wait(30)
    fault_server.behave(Reply("All is well."))
    assert chat.answer(2) == "All is well."


def test_an_event_without_an_end_is_not_kept_in_memory(chat: Asker, fault_server: FaultServer) -> None:
    fault_server.behave(Body(b"data: " + b"x" * 20_000_000))
    assert chat.fault(1).code == "endless"


def test_an_error_page_without_an_end_is_not_kept_in_memory(chat: Asker, fault_server: FaultServer) -> None:
    fault_server.behave(Status(418, "x" * 50_000_000))
    assert chat.fault(1).code == "not-accepted"


def test_a_busy_server_is_waited_for_and_it_is_said(chat: Asker, fault_server: FaultServer) -> None:
    fault_server.behave(Status(429, retry_after_s=1), Reply("Now."))
    assert chat.answer(1) == "Now."
    assert len(fault_server.requests) == 2
    waiting, ready = chat.heard.all(PartChanged)[-2:]
    assert waiting.fault is not None
    assert waiting.readiness is Readiness.LIMITED
    assert waiting.fault.message.endswith("cannot answer just now: the question is asked again in 1 second.")
    assert ready.readiness is Readiness.READY


def test_a_server_that_stumbles_twice_is_asked_a_third_time(chat: Asker, fault_server: FaultServer) -> None:
    fault_server.behave(Status(500), HangUp(), Reply("Now."))
    assert chat.answer(1) == "Now."
    assert len(fault_server.requests) == 3


def test_an_answer_that_broke_before_its_first_word_begins_anew(
    chat: Asker, fault_server: FaultServer
) -> None:
    fault_server.behave(Reply("<thi", ending=Ending.CUT), Reply("Now."))
    assert chat.answer(1) == "Now."
    assert len(fault_server.requests) == 2


def test_a_server_that_loads_its_model_is_waited_for(chat: Asker, fault_server: FaultServer) -> None:
    loading = Status(503, "Loading model")
    fault_server.behave(loading, loading, loading, Reply("Loaded."))
    assert chat.answer(1) == "Loaded."
    assert chat.heard.all(PartChanged, lambda said: said.fault is not None and said.fault.code == "loading")


def test_a_part_of_the_request_that_a_server_rejects_is_left_out_from_then_on(
    chat: Asker, fault_server: FaultServer
) -> None:
    fault_server.behave(Status(400, "Unrecognized request argument supplied: stream_options"), Reply("Fine."))
    assert chat.answer(1) == "Fine."
    assert chat.answer(2) == "Fine."
    assert ["stream_options" in request.body for request in fault_server.requests] == [True, False, False]


def test_the_length_limit_is_an_end_like_others(chat: Asker, fault_server: FaultServer) -> None:
    fault_server.behave(Reply(HALF, finish_reason="length"))
    chat.ask(1)
    assert chat.heard.end(1).finish_reason == "length"


@pytest.mark.parametrize(
    "end",
    [
        b"data: [DONE]\n\n",
        b'data: {"choices": [{"delta": {}, "finish_reason": "stop"}]}\n\n',
    ],
    ids=["only-the-mark-of-the-end", "only-the-reason"],
)
def test_either_sign_of_the_end_is_enough(chat: Asker, fault_server: FaultServer, end: bytes) -> None:
    fault_server.behave(Body(b'data: {"choices": [{"delta": {"content": "Yes."}}]}\n\n' + end))
    assert chat.answer(1) == "Yes."
    assert chat.heard.end(1) == ReplyEnded(1, "stop", "test-model")


def test_an_answer_has_ended_also_where_the_server_does_not_hang_up(
    chat: Asker, fault_server: FaultServer
) -> None:
    fault_server.behave(Reply("Yes.", ending=Ending.LINGERING))
    assert chat.answer(1) == "Yes."
    assert fault_server.requests[0].closed.wait(10)


def test_a_slow_answer_may_take_longer_than_any_limit(chat: Asker, fault_server: FaultServer) -> None:
    chat.model.patience = Patience(first_token_s=1, stall_s=1)
    fault_server.behave(Reply("This comes word by word.", pace_s=0.4))
    assert chat.answer(1) == "This comes word by word."


def test_a_server_that_does_not_stream_is_understood(chat: Asker, fault_server: FaultServer) -> None:
    whole = b'{"choices": [{"message": {"content": "Yes."}, "finish_reason": "stop"}]}'
    fault_server.behave(Body(whole, "application/json; charset=utf-8"))
    assert chat.answer(1) == "Yes."


def test_a_server_that_is_not_running_is_named_with_how_to_start_it(
    chat: Asker, fault_server: FaultServer
) -> None:
    chat.use(fault_server.refusing_url)
    fault = chat.fault(1)
    place = fault_server.refusing_url.removeprefix("http://").removesuffix("/v1")
    assert fault.message == f"{place} is not running."
    assert fault.hint == "Start it, or connect another one."
    assert chat.heard.ready(Readiness.BROKEN).fault == fault


def test_a_name_that_does_not_exist_is_told_as_such(chat: Asker) -> None:
    chat.use("http://nowhere.invalid:1234")
    fault = chat.fault(1)
    assert fault.message == "nowhere.invalid:1234 cannot be found."
    assert fault.hint == "Check the network connection and the server's address."


def test_https_where_there_is_none_is_told_as_such(chat: Asker, fault_server: FaultServer) -> None:
    chat.use(fault_server.base_url.replace("http:", "https:"))
    fault = chat.fault(1)
    place = fault_server.base_url.removeprefix("http://").removesuffix("/v1")
    assert (fault.message, fault.hint) == (f"{place} does not speak https.", f"Try http://{place}.")


def test_a_certificate_that_nobody_vouches_for_is_refused(chat: Asker, private_environment: Path) -> None:
    with tls_server(private_environment) as port:
        chat.use(f"https://localhost:{port}")
        fault = chat.fault(1)
    assert fault.code == "certificate"
    assert fault.message == (
        f"The certificate of localhost:{port} is not one that this machine trusts, so nothing was sent."
    )


@contextmanager
def tls_server(folder: Path) -> Iterator[int]:
    """The port of a server that shakes hands with a certificate of its own making."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(folder))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ended = threading.Event()

        def serve() -> None:
            while True:
                connection, _ = listener.accept()
                if ended.is_set():
                    connection.close()
                    return
                with connection, pytest.raises((ssl.SSLError, ConnectionError)):
                    context.wrap_socket(connection, server_side=True)

        server = threading.Thread(target=serve)
        server.start()
        try:
            yield listener.getsockname()[1]
        finally:
            ended.set()
            socket.create_connection(listener.getsockname()).close()
            server.join()
