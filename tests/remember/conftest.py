"""A history of one's own for each test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from assistant.remember import SqliteHistory
from assistant.turn.events import Fault

Open = Callable[..., SqliteHistory]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "aloud" / "history.sqlite3"


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    return tmp_path / "aloud" / "recordings"


@pytest.fixture
def told() -> list[Fault]:
    """The faults that the history told."""
    return []


@pytest.fixture
def open_history(file: Path, recordings: Path, told: list[Fault]) -> Iterator[Open]:
    """Opens the history, as each start of the program does; all are closed at the end."""
    with ExitStack() as stack:

        def open_it(*, keep_days: int | None = None) -> SqliteHistory:
            history = SqliteHistory(file, recordings, told.append, keep_days=keep_days)
            stack.callback(history.close)
            return history

        yield open_it


@pytest.fixture
def history(open_history: Open) -> SqliteHistory:
    return open_history()
