"""A scribe, from the parent's side: loading begins with the process, and one that was ended is not heard any more."""

from collections.abc import Callable
from typing import Any

from assistant.children import Child, Message
from assistant.transcribe.installed import Models

Act = Callable[[Callable[[], None]], None]
"""Has something done on the owner's thread."""


class ScribeProcess:
    """All methods are called on the owner's thread; `hear` and `left` (with the exit code) are brought there by `act`."""

    def __init__(
        self,
        models: Models,
        act: Act,
        hear: Callable[[Message], None],
        left: Callable[[int], None],
        *,
        model: str,
        language: str,
        device: str,
        basic: bool = False,
        patient: bool = False,
    ) -> None:
        self._ended = False
        self._child = Child(
            "assistant.transcribe.scribe",
            lambda message: act(lambda: None if self._ended else hear(message)),
            lambda code: act(lambda: None if self._ended else left(code)),
        )
        self._child.send(
            "load",
            downloads=str(models.downloads),
            shipped=str(models.shipped),
            model=model,
            language=language,
            device=device,
            basic=basic,
            patient=patient,
        )

    @property
    def pid(self) -> int:
        return self._child.pid

    def send(self, type_: str, /, **data: Any) -> None:
        self._child.send(type_, **data)

    def end(self) -> None:
        """End it this instant: a decoder cannot be interrupted in any other way."""
        self._ended = True
        self._child.kill()
