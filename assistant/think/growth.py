"""Gathers the pieces of an answer, so that a fast model does not flood those who watch."""

import asyncio
from collections.abc import Callable

_PAUSE_S = 1 / 30


class Growth:
    """Tells the first piece at once, and what has gathered at most 30 times per second. Lives on an asyncio loop."""

    def __init__(self, tell: Callable[[str, str], None]) -> None:
        self._tell = tell
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._pause: asyncio.TimerHandle | None = None
        self.text_length = 0
        self.reasoning_length = 0

    @property
    def length(self) -> int:
        """Characters of text and reasoning so far."""
        return self.text_length + self.reasoning_length

    def add(self, text: str, reasoning: str) -> None:
        self._text.append(text)
        self._reasoning.append(reasoning)
        self.text_length += len(text)
        self.reasoning_length += len(reasoning)
        if self._pause is None:
            self._tell_gathered()

    def flush(self) -> None:
        """Tell what is left, now."""
        self.drop_pause()
        self._tell_gathered()
        self.drop_pause()

    def drop_pause(self) -> None:
        """Tell nothing by itself any more."""
        if self._pause is not None:
            self._pause.cancel()
        self._pause = None

    def _tell_gathered(self) -> None:
        text, reasoning = "".join(self._text), "".join(self._reasoning)
        self._text.clear()
        self._reasoning.clear()
        self._pause = None
        if text or reasoning:
            self._tell(text, reasoning)
            self._pause = asyncio.get_running_loop().call_later(_PAUSE_S, self._tell_gathered)
