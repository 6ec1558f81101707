"""The clients in use: one for each server."""

from assistant.think.address import origin
from assistant.think.client import Client


class Clients:
    """Made at first use, kept alive until `close`."""

    def __init__(self) -> None:
        self._clients: dict[str, Client] = {}

    def of(self, base_url: str) -> Client:
        """Raises AssistantError("proxy" or "bad-address")."""
        server = origin(base_url)
        if server not in self._clients:
            self._clients[server] = Client(base_url)
        return self._clients[server]

    async def close(self) -> None:
        for client in self._clients.values():
            await client.aclose()
