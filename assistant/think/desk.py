"""What lives on the model thread: the connection in use, the answers under way, the clients."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import httpx2

from assistant.errors import AssistantError
from assistant.ports import Emit
from assistant.ports_controls import ChatServer
from assistant.think import address, faults
from assistant.think.answer import Answer
from assistant.think.choice import Choice, Patience
from assistant.think.clients import Clients
from assistant.think.connection import Connection
from assistant.think.keys import Keys
from assistant.think.prompt import USUAL_EXTRAS, Prompt
from assistant.think.refusal import Refusal
from assistant.think.servers import first_for_talk, list_models, look_around
from assistant.turn.conversation import Conversation
from assistant.turn.events import Fault, Part, PartChanged, Readiness, Remedy, StageFailed

log = logging.getLogger(__name__)


# Faults that stay until something is changed: the next question would meet them, too.
_NOT_READY = {
    "bad-address", "bad-key", "certificate", "key-in-the-clear", "key-needed", "key-refused", "moved", "no-connection",
    "no-models-there", "no-model-chosen", "no-such-host", "no-such-model", "no-tls", "no-way", "not-running", "not-there",
    "proxy", "web-page",
}  # fmt: skip


class Desk:
    """Asks, for whoever posts questions to the model thread. Everything here runs on that thread."""

    def __init__(self, emit: Emit, keys: Keys, ports: Sequence[int]) -> None:
        self._emit = emit
        self._keys = keys
        self._ports = ports
        self._choice = Choice()
        self._clients = Clients()
        self._prompt = Prompt()
        self._said: PartChanged | None = None
        self._looked_up: set[str] = set()
        self._looking: asyncio.Task[None] | None = None
        self._answers: dict[int, asyncio.Task[None]] = {}
        self._extras: dict[str, dict[str, Any]] = {}

    def use(self, choice: Choice) -> None:
        """Answer with this from now on, and find out in the background whether it can be talked to."""
        self._choice = choice
        if self._looking is not None:
            self._looking.cancel()
        self._looking = asyncio.get_running_loop().create_task(self._look(choice))
        self._looking.add_done_callback(_log_bug)

    def expect(self) -> None:
        """Have all ready for the question that may come, and a connection open. What is wrong is told when it comes."""
        with contextlib.suppress(AssistantError):
            self._clients.of(address.normalised(self._choice.base_url)).expect()
            asyncio.get_running_loop().call_soon(self._prepare)

    def _prepare(self) -> None:
        """Have what carries questions imported and made, before one has to wait for it."""
        with contextlib.suppress(AssistantError):
            self._clients.carrier(address.normalised(self._choice.base_url))

    def ask(self, turn: int, conversation: Conversation, patience: Patience) -> None:
        answer = self._answer(turn, conversation, patience, self._choice)
        task = asyncio.get_running_loop().create_task(answer)
        self._answers[turn] = task
        task.add_done_callback(lambda _: self._ended(turn))

    def asking(self) -> tuple[str, dict[str, Any]]:
        """The model that a question would go to now, "" while that is not known, and what else it would ask for."""
        choice, extras = self._choice, USUAL_EXTRAS
        with contextlib.suppress(AssistantError):
            extras = self._extras_for(address.normalised(choice.base_url))
        known = self._said.label if self._said is not None else ""
        return choice.model.strip() or known, dict(extras)

    def _extras_for(self, base_url: str) -> dict[str, Any]:
        return self._extras.setdefault(base_url, dict(USUAL_EXTRAS))

    def abandon(self, turn: int) -> None:
        if turn in self._answers:
            self._answers[turn].cancel()

    async def close(self) -> None:
        """Abandon everything and close the connections."""
        tasks = [*self._answers.values(), *([self._looking] if self._looking else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._clients.close()

    async def _answer(
        self, turn: int, conversation: Conversation, patience: Patience, choice: Choice
    ) -> None:
        try:
            to = await self._connection(choice)
            answer = Answer(
                turn,
                self._clients.carrier(to.base_url),
                to,
                patience,
                messages=self._prompt.json(conversation, choice.instructions, choice.doubt_below),
                extras=self._extras_for(to.base_url),
                emit=self._emit,
                find_key=self._find_key,
                wait=partial(self._wait, choice, to),
            )
            end = await answer.receive()
        except AssistantError as error:
            log.info("turn %d: no whole answer: %s", turn, error.fault.code)
            if error.fault.code in _NOT_READY:
                self._say(choice, Readiness.BROKEN, choice.model, error.fault)
            self._emit(StageFailed(turn, Part.THINK, error.fault))
        else:
            self._say(choice, Readiness.READY, to.model)
            self._emit(end)

    def _ended(self, turn: int) -> None:
        task = self._answers.pop(turn)
        if _log_bug(task):
            fault = Fault(
                "bug", "Asking failed for a reason within Aloud.", "The log says more.", Remedy.ANSWER_AGAIN
            )
            self._emit(StageFailed(turn, Part.THINK, fault))

    async def _look(self, choice: Choice) -> None:
        """Say whether there is somebody to ask; where nobody was chosen, who could be."""
        if not choice.base_url.strip():
            self._say(choice, Readiness.MISSING, "", faults.no_model())
            await self._nobody(choice)
            return
        self._say(choice, Readiness.STARTING, choice.model)
        try:
            to = await self._connection(choice)
            if choice.model:
                await self._models(to)
        except AssistantError as error:
            self._say(choice, Readiness.BROKEN, choice.model, error.fault)
            return
        self._say(choice, Readiness.READY, to.model)

    async def _connection(self, choice: Choice) -> Connection:
        """What was chosen; on this machine, where no model was, the server's first. Raises AssistantError."""
        if not choice.base_url.strip():
            raise faults.failure(await self._nobody(choice))
        base_url = address.normalised(choice.base_url)
        to = Connection(base_url, choice.model.strip(), self._keys.known(base_url))
        if to.model:
            return to
        if not address.on_this_machine(base_url):
            raise faults.failure(faults.no_model_chosen(to))
        model = first_for_talk(await self._models(to))
        if not model:
            raise faults.failure(faults.no_models_there(to))
        return Connection(base_url, model, self._keys.known(base_url))

    async def _nobody(self, choice: Choice) -> Fault:
        """What to say where nobody was chosen, with who could be."""
        fault = faults.no_model(_offer(await look_around(self._ports)))
        self._say(choice, Readiness.MISSING, "", fault)
        return fault

    async def _models(self, to: Connection) -> tuple[str, ...]:
        """The models of the server. Raises AssistantError."""
        try:
            try:
                server = await list_models(self._clients.of(to.base_url), to)
            except Refusal as refusal:
                if to.key or not (key := await self._find_key(to, refusal)):
                    raise
                to = replace(to, key=key)
                server = await list_models(self._clients.of(to.base_url), to)
        except (Refusal, httpx2.RequestError) as error:
            raise faults.failure(faults.fault_of(error, to, begun=False)) from error
        return server.models

    async def _find_key(self, to: Connection, refusal: Refusal) -> str:
        """The key in the keyring for a server that may want one, "" where there is none. Raises AssistantError."""
        if not refusal.wants_key:
            # LiteLLM, for one, tells the absence of a key as a failure of its own.
            if refusal.status not in {400, 500} or to.base_url in self._looked_up:
                return ""
            self._looked_up.add(to.base_url)
        try:
            looking = asyncio.wrap_future(self._keys.look_up(to.base_url))
            async with asyncio.timeout(self._keys.limit_s):
                return await asyncio.shield(looking)
        except TimeoutError as error:
            if refusal.wants_key:
                raise self._keys.too_late() from error
        except AssistantError as error:
            if refusal.wants_key and error.fault.code != "no-keyring":
                raise
        return ""

    async def _wait(self, choice: Choice, to: Connection, seconds: float, why: Fault) -> None:
        self._say(choice, Readiness.LIMITED, to.model, why)
        try:
            await asyncio.sleep(seconds)
        finally:
            self._say(choice, Readiness.READY, to.model)

    def _say(self, choice: Choice, readiness: Readiness, label: str, fault: Fault | None = None) -> None:
        """Tell the readiness of what is chosen now; what was chosen before concerns nobody any more."""
        said = PartChanged(Part.THINK, readiness, label, fault)
        if choice == self._choice and said != self._said:
            self._said = said
            self._emit(said)


def _offer(servers: Sequence[ChatServer]) -> str:
    """One sentence about the first server found, "" if there is none."""
    for server in servers:
        model = first_for_talk(server.models)
        return (
            f"{server.title} is running here with {model}." if model else f"{server.title} is running here."
        )
    return ""


def _log_bug(task: asyncio.Task[None]) -> bool:
    """Whether the task failed by a mistake in the program; where nobody awaits a task, nobody else would notice."""
    error = None if task.cancelled() else task.exception()
    if error is not None:
        log.error("a task of the model thread failed", exc_info=error)
    return error is not None
