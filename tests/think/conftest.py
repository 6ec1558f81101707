"""A chat model on its thread, and what it says."""

import gc
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import keyring.backend
import keyring.core
import pytest

from assistant.think import Keys, OpenAIChat, Patience
from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.events import Event, Fault, PartChanged, Readiness, ReplyEnded, ReplyGrew, StageFailed
from tests.rig import FaultServer

WITHIN_S = 30.0
E = TypeVar("E", bound=Event)


class Listener:
    """Keeps every event, with the thread-safe means to wait for one."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._changed = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait_for(self, kind: type[E], which: Callable[[E], bool] = lambda _: True) -> E:
        """The first event of this kind that `which` holds for."""
        with self._changed:
            found = self._changed.wait_for(lambda: self.all(kind, which), WITHIN_S)
            assert found, f"no {kind.__name__} among {self.events}"
            return found[0]

    def all(self, kind: type[E], which: Callable[[E], bool] = lambda _: True) -> list[E]:
        return [event for event in self.events if isinstance(event, kind) and which(event)]

    def text(self, turn: int) -> str:
        return "".join(event.text for event in self.all(ReplyGrew, lambda event: event.turn == turn))

    def reasoning(self, turn: int) -> str:
        return "".join(event.reasoning for event in self.all(ReplyGrew, lambda event: event.turn == turn))

    def end(self, turn: int) -> ReplyEnded:
        return self.wait_for(ReplyEnded, lambda event: event.turn == turn)

    def fault(self, turn: int) -> Fault:
        return self.wait_for(StageFailed, lambda event: event.turn == turn).fault

    def ready(self, readiness: Readiness) -> PartChanged:
        return self.wait_for(PartChanged, lambda event: event.readiness is readiness)


class Asker:
    """A started chat model, the events it emits, and questions in conversations of one message."""

    def __init__(self, keys: Keys, ports: tuple[int, ...] = ()) -> None:
        self.model = OpenAIChat(keys, Patience(first_token_s=20, stall_s=20), ports=ports)
        self.heard = Listener()

    def use(self, base_url: str, model: str = "test-model", instructions: str = "") -> None:
        self.model.use(base_url, model, instructions)

    def ask(self, turn: int = 1, question: str = "How are you?") -> None:
        self.model.ask(turn, Conversation("c", (Message(turn, Role.USER, question),)))

    def answer(self, turn: int) -> str:
        """Ask, and return the answer when it has ended well."""
        self.ask(turn)
        self.heard.end(turn)
        return self.heard.text(turn)

    def fault(self, turn: int = 1) -> Fault:
        """Ask, and return the fault that came instead of an end."""
        self.ask(turn)
        return self.heard.fault(turn)


def sockets_to(server: FaultServer) -> int:
    """Connections of this process that are open to the server."""
    port = f":{int(server.base_url.rpartition(':')[2].removesuffix('/v1')):04X}"
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    mine = {str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()}
    remote = [line.split() for line in lines if line.split()[2].endswith(port)]
    return sum(f"socket:[{fields[9]}]" in mine for fields in remote)


@pytest.fixture
def keys() -> Keys:
    return Keys(environment={})


@pytest.fixture
def chat(keys: Keys) -> Iterator[Asker]:
    """Started, and connected to nothing."""
    asker = Asker(keys)
    asker.model.start(asker.heard)
    yield asker
    asker.model.stop()


@pytest.fixture
def forgotten_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keyrings are looked for anew, as at the start of a program; what the library leaves open is swept up."""
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    vars(keyring.backend.get_all_keyring).pop("saved_result", None)
    yield
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join(10)
    # The library leaves its connection to the bus open where it fails.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
