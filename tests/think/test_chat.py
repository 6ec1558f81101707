"""Asking: what is sent, how the answer arrives, and how fast it is abandoned."""

import asyncio
import logging
import socket
import threading
import time

import pytest

from assistant.think import Keys, OpenAIChat
from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.events import PartChanged, Readiness, Remedy, ReplyEnded, ReplyGrew, StageFailed
from tests.rig import Ending, FaultServer, Html, Mute, Reply, Status, wait_until
from tests.think.conftest import Asker, sockets_to


def test_the_answer_grows_and_ends_with_its_model_and_tokens(chat: Asker, fault_server: FaultServer) -> None:
    chat.use(fault_server.base_url)
    assert chat.answer(1) == "All is well."
    end = chat.heard.end(1)
    assert (end.finish_reason, end.model) == ("stop", "test-model")
    assert end.tokens_in > 0
    assert end.tokens_out > 0
    assert chat.heard.events[-1] is end


def test_the_question_goes_out_with_instructions_and_history(chat: Asker, fault_server: FaultServer) -> None:
    chat.use(fault_server.base_url, instructions="Be brief.")
    said = (Message(1, Role.USER, "One?"), Message(2, Role.ASSISTANT, "One."), Message(3, Role.USER, "Two?"))
    chat.model.ask(4, Conversation("c", said))
    chat.heard.end(4)
    assert fault_server.requests[0].body == {
        "model": "test-model",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "One?"},
            {"role": "assistant", "content": "One."},
            {"role": "user", "content": "Two?"},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
    }


def test_every_request_begins_with_the_bytes_of_the_one_before(
    chat: Asker, fault_server: FaultServer
) -> None:
    chat.use(fault_server.base_url, instructions="Be brief.")
    said: list[Message] = []
    for turn in (1, 3, 5):
        said.append(Message(turn, Role.USER, f"Question {turn}?"))
        chat.model.ask(turn, Conversation("c", tuple(said)))
        chat.heard.end(turn)
        said.append(Message(turn + 1, Role.ASSISTANT, "First. Second.", heard_to=6))
    first, second, third = (request.raw.partition(b"]")[0] for request in fault_server.requests)
    assert second.startswith(first)
    assert third.startswith(second)


@pytest.mark.parametrize("name", ["reasoning", "reasoning_content"])
def test_thoughts_come_apart_from_the_answer(chat: Asker, fault_server: FaultServer, name: str) -> None:
    fault_server.behave(Reply("Yes.", reasoning="Let me see.", reasoning_field=name))
    chat.use(fault_server.base_url)
    assert chat.answer(1) == "Yes."
    assert chat.heard.reasoning(1) == "Let me see."


def test_thoughts_within_the_answer_come_apart_from_it(chat: Asker, fault_server: FaultServer) -> None:
    fault_server.behave(Reply("<think>\nLet me see.\n</think>\n\nYes.", piece_chars=3))
    chat.use(fault_server.base_url)
    assert chat.answer(1) == "Yes."
    assert chat.heard.reasoning(1).strip() == "Let me see."


def test_the_first_word_comes_at_once(chat: Asker, fault_server: FaultServer) -> None:
    fault_server.behave(Reply("One two", pace_s=0.3))
    chat.use(fault_server.base_url)
    chat.ask(1)
    assert chat.heard.wait_for(ReplyGrew).text == "One"
    assert not fault_server.requests[0].closed.is_set()
    chat.heard.end(1)
    assert [grew.text for grew in chat.heard.all(ReplyGrew)] == ["One", " two"]


def test_a_flood_of_pieces_arrives_at_a_pace_that_can_be_shown(
    chat: Asker, fault_server: FaultServer
) -> None:
    text = "Many small pieces. " * 400
    fault_server.behave(Reply(text, piece_chars=1))
    chat.use(fault_server.base_url)
    began = time.monotonic()
    assert chat.answer(1) == text
    took_s = time.monotonic() - began
    assert len(chat.heard.all(ReplyGrew)) <= took_s * 30 + 2


def test_the_connection_is_kept_from_one_question_to_the_next(chat: Asker, fault_server: FaultServer) -> None:
    chat.use(fault_server.base_url)
    chat.heard.ready(Readiness.READY)
    for turn in (1, 2, 3):
        chat.answer(turn)
    peers = {request.peer for request in fault_server.requests + fault_server.looks}
    assert len(peers) == 1


def test_an_abandoned_answer_is_cut_off_in_mid_flow(chat: Asker, fault_server: FaultServer) -> None:
    chat.use(fault_server.base_url)
    for turn in (1, 2, 3):
        fault_server.behave(Reply("word " * 100_000, pace_s=0.001))
        chat.ask(turn)
        chat.heard.wait_for(ReplyGrew, lambda grew, turn=turn: grew.turn == turn)  # type: ignore[misc]
        request = fault_server.wait_for_request(turn)
        chat.model.abandon(turn)
        assert request.closed.wait(30), "the server goes on to its last word"
    fault_server.behave(Reply("All is well."))
    assert chat.answer(20) == "All is well."
    assert not chat.heard.all(ReplyEnded, lambda end: end.turn < 20)
    assert not chat.heard.all(StageFailed)


def test_a_question_that_has_no_answer_yet_is_abandoned_as_fast(
    chat: Asker, fault_server: FaultServer
) -> None:
    fault_server.behave(Mute())
    chat.use(fault_server.base_url)
    chat.ask(1)
    request = fault_server.wait_for_request()
    chat.model.abandon(1)
    assert request.closed.wait(10)


def test_a_question_that_waits_for_a_busy_server_is_abandoned_for_good(
    chat: Asker, fault_server: FaultServer
) -> None:
    fault_server.behave(Status(429, retry_after_s=1))
    chat.use(fault_server.base_url)
    chat.ask(1)
    chat.heard.ready(Readiness.LIMITED)
    chat.model.abandon(1)
    wait_until(lambda: chat.heard.all(PartChanged)[-1].readiness is Readiness.READY, 10, "readiness")
    fault_server.behave(Reply("All is well."))
    assert chat.answer(2) == "All is well."
    assert len(fault_server.requests) == 2


def test_abandoning_what_is_not_under_way_does_nothing(chat: Asker, fault_server: FaultServer) -> None:
    chat.use(fault_server.base_url)
    chat.model.abandon(7)
    chat.answer(1)
    chat.model.abandon(1)
    assert chat.answer(2) == "All is well."


def test_a_hundred_questions_abandoned_at_any_moment_leave_nothing_behind(
    chat: Asker, fault_server: FaultServer
) -> None:
    fault_server.behave(Reply("word " * 1000, pace_s=0.005))
    chat.use(fault_server.base_url)
    threads = threading.active_count()
    for turn in range(1, 101):
        chat.ask(turn)
        if turn % 3 == 0:
            chat.heard.wait_for(ReplyGrew, lambda grew, turn=turn: grew.turn == turn)  # type: ignore[misc]
        if turn % 5:
            chat.model.abandon(turn)
    for turn in range(5, 101, 5):
        chat.model.abandon(turn)
    wait_until(lambda: tasks_of(chat.model) == 1, 20, "the tasks' end")  # the one that waits for the end
    wait_until(lambda: all(r.closed.is_set() for r in fault_server.requests), 20, "the connections' end")
    wait_until(lambda: threading.active_count() <= threads + 1, 20, "the threads' end")
    assert sockets_to(fault_server) <= 1
    count = len(chat.heard.events)
    fault_server.behave(Reply("All is well."))
    assert chat.answer(200) == "All is well."
    later = chat.heard.events[count:]
    assert {getattr(event, "turn", 200) for event in later} == {200}


def tasks_of(model: OpenAIChat) -> int:
    assert model._thread is not None
    return len(asyncio.all_tasks(model._thread._loop))


def test_with_no_model_connected_asking_says_how_to_connect_one(chat: Asker) -> None:
    fault = chat.fault(1)
    assert (fault.code, fault.message) == ("no-model", "No language model is connected.")
    assert fault.hint == (
        "Start Ollama or another server on this machine, or connect one in the window or with `aloud config`."
    )
    assert fault.remedy is Remedy.CONNECT_MODEL
    assert chat.heard.ready(Readiness.MISSING).fault == fault


def test_a_server_found_on_this_machine_is_offered_by_name(keys: Keys, fault_server: FaultServer) -> None:
    fault_server.models, fault_server.owner = ["nomic-embed-text", "llama3.2"], "library"
    asker = Asker(keys, ports=(int(fault_server.base_url.rpartition(":")[2].removesuffix("/v1")),))
    asker.model.start(asker.heard)
    said = asker.heard.wait_for(
        PartChanged, lambda said: said.fault is not None and "Connect" in said.fault.hint
    )
    fault = asker.fault(1)
    asker.model.stop()
    assert said.readiness is Readiness.MISSING
    assert said.fault == fault
    assert fault.message == "No language model is connected."
    assert fault.hint == "Ollama is running here with llama3.2. Connect it?"
    assert not fault_server.requests


def test_a_server_that_was_started_later_is_offered_when_somebody_asks(
    keys: Keys, fault_server: FaultServer
) -> None:
    fault_server.page = "Not yet."
    asker = Asker(keys, ports=(int(fault_server.base_url.rpartition(":")[2].removesuffix("/v1")),))
    asker.model.start(asker.heard)
    assert asker.fault(1).hint.startswith("Start Ollama")
    fault_server.page = ""
    assert asker.fault(2).hint.endswith("is running here with test-model. Connect it?")
    asker.model.stop()


def test_a_connected_server_is_ready_before_anything_is_asked(chat: Asker, fault_server: FaultServer) -> None:
    chat.use(fault_server.base_url)
    assert chat.heard.ready(Readiness.READY).label == "test-model"
    assert len(fault_server.looks) == 1


def test_a_server_that_cannot_be_talked_to_is_told_before_anything_is_asked(
    chat: Asker, fault_server: FaultServer
) -> None:
    chat.use(fault_server.refusing_url)
    said = chat.heard.ready(Readiness.BROKEN)
    assert said.fault is not None
    assert said.fault.code == "not-running"


def test_an_address_that_is_none_is_told_and_nothing_breaks(chat: Asker, fault_server: FaultServer) -> None:
    chat.use("not an address")
    said = chat.heard.ready(Readiness.BROKEN)
    assert said.fault is not None
    assert said.fault.message == "A server's address has no spaces in it."
    assert chat.fault(1) == said.fault
    chat.use(fault_server.base_url)
    assert chat.answer(2) == "All is well."


def test_without_a_chosen_model_the_first_one_for_talk_is_used_on_this_machine(
    chat: Asker, fault_server: FaultServer
) -> None:
    fault_server.models = ["nomic-embed-text", "calm-model", "other"]
    chat.use(fault_server.base_url, model="")
    assert chat.heard.ready(Readiness.READY).label == "calm-model"
    chat.answer(1)
    assert fault_server.requests[0].body["model"] == "calm-model"


def test_a_server_without_any_model_is_told_as_such(chat: Asker, fault_server: FaultServer) -> None:
    fault_server.models = []
    chat.use(fault_server.base_url, model="")
    assert chat.fault(1).code == "no-models-there"


def test_far_away_a_model_has_to_be_chosen(chat: Asker) -> None:
    chat.use("https://api.example", model="")
    assert chat.fault(1).message == "No model of api.example is chosen."


def test_another_server_is_used_from_the_next_question_on(chat: Asker, fault_server: FaultServer) -> None:
    fault_server.behave(Reply("The first server says this.", pace_s=0.1))
    chat.use(fault_server.base_url)
    chat.ask(1)
    chat.heard.wait_for(ReplyGrew)
    with FaultServer() as other:
        other.behave(Reply("The other one."))
        chat.use(other.base_url)
        assert chat.answer(2) == "The other one."
        chat.heard.end(1)
    assert chat.heard.text(1) == "The first server says this."


def test_a_server_that_is_no_longer_used_is_no_longer_spoken_of(
    chat: Asker, fault_server: FaultServer
) -> None:
    fault_server.behave(Reply("The first one.", pace_s=0.1))
    chat.use(fault_server.base_url)
    chat.heard.ready(Readiness.READY)
    chat.ask(1)
    chat.heard.wait_for(ReplyGrew)
    chat.use(fault_server.refusing_url)
    chat.heard.ready(Readiness.BROKEN)
    chat.heard.end(1)
    assert chat.heard.all(PartChanged)[-1].readiness is Readiness.BROKEN


def test_two_questions_at_once_have_their_own_answers(chat: Asker, fault_server: FaultServer) -> None:
    fault_server.behave(Reply("One by one.", pace_s=0.1), Reply("Side by side."))
    chat.use(fault_server.base_url)
    chat.ask(1)
    fault_server.wait_for_request(1)
    assert chat.answer(2) == "Side by side."
    chat.heard.end(1)
    assert chat.heard.text(1) == "One by one."


def test_after_a_broken_server_a_good_answer_makes_it_ready_again(
    chat: Asker, fault_server: FaultServer
) -> None:
    fault_server.behave(Html(), Reply("Back."))
    chat.use(fault_server.base_url)
    chat.heard.ready(Readiness.READY)
    chat.fault(1)
    assert chat.heard.all(PartChanged)[-1].readiness is Readiness.BROKEN
    assert chat.answer(2) == "Back."
    assert chat.heard.all(PartChanged)[-1].readiness is Readiness.READY


def test_stopping_in_the_middle_of_an_answer_ends_everything(keys: Keys, fault_server: FaultServer) -> None:
    fault_server.behave(Reply("word", ending=Ending.STALLED))
    asker = Asker(keys)
    asker.use(fault_server.base_url)  # also before the start
    asker.model.start(asker.heard)
    asker.ask(1)
    asker.heard.wait_for(ReplyGrew)
    asker.model.stop()
    assert fault_server.requests[0].closed.wait(10)
    count = len(asker.heard.events)
    asker.ask(2)
    asker.model.abandon(1)
    asker.model.stop()
    assert len(asker.heard.events) == count


def test_it_can_be_stopped_before_it_was_ever_used(keys: Keys) -> None:
    asker = Asker(keys)
    asker.model.stop()
    asker.model.start(asker.heard)
    asker.model.stop()


def test_a_mistake_in_the_program_does_not_leave_the_user_waiting(
    chat: Asker, fault_server: FaultServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("assistant.think.prompt.Prompt.json", stumble)
    chat.use(fault_server.base_url)
    assert chat.fault(1).code == "bug"
    assert "ZeroDivisionError" in caplog.text


def test_nothing_goes_out_that_the_user_did_not_say(
    chat: Asker, fault_server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-for-openai")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-mine")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer sk-other\nX-Token: sk-other")
    chat.use(fault_server.base_url)
    chat.answer(1)
    sent = fault_server.requests[0].headers
    assert sent.pop("content-length").isdigit()
    assert sent == {
        "host": fault_server.base_url.removeprefix("http://").removesuffix("/v1"),
        "accept": "application/json",
        "accept-encoding": "identity",
        "connection": "keep-alive",
        "content-type": "application/json",
        "user-agent": sent["user-agent"],
    }


def test_a_servers_cookie_is_not_carried_back(chat: Asker, fault_server: FaultServer) -> None:
    fault_server.cookie = "who=you"
    chat.use(fault_server.base_url)
    chat.answer(1)
    chat.answer(2)
    assert "cookie" not in fault_server.requests[1].headers


def test_a_proxy_does_not_come_between_us_and_this_machine(
    chat: Asker, fault_server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    chat.use(fault_server.base_url)
    assert chat.answer(1) == "All is well."


def test_elsewhere_the_way_leads_through_the_systems_proxy(
    chat: Asker, fault_server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = fault_server.base_url.removeprefix("http://").removesuffix("/v1")
    monkeypatch.setenv("http_proxy", proxy)
    chat.use("http://nowhere.invalid")
    assert chat.fault(1).code == "not-there"  # the proxy's word
    assert fault_server.looks[0].path == "http://nowhere.invalid/v1/models"


@pytest.mark.parametrize("kind", ["socks5", "socks"])
def test_a_socks_proxy_is_asked_for_the_way(chat: Asker, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setenv("all_proxy", f"{kind}://127.0.0.1:{listener.getsockname()[1]}")
        chat.use("http://nowhere.invalid")
        chat.ask(1)
        wanted = [answer_behind_socks(listener), answer_behind_socks(listener)]  # the models, the question
        fault = chat.heard.fault(1)
    assert wanted == ["nowhere.invalid", "nowhere.invalid"]
    assert fault.message == "Your account at nowhere.invalid has no credit left."


def answer_behind_socks(listener: socket.socket) -> str:
    """Take one connection (RFC 1928), answer in place of its server, and return that server's name."""
    listener.settimeout(20)
    connection, _ = listener.accept()
    with connection:
        connection.recv(16)
        connection.sendall(b"\x05\x00")
        request = connection.recv(256)
        connection.sendall(b"\x05\x00\x00\x01" + bytes(6))
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 402 Payment Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    return request[5 : 5 + request[4]].decode()


def test_a_proxy_that_does_not_let_us_through_is_told_as_such(
    chat: Asker, fault_server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", fault_server.base_url.removesuffix("/v1"))  # it knows no CONNECT
    chat.use("https://nowhere.invalid")
    fault = chat.fault(1)
    assert fault.message == "The proxy on the way to nowhere.invalid does not let the question through."


def test_a_proxy_of_an_unknown_kind_is_told_as_such(chat: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "carrier-pigeon://127.0.0.1:1")
    chat.use("https://api.example")
    assert chat.fault(1).message == "The proxy of this machine's settings is of a kind that cannot be used."


def test_no_log_has_a_word_of_what_was_said(
    chat: Asker, fault_server: FaultServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    fault_server.behave(Reply("Answered-words."), Status(500, "Server-words."))
    chat.use(fault_server.base_url, instructions="Instructed-words.")
    chat.answer(1)
    chat.fault(2)
    assert "-words" not in caplog.text
    assert "How are you" not in caplog.text
