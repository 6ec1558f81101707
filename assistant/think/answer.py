"""One question on its way to its answer: asked, asked again where that helps, read piece by piece, and judged."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx2

from assistant.errors import AssistantError
from assistant.think import faults
from assistant.think.choice import Patience
from assistant.think.chunks import Chunk, GarbledError, read_chunk
from assistant.think.client import read_at_most
from assistant.think.connection import Connection
from assistant.think.growth import Growth
from assistant.think.prompt import request_body
from assistant.think.refusal import Refusal
from assistant.think.retries import Retries
from assistant.think.thoughts import Thoughts
from assistant.turn.events import Fault, QuestionSent, ReplyEnded, ReplyGrew

if TYPE_CHECKING:
    from assistant.think.carrier import Carrier

_LONGEST_EVENT = 16_000_000  # bytes
_USAGE_FOLLOWS_S = 2.0  # after the reason for the end
_END_FOLLOWS_S = 0.2  # after the mark of the end; a connection that was read to its end is used again
_TROUBLE = (Refusal, GarbledError, httpx2.RequestError)


class Answer:
    """The answer to one request. `extras` are the parts of it that a server may reject; what it rejects is taken out.

    `messages` is the JSON of what was said. `emit` gets QuestionSent and ReplyGrew; `find_key` looks for a key for a
    server that refused to answer without one; `wait` sits out a pause of so many seconds and says why.
    """

    def __init__(
        self,
        turn: int,
        carrier: "Carrier",
        to: Connection,
        patience: Patience,
        *,
        messages: bytes,
        extras: dict[str, Any],
        emit: Callable[[QuestionSent | ReplyGrew], None],
        find_key: Callable[[Connection, Refusal], Awaitable[str]],
        wait: Callable[[float, Fault], Awaitable[None]],
    ) -> None:
        self._turn = turn
        self._emit = emit
        self._carrier = carrier
        self._to = to
        self._patience = patience
        self._messages = messages
        self._extras = extras
        self._sent: dict[str, Any] = {}
        self._find_key = find_key
        self._wait = wait
        self._retries = Retries(patience.first_token_s)
        self._growth = Growth(lambda text, reasoning: emit(ReplyGrew(turn, text, reasoning)))
        self._thoughts = Thoughts()
        self._end = ReplyEnded(turn, finish_reason="", model=to.model)

    async def receive(self) -> ReplyEnded:
        """Emit the answer as it comes; return its end. Raises AssistantError after all of the text that there was."""
        try:
            while not await self._try():
                pass
            self._grow(*self._thoughts.flush())
            self._growth.flush()
            return self._judged()
        except AssistantError:
            self._grow(*self._thoughts.flush())
            self._growth.flush()
            raise
        finally:
            self._growth.drop_pause()

    async def _try(self) -> bool:
        """Ask; True when the answer was read to its end, False when it is to be asked again."""
        try:
            await self._ask()
        except _TROUBLE as trouble:
            if self._end.finish_reason:  # all that matters was there
                return True
            if not self._growth.length and await self._mended(trouble):
                return False
            raise faults.failure(
                faults.fault_of(trouble, self._to, begun=self._growth.length > 0)
            ) from trouble
        return True

    async def _mended(self, trouble: Exception) -> bool:
        """Whether something was done so that asking again may help."""
        if isinstance(trouble, Refusal):
            rejected = [name for name in self._sent if trouble.is_about(name)]
            if rejected:
                self._extras.pop(rejected[0], None)  # another answer may have learned it already
                return True
            if not self._to.key and (key := await self._find_key(self._to, trouble)):
                self._to = replace(self._to, key=key)
                return True
        pause_s = self._retries.wait_s(trouble)
        if pause_s is None:
            return False
        if not pause_s:
            return True
        loading = isinstance(trouble, Refusal) and trouble.loading
        await self._wait(pause_s, faults.loading(self._to) if loading else faults.waiting(self._to, pause_s))
        return True

    async def _ask(self) -> None:
        """Ask once and take in what comes. Raises the library's errors, Refusal, GarbledError and AssistantError."""
        self._thoughts = Thoughts()
        try:
            async with asyncio.timeout(self._patience.first_token_s) as limit:
                async with self._events() as events:
                    async for data in events:
                        limit.reschedule(asyncio.get_running_loop().time() + self._take(data))
        except TimeoutError as error:
            if self._end.finish_reason:
                return
            patience = self._patience
            begun = self._growth.length > 0
            fault = (
                faults.stalled(self._to, patience.stall_s)
                if begun
                else faults.no_first_word(self._to, patience.first_token_s)
            )
            raise faults.failure(fault) from error

    @contextlib.asynccontextmanager
    async def _events(self) -> AsyncIterator[AsyncIterator[str]]:
        """The data of the events of an answer, from a server that streams it, or one that sends it whole."""
        response = await self._carrier.ask(self._to, self._body(), self._told_as_sent)
        try:
            kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind == "text/event-stream":
                yield (event.data async for event in httpx2.EventSource(response, _LONGEST_EVENT))
            elif kind == "application/json":
                yield _once(response)
            else:
                raise faults.failure(faults.web_page(self._to))
        finally:
            await response.aclose()

    def _body(self) -> bytes:
        self._sent = dict(self._extras)
        return request_body(self._to.model, self._messages, self._sent)

    def _told_as_sent(self) -> None:
        self._emit(QuestionSent(self._turn, time.monotonic()))

    def _take(self, data: str) -> float:
        """Take in an event; return for how many seconds the next one is waited for."""
        if data == "[DONE]":
            self._end = replace(self._end, finish_reason=self._end.finish_reason or "stop")
            return _END_FOLLOWS_S
        chunk = read_chunk(data)
        self._grow(*self._thoughts.feed(chunk.text))
        self._grow("", chunk.reasoning)
        if self._growth.length > faults.LONGEST_ANSWER:
            raise faults.failure(faults.endless(self._to))
        self._end = _with(self._end, chunk)
        if self._end.finish_reason:
            return _USAGE_FOLLOWS_S
        return self._patience.stall_s if self._growth.length else self._patience.first_token_s

    def _grow(self, text: str, reasoning: str) -> None:
        if text or reasoning:
            self._growth.add(text, reasoning)

    def _judged(self) -> ReplyEnded:
        """The end, if it is one that a whole answer has."""
        end, growth = self._end, self._growth
        if not end.finish_reason:
            raise faults.failure(faults.broke_off(self._to, begun=growth.length > 0))
        if end.finish_reason == "content_filter":
            raise faults.failure(faults.withheld(self._to))
        if not growth.text_length:
            cut_short = end.finish_reason == "length"
            raise faults.failure(
                faults.empty(self._to, reasoned=growth.reasoning_length > 0, cut_short=cut_short)
            )
        return end


async def _once(response: httpx2.Response) -> AsyncIterator[str]:
    yield (await read_at_most(response, _LONGEST_EVENT)).decode(errors="replace")


def _with(end: ReplyEnded, chunk: Chunk) -> ReplyEnded:
    return replace(
        end,
        finish_reason=chunk.finish_reason or end.finish_reason,
        model=chunk.model or end.model,
        tokens_in=chunk.tokens_in or end.tokens_in,
        tokens_out=chunk.tokens_out or end.tokens_out,
    )
