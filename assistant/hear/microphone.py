"""The adapter of the port `Microphone`: starts the ear, talks to it, and stands in for it when it dies."""

import contextlib
import logging
import queue
import threading
import time
from dataclasses import replace
from pathlib import Path

from assistant.children import Child, Message
from assistant.hear.faults import BROKE_OFF, CANNOT_LISTEN, from_data
from assistant.ports import Emit
from assistant.recordings import mend
from assistant.turn.dataclass import dataclass
from assistant.turn.events import (
    AudioEnded,
    AudioHeard,
    AudioStarted,
    Event,
    Part,
    PartChanged,
    Readiness,
    Recording,
    StageFailed,
)

log = logging.getLogger(__name__)

# A Bluetooth device may take seconds to open. Longer than these, and the ear is taken to hang.
_OPENS_WITHIN_S = 10.0
_CLOSES_WITHIN_S = 3.0
_DEVICES_WITHIN_S = 5.0
_KILLED = -9
_MAY_DIE = 3
_PER_S = 60.0


@dataclass(frozen=True, slots=True)
class _Take:
    """A recording under way. `started` when its first block came."""

    turn: int
    path: Path
    started: bool = False


class EarMicrophone:
    """Records with the device named `device` ("" is the system's default), in a child process that is always there."""

    def __init__(self, device: str = "") -> None:
        self._device = device
        self._pre_roll = False
        self._lock = threading.RLock()
        self._emit: Emit = _nobody
        self._ear: Child | None = None
        self._takes: dict[int, _Take] = {}
        self._deadline: threading.Timer | None = None
        self._deaths: list[float] = []
        self._answers: dict[int, queue.SimpleQueue[list[str]]] = {}
        self._questions = 0

    def start(self, emit: Emit) -> None:
        with self._lock:
            self._emit = emit
            emit(PartChanged(Part.HEAR, Readiness.STARTING))
            self._start_ear()

    def stop(self) -> None:
        """End the ear; it completes a recording that is under way, which is then found at the next start."""
        with self._lock:
            ear, self._ear, self._emit = self._ear, None, _nobody
            self._takes.clear()
            self._set_deadline(None)
        if ear is not None:
            ear.end()

    def open(self, turn: int, path: Path) -> None:
        with self._lock:
            self._takes[turn] = _Take(turn, path)
            ear = self._ear or self._start_ear()
            self._set_deadline(_OPENS_WITHIN_S)
            ear.send("open", turn=turn, path=str(path))

    def close(self, turn: int) -> None:
        with self._lock:
            if self._ear is not None and turn in self._takes:
                # A device that is still being opened has its time for that.
                self._set_deadline(_CLOSES_WITHIN_S if self._takes[turn].started else _OPENS_WITHIN_S)
                self._ear.send("close", turn=turn)

    def use(self, device: str, *, pre_roll: bool = False) -> None:
        with self._lock:
            self._device, self._pre_roll = device, pre_roll
            if self._ear is not None:
                self._tell_use(self._ear)

    def devices(self) -> list[str]:
        """Asks the ear; none where it does not answer within five seconds."""
        with self._lock:
            if self._ear is None:
                return []
            self._questions += 1
            number = self._questions
            answer = self._answers[number] = queue.SimpleQueue()
            self._ear.send("devices", number=number)
        try:
            return answer.get(timeout=_DEVICES_WITHIN_S)
        except queue.Empty:
            return []
        finally:
            del self._answers[number]

    def _start_ear(self) -> Child:
        self._ear = Child("assistant.hear.ear", self._told, self._died)
        self._tell_use(self._ear)
        return self._ear

    def _tell_use(self, ear: Child) -> None:
        ear.send("use", device=self._device, pre_roll=self._pre_roll)

    def _told(self, message: Message) -> None:
        data = message.data
        with self._lock:
            if message.type == "part":
                readiness = Readiness(data["readiness"])
                self._emit(PartChanged(Part.HEAR, readiness, data["label"], from_data(data["fault"])))
            elif message.type == "devices":
                if data["number"] in self._answers:
                    self._answers[data["number"]].put(data["names"])
            elif data["turn"] in self._takes:
                self._told_of(self._takes[data["turn"]], message)

    def _told_of(self, take: _Take, message: Message) -> None:
        data = message.data
        match message.type:
            case "started":
                self._takes[take.turn] = replace(take, started=True)
                self._set_deadline(None)
                self._emit(AudioStarted(take.turn, data["at"], data["sound_from"]))
            case "heard":
                self._emit(AudioHeard(take.turn, data["level"], data["duration_s"]))
            case "ended":
                fault = from_data(data["fault"])
                recording = Recording(
                    str(take.path), data["duration_s"], data["peak"], data["lost_blocks"], fault
                )
                self._over(AudioEnded(take.turn, recording))
            case "failed":
                fault = from_data(data["fault"]) or BROKE_OFF
                self._over(StageFailed(take.turn, Part.HEAR, fault))

    def _over(self, event: AudioEnded | StageFailed) -> None:
        del self._takes[event.turn]
        if not self._takes:
            self._set_deadline(None)
        self._emit(event)

    def _died(self, code: int) -> None:
        """The ear ended by itself, or was ended because it hung: keep what is on the disk, and start another."""
        log.warning("the ear ended with code %d", code)
        with self._lock:
            if self._ear is None:
                return
            self._ear.end()
            self._ear = None
            for take in tuple(self._takes.values()):
                self._over(_salvaged(take))
            now = time.monotonic()
            self._deaths = [at for at in self._deaths if at > now - _PER_S] + [now]
            if len(self._deaths) < _MAY_DIE:
                self._start_ear()
            else:
                self._emit(PartChanged(Part.HEAR, Readiness.BROKEN, fault=CANNOT_LISTEN))

    def _set_deadline(self, within_s: float | None) -> None:
        """When the ear has not answered by then it is taken to hang. None: nothing is awaited."""
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None
        if within_s is not None and self._ear is not None:
            self._deadline = threading.Timer(within_s, self._hung, (self._ear,))
            self._deadline.daemon = True
            self._deadline.start()

    def _hung(self, ear: Child) -> None:
        ear.kill()
        with self._lock:
            if ear is self._ear:
                self._died(_KILLED)


def _salvaged(take: _Take) -> AudioEnded | StageFailed:
    """What is on the disk of a recording whose ear died."""
    with contextlib.suppress(OSError):
        measured = mend(take.path)
        if measured.duration_s:
            recording = Recording(str(take.path), measured.duration_s, measured.peak, fault=BROKE_OFF)
            return AudioEnded(take.turn, recording)
        take.path.unlink()
    return StageFailed(take.turn, Part.HEAR, BROKE_OFF)


def _nobody(_: Event) -> None:
    """Events before the start and after the stop."""
