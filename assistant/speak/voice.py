"""The port `Voice`: what is to be said goes to a child process, piece by piece, and what happened comes back."""

import logging
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from assistant.children import Child, Message
from assistant.ports import Emit, Excerpt
from assistant.speak.faults import unpacked
from assistant.turn.commands import Cue
from assistant.turn.dataclass import dataclass
from assistant.turn.events import (
    Fault,
    Noticed,
    Part,
    PartChanged,
    Readiness,
    SentenceSpoken,
    SentenceStarted,
    StageFailed,
)

log = logging.getLogger(__name__)

_MODULE = "assistant.speak.voice_child"
_SILENT_WITHIN_S = 0.02  # then the child is ended, which silences it as well
_VOICES_WITHIN_S = 20.0
_AHEAD = 4  # pieces in the child's hands
_TRIES = 2

_GONE = Fault("recording-gone", "This recording is no longer kept.", "Say it once more.")
_BROKEN = Fault(
    "voice-fails", "The voice stopped working.", "Let it be read once more, or choose another voice."
)


@dataclass(slots=True)
class _Piece:
    turn: int
    index: int
    text: str
    started: bool = False


@dataclass(frozen=True, slots=True)
class _Order:
    type: str
    data: Mapping[str, Any]


class ChildVoice:
    """Speaks through `voice_child`, which is replaced when it crashes, hangs, or is not silent in time.

    The pieces wait here; the child has only the next few. So a silence is obeyed at once however much was waiting, and
    a new child goes on where the last one broke off.
    """

    def __init__(self, voice: str = "", rate_wpm: int = 200) -> None:
        self._choice = {"voice": voice, "rate_wpm": rate_wpm}
        self._changed = threading.Condition()
        self._emit: Emit = lambda _: None
        self._child: Child | None = None
        self._number = 0  # of the child: what an earlier one tells is not listened to
        self._able = False  # whether the child has told its voices, before which it cannot sound
        self._wanted = False  # whether a child is to be started
        self._stopping = False
        self._orders: deque[_Order] = deque()
        self._waiting: deque[_Piece] = deque()
        self._given: deque[_Piece] = deque()
        self._over: set[int] = set()
        self._tries = 0
        self._awaited: dict[int, threading.Timer] = {}
        self._voices: list[str] | None = None
        self._part: PartChanged | None = None
        self._courier = threading.Thread(target=self._deliver, name="to the voice")

    def start(self, emit: Emit) -> None:
        self._emit = emit
        self._wanted = True
        self._tell_part(PartChanged(Part.SPEAK, Readiness.STARTING))
        self._courier.start()

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            child = self._let_go()
            self._changed.notify_all()
        if child is not None:
            child.end()
        if self._courier.is_alive():
            self._courier.join()

    def expect(self) -> None:
        with self._changed:
            self._wanted = True
            self._orders.append(_Order("expect", {}))
            self._changed.notify_all()

    def speak(self, turn: int, index: int, text: str) -> None:
        # A lone surrogate cannot be sent, nor said.
        text = text.encode(errors="replace").decode()
        with self._changed:
            if turn not in self._over:
                self._wanted = True
                self._waiting.append(_Piece(turn, index, text))
                self._changed.notify_all()

    def silence(self, turn: int) -> None:
        with self._changed:
            if turn in self._over:
                return
            sounding = any(piece.turn == turn for piece in self._given)
            self._forget(turn)
            if sounding and self._child is not None:
                self._orders.append(_Order("silence", {"turn": turn}))
                if self._able:
                    self._awaited[turn] = watch = threading.Timer(
                        _SILENT_WITHIN_S, self._replace, (self._child,)
                    )
                    watch.start()
                self._changed.notify_all()

    def cue(self, cue: Cue) -> None:
        with self._changed:
            self._wanted = True
            self._orders.append(_Order("cue", {"cue": cue, "at": time.monotonic()}))
            self._changed.notify_all()

    def play(self, excerpts: Sequence[Excerpt]) -> None:
        """Play what is still kept of these, or tell that nothing is."""
        kept = [(str(path), start_s, end_s) for path, start_s, end_s in excerpts if path.exists()]
        if not kept:
            self._emit(Noticed(_GONE))
            return
        with self._changed:
            self._wanted = True
            self._orders.append(_Order("play", {"excerpts": kept}))
            self._changed.notify_all()

    def use(self, voice: str, rate_wpm: int) -> None:
        with self._changed:
            self._choice = {"voice": voice, "rate_wpm": rate_wpm}
            self._orders.append(_Order("use", self._choice))
            self._changed.notify_all()

    def voices(self) -> list[str]:
        """The names of the voices; may wait for the child to start. Empty where there is no speech engine."""
        with self._changed:
            self._changed.wait_for(self._knows_voices, _VOICES_WITHIN_S)
            return list(self._voices or ())

    # the courier's thread: only here does anything wait for the child to take it

    def _deliver(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._has_work)
                if self._stopping:
                    return
                child = self._child
                order = self._next_order() if child is not None else None
            if child is None:
                self._start_child()
            elif order is not None:
                child.send(order.type, **order.data)

    def _has_work(self) -> bool:
        if self._stopping or (self._wanted and self._child is None):
            return True
        return self._child is not None and bool(self._orders or self._may_give())

    def _knows_voices(self) -> bool:
        return self._voices is not None or not self._courier.is_alive()

    def _may_give(self) -> bool:
        return bool(self._waiting) and len(self._given) < _AHEAD

    def _next_order(self) -> _Order | None:
        if self._orders:
            return self._orders.popleft()
        if not self._may_give():
            return None
        piece = self._waiting.popleft()
        self._given.append(piece)
        return _Order("speak", {"turn": piece.turn, "index": piece.index, "text": piece.text})

    def _start_child(self) -> None:
        with self._changed:
            self._wanted = False
            self._able = False
            self._number += 1
            number = self._number
            cues = [order for order in self._orders if order.type == "cue"]
            self._orders = deque([_Order("use", self._choice), *cues])
        child = Child(_MODULE, partial(self._hear, number), lambda _: self._child_left(number))
        with self._changed:
            if not self._stopping:
                self._child = child
                return
        child.end()

    # what the child tells, on its reader's thread

    def _hear(self, number: int, message: Message) -> None:
        data = message.data
        hanging: Child | None = None
        with self._changed:
            if number != self._number:
                return
            match message.type:
                case "started":
                    self._started(data["turn"], data["index"], data["at"])
                case "spoken":
                    self._spoken(data["turn"], data["index"])
                case "silent":
                    if (watch := self._awaited.pop(data["turn"], None)) is not None:
                        watch.cancel()
                case "failed":
                    self._fail({data["turn"]}, unpacked(data))
                case "lost":
                    self._fail({piece.turn for piece in (*self._given, *self._waiting)}, unpacked(data))
                    if data["hangs"]:
                        hanging = self._let_go()
                case "voices":
                    self._voices = data["names"]
                    self._able = True
                case "part":
                    fault = unpacked(data["fault"]) if data["fault"] else None
                    self._tell_part(
                        PartChanged(Part.SPEAK, Readiness(data["readiness"]), data["voice"], fault)
                    )
            self._changed.notify_all()
        if hanging is not None:
            hanging.kill()

    def _started(self, turn: int, index: int, at: float) -> None:
        for piece in self._given:
            if (piece.turn, piece.index) == (turn, index) and not piece.started:
                piece.started = True
                self._emit(SentenceStarted(turn, index, at))

    def _spoken(self, turn: int, index: int) -> None:
        for piece in self._given:
            if (piece.turn, piece.index) == (turn, index):
                self._given.remove(piece)
                self._tries = 0
                self._emit(SentenceSpoken(turn, index))
                return

    def _fail(self, turns: set[int], fault: Fault) -> None:
        for turn in sorted(turns - self._over):
            self._forget(turn)
            self._orders.append(_Order("silence", {"turn": turn}))
            self._emit(StageFailed(turn, Part.SPEAK, fault))

    def _forget(self, turn: int) -> None:
        self._over.add(turn)
        self._waiting = deque(piece for piece in self._waiting if piece.turn != turn)
        self._given = deque(piece for piece in self._given if piece.turn != turn)

    def _tell_part(self, change: PartChanged) -> None:
        if change != self._part:
            self._part = change
            self._emit(change)

    # a child that is gone, or must go

    def _replace(self, child: Child) -> None:
        """End the child, since it was not silent in time, and go on with a new one."""
        with self._changed:
            if child is not self._child:
                return
            log.warning("the voice was not silent in time and is ended")
            self._let_go()
        child.kill()
        with self._changed:
            self._wanted = True
            self._changed.notify_all()

    def _child_left(self, number: int) -> None:
        with self._changed:
            if number != self._number:
                return
            child = self._let_go()
            self._tries += 1
            if self._waiting and self._tries < _TRIES:
                self._wanted = True
            else:
                self._tries = 0
                self._fail({piece.turn for piece in self._waiting}, _BROKEN)
                self._tell_part(PartChanged(Part.SPEAK, Readiness.BROKEN, fault=_BROKEN))
            self._changed.notify_all()
        if child is not None:
            child.end()

    def _let_go(self) -> Child | None:
        """Listen to the child no more, and take back what it was to say."""
        child, self._child = self._child, None
        self._number += 1
        self._waiting.extendleft(reversed(self._given))
        self._given.clear()
        for watch in self._awaited.values():
            watch.cancel()
        self._awaited.clear()
        return child
