"""Under Wayland the text goes to the clipboard, and it is said how it gets further."""

from pathlib import Path

import pytest

from assistant.insert import this_inserter
from assistant.turn.events import Inserted, Readiness, StageFailed
from tests.insert.inserting import inserting


@pytest.fixture(autouse=True)
def wayland(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A Wayland session. Returns the folder in which programs are looked for."""
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def install(folder: Path, script: str) -> None:
    program = folder / "wl-copy"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_the_text_is_given_to_wl_copy(wayland: Path) -> None:
    install(wayland, f"echo $* > {wayland}/asked; /bin/cat > {wayland}/copied")
    with inserting(this_inserter()) as told:
        assert told.parts.get(timeout=20).readiness is Readiness.LIMITED
        turn = told.key_down()
        told.inserter.insert(turn, "naïve λ 日本語 🙂 done\n")
        event = told.events.get(timeout=20)
    assert isinstance(event, Inserted)
    assert event.note is not None
    assert event.note.message == "Under Wayland the text can only be put on the clipboard."
    assert (wayland / "copied").read_text(encoding="utf-8") == "naïve λ 日本語 🙂 done"
    assert (wayland / "asked").read_text() == "--type text/plain;charset=utf-8\n"


def test_without_wl_copy_it_is_said_what_to_install() -> None:
    with inserting(this_inserter()) as told:
        assert told.parts.get(timeout=20).readiness is Readiness.MISSING
        told.inserter.insert(1, "text")
        event = told.events.get(timeout=20)
    assert isinstance(event, StageFailed)
    assert event.fault.hint == "Install the package wl-clipboard."


def test_a_wl_copy_that_fails_is_not_passed_over(wayland: Path) -> None:
    install(wayland, "exit 1")
    with inserting(this_inserter()) as told:
        told.inserter.insert(1, "text")
        event = told.events.get(timeout=20)
    assert isinstance(event, StageFailed)
    assert event.fault.code == "not-copied"
