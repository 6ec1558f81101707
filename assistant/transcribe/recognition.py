"""What the scribe in use is given: recordings in their order, the one that is being made, and second looks between them.

Where the scribe leaves or falls silent, the recording under way is tried once more with the next one.
"""

import logging
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.children import Message
from assistant.ports import Emit
from assistant.transcribe.attempts import BROKE_OFF, NOTHING_WORKS
from assistant.transcribe.current_scribe import CurrentScribe
from assistant.transcribe.installed import Models
from assistant.transcribe.jobs import Job, Jobs, Patience
from assistant.transcribe.listening_again import ListeningAgain
from assistant.transcribe.looks import Look
from assistant.transcribe.scribe_process import Act
from assistant.transcribe.standing import Standing
from assistant.transcribe.tally import Tally
from assistant.transcribe.understood import Understood
from assistant.transcribe.wire import fault_from, transcript_from, words_heard_again
from assistant.turn.events import Fault, Part, Readiness, Recording, StageFailed, Transcribed, TranscriptGrew

log = logging.getLogger(__name__)


class Recognition:
    """All methods are called on one thread, to which `act` brings what processes say."""

    def __init__(
        self,
        models: Models,
        patience: Patience,
        tally: Tally,
        understood: Understood,
        standing: Standing,
        act: Act,
        emit: Emit,
    ) -> None:
        self._patience, self._tally, self._understood = patience, tally, understood
        self._standing, self._emit = standing, emit
        self._begun = False
        self._rest_after_s = 0.0
        self._rest_at: float | None = None
        self._jobs = Jobs()
        self._followed: tuple[int, Path] | None = None
        self.scribe = CurrentScribe(models, standing, patience.load_s, act, self._hear, self._replace)
        self.again = ListeningAgain(models, act, understood, emit, self._look_wanted)

    # What is wanted

    def begin(self) -> None:
        self._begun = True
        self._wake()

    def use(self, model: str, language: str, device: str) -> None:
        new = self.scribe.use(model, language, device)
        if self._begun and (new or self.scribe.process is None):
            self._start_afresh()

    def arrived(self, model: str) -> None:
        """A model has been installed."""
        if self.scribe.model in {"", model}:
            self._start_afresh()

    def rest_after(self, idle_s: float) -> None:
        self._rest_after_s = idle_s
        self._plan_rest()

    def follow(self, turn: int, path: Path) -> None:
        self.again.make_way()
        self._followed = (turn, path)
        self._rest_at = None
        self._wake()
        self._follow_on()

    def take(self, turn: int, recording: Recording) -> None:
        self._jobs.add(turn, recording)
        if self._follows(turn):
            self._followed = None
        if self.scribe.process is None or self.scribe.surpassed:
            self._start_afresh()
        self._next()

    def look_again(self, look: Look) -> None:
        """When there is nothing else to do; the next recording ends that."""
        scribe, busy = self.scribe, self._followed is not None
        self.again.take(look, self._standing.label, scribe.language, scribe.device, busy=busy)

    def let_go(self, turn: int) -> None:
        """Forget a recording, or a look that somebody waits for."""
        followed = self._follows(turn)
        if followed:
            self._followed = None
            self._understood.forget(turn)
        self.again.abandon(turn)
        if self._jobs.abandon(turn) or followed:
            self.scribe.send("abandon", turn=turn)
        self._next()

    def close(self) -> None:
        self.again.make_way()
        self._end()

    # The time

    @property
    def due(self) -> float | None:
        """When `time_is_up` is to be called (monotonic clock)."""
        times = (self.scribe.deadline, self._rest_at, self.again.larger.due)
        return min((at for at in times if at is not None), default=None)

    def time_is_up(self) -> None:
        now = time.monotonic()
        if self.scribe.deadline is not None and self.scribe.deadline <= now:
            log.warning("the scribe is silent")
            self._replace()
        elif self._rest_at is not None and self._rest_at <= now:
            log.info("the recogniser rests")
            self._rest_at = None
            self._end()
        elif self.again.larger.due is not None and self.again.larger.due <= now:
            self.again.larger.time_is_up()

    def _plan_rest(self) -> None:
        idle = self.scribe.ready and self._idle and self.again.idle
        self._rest_at = time.monotonic() + self._rest_after_s if idle and self._rest_after_s else None

    @property
    def _idle(self) -> bool:
        """Whether no recording is being made, or waits."""
        return self._jobs.idle and self._followed is None

    # The scribe's beginning and end

    def _wake(self) -> None:
        if self._begun and self.scribe.process is None:
            self.scribe.wake()

    def _start_afresh(self) -> None:
        self._end()
        self.scribe.wake()

    def _end(self) -> None:
        self._take_back()
        self.scribe.end()

    def _take_back(self) -> None:
        """What the scribe was given."""
        self._jobs.put_back()
        self.again.broke_off()

    def _replace(self) -> None:
        hopeless = self._jobs.broke_off()
        self._take_back()
        if hopeless is not None:
            self._fail(hopeless, BROKE_OFF)
        if not self.scribe.replace():
            self._give_up(Readiness.BROKEN, NOTHING_WORKS)

    def _give_up(self, readiness: Readiness, fault: Fault) -> None:
        """Fail what waits. The next recording starts everything afresh."""
        self._end()
        self._standing.tell(readiness, "", fault)
        for job in self._jobs.drain():
            self._fail(job, fault)

    # What it says

    def _hear(self, message: Message) -> None:
        data = message.data
        if message.type == "ready":
            self.scribe.loaded(data)
            self._follow_on()
            self._next()
        elif message.type == "missing":
            self._give_up(Readiness.MISSING, fault_from(data["fault"]))
        elif message.type == "grew":
            self._grew(data)
        elif message.type == "heard_again":
            self.again.heard(self._standing.label, words_heard_again(data))
            self._next()
        else:
            self._worked_through(message)

    def _grew(self, data: Mapping[str, Any]) -> None:
        turn, job = data["turn"], self._jobs.under_way
        wanted = self._follows(turn)
        if job is not None and job.turn == turn:
            self.scribe.expect_within(self._patience.with_recording(job.recording))
            wanted = wanted or not job.abandoned
        words = self._understood.add(data) if wanted else []
        if words:
            self._emit(TranscriptGrew(turn, transcript_from(data, words), data["firm"]))

    def _worked_through(self, message: Message) -> None:
        data, job = message.data, self._jobs.done()
        self.scribe.succeeded()
        if message.type == "failed":
            self._fail(job, fault_from(data["fault"]))
        elif not job.abandoned:
            self._emit(Transcribed(job.turn, transcript_from(data, self._understood.add(data))))
            self._tally.add(data["recogniser"], data["passes"], data["redone"])
        self._understood.forget(job.turn)
        self._next()

    # What it is given

    def _follows(self, turn: int) -> bool:
        return self._followed is not None and self._followed[0] == turn

    def _follow_on(self) -> None:
        """Where the scribe is not ready yet, or another one takes its place, it catches up."""
        if self._followed is not None and self.scribe.ready:
            turn, path = self._followed
            self._understood.forget(turn)
            self.scribe.send("follow", turn=turn, path=str(path))

    def _next(self) -> None:
        job = self._jobs.begin() if self.scribe.ready else None
        if job is not None:
            self.scribe.expect_within(self._patience.with_recording(job.recording))
            self.scribe.send("transcribe", turn=job.turn, path=job.recording.path)
        look = self.again.begin() if self.scribe.ready and self._idle else None
        if look is not None:
            self.scribe.send("again", **look.as_data())
        self._plan_rest()

    def _look_wanted(self) -> None:
        self._wake()
        self._next()

    def _fail(self, job: Job, fault: Fault) -> None:
        if not job.abandoned:
            self._emit(StageFailed(job.turn, Part.TRANSCRIBE, fault))
