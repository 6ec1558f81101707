"""The model server answers with the replies it was given, as a stream."""

import httpx2
import pytest

from tests.rig import ModelServer


@pytest.fixture
def client(model_server: ModelServer) -> httpx2.Client:
    headers = {"Authorization": f"Bearer {model_server.KEY}"}
    return httpx2.Client(base_url=model_server.base_url, headers=headers, timeout=30, trust_env=False)


def ask(client: httpx2.Client, model: str) -> httpx2.Response:
    question = {"model": model, "messages": [{"role": "user", "content": "Hello"}], "stream": True}
    with client:
        return client.post("/chat/completions", json=question)


def test_the_reply_comes_as_a_stream_of_pieces(client: httpx2.Client) -> None:
    response = ask(client, "blue-books")
    assert response.headers["content-type"].startswith("text/event-stream")
    pieces = [line for line in response.text.splitlines() if '"content":' in line]
    assert len(pieces) > 5
    assert response.text.rstrip().endswith("data: [DONE]")


def test_a_busy_model_is_429(client: httpx2.Client) -> None:
    assert ask(client, "busy").status_code == 429


def test_the_models_are_listed(client: httpx2.Client, model_server: ModelServer) -> None:
    with client:
        listed = {model["id"] for model in client.get("/models").json()["data"]}
    assert listed == set(model_server.replies)
