"""The course of a score: what is said to the program so that sentence follows sentence, and what comes of it."""

import time
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from assistant.ports_score import ReadPiece, Scored, TakenScore
from assistant.turn.events import (
    Event,
    Fault,
    Goal,
    TalkAbandoned,
    TalkEnded,
    TalkStarted,
    TrialsBegan,
    TrialsEnded,
)
from assistant.turn.states import Session
from assistant.window.desk import Desk
from assistant.window.score.readings import Readings

_BARELY_BEGUN_S = 1.0  # here "again" means the sentence before


class Course(QObject):
    """`found` is what was understood of each sentence, by index, with its mistakes.

    `offered` carries the sets of sentences and the scores until now; `compared` the index of a sentence; `scored` a new score.
    Whoever begins a sentence with the button reads one after the other (`_flowing`); with the talk key, one.
    """

    offered = Signal(object, object)
    compared = Signal(int)
    scored = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session: Session | None = None
        self._sets: Mapping[int, Sequence[str]] = {}
        self._set = 0
        self._begun_at_s = 0.0
        self._flowing = False
        self._asked_at = 0  # the session's next turn when the microphone was asked for
        self._said = 0
        self.readings: Readings | None = None
        self.found: dict[int, Sequence[ReadPiece]] = {}

    @property
    def sentences(self) -> Sequence[str]:
        return self._sets.get(self._set, ())

    @property
    def ready(self) -> bool:
        """Whether there are sentences to read."""
        return bool(self._sets)

    def open(self) -> None:
        """The talk key is for reading from now on."""
        self.readings = None
        self._emit(TrialsBegan())
        controls = self._desk.controls
        self._desk.errands.run(
            lambda: (controls.scores.sets(), controls.scores.taken()), self._offer, self._fail
        )

    def close(self) -> None:
        """Nobody reads any more; what was read until now is counted."""
        self._flowing = False
        self._emit(TrialsEnded())
        if self.readings is not None and not self.readings.complete:
            self.keep()
        self.readings = None

    def start(self, chosen: int, first_turn: int | None = None) -> None:
        """Begin a score with the sentences of this set; those said before `first_turn` are none of it."""
        turn = self._session.next_turn if self._session is not None else 0
        self._set = chosen
        self.found = {}
        self._begun_at_s = time.time()
        self.readings = Readings(len(self.sentences), turn if first_turn is None else first_turn)

    def read(self) -> None:
        """Listen to the sentence at hand, then to the next."""
        if self.readings is not None and self._session is not None:
            self._flowing = True
            self._asked_at, self._said = self._session.next_turn, self.readings.said
            self._emit(TalkStarted(Goal.TRIAL, time.monotonic()))

    def end_sentence(self) -> None:
        self._emit(TalkEnded(time.monotonic()))

    def stop(self) -> None:
        """Give up the sentence that is being read, and keep what was read before, if anything was."""
        self._flowing = False
        self._emit(TalkAbandoned(time.monotonic()))
        if self.readings is not None:
            self.readings.leave()
            self.keep()
            self.readings = self.readings if self.readings.heard or self.readings.awaited else None

    def again(self) -> None:
        """Read this sentence once more, or the one before where this has barely begun."""
        if self.readings is not None:
            listening, current = self.readings.listening, self.readings.current
            begun = listening is not None and listening.duration_s > _BARELY_BEGUN_S
            self.read_that(current if begun else max(0, current - 1))

    def read_that(self, sentence: int) -> None:
        if self.readings is not None:
            self._emit(TalkAbandoned(time.monotonic()))
            self.readings.leave()
            self.readings.go_to(sentence)
            self.read()

    def show_session(self, session: Session) -> None:
        self._session = session
        readings = self.readings
        if readings is None:
            return
        understood = readings.show_session(session)
        for sentence in understood:
            self._compare(readings, sentence)
        for sentence in readings.unheard & self.found.keys():
            del self.found[sentence]
        if understood and readings.complete:
            self._flowing = False
            self.keep()
        elif self._flowing and session.listening is None and session.next_turn > self._asked_at:
            self._flow(readings)

    def _flow(self, readings: Readings) -> None:
        """The next sentence, if this one was said; where it could not be, its reader has to look first."""
        self._flowing = readings.said > self._said or readings.current == readings.count
        if self._flowing and readings.current < readings.count:
            self.read()

    def _compare(self, readings: Readings, sentence: int) -> None:
        controls, chosen, transcript = self._desk.controls, self._set, readings.heard[sentence].transcript

        def take(pieces: Sequence[ReadPiece]) -> None:
            if readings is self.readings:
                self.found[sentence] = pieces
                self.compared.emit(sentence)

        self._desk.errands.run_in_order(
            lambda: controls.scores.compare(chosen, sentence, transcript), take, self._fail
        )

    def keep(self) -> None:
        """Count what was read until now, in the place of what was counted before."""
        readings = self.readings
        if readings is None or not readings.heard:
            return
        controls, at_s, chosen, heard = self._desk.controls, self._begun_at_s, self._set, dict(readings.heard)

        def take(scored: Scored) -> None:
            if readings is self.readings:
                self.scored.emit(scored)

        self._desk.errands.run_in_order(lambda: controls.scores.keep(at_s, chosen, heard), take, self._fail)

    def _offer(self, found: tuple[Mapping[int, Sequence[str]], Sequence[TakenScore]]) -> None:
        self._sets, taken = found
        self.offered.emit(self._sets, taken)

    def _fail(self, fault: Fault) -> None:
        self.failed.emit(fault)

    def _emit(self, event: Event) -> None:
        self._desk.controls.emit(event)
