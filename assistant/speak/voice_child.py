"""The process that speaks: `python -m assistant.speak.voice_child`.

From its parent: "use" (voice, rate_wpm), "expect", "speak" (turn, index, text), "silence" (turn), "cue" (cue, at), "play"
(excerpts, each a path with start_s and end_s). To its parent: "voices" (names), "started" (turn, index, at) and "spoken"
(turn, index), "silent" (turn), "failed" (turn and a fault), "lost" (a fault, and whether this process hangs with it:
nothing of what was to be heard will be), "part" (readiness, the voice's name, and a fault or none). Times are
time.monotonic, which all processes share.
"""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from assistant import paths
from assistant.children import Message, Parent
from assistant.errors import AssistantError
from assistant.logs import start_logging
from assistant.recordings import RATE_HZ, read_seconds
from assistant.speak.faults import packed
from assistant.speak.health import Health
from assistant.speak.playback import HANGS, Playback
from assistant.speak.portions import portions
from assistant.speak.quiet import quiet_libraries
from assistant.speak.speakable import speakable
from assistant.speak.synthesiser import Sound, choose_voice
from assistant.speak.synthesiser_process import SynthesiserProcess
from assistant.turn.commands import Cue
from assistant.turn.dataclass import dataclass
from assistant.turn.events import Fault, Readiness

_EXPECTED_S = 60.0  # so long after it was needed or expected last, the engine's process is kept
_LATE_CUE_S = 0.3  # a cue this old would say something that is no longer so
_AROUND_S = 0.08  # the times of words are rough
_RECORDING = -1  # stands for a turn where a recording is played
_SILENT = Sound(b"", 22_050)


log = logging.getLogger(__name__)


def main() -> None:
    quiet_libraries()
    parent = Parent()
    start_logging(paths.log_folder(), "voice")
    speech = Speech(parent)
    while (message := parent.receive()) is not None:
        speech.obey(message)
    speech.close()
    # A device or an engine may be stuck in C code, which nothing but the end of the process ends.
    os._exit(0)


@dataclass(frozen=True, slots=True)
class Piece:
    turn: int
    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    voice: str
    rate_wpm: int


class Speech:
    """The pieces to be spoken, in order. Synthesis runs ahead of the playback by a piece or two, on its own thread.

    The engine's process is there while speech is expected or was not long ago.
    """

    def __init__(self, parent: Parent) -> None:
        self._parent = parent
        self._changed = threading.Condition()
        self._pieces: deque[Piece] = deque()
        self._over: set[int] = set()  # turns that were silenced or have failed
        self._wanted = self._chosen = Choice("", 0)  # the parent's first word is "use"
        self._expected = False
        self._engine_until = 0.0  # when the engine's process may rest
        self._voice = ""  # the id of what was chosen
        self._missing: Fault | None = None  # why there is no engine
        self._health = Health(self._tell_part)
        self._synthesiser = SynthesiserProcess()
        self._playback = Playback(self._lost, partial(self._health.note, "playback", None))
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="synthesis", daemon=True)
        self._thread.start()

    def obey(self, message: Message) -> None:
        data = message.data
        match message.type:
            case "use":
                with self._changed:
                    self._wanted = Choice(data["voice"], data["rate_wpm"])
                    self._changed.notify_all()
            case "expect":
                self._playback.expect()
                with self._changed:
                    self._expected = True
                    self._changed.notify_all()
            case "speak":
                with self._changed:
                    self._pieces.append(Piece(data["turn"], data["index"], data["text"]))
                    self._changed.notify_all()
            case "silence":
                self._silence(data["turn"])
                self._parent.send("silent", turn=data["turn"])
            case "play":
                self._play(data["excerpts"])
            case "cue" if time.monotonic() - data["at"] < _LATE_CUE_S:
                self._playback.cue(Cue(data["cue"]))

    def _play(self, excerpts: Iterable[tuple[str, float, float]]) -> None:
        self._playback.silence(_RECORDING)
        for path, start_s, end_s in excerpts:
            try:
                pcm = read_seconds(Path(path), start_s - _AROUND_S, end_s + _AROUND_S)
            except OSError as error:
                log.warning("a recording cannot be played: %s", error.strerror)
            else:
                self._playback.say(_RECORDING, Sound(pcm, RATE_HZ))

    def close(self) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._playback.close()
        self._synthesiser.close()
        self._thread.join(1.0)

    def _silence(self, turn: int) -> None:
        with self._changed:
            self._over.add(turn)
            self._pieces = deque(piece for piece in self._pieces if piece.turn != turn)
        self._playback.silence(turn)

    # the thread of synthesis

    def _run(self) -> None:
        while not self._closing:
            with self._changed:
                self._changed.wait_for(self._has_work, self._patience_s())
                wanted = self._wanted
                expected, self._expected = self._expected, False
                piece = self._pieces.popleft() if self._pieces else None
            if expected or piece is not None:
                self._engine_until = time.monotonic() + _EXPECTED_S
            if expected or wanted != self._chosen or self._missing is not None:
                self._chosen = wanted
                self._choose(wanted.voice)
            if piece is not None and not self._closing:
                self._speak(piece, wanted.rate_wpm)
            if not self._pieces and time.monotonic() >= self._engine_until:
                self._synthesiser.rest()

    def _has_work(self) -> bool:
        return bool(self._closing or self._pieces or self._expected or self._wanted != self._chosen)

    def _patience_s(self) -> float | None:
        """How long to wait for work before the engine rests; None where it does."""
        return None if self._synthesiser.rests else max(0.0, self._engine_until - time.monotonic())

    def _choose(self, wanted: str) -> None:
        try:
            offered = self._synthesiser.voices()
            self._missing = None
        except AssistantError as error:
            offered = []
            self._missing = error.fault
        self._health.note("engine", self._missing)
        self._parent.send("voices", names=[voice.name for voice in offered])
        if self._missing is not None:
            return
        fault: Fault | None = None
        try:
            self._voice = choose_voice(wanted, offered)
        except AssistantError as error:
            self._voice = ""
            fault = error.fault
        names = {voice.id: voice.name for voice in offered}
        self._health.voice = names.get(self._voice, "System voice")
        self._health.note("voice", fault)

    def _speak(self, piece: Piece, rate_wpm: int) -> None:
        if self._missing is not None:
            self._fail(piece.turn, self._missing)
            return
        started = partial(self._tell_start, piece)
        spoken = partial(self._parent.send, "spoken", turn=piece.turn, index=piece.index)
        waiting = portions(speakable(piece.text))
        if not waiting:
            self._say_nothing(piece.turn, started, spoken)
        for number, text in enumerate(waiting, 1):
            self._playback.wait_for_room(partial(self._is_over, piece.turn))
            sound = self._synthesise(text, rate_wpm)
            begins = started if number == 1 else None
            ends = spoken if number == len(waiting) else None
            with self._changed:
                if self._is_over(piece.turn):
                    return
                self._playback.say(piece.turn, sound, begins, ends)

    def _tell_start(self, piece: Piece, at: float) -> None:
        self._parent.send("started", turn=piece.turn, index=piece.index, at=at)

    def _say_nothing(self, turn: int, started: Callable[[float], None], spoken: Callable[[], None]) -> None:
        self._playback.wait_for_room(partial(self._is_over, turn))
        with self._changed:
            if self._is_over(turn):
                return
            if not self._playback.quiet():
                self._playback.say(turn, _SILENT, started, spoken)
                return
        started(time.monotonic())
        spoken()

    def _synthesise(self, text: str, rate_wpm: int) -> Sound:
        """The sound of `text`; a passage at which the engine fails is left out, and told."""
        try:
            sound = self._synthesiser.synthesise(text, self._voice, rate_wpm, self._playback.rate_hz())
        except AssistantError as error:
            self._health.note("engine", error.fault)
            return _SILENT
        self._health.note("engine", None)
        return sound

    def _is_over(self, turn: int) -> bool:
        return self._closing or turn in self._over

    # faults

    def _lost(self, fault: Fault) -> None:
        # The part's state first: where the device hangs, this process is ended on the other word.
        self._health.note("playback", fault)
        self._parent.send("lost", hangs=fault == HANGS, **packed(fault))

    def _fail(self, turn: int, fault: Fault) -> None:
        self._silence(turn)
        self._parent.send("failed", turn=turn, **packed(fault))

    def _tell_part(self, readiness: Readiness, voice: str, fault: Fault | None) -> None:
        self._parent.send("part", readiness=readiness, voice=voice, fault=packed(fault) if fault else None)


if __name__ == "__main__":
    main()
