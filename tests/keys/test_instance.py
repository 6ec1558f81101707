"""One instance runs, and the command line reaches it, whatever else knocks at its door."""

import contextlib
import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from assistant import paths
from assistant.errors import AssistantError
from assistant.keys import local_socket, named_pipe
from assistant.keys.instance import Server, claim, send
from assistant.keys.local_socket import address
from tests.keys.heard import let_pass

Told = list[tuple[str, Mapping[str, Any]]]


@pytest.fixture
def told() -> Iterator[Told]:
    """A running instance, and what it was told."""
    told: Told = []

    def handler(verb: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        told.append((verb, data))
        return {"heard": verb}

    server = claim(handler)
    assert server is not None
    with closing(server):
        yield told


def ignore(verb: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {}


def connect() -> socket.socket:
    client = socket.socket(socket.AF_UNIX)
    client.connect(str(address()))  # blocking: it waits its turn
    client.settimeout(20)
    return client


def tell(line: bytes) -> dict[str, Any]:
    with connect() as client:
        client.sendall(line)
        answer: dict[str, Any] = json.loads(client.makefile("rb").readline())
    return answer


def test_a_verb_reaches_the_running_instance_and_its_reply_comes_back(told: Told) -> None:
    assert send("toggle") == {"heard": "toggle"}
    assert send("press", key="dictate") == {"heard": "press"}
    assert told == [("toggle", {"key": "talk"}), ("press", {"key": "dictate"})]


def test_a_second_instance_learns_that_one_is_running(told: Told) -> None:
    assert claim(ignore) is None
    assert send("show") == {"heard": "show"}


def test_when_one_has_ended_nobody_answers_and_another_may_start() -> None:
    for _ in range(3):
        server = claim(ignore)
        assert server is not None
        server.close()
        assert not address().exists()
        with pytest.raises(AssistantError, match="not running"):
            send("show")


def test_the_socket_lies_where_only_its_user_can_go(told: Told) -> None:
    assert address().parent == paths.runtime_folder()
    assert address().parent.stat().st_mode & 0o777 == 0o700


def test_after_a_kill_the_next_start_takes_over() -> None:
    program = (
        "import threading; from assistant.keys.instance import claim\n"
        "assert claim(lambda verb, data: {}); print('up', flush=True); threading.Event().wait()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == b"up\n"
        assert claim(ignore) is None
        killed.send_signal(signal.SIGKILL)
    assert address().exists()
    server = claim(ignore)
    assert server is not None
    server.close()


def test_of_many_that_start_at_once_after_a_crash_one_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_long(path: Path) -> bool:
        alive = is_alive(path)
        let_pass(0.05)
        return alive

    is_alive = local_socket._is_alive
    monkeypatch.setattr(local_socket, "_is_alive", look_long)
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(address()))
    servers: list[Server | None] = []
    start = threading.Barrier(8)

    def begin() -> None:
        start.wait()
        servers.append(claim(ignore))

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    running = [server for server in servers if server is not None]
    assert len(running) == 1
    assert send("show") == {}
    running[0].close()


def test_where_no_socket_can_be_made_it_is_said() -> None:
    address().mkdir()
    with pytest.raises(AssistantError, match=r"aloud\.sock cannot be made: Is a directory"):
        claim(ignore)


def test_what_the_instance_complains_of_reaches_the_sender() -> None:
    def handler(verb: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        raise AssistantError("no-window", "There is no window.", "Start one.")

    server = claim(handler)
    assert server is not None
    with closing(server), pytest.raises(AssistantError) as complaint:
        send("show")
    assert (complaint.value.fault.code, complaint.value.fault.hint) == ("no-window", "Start one.")


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"\x00\xff\xfe\x80\n",
        b"GET / HTTP/1.1\r\n",
        b"[]\n",
        b'{"verb": "erase"}\n',
        b'{"verb": ["press"]}\n',
        b'{"verb": "press", "key": "any"}\n',
        b'{"verb": "press", "key": {}}\n',
        b"[" * 60_000 + b"\n",
    ],
)
def test_garbage_is_refused_and_does_no_harm(told: Told, line: bytes) -> None:
    assert tell(line)["code"] == "bad-request"
    assert send("show") == {"heard": "show"}
    assert told == [("show", {"key": "talk"})]


def test_a_line_of_ten_megabytes_is_cut_off(told: Told) -> None:
    with connect() as client, pytest.raises((BrokenPipeError, ConnectionResetError)):
        client.sendall(b"x" * 10_000_000)
    assert send("show") == {"heard": "show"}


def test_a_client_that_only_listens_holds_nobody_up(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_socket, "_PATIENCE_S", 1000.0)
    with connect(), connect() as slow:
        slow.sendall(b'{"verb": ')
        assert send("show") == {"heard": "show"}


def test_a_client_that_only_listens_is_dropped(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_socket, "_PATIENCE_S", 0.1)
    with connect() as silent, connect() as slow:
        slow.sendall(b'{"verb": ')
        assert silent.recv(1) == b""
        assert slow.recv(1) == b""


def test_hundreds_of_idle_connections_hold_nobody_up(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_socket, "_PATIENCE_S", 1000.0)
    with ExitStack() as stack:
        clients = [stack.enter_context(connect()) for _ in range(300)]
        assert [client.recv(1) for client in clients[:200]] == [b""] * 200  # the oldest had to go
        assert send("show") == {"heard": "show"}


def test_a_running_instance_too_busy_to_accept_is_still_the_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_socket, "_PATIENCE_S", 0.1)
    with ExitStack() as stack:
        busy = stack.enter_context(socket.socket(socket.AF_UNIX))
        busy.bind(str(address()))
        busy.listen(0)
        stack.enter_context(connect())
        assert claim(ignore) is None


def test_a_path_too_long_for_a_socket_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / ("long" * 30)))
    with pytest.raises(AssistantError, match=r"aloud\.sock cannot be made: AF_UNIX path too long"):
        claim(ignore)


def test_a_client_that_leaves_before_the_reply_does_no_harm(told: Told) -> None:
    for _ in range(50):
        with connect() as client:
            client.sendall(b'{"verb": "show"}\n')
    assert send("cancel") == {"heard": "cancel"}


def test_closing_does_not_wait_for_idle_clients() -> None:
    server = claim(ignore)
    assert server is not None
    with connect() as idle:
        server.close()
        with contextlib.suppress(ConnectionResetError):  # it was not even accepted
            assert idle.recv(1) == b""


def test_an_instance_that_hangs_is_said_to_hang() -> None:
    with socket.socket(socket.AF_UNIX) as hung:
        hung.bind(str(address()))
        hung.listen()
        assert claim(ignore) is None
        with pytest.raises(AssistantError, match="does not answer"):
            send("show")


def test_the_named_pipe_s_server_answers_one_after_the_other(private_environment: Path) -> None:
    pipe = str(private_environment / "pipe")
    server = named_pipe.serve(pipe, lambda line: line.upper())
    assert server is not None
    with closing(server):
        assert [named_pipe.ask(pipe, line) for line in (b"one", b"two")] == [b"ONE", b"TWO"]
        assert named_pipe.serve(pipe, lambda line: line) is None
    with pytest.raises(FileNotFoundError):
        named_pipe.ask(pipe, b"three")


def test_the_pipe_is_the_user_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "ada")
    assert named_pipe.address() == r"\\.\pipe\aloud-ada"
