"""Logs tell what happened, and never a key."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.logs import start_logging


@pytest.fixture(autouse=True)
def root_logger() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in root.handlers:
        if handler not in handlers:
            handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)


def logged(folder: Path) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("aloud.log*")))


def test_a_key_is_taken_out_of_messages_and_tracebacks(tmp_path: Path) -> None:
    start_logging(tmp_path)
    log = logging.getLogger("assistant.think")
    log.info("asked with Authorization: Bearer %s", "abcdefghijkl123")
    try:
        int("api_key=sk-verysecret12345")
    except ValueError:
        log.exception("it failed")
    text = logged(tmp_path)
    assert "asked with" in text
    assert "it failed" in text
    assert "abcdefghijkl123" not in text
    assert "verysecret" not in text


def test_logs_rotate_and_stay_small(tmp_path: Path) -> None:
    start_logging(tmp_path)
    for _ in range(8000):
        logging.getLogger("assistant").info("x" * 1000)
    assert len(list(tmp_path.glob("aloud.log*"))) == 5
    assert len(logged(tmp_path)) < 5_100_000


def test_a_log_that_cannot_be_written_is_said_and_the_program_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    start_logging(tmp_path / "file" / "logs")
    logging.getLogger("assistant").info("nobody hears this")
    assert "No log can be written" in capsys.readouterr().err
