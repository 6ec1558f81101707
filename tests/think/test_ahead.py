"""A connection is open before the question comes, and nobody is ever troubled by it."""

import asyncio
import logging
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.think import ahead
from assistant.turn.events import PartChanged, QuestionSent, Readiness, StageFailed
from tests.rig import FaultServer, HangUp, Reply, Status, wait_until
from tests.think.certificates import self_signed
from tests.think.conftest import Asker, sockets_to


@pytest.fixture
def server(chat: Asker, fault_server: FaultServer) -> FaultServer:
    """In use, and the connection that there was is closed."""
    left_alone(chat, fault_server)
    return fault_server


@pytest.fixture
def encrypted(private_environment: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    """A server with TLS and a certificate that this machine trusts."""
    certificate = self_signed(private_environment)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with FaultServer(certificate) as server:
        yield server


def left_alone(chat: Asker, server: FaultServer) -> None:
    chat.use(server.base_url)
    chat.heard.ready(Readiness.READY)
    server.hang_up()


def expect(chat: Asker, server: FaultServer, connections: int) -> None:
    """Let a question be expected, until the server has had this many connections."""

    def opened() -> bool:
        chat.model.expect()
        return len(server.connections) >= connections

    wait_until(opened, 20, "the connection")


def test_the_question_takes_the_connection_that_was_opened_for_it(chat: Asker, server: FaultServer) -> None:
    expect(chat, server, 2)
    assert (len(server.requests), len(server.looks)) == (0, 1)
    assert chat.answer(1) == "All is well."
    assert server.requests[0].peer == server.connections[1]
    assert len(server.connections) == 2


def test_the_handshake_is_done_before_the_question_comes(chat: Asker, encrypted: FaultServer) -> None:
    left_alone(chat, encrypted)
    chat.model.expect()
    wait_until(lambda: len(encrypted.handshakes) == 2, 20, "the handshake")
    assert chat.answer(1) == "All is well."
    assert encrypted.requests[0].peer == encrypted.handshakes[1]
    assert len(encrypted.connections) == 2


def test_a_question_waits_for_the_connection_that_is_being_opened(
    chat: Asker, encrypted: FaultServer
) -> None:
    left_alone(chat, encrypted)
    encrypted.welcoming.clear()
    expect(chat, encrypted, 2)
    chat.ask(1)
    encrypted.welcoming.set()
    chat.heard.end(1)
    assert len(encrypted.connections) == 2


def test_a_connection_that_is_kept_makes_another_needless(chat: Asker, fault_server: FaultServer) -> None:
    chat.use(fault_server.base_url)
    chat.heard.ready(Readiness.READY)
    for turn in (1, 2):
        chat.model.expect()
        chat.answer(turn)
    assert len(fault_server.connections) == 1


def test_an_answer_under_way_needs_its_connection_for_itself(chat: Asker, fault_server: FaultServer) -> None:
    fault_server.behave(Reply("One by one.", pace_s=0.1), Reply("Side by side."))
    chat.use(fault_server.base_url)
    chat.heard.ready(Readiness.READY)
    chat.ask(1)
    fault_server.wait_for_request()
    expect(chat, fault_server, 2)
    assert chat.answer(2) == "Side by side."
    chat.heard.end(1)
    assert len(fault_server.connections) == 2


def test_expecting_again_and_again_opens_one_connection(chat: Asker, server: FaultServer) -> None:
    for _ in range(20):
        expect(chat, server, 2)
    assert chat.answer(1) == "All is well."
    assert len(server.connections) == 2


def test_a_connection_that_the_server_closed_meanwhile_is_opened_anew(
    chat: Asker, server: FaultServer
) -> None:
    expect(chat, server, 2)
    server.hang_up()
    assert chat.answer(1) == "All is well."
    server.hang_up()
    expect(chat, server, 4)
    server.hang_up()
    expect(chat, server, 5)
    assert chat.answer(2) == "All is well."
    assert len(server.connections) == 5
    assert not chat.heard.all(StageFailed)


def test_a_question_that_met_a_dead_connection_is_asked_again_without_a_word_or_a_wait(
    chat: Asker, server: FaultServer
) -> None:
    server.behave(HangUp(), Reply("All is well."))
    expect(chat, server, 2)
    before = len(chat.heard.events)
    assert chat.answer(1) == "All is well."
    assert len(server.requests) == 2
    assert not [event for event in chat.heard.events[before:] if isinstance(event, PartChanged)]


def test_where_no_server_runs_nothing_is_said_before_somebody_asks(
    chat: Asker, fault_server: FaultServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    chat.use(fault_server.refusing_url)
    chat.heard.ready(Readiness.BROKEN)
    count = len(chat.heard.events)
    chat.model.expect()
    wait_until(lambda: "no connection ahead" in caplog.text, 20, "the attempt")
    assert len(chat.heard.events) == count
    assert chat.fault(1).code == "not-running"


@pytest.mark.parametrize("base_url", ["", "not an address"])
def test_where_nothing_is_connected_a_question_is_not_prepared_for(
    chat: Asker, base_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    chat.use(base_url)
    chat.model.expect()
    assert chat.fault(1).code in {"no-model", "bad-address"}
    assert "failed" not in caplog.text


def test_a_connection_that_nobody_wants_is_given_back(
    chat: Asker, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "_UNWANTED_S", 0.1)
    expect(chat, server, 2)
    wait_until(lambda: server.open_connections == 0, 20, "the connection's end")
    assert chat.answer(1) == "All is well."


def test_stopping_closes_what_was_opened_ahead(chat: Asker, server: FaultServer) -> None:
    expect(chat, server, 2)
    chat.model.stop()
    assert sockets_to(server) == 0


def test_a_question_abandoned_while_its_connection_is_being_opened_leaves_nothing_behind(
    encrypted: FaultServer,
) -> None:
    async def ask_and_abandon() -> None:
        port = int(encrypted.base_url.rpartition(":")[2].removesuffix("/v1"))
        place = ahead.Place("localhost", port, ssl.create_default_context(), (), limit_s=20)
        network = ahead.Network(place)
        network.open_ahead()
        asking = asyncio.create_task(network.connect_tcp("localhost", port))
        await asyncio.to_thread(wait_until, lambda: encrypted.connections, 20, "the connection")
        asking.cancel()
        await asyncio.wait({asking})
        assert asking.cancelled()
        assert sockets_to(encrypted) == 0

    encrypted.welcoming.clear()
    asyncio.run(ask_and_abandon())
    encrypted.welcoming.set()


def test_the_moment_is_told_when_the_question_has_left(chat: Asker, server: FaultServer) -> None:
    server.behave(Status(500), Reply("All is well."))
    chat.answer(1)
    sent = chat.heard.all(QuestionSent)
    assert [event.turn for event in sent] == [1, 1]  # it was asked twice
    assert sent[0].at < sent[1].at
    assert chat.heard.events.index(sent[0]) < chat.heard.events.index(chat.heard.end(1))
