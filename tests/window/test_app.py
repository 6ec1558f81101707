"""The window as a program of its own: it comes up, hides in the tray, is found again, and ends when told."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from Xlib import X
from Xlib.display import Display as XConnection
from Xlib.protocol.event import ClientMessage

from tests.rig import Display, wait_until

SCRIPT = Path(__file__).with_name("run_window.py")
WITHIN_S = 30


class Running:
    """The window's process."""

    def __init__(self, display: Display, home: Path) -> None:
        self.display = display
        env = display.env | {"PYTHONPATH": os.pathsep.join(sys.path), "XDG_DATA_HOME": str(home / "data")}
        self.process = subprocess.Popen(
            [sys.executable, SCRIPT],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(self, what: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()

    def line(self) -> str:
        """What it tells next, sizes aside."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if not line.startswith("size"):
                return line.strip()
        return ""

    def wait_for_line(self, wanted: str) -> None:
        assert self.process.stdout is not None
        assert any(line.strip() == wanted for line in self.process.stdout)

    def window(self) -> int:
        return self.display.wait_for_window("Aloud", WITHIN_S)

    def gone(self) -> bool:
        return "Aloud" not in self.display.windows().values()

    def end(self) -> tuple[int, str]:
        """The exit code, and what it complained of."""
        _, complaints = self.process.communicate(timeout=WITHIN_S)
        return self.process.returncode, complaints

    def close_window(self) -> None:
        """As the cross in its frame does."""
        with self.display.connection() as x:
            close = ClientMessage(
                window=x.create_resource_object("window", self.window()),
                client_type=x.intern_atom("_NET_CLOSE_WINDOW"),
                data=(32, [X.CurrentTime, 0, 0, 0, 0]),
            )
            root = x.screen().root
            root.send_event(close, event_mask=X.SubstructureNotifyMask | X.SubstructureRedirectMask)
            x.sync()


Start = Callable[[], Running]


@pytest.fixture
def start(display: Display, private_environment: Path) -> Iterator[Start]:
    started: list[Running] = []

    def start_() -> Running:
        started.append(Running(display, private_environment))
        return started[-1]

    yield start_
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.communicate()


def test_it_comes_up_without_what_is_heavy(start: Start) -> None:
    assert start().line() == "up"


def test_it_ends_when_told_to_and_complains_of_nothing(start: Start) -> None:
    running = start()
    running.window()
    running.ask("quit")
    assert running.line() == "up"
    assert running.line() == "ended"
    assert running.end() == (0, "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_the_session_or_the_terminal_says_so(start: Start, number: signal.Signals) -> None:
    running = start()
    running.line()
    running.window()
    running.process.send_signal(number)
    assert running.line() == "ended"
    assert running.end() == (0, "")


def test_ctrl_q_quits(start: Start, display: Display) -> None:
    running = start()
    running.line()
    display.focus(running.window())
    display.key("ctrl+q")
    assert running.line() == "ended"


def test_closing_hides_it_in_the_tray_and_it_is_found_again(start: Start, display: Display) -> None:
    running = start()
    running.line()
    running.close_window()
    wait_until(running.gone, WITHIN_S, "the window to go")
    running.ask("raise")
    wait_until(lambda: display.focused() == running.window(), WITHIN_S, "the window to be back, in front")


def test_closing_ends_it_where_there_is_no_tray(start: Start, display: Display) -> None:
    with _without_tray(display):
        running = start()
        running.line()
        running.close_window()
        assert running.line() == "ended"


def test_it_remembers_its_size(start: Start, display: Display) -> None:
    running = start()
    running.line()
    window = running.window()
    subprocess.run(
        ["xdotool", "windowsize", "--sync", str(window), "500", "560"], env=display.env, check=True
    )
    running.wait_for_line("size 500 560")
    running.process.send_signal(signal.SIGTERM)
    running.end()
    again = start()
    again.line()
    with display.connection() as x:
        wait_until(lambda: _size(x, again.window()) == (500, 560), WITHIN_S, "the size of before")


def _size(x: XConnection, window: int) -> tuple[int, int]:
    geometry = x.create_resource_object("window", window).get_geometry()
    return geometry.width, geometry.height


@contextmanager
def _without_tray(display: Display) -> Iterator[None]:
    """While another program holds the tray's place, and serves nobody."""
    with display.connection() as x:
        selection = x.intern_atom("_NET_SYSTEM_TRAY_S0")
        owner = x.get_selection_owner(selection)
        owner.kill_client()
        x.sync()
        wait_until(lambda: not x.get_selection_owner(selection), WITHIN_S, "the tray to go")
        yield
