"""A child process can be talked to, ended, and is told apart from one that broke."""

import os
import queue
import signal
from pathlib import Path

import pytest

from assistant import spawning
from assistant.children import Child, Message

ECHO = """
import sys
from assistant.children import Parent
parent = Parent()
print("a library talks")
while (message := parent.receive()) is not None:
    if message.type == "hang":
        import signal
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            signal.pause()
    parent.send(message.type, message.payload, **message.data)
"""


def start(tmp_path: Path) -> tuple[Child, "queue.Queue[Message]", "queue.Queue[int]"]:
    (tmp_path / "aloud_echo.py").write_text(ECHO)
    heard: queue.Queue[Message] = queue.Queue()
    left: queue.Queue[int] = queue.Queue()
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[1])])
    return Child("aloud_echo", heard.put, left.put, environment={"PYTHONPATH": path}), heard, left


def test_a_message_with_payload_comes_back_whole_and_library_prints_do_not_disturb_it(tmp_path: Path) -> None:
    child, heard, _ = start(tmp_path)
    payload = bytes(range(256)) * 4000
    child.send("echo", payload, words=["naïve", "λ", "日本語"])
    answer = heard.get(timeout=20)
    child.end()
    assert answer == Message("echo", {"words": ["naïve", "λ", "日本語"]}, payload)


def test_a_child_that_is_killed_from_outside_is_reported_with_its_signal(tmp_path: Path) -> None:
    child, heard, left = start(tmp_path)
    child.send("echo")
    heard.get(timeout=20)
    os.kill(child.pid, signal.SIGKILL)
    assert left.get(timeout=20) == -signal.SIGKILL
    child.send("echo")
    child.end()


def test_a_child_that_ignores_the_end_of_its_input_is_killed_and_not_reported(tmp_path: Path) -> None:
    child, heard, left = start(tmp_path)
    child.send("echo")
    heard.get(timeout=20)
    child.send("hang")
    child.end(grace_s=0.3)
    assert left.empty()


def test_a_child_that_was_started_ahead_is_the_one_that_is_talked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "aloud_echo.py").write_text(ECHO)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    spawning.start_ahead("aloud_echo")
    waiting = spawning._ahead["aloud_echo"].pid
    child, heard, _ = start(tmp_path)
    child.send("echo")
    heard.get(timeout=20)
    child.end()
    other, heard, _ = start(tmp_path)
    other.send("echo")
    heard.get(timeout=20)
    other.end()
    assert (child.pid == waiting, other.pid == waiting) == (True, False)


def test_the_threads_of_a_child_share_one_heap(tmp_path: Path) -> None:
    child, heard, _ = start(tmp_path)
    child.send("echo")
    heard.get(timeout=20)
    environment = Path(f"/proc/{child.pid}/environ").read_bytes().split(b"\0")
    child.end()
    assert b"MALLOC_ARENA_MAX=1" in environment
