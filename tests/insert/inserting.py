"""A running inserter, and what it tells."""

import queue
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.ports import Inserter
from assistant.turn.events import Event, Inserted, PartChanged
from tests.rig import Display, wait_until


class Told:
    """What the inserter emits; its readiness is kept apart in `parts`."""

    def __init__(self, inserter: Inserter) -> None:
        self.inserter = inserter
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.parts: queue.SimpleQueue[PartChanged] = queue.SimpleQueue()
        self._turn = 0

    def emit(self, event: Event) -> None:
        if isinstance(event, PartChanged):
            self.parts.put(event)
        else:
            self.events.put(event)

    def key_down(self) -> int:
        """The dictation key goes down: what has the focus now is meant. Returns the turn."""
        self._turn += 1
        self.inserter.note_target(self._turn)
        return self._turn

    def dictate(self, text: str, turn: int | None = None) -> str:
        """Insert `text`; the code of the note that came with it, empty if none."""
        turn = turn or self.key_down()
        self.inserter.insert(turn, text)
        event = self.events.get(timeout=30)
        assert isinstance(event, Inserted), event
        assert event.turn == turn
        return event.note.code if event.note else ""


@contextmanager
def inserting(inserter: Inserter) -> Iterator[Told]:
    told = Told(inserter)
    inserter.start(told.emit)
    try:
        yield told
    finally:
        inserter.stop()


def copy(
    display: Display, content: str | bytes, selection: str = "clipboard", target: str = "UTF8_STRING"
) -> None:
    """Another program owns the clipboard, with this content."""
    data = content.encode() if isinstance(content, str) else content
    subprocess.run(
        ["xclip", "-selection", selection, "-t", target, "-i"],
        env=display.env,
        input=data,
        stdout=subprocess.DEVNULL,  # it stays in the background
        stderr=subprocess.DEVNULL,
        check=True,
        timeout=20,
    )
    # xclip's first process may end before the second one has made itself the owner.
    wait_until(lambda: paste(display, selection, target) == data, 20, f"xclip to own the {selection}")


def clipboard(display: Display, selection: str = "clipboard", target: str = "UTF8_STRING") -> str | None:
    """The text that another program would paste now; None where there is none."""
    pasted = paste(display, selection, target)
    return None if pasted is None else pasted.decode()


def paste(display: Display, selection: str, target: str) -> bytes | None:
    """What another program would paste that asks for this form; None where there is none."""
    command = ["xclip", "-selection", selection, "-o", "-t", target]
    done = subprocess.run(command, env=display.env, capture_output=True, timeout=20, check=False)
    return done.stdout if done.returncode == 0 else None
