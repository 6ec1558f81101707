"""A larger model for words that somebody wants listened to again: in a scribe of its own, at low priority, while it is needed.

It begins when it is first asked, gives its memory back after a minute without a wish, and makes way for a recording.
"""

import logging
import time
from collections.abc import Callable, Sequence

from assistant.children import Message
from assistant.transcribe.installed import InstalledModel, Models
from assistant.transcribe.looks import Look, Looks
from assistant.transcribe.scribe_process import Act, ScribeProcess
from assistant.transcribe.wire import words_heard_again
from assistant.turn.transcript import Word

_REST_AFTER_S = 60.0
_PATIENCE_S = 120.0

log = logging.getLogger(__name__)

Heard = Callable[[Look, str, Sequence[Word]], None]
"""Told of what was found, and by the recogniser of which name."""


class LargerScribe:
    """All methods are called on one thread, to which `act` brings what the child says. Looks it cannot take are `refused`."""

    def __init__(
        self,
        models: Models,
        act: Act,
        heard: Heard,
        refused: Callable[[Look], None],
        rest_after_s: float = _REST_AFTER_S,
    ) -> None:
        self._models = models
        self._act = act
        self._heard = heard
        self._refused = refused
        self._rest_after_s = rest_after_s
        self._looks = Looks()
        self.process: ScribeProcess | None = None
        self._model = ""
        self._ready = False
        self.due: float | None = None
        """When `time_is_up` is to be called (monotonic clock)."""

    def take(self, look: Look, model: InstalledModel, language: str, device: str) -> None:
        if self.process is not None and self._model != model.name:
            self._end()
        self._looks.add(look)
        if self.process is None:
            self._start(model, language, device)
        self._go_on()

    def abandon(self, number: int) -> None:
        """A decoder cannot be interrupted: what is under way ends with its process. Nobody loads a model for nothing."""
        if self._looks.abandon(number):
            self._looks.done()
            self._give_up()
        elif not self._ready and self._looks.idle:
            self._end()

    def make_way(self) -> list[Look]:
        """End, and forget all looks, which are returned."""
        self._end()
        return self._looks.drop_all()

    def time_is_up(self) -> None:
        if self._looks.under_way is not None or not self._ready:
            log.warning("the larger model is silent")
            self._give_up()
        else:
            log.info("the larger model rests")
            self._end()

    def _start(self, model: InstalledModel, language: str, device: str) -> None:
        self._model = model.name
        self.process = ScribeProcess(
            self._models,
            self._act,
            self._hear,
            self._left,
            model=model.name,
            language=language,
            device=device,
            patient=True,
        )
        self.due = time.monotonic() + _PATIENCE_S

    def _end(self) -> None:
        self._ready = False
        self.due = None
        if self.process is not None:
            self.process.end()
            self.process = None

    def _give_up(self) -> None:
        for look in self.make_way():
            self._refused(look)

    def _left(self, code: int) -> None:
        log.warning("the larger model left with code %d", code)
        self._give_up()

    def _hear(self, message: Message) -> None:
        if message.type == "ready" and message.data["recogniser"] == self._model:
            self._ready = True
        elif message.type == "heard_again":
            self._heard(self._looks.done(), self._model, words_heard_again(message.data))
        else:
            self._give_up()
            return
        self._go_on()

    def _go_on(self) -> None:
        if self.process is None or not self._ready:
            return
        look = self._looks.begin()
        if look is not None:
            self.process.send("again", **look.as_data())
        busy = self._looks.under_way is not None
        self.due = time.monotonic() + (_PATIENCE_S if busy else self._rest_after_s)
