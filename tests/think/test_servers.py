"""Finding servers on this machine, and trying one that was named."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.errors import AssistantError
from assistant.ports_controls import ChatServer
from assistant.think import servers
from assistant.think.servers import find_servers, first_for_talk, try_server
from tests.rig import FaultServer, wait_until


@pytest.fixture
def other_server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


def port_of(base_url: str) -> int:
    return int(base_url.rpartition(":")[2].removesuffix("/v1"))


def port_of_socket(listening: socket.socket) -> int:
    port: int = listening.getsockname()[1]
    return port


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a server may take longer to answer than a user would wait."""
    for limit in ("_LOOK_AROUND_S", "_ANSWER_S"):
        monkeypatch.setattr(servers, limit, 1000.0)


def test_servers_are_found_with_their_name_and_models(
    fault_server: FaultServer, other_server: FaultServer
) -> None:
    fault_server.models, fault_server.owner = ["llama3.2", "qwen3"], "library"
    ports = (
        port_of(fault_server.refusing_url),
        port_of(other_server.base_url),
        port_of(fault_server.base_url),
    )
    assert find_servers(ports) == [
        ChatServer(f"localhost:{ports[1]}", f"http://localhost:{ports[1]}/v1", ("test-model",)),
        ChatServer("Ollama", f"http://localhost:{ports[2]}/v1", ("llama3.2", "qwen3")),
    ]


def test_a_server_that_wants_a_key_is_found_and_says_so(fault_server: FaultServer) -> None:
    fault_server.key = "sk-right"
    (server,) = find_servers([port_of(fault_server.base_url)])
    assert server.needs_key
    assert "authorization" not in fault_server.looks[0].headers


def test_other_programs_on_these_ports_are_no_servers(
    fault_server: FaultServer, other_server: FaultServer
) -> None:
    fault_server.page = "<h1>My website</h1>"
    other_server.page = '{"data": "something else"}'
    assert find_servers([port_of(fault_server.base_url), port_of(other_server.base_url)]) == []


def test_a_program_that_does_not_answer_does_not_hold_up_the_others(fault_server: FaultServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, ThreadPoolExecutor() as elsewhere:
        found = elsewhere.submit(find_servers, [port_of_socket(silent), port_of(fault_server.base_url)])
        wait_until(lambda: fault_server.looks, 20, "the others to be asked")
        assert not found.done()
        silent.accept()[0].close()
        assert [server.models for server in found.result(30)] == [("test-model",)]


def test_a_program_that_never_answers_is_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "_LOOK_AROUND_S", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert find_servers([port_of_socket(silent)]) == []


def test_a_named_server_is_tried_as_a_person_writes_it(fault_server: FaultServer) -> None:
    port = port_of(fault_server.base_url)
    server = try_server(f" 127.0.0.1:{port}/ ")
    assert server == ChatServer(f"127.0.0.1:{port}", fault_server.base_url, ("test-model",))


def test_a_named_server_is_tried_with_its_key(fault_server: FaultServer) -> None:
    fault_server.key = "sk-right"
    assert try_server(fault_server.base_url, " sk-right\n").models == ("test-model",)


@pytest.mark.parametrize(
    ("key", "code"),
    [("", "key-needed"), ("sk-wrong", "key-refused"), ("sk wrong", "bad-key"), ("ключ", "bad-key")],
)
def test_a_wrong_key_is_told_from_a_missing_one(fault_server: FaultServer, key: str, code: str) -> None:
    fault_server.key = "sk-right"
    with pytest.raises(AssistantError) as caught:
        try_server(fault_server.base_url, key)
    assert caught.value.fault.code == code
    assert "wrong" not in str(caught.value)


def test_what_is_not_a_model_server_is_told_as_such(fault_server: FaultServer) -> None:
    fault_server.page = "<h1>My website</h1>"
    with pytest.raises(AssistantError, match="sent a web page instead of an answer"):
        try_server(fault_server.base_url)
    with pytest.raises(AssistantError, match="is not running"):
        try_server(fault_server.refusing_url)
    with pytest.raises(AssistantError, match="no spaces"):
        try_server("my server")


def test_a_key_is_never_sent_where_others_can_read_it() -> None:
    with pytest.raises(AssistantError) as caught:
        try_server("http://192.168.1.20:1234", "sk-right")
    fault = caught.value.fault
    assert fault.code == "key-in-the-clear"
    assert fault.message == (
        "An API key is not sent to 192.168.1.20:1234: without https others could read it on the way."
    )
    assert (
        fault.hint
        == "Connect it by https://, or through a tunnel to this machine; also in a private network."
    )


def test_models_for_other_purposes_are_passed_over() -> None:
    assert first_for_talk(["nomic-embed-text", "whisper-1", "llama3.2"]) == "llama3.2"
    assert first_for_talk(["nomic-embed-text"]) == ""
