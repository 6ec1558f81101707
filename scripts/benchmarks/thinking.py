"""Row 8: from the complete text to the last byte of the request at the server, with short and long histories."""

import asyncio
import itertools
import json
import os
import queue
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Self
from unittest import mock

import httpx2
import openai

from assistant.think import Keys, OpenAIChat
from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.events import (
    Event,
    PartChanged,
    QuestionSent,
    Readiness,
    ReplyEnded,
    ReplyGrew,
    StageFailed,
)
from scripts.benchmarks.chat_server import ChatServer
from scripts.benchmarks.measure import Effort, Row, Series
from tests.think.certificates import self_signed

INSTRUCTIONS = "Be brief."
SHORT, LONG = 10, 1000  # messages
_MOST_MS, _MOST_TIMES = 2.0, 3.0
_THINKING_S = 0.02
_WARMING_UP = 3  # rounds: connections are opened, caches filled
_WITHIN_S = 30.0
_WORDS_EACH = 100
_WORDS = [
    "the",
    "quick",
    "brown",
    "fox",
    "jumps",
    "over",
    "a",
    "lazy",
    "dog",
    "while",
    "nobody",
    "is",
    "looking",
    "at",
    "the",
    "naïve",
    "river",
]

Said = list[dict[str, Any]]


def measure(effort: Effort) -> list[Row]:
    rounds = 3 if effort.quick else max(effort.rounds, 20)
    with ChatServer(thinking_s=_THINKING_S) as server:
        short, long = _compared(server, rounds)
    at_first_ms = _at_first_ms(rounds)
    cold_ms, prepared_ms = _over_tls(rounds)
    times = short.ours.median, long.ours.median
    notes = (
        (
            f"Each message has {_WORDS_EACH} words; every question follows another answer. openai is"
            " `AsyncOpenAI().chat.completions.create(stream=True)`, httpx the same request by httpx2 alone."
        ),
        (
            f"The first question after a conversation of {LONG} messages was opened, which writes all of them: p50"
            f" {median(at_first_ms):.1f} ms."
        ),
        (
            "When the server has closed the connection since the last question (TLS on loopback): p50"
            f" {median(cold_ms):.1f} ms, and {median(prepared_ms):.1f} ms when a connection was opened on key down; over a"
            " network the difference grows by two round trips."
        ),
    )
    return [
        short.row(SHORT, f"p50 ≤ {_MOST_MS:g} ms", times[0] <= _MOST_MS),
        long.row(LONG, f"p50 ≤ {_MOST_TIMES:g} × that", times[1] <= _MOST_TIMES * times[0], notes),
    ]


@dataclass(frozen=True)
class _Compared:
    """Times in ms: `sent` until the system has taken the last byte, the rest until the server has it."""

    ours: Series
    sent: Series
    openai: Series
    httpx: Series

    def row(self, messages: int, promise: str, kept: bool, notes: Sequence[str] = ()) -> Row:
        # The server may have it before the sender is told so.
        arriving = [
            max(0.0, all_ms - sent) for all_ms, sent in zip(self.ours.samples, self.sent.samples, strict=True)
        ]
        return Row(
            "8",
            f"text complete → request at the server, {messages} messages",
            "ms",
            self.ours,
            promise,
            kept,
            {"openai": self.openai, "httpx": self.httpx},
            {"asked → given to the system": self.sent, "→ read by the server": Series(arriving)},
            notes=notes,
        )


class Asker:
    """Our adapter, connected to a server; each question goes to it with what was said before."""

    def __init__(self, server: ChatServer) -> None:
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._turns = itertools.count(1)
        self._model = OpenAIChat(Keys(environment={}), ports=())
        self._model.use(server.base_url, "m", INSTRUCTIONS)

    def __enter__(self) -> Self:
        self._model.start(self._events.put)
        while not (isinstance(event := self._next(), PartChanged) and event.readiness is Readiness.READY):
            pass
        return self

    def __exit__(self, *_: object) -> None:
        self._model.stop()

    def ask(self, conversation: Conversation) -> tuple[float, float]:
        """Milliseconds until the server had the question, and until the system had taken it."""
        turn = next(self._turns)
        text, sent_at = "", 0.0
        asked_at = time.monotonic()
        self._model.ask(turn, conversation)
        while not isinstance(event := self._next(), ReplyEnded):
            match event:
                case QuestionSent():
                    sent_at = event.at
                case ReplyGrew():
                    text += event.text
                case StageFailed():
                    raise RuntimeError(event.fault.message)
        return (float(text) - asked_at) * 1000, (sent_at - asked_at) * 1000

    def expect(self) -> None:
        self._model.expect()

    def _next(self) -> Event:
        return self._events.get(timeout=_WITHIN_S)


def _compared(server: ChatServer, rounds: int) -> list[_Compared]:
    """The three in turn, with a short conversation and a long one, which grow from round to round."""
    with ExitStack() as stack:
        loop = stack.enter_context(asyncio.Runner())
        others = _Others(server)
        stack.callback(lambda: loop.run(others.close()))
        histories = [
            (_growing(size, _WARMING_UP + rounds), stack.enter_context(Asker(server)))
            for size in (SHORT, LONG)
        ]
        samples: list[list[tuple[float, ...]]] = [[], []]
        for _ in range(_WARMING_UP + rounds):
            for (growing, asker), taken in zip(histories, samples, strict=True):
                conversation = next(growing)
                said = _as_the_sdk_wants_it(conversation)
                ours_ms = asker.ask(conversation)
                taken.append((*ours_ms, loop.run(others.openai(said)), loop.run(others.httpx(said))))
    return [_Compared(*map(Series, zip(*taken[_WARMING_UP:], strict=True))) for taken in samples]


class _Others:
    """How it is done elsewhere: coroutines that return the milliseconds until the server had the question."""

    def __init__(self, server: ChatServer) -> None:
        self._sdk = openai.AsyncOpenAI(api_key="none", base_url=server.base_url)
        self._client = httpx2.AsyncClient()
        self._url = f"{server.base_url}/chat/completions"

    async def openai(self, said: Said) -> float:
        asked_at = time.monotonic()
        messages: Any = said
        stream = await self._sdk.chat.completions.create(model="m", messages=messages, stream=True)
        text = "".join([chunk.choices[0].delta.content or "" async for chunk in stream])
        return (float(text) - asked_at) * 1000

    async def httpx(self, said: Said) -> float:
        asked_at = time.monotonic()
        body = {"model": "m", "messages": said, "stream": True}
        async with self._client.stream("POST", self._url, json=body) as response:
            data = [event.data async for event in httpx2.EventSource(response)]
        return (float(json.loads(data[0])["choices"][0]["delta"]["content"]) - asked_at) * 1000

    async def close(self) -> None:
        await self._sdk.close()
        await self._client.aclose()


def _as_the_sdk_wants_it(conversation: Conversation) -> Said:
    said: Said = [{"role": "system", "content": INSTRUCTIONS}]
    return said + [{"role": message.role.value, "content": message.text} for message in conversation.messages]


def _at_first_ms(rounds: int) -> list[float]:
    with ChatServer(thinking_s=_THINKING_S) as server, Asker(server) as asker:
        opened = [next(_growing(LONG, 1, first=LONG * number)) for number in range(_WARMING_UP + rounds)]
        return [asker.ask(conversation)[0] for conversation in opened][_WARMING_UP:]


def _over_tls(rounds: int) -> tuple[list[float], list[float]]:
    """With a server that closes after every answer: the times without and with a connection opened ahead, in turn."""
    cold_ms, prepared_ms = [], []
    with _trusted_certificate() as certificate, ExitStack() as stack:
        server = stack.enter_context(
            ChatServer(certificate=certificate, thinking_s=_THINKING_S, leaving=True)
        )
        asker = stack.enter_context(Asker(server))
        conversations = list(_growing(SHORT, 2 * rounds + 1))
        asker.ask(conversations.pop(0))  # over the connection over which the models were asked for
        for conversation, later in zip(conversations[::2], conversations[1::2], strict=True):
            cold_ms.append(asker.ask(conversation)[0])
            connections = server.connections
            asker.expect()
            server.wait_for_connection(connections + 1)
            prepared_ms.append(asker.ask(later)[0])
    return cold_ms, prepared_ms


@contextmanager
def _trusted_certificate() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        certificate = self_signed(Path(folder))
        with mock.patch.dict(os.environ, {"SSL_CERT_FILE": str(certificate)}):
            yield certificate


def _growing(messages: int, rounds: int, first: int = 0) -> Iterator[Conversation]:
    """Conversations that end with a question: the first of so many messages, each with an answer and a question more."""
    last = first + messages - 1
    conversation = Conversation("c", tuple(_message(turn, last) for turn in range(first, last + 1)))
    for _ in range(rounds):
        yield conversation
        last += 2
        conversation = conversation.plus(_message(last - 1, last)).plus(_message(last, last))


def _message(turn: int, question: int) -> Message:
    """Its words differ from turn to turn; turns of the same side as the `question` are questions, too."""
    words = itertools.islice(itertools.cycle(_WORDS), turn % len(_WORDS), turn % len(_WORDS) + _WORDS_EACH)
    role = Role.ASSISTANT if (question - turn) % 2 else Role.USER
    return Message(turn, role, f"{turn}. {' '.join(words)}")
