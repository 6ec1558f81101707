"""The transcriber: gives recordings to the scribe, and sees that each gets its text or its fault.

One thread owns all of it; whatever happens (a method called, a message of a process, its end, a limit passed) is done
there, one after the other.
"""

import queue
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.errors import AssistantError
from assistant.ports import Emit
from assistant.transcribe.catalogue import CatalogueModel
from assistant.transcribe.fetching import Fetching
from assistant.transcribe.installed import Models
from assistant.transcribe.jobs import Patience
from assistant.transcribe.looks import Look
from assistant.transcribe.recognition import Recognition
from assistant.transcribe.standing import Standing
from assistant.transcribe.tally import Tally
from assistant.transcribe.understood import Understood
from assistant.turn.events import Event, Noticed, Recording
from assistant.turn.transcript import Transcript, Word

_USUAL_PATIENCE = Patience()


class ScribeTranscriber:
    """The port `Transcriber`, on this machine. `use` may be called before `start`, and then decides what is loaded."""

    def __init__(
        self,
        models: Models,
        patience: Patience = _USUAL_PATIENCE,
        tally: Tally | None = None,
        doubt_file: Path | None = None,
    ) -> None:
        self._models = models
        self._inbox: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="transcriber", daemon=True)
        self._emit: Emit
        self._understood = Understood(doubt_file)
        self._standing = Standing(self._tell)
        self.recognition = Recognition(
            models,
            patience,
            tally or Tally(None),
            self._understood,
            self._standing,
            self._inbox.put,
            self._tell,
        )
        self._fetching = Fetching(
            models,
            lambda progress: self._inbox.put(lambda: self._standing.progress(progress)),
            lambda name, error: self._inbox.put(lambda: self._downloaded(name, error)),
        )

    # What others call, on any thread

    def start(self, emit: Emit) -> None:
        self._emit = emit
        self._inbox.put(self.recognition.begin)
        self._thread.start()

    def stop(self) -> None:
        self._inbox.put(None)
        self._thread.join()

    def follow(self, turn: int, path: Path) -> None:
        self._inbox.put(lambda: self.recognition.follow(turn, path))

    def transcribe(self, turn: int, recording: Recording) -> None:
        self._inbox.put(lambda: self.recognition.take(turn, recording))

    def abandon(self, turn: int) -> None:
        self._inbox.put(lambda: self.recognition.let_go(turn))

    def listen_again(
        self, turn: int, path: Path, start_s: float, end_s: float, near: Sequence[str], look: int = 0
    ) -> None:
        """Take a second look at some words when the scribe has nothing else to do; the next recording ends that."""
        wanted = Look(look, turn, str(path), start_s, end_s, ", ".join(near))
        self._inbox.put(lambda: self.recognition.look_again(wanted))

    def learn(self, heard: Sequence[Transcript], sent: Sequence[Word]) -> None:
        """A message that somebody looked at was sent: learn from it which of the words that were heard are right."""
        self._inbox.put(lambda: self._understood.learn(heard, sent))

    def use(self, model: str, language: str, device: str) -> None:
        """Work with this from now on; what is being transcribed is begun anew with it."""
        self._inbox.put(lambda: self.recognition.use(model, language, device))

    def rest_after(self, idle_s: float) -> None:
        """End the scribe, which gives its memory back, when nothing was to do for so long; 0 keeps it. It comes back
        with the next recording, while that is spoken.
        """
        self._inbox.put(lambda: self.recognition.rest_after(idle_s))

    def get(self, name: str) -> None:
        """Download a model in the background. Raises AssistantError where the catalogue does not have it."""
        model = self._models.offered(name)
        self._inbox.put(lambda: self._get(model))

    def stop_download(self) -> None:
        self._inbox.put(self._fetching.stop)

    # The thread

    def _run(self) -> None:
        while True:
            due = self.recognition.due
            try:
                act = self._inbox.get(timeout=None if due is None else max(0.0, due - time.monotonic()))
            except queue.Empty:
                self.recognition.time_is_up()
                continue
            if act is None:
                break
            act()
        self.recognition.close()
        self._fetching.close()

    def _tell(self, event: Event) -> None:
        self._emit(event)

    # The download

    def _get(self, model: CatalogueModel) -> None:
        under_way = self._fetching.get(model)
        if under_way is not None:
            self._tell(Noticed(under_way))

    def _downloaded(self, model: str, error: AssistantError | None) -> None:
        from assistant.transcribe.download import STOPPED

        self._fetching.over()
        self._standing.progress(None)
        if error is None:
            self.recognition.arrived(model)
        elif error.fault.code != STOPPED:
            self._tell(Noticed(error.fault))
