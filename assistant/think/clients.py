"""The clients in use: one for each server, with the SDK upon it."""

import httpx2
import openai

from assistant.think.address import origin
from assistant.think.client import new_client


class Clients:
    """Made at first use, kept alive until `close`."""

    def __init__(self) -> None:
        self._http: dict[str, httpx2.AsyncClient] = {}
        self._sdk: dict[str, openai.AsyncOpenAI] = {}

    def http(self, base_url: str) -> httpx2.AsyncClient:
        """Raises AssistantError("proxy")."""
        server = origin(base_url)
        if server not in self._http:
            self._http[server] = new_client(base_url)
        return self._http[server]

    def sdk(self, base_url: str) -> openai.AsyncOpenAI:
        """Raises AssistantError("proxy")."""
        server = origin(base_url)
        if server not in self._sdk:
            # A key goes with each request, not with the client; without this one the SDK would look for its own.
            self._sdk[server] = openai.AsyncOpenAI(
                api_key="none", base_url=base_url, http_client=self.http(base_url), max_retries=0
            )
        return self._sdk[server]

    async def close(self) -> None:
        for client in self._http.values():
            await client.aclose()
