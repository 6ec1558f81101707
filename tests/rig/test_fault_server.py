"""Each way in which the model server goes wrong is the one that was asked for."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.rig import Body, Ending, FaultServer, HangUp, Html, Mute, Reply, Status

_QUESTION = {"model": "test-model", "messages": [{"role": "user", "content": "Hello"}], "stream": True}


@pytest.fixture
def client(fault_server: FaultServer) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=fault_server.base_url, timeout=20, trust_env=False) as client:
        yield client


def events(response: httpx2.Response) -> Iterator[dict[str, Any]]:
    for line in response.iter_lines():
        if line.startswith("data: ") and line != "data: [DONE]":
            yield json.loads(line.removeprefix("data: "))


def content(response: httpx2.Response, field: str = "content") -> str:
    return "".join(
        event["choices"][0]["delta"].get(field) or "" for event in events(response) if event["choices"]
    )


def ask(client: httpx2.Client, **more: object) -> httpx2.Response:
    return client.post("/chat/completions", json=_QUESTION | more)


def test_a_reply_streams_in_words_and_ends_as_openai_ends_it(
    client: httpx2.Client, fault_server: FaultServer
) -> None:
    fault_server.behave(Reply("Forty two.\n\nThat is all. "))
    response = ask(client, stream_options={"include_usage": True})
    assert content(response) == "Forty two.\n\nThat is all. "
    *_, last, usage = events(response)
    assert last["choices"][0]["finish_reason"] == "stop"
    assert usage["usage"]["total_tokens"] > 0
    assert response.text.endswith("data: [DONE]\n\n")
    assert response.headers["content-type"] == "text/event-stream"


def test_reasoning_comes_before_the_answer(client: httpx2.Client, fault_server: FaultServer) -> None:
    fault_server.behave(Reply("Yes.", reasoning="Let me think."))
    response = ask(client)
    assert content(response, "reasoning_content") == "Let me think."
    assert content(response) == "Yes."


def test_a_reply_without_streaming_comes_whole(client: httpx2.Client, fault_server: FaultServer) -> None:
    fault_server.behave(Reply("Yes."))
    assert ask(client, stream=False).json()["choices"][0]["message"]["content"] == "Yes."


def test_the_models_are_listed(client: httpx2.Client) -> None:
    assert [model["id"] for model in client.get("/models").json()["data"]] == ["test-model"]


def test_requests_are_kept_with_headers_and_body(client: httpx2.Client, fault_server: FaultServer) -> None:
    client.post("/chat/completions", json=_QUESTION, headers={"Authorization": "Bearer secret"})
    request = fault_server.wait_for_request()
    assert request.headers["authorization"] == "Bearer secret"
    assert request.body == _QUESTION


def test_a_connection_is_kept_for_the_next_request(client: httpx2.Client, fault_server: FaultServer) -> None:
    ask(client)
    ask(client)
    first, second = fault_server.requests
    assert first.peer == second.peer


def test_a_refused_key_is_401(client: httpx2.Client, fault_server: FaultServer) -> None:
    fault_server.behave(Status(401, "Incorrect API key provided."))
    response = ask(client)
    assert response.status_code == 401
    assert response.json()["error"]["message"] == "Incorrect API key provided."


def test_too_many_requests_say_when_to_come_back(client: httpx2.Client, fault_server: FaultServer) -> None:
    fault_server.behave(Status(429, retry_after_s=1.5))
    response = ask(client)
    assert (response.status_code, response.headers["retry-after"]) == (429, "1.5")


def test_the_server_fails_once_and_then_works(client: httpx2.Client, fault_server: FaultServer) -> None:
    fault_server.behave(Status(500), Reply("Fine."))
    assert ask(client).status_code == 500
    assert [content(ask(client)) for _ in range(2)] == ["Fine.", "Fine."]


def test_a_refusing_address_refuses(fault_server: FaultServer) -> None:
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(f"{fault_server.refusing_url}/models", trust_env=False)


def test_a_mute_server_takes_the_request_and_says_nothing(
    client: httpx2.Client, fault_server: FaultServer
) -> None:
    fault_server.behave(Mute())
    with pytest.raises(httpx2.ReadTimeout):
        client.post("/chat/completions", json=_QUESTION, timeout=0.3)
    assert fault_server.wait_for_request().closed.wait(20)


def test_a_stream_stalls_after_its_first_token(client: httpx2.Client, fault_server: FaultServer) -> None:
    fault_server.behave(Reply("Once", ending=Ending.STALLED))
    with client.stream("POST", "/chat/completions", json=_QUESTION, timeout=0.3) as response:
        heard: list[str] = []
        with pytest.raises(httpx2.ReadTimeout):
            heard.extend(event["choices"][0]["delta"]["content"] for event in events(response))
    assert "".join(heard) == "Once"
    assert fault_server.requests[0].closed.wait(20)


def test_a_stream_is_cut_in_the_middle(client: httpx2.Client, fault_server: FaultServer) -> None:
    fault_server.behave(Reply("Once upon a", ending=Ending.CUT))
    with (
        client.stream("POST", "/chat/completions", json=_QUESTION) as response,
        pytest.raises((httpx2.ReadError, httpx2.RemoteProtocolError)),
    ):
        response.read()


def test_an_unfinished_stream_ends_without_reason_and_done(
    client: httpx2.Client, fault_server: FaultServer
) -> None:
    fault_server.behave(Reply("Once upon a", ending=Ending.UNFINISHED))
    response = ask(client)
    assert content(response) == "Once upon a"
    assert all(event["choices"][0]["finish_reason"] is None for event in events(response))
    assert "[DONE]" not in response.text


def test_a_malformed_event_is_not_json(client: httpx2.Client, fault_server: FaultServer) -> None:
    fault_server.behave(Reply("Once", ending=Ending.MALFORMED))
    with pytest.raises(json.JSONDecodeError):
        content(ask(client))


def test_a_page_comes_instead_of_json(client: httpx2.Client, fault_server: FaultServer) -> None:
    fault_server.behave(Html())
    response = ask(client)
    assert (response.status_code, response.headers["content-type"]) == (200, "text/html; charset=utf-8")


def test_a_huge_reply_is_as_large_as_asked(client: httpx2.Client, fault_server: FaultServer) -> None:
    fault_server.behave(Reply("x" * 50_000_000, piece_chars=65_536))
    received = 0
    with client.stream("POST", "/chat/completions", json=_QUESTION) as response:
        for chunk in response.iter_bytes():
            received += len(chunk)
    assert received > 50_000_000


def test_words_come_at_the_pace_that_was_set(client: httpx2.Client, fault_server: FaultServer) -> None:
    fault_server.behave(Reply("one two three four", pace_s=0.1))
    started = time.monotonic()
    assert content(ask(client)) == "one two three four"
    assert time.monotonic() - started >= 0.4


def test_the_server_notices_when_the_client_goes_in_the_middle(
    client: httpx2.Client, fault_server: FaultServer
) -> None:
    fault_server.behave(Reply("word " * 1000, pace_s=0.05))
    with client.stream("POST", "/chat/completions", json=_QUESTION) as response:
        next(events(response))
    assert fault_server.requests[0].closed.wait(20)


def test_the_server_ends_although_a_client_waits() -> None:
    with httpx2.Client(trust_env=False, timeout=20) as client:
        with FaultServer() as server:
            server.behave(Reply("Once", ending=Ending.STALLED))
            request = client.build_request("POST", f"{server.base_url}/chat/completions", json=_QUESTION)
            response = client.send(request, stream=True)
            next(events(response))
        response.close()


def test_without_its_key_nobody_is_answered(client: httpx2.Client, fault_server: FaultServer) -> None:
    fault_server.key = "sk-right"
    right = {"Authorization": "Bearer sk-right"}
    assert [client.get("/models", headers=headers).status_code for headers in ({}, right)] == [401, 200]
    assert [client.post("/chat/completions", json=_QUESTION, headers=h).status_code for h in ({}, right)] == [
        401,
        200,
    ]


def test_a_body_of_any_kind_is_sent_as_it_is(client: httpx2.Client, fault_server: FaultServer) -> None:
    fault_server.behave(Body(b"data: [DONE]\n\n"))
    assert ask(client).text == "data: [DONE]\n\n"


def test_a_request_may_be_hung_up_on(client: httpx2.Client, fault_server: FaultServer) -> None:
    fault_server.behave(HangUp(), Reply("Fine."))
    with pytest.raises(httpx2.TransportError):
        ask(client)
    assert content(ask(client)) == "Fine."
