"""What holds for every test: nothing of this machine's desktop gets in, and nothing stays behind."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.rig import Desktop, Display, FaultServer, ModelServer, SessionBus, SoundServer
from tests.rig.desktop import bare_environment
from tests.rig.leftovers import Leftovers, adopt_orphans

NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve")

# How long an example takes says more about the machine than about the program.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
adopt_orphans()
# Started in the background, a test run ignores Ctrl+C, and so would every program that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """A test that leaves a child process or a thread running fails, and what it left is ended."""
    leftovers = Leftovers()
    yield
    left = leftovers.end()
    if left:
        pytest.fail(f"The test left running: {', '.join(left)}.")


@pytest.fixture(autouse=True)
def private_environment(nothing_left_behind: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Every test has an empty home folder, and no display, sound server, bus, key or proxy. Yields the home."""
    with _folder() as home:
        _enter_environment(monkeypatch, bare_environment(home))
        yield home


@contextmanager
def _folder() -> Iterator[Path]:
    # pytest's own temporary folders have paths too long for a socket's name.
    with tempfile.TemporaryDirectory(prefix="rig-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _enter_environment(monkeypatch: pytest.MonkeyPatch, env: dict[str, str]) -> None:
    for name in set(os.environ) - set(env):
        if not name.startswith("PYTEST_"):
            monkeypatch.delenv(name)
    for name, value in env.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def desktop(private_environment: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """A private desktop, whose environment is also this process's."""
    with Desktop() as desktop:
        _enter_environment(monkeypatch, desktop.env)
        yield desktop


@pytest.fixture
def display(private_environment: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Display]:
    """A private display alone."""
    with _folder() as folder, Display(folder, dict(os.environ)) as display:
        _enter_environment(monkeypatch, display.env)
        yield display


@pytest.fixture
def sound_server(private_environment: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """A private sound server alone."""
    with _folder() as folder, SoundServer(folder, dict(os.environ)) as sound:
        _enter_environment(monkeypatch, sound.env)
        yield sound


@pytest.fixture
def keyring_bus(private_environment: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    """A private session bus with an unlocked keyring."""
    with _folder() as folder, SessionBus(folder, dict(os.environ), keyring=True) as bus:
        _enter_environment(monkeypatch, bus.env)
        yield bus


@pytest.fixture
def fault_server(private_environment: Path) -> Iterator[FaultServer]:
    """A model server that misbehaves as told."""
    with FaultServer() as server:
        yield server


@pytest.fixture(scope="session")
def model_server() -> Iterator[ModelServer]:
    """One real model server for all tests. Its models are named after what they say."""
    replies = {
        "blue-books": "There are nine blue books on the table.",
        "long": " ".join(f"There are {number} books on the table." for number in NUMBERS),
        "busy": ModelServer.RATE_LIMITED,
    }
    with _folder() as folder, ModelServer(folder, replies) as server:
        yield server
