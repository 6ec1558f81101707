"""The port `ChatModel`: any OpenAI-compatible server, asked through Chat Completions."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from assistant.ports import Emit
from assistant.think.choice import Choice, Patience
from assistant.think.keys import Keys
from assistant.think.known import PORTS
from assistant.think.model_thread import ModelThread
from assistant.turn.conversation import Conversation

if TYPE_CHECKING:
    from assistant.think.desk import Desk

_BUSY_FOR_S = 5.0


class OpenAIChat:
    """Hands questions to the model thread.

    `patience` may be replaced at any time and holds for the questions asked from then on. `ports` are where servers
    on this machine are looked for.
    """

    def __init__(self, keys: Keys, patience: Patience | None = None, *, ports: Sequence[int] = PORTS) -> None:
        self.patience = patience or Patience()
        self._keys = keys
        self._ports = ports
        self._choice = Choice()
        self._thread: ModelThread[Desk] | None = None

    def start(self, emit: Emit) -> None:
        self._thread = ModelThread(lambda: _settle(emit, self._keys, self._ports))
        self._use(self._choice)

    def stop(self) -> None:
        if self._thread is not None:
            self._thread.stop()
        self._thread = None

    def use(self, base_url: str, model: str, instructions: str, *, doubt_below: float | None = None) -> None:
        """Talk to this server and model from now on. An address that is none is told by PartChanged and at `ask`."""
        self._use(Choice(base_url, model, instructions, doubt_below))

    def expect(self) -> None:
        """Have a connection to the server open when the question comes. Cheap; call it as often as it may be true."""
        if self._thread is not None:
            self._thread.post(lambda desk: desk.expect())

    def ask(self, turn: int, conversation: Conversation) -> None:
        patience = self.patience
        if self._thread is not None:
            self._thread.post(lambda desk: desk.ask(turn, conversation, patience))

    def request(self, conversation: Conversation) -> bytes:
        """The JSON that would be sent for an answer to `conversation`, as things stand. It may wait a moment."""
        from assistant.think.prompt import USUAL_EXTRAS, Prompt, request_body

        choice, asking = self._choice, Future[tuple[str, dict[str, Any]]]()
        if self._thread is not None:
            self._thread.post(lambda desk: asking.set_result(desk.asking()))
        else:
            asking.set_result((choice.model, dict(USUAL_EXTRAS)))
        model, extras = asking.result(_BUSY_FOR_S)
        messages = Prompt().json(conversation, choice.instructions, choice.doubt_below)
        return request_body(model, messages, extras)

    def abandon(self, turn: int) -> None:
        if self._thread is not None:
            self._thread.post(lambda desk: desk.abandon(turn))

    def _use(self, choice: Choice) -> None:
        self._choice = choice
        if self._thread is not None:
            self._thread.post(lambda desk: desk.use(choice))


def _settle(emit: Emit, keys: Keys, ports: Sequence[int]) -> Desk:
    # Its libraries take a third of a second to import: on the model thread nobody waits for them.
    from assistant.think.desk import Desk

    return Desk(emit, keys, ports)
