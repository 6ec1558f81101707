"""A synthesiser in a process of its own that is replaced when it crashes or hangs."""

import logging
import queue
from collections.abc import Sequence

from assistant import paths
from assistant.children import Child, Message
from assistant.errors import AssistantError
from assistant.speak.faults import raised
from assistant.speak.synthesiser import OfferedVoice, Sound, speech_file

log = logging.getLogger(__name__)

_START_S = 20.0
_SAY_S = 10.0
_MODULE = "assistant.speak.synthesiser_child"


class SynthesiserProcess:
    """Fulfils the port `Synthesiser`. Used by one thread; only `close` may be called by another.

    A passage at which the process crashes or hangs is tried once more in a new process. The process is there from the
    first call until `rest`, and again from the next one, which then takes a tenth of a second longer.
    """

    def __init__(self) -> None:
        self._child: Child | None = None
        self._answers: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._voices: list[OfferedVoice] = []
        self._closed = False

    def voices(self) -> Sequence[OfferedVoice]:
        self._running()
        return self._voices

    def synthesise(self, text: str, voice: str, rate_wpm: int, rate_hz: int = 0) -> Sound:
        """At `rate_hz`, 0 for the engine's own rate."""
        for _ in range(2):
            self._running().send("say", text=text, voice=voice, rate_wpm=rate_wpm, rate_hz=rate_hz)
            answer = self._answer(_SAY_S)
            if answer is not None:
                if answer.type == "failed":
                    raise raised(answer.data)
                return Sound(answer.payload, answer.data["rate_hz"])
        raise AssistantError(
            "speech-engine-fails",
            "The speech engine cannot say a passage of this text.",
            "The rest of it is read.",
        )

    @property
    def rests(self) -> bool:
        return self._child is None

    def rest(self) -> None:
        """End the process, and its memory with it; the voices stay known."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def close(self) -> None:
        """End the process; whoever waits for a sound gets an AssistantError."""
        self._closed = True
        self._answers.put(None)
        if (child := self._child) is not None:
            child.end()

    def _running(self) -> Child:
        if self._closed:
            raise AssistantError("speech-engine-ended", "The speech engine has been ended.")
        if self._child is None:
            answers: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
            self._answers = answers
            self._child = Child(_MODULE, answers.put, lambda _: answers.put(None))
            answer = self._answer(_START_S)
            if answer is None:
                raise AssistantError("speech-engine-fails", "The speech engine does not start.")
            if answer.type == "failed":
                self._end_child()
                raise raised(answer.data)
            self._voices = [OfferedVoice(id_, name) for id_, name in answer.data["voices"]]
        return self._child

    def _answer(self, within_s: float) -> Message | None:
        """What the process says; None where it is gone or silent for too long, and then it is ended."""
        try:
            answer = self._answers.get(timeout=within_s)
        except queue.Empty:
            log.warning("the speech engine hangs")
            answer = None
        if answer is None:
            self._end_child()
        return answer

    def _end_child(self) -> None:
        if self._child is not None:
            self._child.kill()
            # What it was about to hand over must not lie about.
            speech_file(paths.runtime_folder(), self._child.pid).unlink(missing_ok=True)
            self._child = None
