"""The model thread: the only asyncio loop, and what lives on it."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

log = logging.getLogger(__name__)

_LONGEST_FAREWELL_S = 5.0


class Resident(Protocol):
    """What lives on the thread: made there, spoken to there, closed there."""

    async def close(self) -> None: ...


R = TypeVar("R", bound=Resident)


class ModelThread(Generic[R]):
    """A thread with a loop for one resident. `post` and `stop` may be called from any other thread."""

    def __init__(self, settle: Callable[[], R]) -> None:
        self._settle = settle
        self._loop = asyncio.new_event_loop()
        self._leaving = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="model", daemon=True)
        self._thread.start()

    def post(self, act: Callable[[R], None]) -> None:
        """Do `act` with the resident, after what was posted before. After `stop` nothing is done."""
        with contextlib.suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(lambda: act(self._resident))

    def stop(self) -> None:
        """Close the resident and end the thread. Returns when it has ended."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._leaving.set)
        self._thread.join(_LONGEST_FAREWELL_S)
        if self._thread.is_alive():  # a name look-up of the system cannot be ended
            log.warning("the model thread did not end within %g s", _LONGEST_FAREWELL_S)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            self._resident = self._settle()
            runner.run(self._stay())

    async def _stay(self) -> None:
        await self._leaving.wait()
        await self._resident.close()
