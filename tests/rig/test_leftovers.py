"""What a test leaves running is found, named and ended."""

import subprocess
import threading

from tests.rig.leftovers import Leftovers


def test_nothing_is_found_when_nothing_was_left() -> None:
    leftovers = Leftovers()
    subprocess.run(["true"], check=True)
    assert leftovers.end() == []


def test_a_process_left_running_is_named_and_ended() -> None:
    leftovers = Leftovers()
    with subprocess.Popen(["sleep", "1000"]) as process:
        assert leftovers.end(grace_s=0.1) == [f"process {process.pid} (sleep 1000)"]
    assert process.returncode < 0


def test_a_process_whose_parent_ended_is_found_too() -> None:
    leftovers = Leftovers()
    subprocess.run(["sh", "-c", "sleep 1001 &"], check=True)
    (left,) = leftovers.end(grace_s=0.1)
    assert left.endswith("(sleep 1001)")


def test_a_thread_left_running_is_named() -> None:
    leftovers = Leftovers()
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait, name="forgotten")
    thread.start()
    assert leftovers.end(grace_s=0.1) == ["thread forgotten"]
    stop.set()
    thread.join()


def test_what_ends_by_itself_in_a_moment_is_not_left() -> None:
    leftovers = Leftovers()
    with subprocess.Popen(["sleep", "0.3"]):
        assert leftovers.end(grace_s=10) == []
