"""The scribe in use: what it is to work with, whether it is ready, by when it has to say something, and what comes after it."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from assistant.children import Message
from assistant.transcribe.attempts import Attempts, unusable
from assistant.transcribe.installed import Models
from assistant.transcribe.scribe_process import Act, ScribeProcess
from assistant.transcribe.standing import Standing
from assistant.transcribe.wire import BASIC_NAME, fault_from
from assistant.turn.events import Readiness

log = logging.getLogger(__name__)


class CurrentScribe:
    """All methods are called on one thread, to which `act` brings what the process says (`hear`), and that it has left."""

    def __init__(
        self,
        models: Models,
        standing: Standing,
        load_s: float,
        act: Act,
        hear: Callable[[Message], None],
        left: Callable[[], None],
    ) -> None:
        self._models, self._standing, self._load_s = models, standing, load_s
        self._act, self._hear, self._left = act, hear, left
        self.model, self.language, self.device = "", "en", "auto"
        self.process: ScribeProcess | None = None
        self.ready = False
        self.deadline: float | None = None
        """When it counts as silent (monotonic clock)."""
        self._attempts = Attempts()
        self._there: set[str] = set()

    def use(self, model: str, language: str, device: str) -> bool:
        """What the next one works with. Tell whether that is anything new."""
        before = (self.model, self.language, self.device)
        self.model, self.language, self.device = model, language, device
        return before != (model, language, device)

    @property
    def surpassed(self) -> bool:
        """Whether the basic recogniser stands in, and a model has been installed since."""
        stands_in = self._standing.label == BASIC_NAME and not self._attempts.on_basic
        return stands_in and self.ready and self._names() != self._there

    def wake(self) -> None:
        """Start one with what was chosen. There must be none."""
        self._attempts.afresh()
        self._start()

    def replace(self) -> bool:
        """Start one after this, which left or is silent; False where there is nothing left to try."""
        another = self._attempts.ended(ready=self.ready)
        self.end()
        if another:
            self._start()
        return another

    def end(self) -> None:
        self.ready = False
        self.deadline = None
        if self.process is not None:
            self.process.end()
            self.process = None

    def loaded(self, data: Mapping[str, Any]) -> None:
        """It is ready, with the recogniser of which `data` tells."""
        self.ready = True
        self.deadline = None
        fault = data["fault"] and fault_from(data["fault"])
        if self._attempts.on_basic:
            fault = unusable(self.model)
        self._standing.tell(Readiness.LIMITED if fault else Readiness.READY, data["recogniser"], fault)

    def send(self, type_: str, /, **data: Any) -> None:
        """Give it a message. None is there: nothing."""
        if self.process is not None:
            self.process.send(type_, **data)

    def expect_within(self, limit_s: float) -> None:
        self.deadline = time.monotonic() + limit_s

    def succeeded(self) -> None:
        """It has worked a recording through."""
        self.deadline = None
        self._attempts.succeeded()

    def _start(self) -> None:
        basic = self._attempts.on_basic
        self.expect_within(self._load_s)
        self._there = self._names()
        self._standing.tell(Readiness.STARTING, BASIC_NAME if basic else self.model)
        self.process = ScribeProcess(
            self._models,
            self._act,
            self._hear,
            self._gone,
            model=self.model,
            language=self.language,
            device="cpu" if self._attempts.on_cpu else self.device,
            basic=basic,
        )

    def _gone(self, code: int) -> None:
        log.warning("the scribe left with code %d", code)
        self._left()

    def _names(self) -> set[str]:
        return {model.name for model in self._models.installed()}
