"""Servers of language models: those that run on this machine, and whether one that was named can be talked to."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace

import httpx2

from assistant.errors import AssistantError
from assistant.ports_controls import ChatServer
from assistant.think import faults, known
from assistant.think.address import normalised
from assistant.think.client import Client, read_at_most
from assistant.think.connection import Connection
from assistant.think.keys import Keys
from assistant.think.known import PORTS
from assistant.think.refusal import Refusal

_LOOK_AROUND_S = 1.0
_LONGEST_LIST = 4_000_000  # bytes
_ANSWER_S = 15.0
_MAY_WANT_KEY = {
    "key-needed",
    "server-failed",
    "not-accepted",
}  # LiteLLM tells the absence of a key as its failure
_NOT_FOR_TALK = ("embed", "whisper", "rerank", "tts", "bge-")


def find_servers(ports: Sequence[int] = PORTS) -> list[ChatServer]:
    """The servers that answer on this machine, within about a second. Call it from a worker thread."""
    return asyncio.run(look_around(ports))


def try_server(base_url: str, key: str = "", keys: Keys | None = None) -> ChatServer:
    """The server at `base_url` (as a person enters it) with its models. Call it from a worker thread.

    Without a `key`, one of `keys` is used, that in the keyring only where the server wants one. Raises AssistantError:
    no such address, not running, key needed or refused, not a model server.
    """
    address = normalised(base_url)
    to = Connection(address, key=key.strip() or (keys.known(address) if keys else ""))
    try:
        return asyncio.run(_try_once(to))
    except AssistantError as error:
        if keys is None or to.key or error.fault.code not in _MAY_WANT_KEY:
            raise
        found = _from_keyring(keys, address, surely_wanted=error.fault.code == "key-needed")
        if not found:
            raise
    return asyncio.run(_try_once(replace(to, key=found)))


async def look_around(ports: Sequence[int] = PORTS) -> list[ChatServer]:
    """Ask all `ports` at once; who does not answer like a model server within a second is not one."""
    async with Client("http://localhost/v1") as client:
        found = await asyncio.gather(*(_look_at(client, port) for port in ports))
    return [server for server in found if server is not None]


async def list_models(client: httpx2.AsyncClient, to: Connection) -> ChatServer:
    """The server with its models. Raises Refusal, httpx2's errors and AssistantError."""
    headers = {"Authorization": to.authorization} if to.key else {}
    try:
        async with (
            asyncio.timeout(_ANSWER_S),
            client.stream("GET", f"{to.base_url}/models", headers=headers) as response,
        ):
            body = await read_at_most(response, _LONGEST_LIST)
    except TimeoutError as error:
        raise faults.failure(faults.no_first_word(to, _ANSWER_S)) from error
    models = _models(body)
    if models is None:
        raise faults.failure(faults.web_page(to))
    names = tuple(name for name, _ in models)
    return ChatServer(known.title(to.base_url, [owner for _, owner in models]), to.base_url, names)


def first_for_talk(models: Sequence[str]) -> str:
    """The first model that is for conversation, by its name; "" where none is."""
    return next((name for name in models if not any(sign in name.lower() for sign in _NOT_FOR_TALK)), "")


def _from_keyring(keys: Keys, base_url: str, *, surely_wanted: bool) -> str:
    try:
        return keys.find(base_url)
    except AssistantError as error:
        if surely_wanted and error.fault.code != "no-keyring":
            raise
        return ""


async def _try_once(to: Connection) -> ChatServer:
    async with Client(to.base_url) as client:
        try:
            return await list_models(client, to)
        except (Refusal, httpx2.RequestError) as error:
            raise faults.failure(faults.fault_of(error, to, begun=False)) from error


async def _look_at(client: httpx2.AsyncClient, port: int) -> ChatServer | None:
    to = Connection(f"http://localhost:{port}/v1")
    try:
        async with asyncio.timeout(_LOOK_AROUND_S):
            return await list_models(client, to)
    except Refusal as refusal:
        wants_key = refusal.status == 401 and refusal.message != ""
        return ChatServer(to.name, to.base_url, (), needs_key=True) if wants_key else None
    except (httpx2.RequestError, AssistantError, TimeoutError):
        return None


def _models(body: bytes) -> list[tuple[str, str]] | None:
    """Names and owners of the models in the answer to GET /models; None: that is not such an answer."""
    try:
        said = json.loads(body)
    except ValueError:
        return None
    data = said.get("data") if isinstance(said, dict) else None
    if not isinstance(data, list):
        return None
    models = [model for model in data if isinstance(model, dict) and isinstance(model.get("id"), str)]
    return [(model["id"], str(model.get("owned_by"))) for model in models]
