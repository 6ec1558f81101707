"""When a question is asked once more by itself. Only before the first word of an answer has arrived."""

import httpx2

from assistant.think.refusal import Refusal

LONGEST_WAIT_S = 30.0
_BACK_OFF_S = (0.5, 2.0)
_MOST_WAITS = 5
_LOADING_PAUSE_S = 1.0
_PASSING = {408, 429, 500, 502, 503, 504, 520, 522, 524, 529}
_DROPPED = (httpx2.ReadError, httpx2.WriteError, httpx2.CloseError, httpx2.RemoteProtocolError)


class Retries:
    """The waits of one question. `patience_s` is how long a model may take to load."""

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self._tries = 0
        self._waits = 0
        self._waited_s = 0.0

    def wait_s(self, trouble: Exception) -> float | None:
        """Seconds to wait before asking again, 0 for at once; None: it is no use, or it has been tried often enough."""
        if isinstance(trouble, Refusal):
            return self._after_refusal(trouble)
        if not isinstance(trouble, _DROPPED):
            return None
        # A connection that was kept, or opened ahead, may turn out to be dead at its next use.
        at_once = self._tries == 0
        pause_s = self._back_off()
        return 0.0 if at_once else pause_s

    def _after_refusal(self, refusal: Refusal) -> float | None:
        if refusal.status not in _PASSING or refusal.no_credit or refusal.context_too_long:
            return None
        if refusal.loading:
            return self._wait(_LOADING_PAUSE_S, self._patience_s)
        if refusal.retry_after_s is None:
            return self._back_off()
        self._waits += 1
        return self._wait(refusal.retry_after_s, LONGEST_WAIT_S) if self._waits <= _MOST_WAITS else None

    def _back_off(self) -> float | None:
        self._tries += 1
        return _BACK_OFF_S[self._tries - 1] if self._tries <= len(_BACK_OFF_S) else None

    def _wait(self, seconds: float, at_most_s: float) -> float | None:
        self._waited_s += seconds
        return seconds if self._waited_s <= at_most_s else None
