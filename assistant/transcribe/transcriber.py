"""The transcriber: gives recordings to the scribe, and sees that each gets its text or its fault.

One thread owns all of it; whatever happens (a method called, a message of the scribe, its end, a limit passed) is done
there, one after the other. A scribe that leaves or falls silent is replaced by one on the CPU, and the recording under
way is tried once more; a model that cannot be loaded is replaced by the basic recogniser.
"""

import functools
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.children import Child, Message
from assistant.errors import AssistantError
from assistant.ports import Emit
from assistant.transcribe.catalogue import CatalogueModel
from assistant.transcribe.fetching import Fetching
from assistant.transcribe.installed import Models
from assistant.transcribe.jobs import Job, Jobs, Patience
from assistant.transcribe.larger import LargerScribe
from assistant.transcribe.looks import Look, Looks
from assistant.transcribe.machine import memory_bytes
from assistant.transcribe.tally import Tally
from assistant.transcribe.wire import BASIC_NAME, Arriving, fault_from, transcript_from, words_heard_again
from assistant.turn.events import (
    Fault,
    HeardAgain,
    Noticed,
    Part,
    PartChanged,
    Readiness,
    Recording,
    Remedy,
    StageFailed,
    Transcribed,
    TranscriptGrew,
)
from assistant.turn.transcript import Transcript, Word

if TYPE_CHECKING:
    from assistant.transcribe.doubts import Doubts

_MOST_ENDS = 3
_USUAL_PATIENCE = Patience()
_NOTHING_WORKS = Fault(
    "recogniser-broken",
    "Speech cannot be recognised now; the recording is kept.",
    "Try again, or start the program again.",
    Remedy.TRANSCRIBE_AGAIN,
)
_BROKE_OFF = Fault(
    "recogniser-failed",
    "The recogniser broke off twice; the recording is kept.",
    "Try again, or choose a smaller model.",
    Remedy.TRANSCRIBE_AGAIN,
)

log = logging.getLogger(__name__)


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
        self._tally = tally or Tally(None)
        self._doubt_file = doubt_file
        self._patience = patience
        self._inbox: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="transcriber", daemon=True)
        self._emit: Emit
        self._model, self._language, self._device = "", "en", "auto"
        self._begun = self._ready = False
        self._on_cpu = self._on_basic = False
        self._child: Child | None = None
        self._generation = self._ends = 0
        self._deadline: float | None = None
        self._rest_after_s = 0.0
        self._rest_at: float | None = None
        self._jobs = Jobs()
        self._followed: tuple[int, Path] | None = None
        self._words = Arriving()
        self._there: set[str] = set()
        self._looks = Looks()
        self._larger = LargerScribe(models, self._inbox.put, self._heard_by_larger, self._look_here)
        self._fetching = Fetching(
            models,
            lambda progress: self._inbox.put(lambda: self._emit_state(progress)),
            lambda name, error: self._inbox.put(lambda: self._downloaded(name, error)),
        )
        self._state = PartChanged(Part.TRANSCRIBE, Readiness.STARTING)

    # What others call, on any thread

    def start(self, emit: Emit) -> None:
        self._emit = emit
        self._inbox.put(self._begin)
        self._thread.start()

    def stop(self) -> None:
        self._inbox.put(None)
        self._thread.join()

    def follow(self, turn: int, path: Path) -> None:
        self._inbox.put(lambda: self._follow(turn, path))

    def transcribe(self, turn: int, recording: Recording) -> None:
        self._inbox.put(lambda: self._take(turn, recording))

    def abandon(self, turn: int) -> None:
        self._inbox.put(lambda: self._let_go(turn))

    def listen_again(
        self, turn: int, path: Path, start_s: float, end_s: float, near: Sequence[str], look: int = 0
    ) -> None:
        """Take a second look at some words when the scribe has nothing else to do; the next recording ends that."""
        wanted = Look(look, turn, str(path), start_s, end_s, ", ".join(near))
        self._inbox.put(lambda: self._look_again(wanted))

    def learn(self, heard: Sequence[Transcript], sent: Sequence[Word]) -> None:
        """A message that somebody looked at was sent: learn from it which of the words that were heard are right."""
        self._inbox.put(lambda: self._doubts.learn(heard, sent))

    def use(self, model: str, language: str, device: str) -> None:
        """Work with this from now on; what is being transcribed is begun anew with it."""
        self._inbox.put(lambda: self._change(model, language, device))

    def rest_after(self, idle_s: float) -> None:
        """End the scribe, which gives its memory back, when nothing was to do for so long; 0 keeps it. It comes back
        with the next recording, while that is spoken.
        """
        self._inbox.put(lambda: self._set_rest(idle_s))

    def get(self, name: str) -> None:
        """Download a model in the background. Raises AssistantError where the catalogue does not have it."""
        model = self._models.offered(name)
        self._inbox.put(lambda: self._get(model))

    def stop_download(self) -> None:
        self._inbox.put(self._fetching.stop)

    # The thread

    @functools.cached_property
    def _doubts(self) -> "Doubts":
        from assistant.transcribe.doubts import Doubts  # not before there is something to doubt

        return Doubts(self._doubt_file)

    def _run(self) -> None:
        while True:
            times = (self._deadline, self._rest_at, self._larger.due)
            due = min((at for at in times if at is not None), default=None)
            try:
                act = self._inbox.get(timeout=None if due is None else max(0.0, due - time.monotonic()))
            except queue.Empty:
                self._time_is_up()
                continue
            if act is None:
                break
            act()
        self._larger.make_way()
        self._end_scribe()
        self._fetching.close()

    def _time_is_up(self) -> None:
        if self._deadline is not None and self._deadline <= time.monotonic():
            log.warning("the scribe is silent")
            self._replace_scribe()
        elif self._rest_at is not None and self._rest_at <= time.monotonic():
            log.info("the recogniser rests")
            self._rest_at = None
            self._end_scribe()
        elif self._larger.due is not None and self._larger.due <= time.monotonic():
            self._larger.time_is_up()

    def _set_rest(self, idle_s: float) -> None:
        self._rest_after_s = idle_s
        self._plan_rest()

    def _plan_rest(self) -> None:
        idle = self._ready and self._jobs.idle and self._followed is None
        self._rest_at = time.monotonic() + self._rest_after_s if idle and self._rest_after_s else None

    # The scribe

    def _begin(self) -> None:
        self._begun = True
        if self._child is None:
            self._start_scribe()

    def _change(self, model: str, language: str, device: str) -> None:
        wanted = (model, language, device)
        same = wanted == (self._model, self._language, self._device)
        self._model, self._language, self._device = wanted
        if self._begun and not (same and self._child is not None):
            self._start_afresh()

    def _start_afresh(self) -> None:
        self._on_cpu = self._on_basic = False
        self._ends = 0
        self._end_scribe()
        self._start_scribe()

    def _start_scribe(self) -> None:
        self._deadline = time.monotonic() + self._patience.load_s
        self._there = self._names()
        self._tell(Readiness.STARTING, BASIC_NAME if self._on_basic else self._model)
        self._child = Child(
            "assistant.transcribe.scribe",
            functools.partial(self._deliver, self._hear, self._generation),
            functools.partial(self._deliver, self._left, self._generation),
        )
        self._child.send(
            "load",
            downloads=str(self._models.downloads),
            shipped=str(self._models.shipped),
            model=self._model,
            language=self._language,
            device="cpu" if self._on_cpu else self._device,
            basic=self._on_basic,
        )

    def _end_scribe(self) -> None:
        self._jobs.put_back()
        self._found_nothing(self._looks.drop_all())
        self._generation += 1
        self._ready = False
        self._deadline = None
        if self._child is not None:
            self._child.kill()
            self._child = None

    def _deliver(self, to: Callable[[Any], None], generation: int, what: object) -> None:
        """Called on the child's thread. What a scribe says that has been replaced meanwhile is not heard."""
        self._inbox.put(lambda: to(what) if generation == self._generation else None)

    def _left(self, code: int) -> None:
        log.warning("the scribe left with code %d", code)
        self._replace_scribe()

    def _replace_scribe(self) -> None:
        worn_out = not self._ready or self._ends + 1 >= _MOST_ENDS
        hopeless = self._jobs.broke_off()
        self._end_scribe()
        self._ends += 1
        if hopeless is not None:
            self._fail(hopeless, _BROKE_OFF)
        if not self._on_cpu:
            self._on_cpu = True
        elif worn_out and self._on_basic:
            self._give_up(Readiness.BROKEN, _NOTHING_WORKS)
            return
        elif worn_out:
            self._on_basic, self._ends = True, 0
        self._start_scribe()

    def _give_up(self, readiness: Readiness, fault: Fault) -> None:
        """Fail what waits. The next recording starts everything afresh."""
        self._end_scribe()
        self._tell(readiness, "", fault)
        for job in self._jobs.drain():
            self._fail(job, fault)

    # Its messages

    def _hear(self, message: Message) -> None:
        data = message.data
        if message.type == "ready":
            self._ready = True
            self._deadline = None
            fault = _unusable(self._model) if self._on_basic else data["fault"] and fault_from(data["fault"])
            self._tell(Readiness.LIMITED if fault else Readiness.READY, data["recogniser"], fault)
            self._follow_on()
            self._next()
        elif message.type == "missing":
            self._give_up(Readiness.MISSING, fault_from(data["fault"]))
        elif message.type == "grew":
            self._grew(data)
        elif message.type == "heard_again":
            words = self._doubts.of(self._state.label, words_heard_again(data))
            self._heard_again(self._looks.done(), words)
            self._look_on()
        else:
            job = self._jobs.done()
            self._deadline = None
            self._ends = 0
            if message.type == "failed":
                self._fail(job, fault_from(data["fault"]))
            elif not job.abandoned:
                self._emit(Transcribed(job.turn, transcript_from(data, self._understood(data))))
                self._tally.add(data["recogniser"], data["passes"], data["redone"])
            self._forget(job.turn)
            self._next()
            self._look_on()

    def _grew(self, data: Mapping[str, Any]) -> None:
        turn, job = data["turn"], self._jobs.under_way
        under_way = job is not None and job.turn == turn
        if job is not None and under_way:
            self._deadline = time.monotonic() + self._patience.with_recording(job.recording)
        followed = self._followed is not None and self._followed[0] == turn
        if followed or (job is not None and under_way and not job.abandoned):
            words = self._understood(data)
            if words:
                self._emit(TranscriptGrew(turn, transcript_from(data, words), data["firm"]))

    def _understood(self, data: Mapping[str, Any]) -> list[Word]:
        """All the words that are known with this message, each with how likely it is right."""
        words = self._words.add(data)
        return self._doubts.growing(data["turn"], data["recogniser"], words, data["since"])

    def _forget(self, turn: int) -> None:
        self._words.forget(turn)
        self._doubts.forget(turn)

    # The jobs

    def _follow(self, turn: int, path: Path) -> None:
        self._found_nothing([*self._larger.make_way(), *self._looks.drop()])
        self._followed = (turn, path)
        self._rest_at = None
        if self._child is None and self._begun:
            self._start_afresh()
        self._follow_on()

    def _follow_on(self) -> None:
        """Where the scribe is not ready yet, or another one takes its place, it catches up."""
        if self._followed is not None and self._ready and self._child is not None:
            turn, path = self._followed
            self._forget(turn)
            self._child.send("follow", turn=turn, path=str(path))

    def _take(self, turn: int, recording: Recording) -> None:
        self._jobs.add(turn, recording)
        if self._followed is not None and self._followed[0] == turn:
            self._followed = None
        better = self._state.label == BASIC_NAME and not self._on_basic and self._names() != self._there
        if self._child is None or (self._ready and better):
            self._start_afresh()
        self._next()

    def _next(self) -> None:
        self._plan_rest()
        if not self._ready or self._child is None:
            return
        job = self._jobs.begin()
        if job is not None:
            self._deadline = time.monotonic() + self._patience.with_recording(job.recording)
            self._child.send("transcribe", turn=job.turn, path=job.recording.path)

    def _look_again(self, look: Look) -> None:
        present = self._state.label
        larger = self._models.larger(present, self._language, memory_bytes()) if look.number else None
        if larger is None:
            self._look_here(look)
        elif self._followed is None:
            self._larger.take(look, larger, self._language, self._device)
        else:
            self._found_nothing([look])

    def _look_here(self, look: Look) -> None:
        """With the model that is in use."""
        if self._child is None and self._begun:
            self._start_afresh()
        self._looks.add(look)
        self._look_on()

    def _look_on(self) -> None:
        """One at a time, so that a recording never waits for more than one."""
        idle = self._jobs.idle and self._followed is None
        look = self._looks.begin() if idle and self._ready else None
        if look is not None and self._child is not None:
            self._child.send("again", **look.as_data())

    def _heard_by_larger(self, look: Look, recogniser: str, words: Sequence[Word]) -> None:
        self._heard_again(look, self._doubts.of(recogniser, words))

    def _heard_again(self, look: Look, words: Sequence[Word]) -> None:
        """Somebody may wait, also where nothing was found."""
        if words or look.number:
            self._emit(HeardAgain(look.turn, tuple(words), look.number))

    def _found_nothing(self, looks: Iterable[Look]) -> None:
        for look in looks:
            self._heard_again(look, ())

    def _let_go(self, turn: int) -> None:
        followed = self._followed is not None and self._followed[0] == turn
        if followed:
            self._followed = None
            self._forget(turn)
        self._looks.abandon(turn)
        self._larger.abandon(turn)
        if (self._jobs.abandon(turn) or followed) and self._child is not None:
            self._child.send("abandon", turn=turn)
        self._plan_rest()

    def _fail(self, job: Job, fault: Fault) -> None:
        if not job.abandoned:
            self._emit(StageFailed(job.turn, Part.TRANSCRIBE, fault))

    def _names(self) -> set[str]:
        return {model.name for model in self._models.installed()}

    # The download

    def _get(self, model: CatalogueModel) -> None:
        under_way = self._fetching.get(model)
        if under_way is not None:
            self._emit(Noticed(under_way))

    def _downloaded(self, model: str, error: AssistantError | None) -> None:
        from assistant.transcribe.download import STOPPED

        self._fetching.over()
        self._emit_state(None)
        if error is None and self._model in {"", model}:
            self._start_afresh()
        elif error is not None and error.fault.code != STOPPED:
            self._emit(Noticed(error.fault))

    # What is told

    def _tell(self, readiness: Readiness, label: str, fault: Fault | None = None) -> None:
        self._state = replace(self._state, readiness=readiness, label=label, fault=fault)
        self._emit(self._state)

    def _emit_state(self, progress: float | None) -> None:
        self._state = replace(self._state, progress=progress)
        self._emit(self._state)


def _unusable(model: str) -> Fault:
    return Fault(
        "model-unusable",
        f"{f'The model {model}' if model else 'The installed model'} cannot be used; the basic recogniser stands in.",
        "Choose another model, or get it again.",
        Remedy.GET_RECOGNISER,
    )
