"""A server, a model, and the key that belongs to that server."""

from dataclasses import field

from assistant.errors import AssistantError
from assistant.think import address, known
from assistant.turn.dataclass import dataclass
from assistant.turn.events import Remedy


@dataclass(frozen=True, slots=True)
class Connection:
    """Where questions go. There is none that would send a key where others can read it.

    `base_url` is normalised. Raises AssistantError("key-in-the-clear" or "bad-key").
    """

    base_url: str
    model: str = ""
    key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if self.key and not address.is_private(self.base_url):
            raise key_in_the_clear(self.base_url)
        if not self.key.isascii() or not self.key.isprintable() or " " in self.key:
            message = f"The API key for {self.name} has characters in it that no key has."
            raise AssistantError("bad-key", message, "Copy it once more.", Remedy.CONNECT_MODEL)

    @property
    def name(self) -> str:
        """What to call the server in a sentence."""
        return known.title(self.base_url)

    @property
    def authorization(self) -> str:
        """The header's value, "" without a key."""
        return f"Bearer {self.key}" if self.key else ""


def key_in_the_clear(base_url: str) -> AssistantError:
    message = (
        f"An API key is not sent to {address.place(base_url)}: without https others could read it on the way."
    )
    hint = "Connect it by https://, or through a tunnel to this machine; also in a private network."
    return AssistantError("key-in-the-clear", message, hint, Remedy.CONNECT_MODEL)
