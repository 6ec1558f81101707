"""AsyncOpenAI, which carries questions. Importing this module takes a quarter of a second and 20 MB.

The body is written by us, and what comes back is read by us: `chat.completions.create` takes time that grows with the
history (150 ms at 1000 messages), and does not tell a stream that broke off from one that ended.
"""

from collections.abc import AsyncIterator, Callable

import httpx2
from openai import APIConnectionError, AsyncOpenAI, Omit

from assistant.think.client import Client
from assistant.think.connection import Connection


class Carrier:
    """Takes questions to a server, over `client`."""

    def __init__(self, client: Client) -> None:
        # A key goes with each request, not with the client; without this one the SDK would look for its own.
        self._sdk = AsyncOpenAI(api_key="none", base_url=client.base_url, http_client=client, max_retries=0)

    async def ask(self, to: Connection, body: bytes, sent: Callable[[], None]) -> httpx2.Response:
        """The response, to be read and closed; `sent` is called when the system has taken all of `body` (JSON).

        Raises Refusal and httpx2's errors.
        """
        try:
            return await self._sdk.post(
                f"{to.base_url}/chat/completions",
                cast_to=httpx2.Response,
                content=_upload(body, sent),
                options={
                    "headers": {
                        "Authorization": to.authorization or Omit(),
                        "Content-Length": str(len(body)),
                    }
                },
                stream=True,
            )
        except APIConnectionError as error:  # the SDK's wrapping of what happened on the way
            trouble = error.__cause__
        raise trouble if isinstance(trouble, httpx2.RequestError) else httpx2.ReadError(repr(trouble))


async def _upload(body: bytes, sent: Callable[[], None]) -> AsyncIterator[bytes]:
    yield body  # more is asked for when the system has taken it
    sent()
