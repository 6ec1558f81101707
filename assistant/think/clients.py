"""The clients in use: one for each server, and what carries questions over it."""

from typing import TYPE_CHECKING

from assistant.think.address import origin
from assistant.think.client import Client

if TYPE_CHECKING:
    from assistant.think.carrier import Carrier


class Clients:
    """Made at first use, kept alive until `close`."""

    def __init__(self) -> None:
        self._clients: dict[str, Client] = {}
        self._carriers: dict[str, Carrier] = {}

    def of(self, base_url: str) -> Client:
        """Raises AssistantError("proxy" or "bad-address")."""
        server = origin(base_url)
        if server not in self._clients:
            self._clients[server] = Client(base_url)
        return self._clients[server]

    def carrier(self, base_url: str) -> "Carrier":
        """Raises AssistantError("proxy" or "bad-address"). The first call takes a quarter of a second."""
        from assistant.think.carrier import Carrier

        server = origin(base_url)
        if server not in self._carriers:
            self._carriers[server] = Carrier(self.of(base_url))
        return self._carriers[server]

    async def close(self) -> None:
        for client in self._clients.values():
            await client.aclose()
