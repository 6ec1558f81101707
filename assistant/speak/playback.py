"""Plays speech and cues, and keeps the device only while it is needed.

The stream runs while there is something to hear or speech is expected, stays open for some seconds after, and is then
closed, so that the device and the machine may sleep.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assistant.errors import AssistantError
from assistant.speak.cues import cue_sound
from assistant.speak.line import Clip, Line
from assistant.speak.rate import at_rate
from assistant.speak.speaker import Speaker, probe
from assistant.speak.synthesiser import Sound
from assistant.turn.commands import Cue
from assistant.turn.dataclass import dataclass
from assistant.turn.events import Fault

log = logging.getLogger(__name__)

_QUIET_S = 10.0  # then the device is closed
_AWAKE_S = 4.0  # sound servers let a silent device sleep after five seconds
_LEAD_IN_S = 0.1  # what a waking device swallows
_EXPECTED_S = 60.0  # then the device may sleep again
_AHEAD = 3  # stretches of speech ready or sounding
_HANGS_S = 5.0
_LOOK_S = 0.25  # at a running device, to see whether it is lost
_BREATH_S = 0.005
_TAIL_S = 0.05  # after the last sample should have been heard

LOST = Fault(
    "speaker-lost",
    "The loudspeaker was lost while speaking.",
    "Connect it again, then let it be read once more.",
)
HANGS = Fault(
    "sound-server-hangs", "The sound system does not answer.", "Restart the sound server, or sign in again."
)


@dataclass(frozen=True, slots=True)
class _Speech:
    turn: int
    sound: Sound
    begins: Callable[[float], None] | None
    ends: Callable[[], None] | None


class Playback:
    """Speech and cues to the default output device.

    `lost(fault)` is called when what was to be heard will not be, `works()` when the device took sound. Both and the
    callbacks of `say` come from this object's thread; only `lost(HANGS)` does not, since that thread hangs.
    """

    def __init__(self, lost: Callable[[Fault], None], works: Callable[[], None]) -> None:
        self._lost = lost
        self._works = works
        self._line = Line()
        self._speech: deque[_Speech] = deque()
        self._cues: deque[Cue] = deque()
        self._room = threading.Condition()
        self._unheard: dict[int, int] = {}
        self._device = threading.Lock()
        self._speaker: Speaker | None = None
        self._rate_hz = 0
        self._looked = threading.Event()
        self._ran_at = self._woken_at = -_AWAKE_S
        self._expected_until = 0.0
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="playback", daemon=True)
        self._thread.start()

    def say(
        self,
        turn: int,
        sound: Sound,
        begins: Callable[[float], None] | None = None,
        ends: Callable[[], None] | None = None,
    ) -> None:
        """Speech to follow what was said before.

        `begins` is called when it is first heard, with the time.monotonic of that, `ends` when it was heard to its end.
        """
        with self._room:
            self._unheard[turn] = self._unheard.get(turn, 0) + 1
        self._speech.append(_Speech(turn, sound, begins, ends))
        self._wake.set()

    def expect(self) -> None:
        """Speech will come: have the device awake by then."""
        self._expected_until = time.monotonic() + _EXPECTED_S
        self._wake.set()

    def cue(self, cue: Cue) -> None:
        self._cues.append(cue)
        self._wake.set()

    def wait_for_room(self, enough: Callable[[], bool]) -> None:
        """Return when the next stretch of speech is wanted, or when `enough()` (looked at after each `silence`)."""
        with self._room:
            self._room.wait_for(lambda: sum(self._unheard.values()) < _AHEAD or enough())

    def rate_hz(self) -> int:
        """The rate that speech should have, as far as it is known: 0 where no device was found yet."""
        self._looked.wait(_HANGS_S)
        return self._rate_hz

    def quiet(self) -> bool:
        """Whether all speech has been heard."""
        with self._room:
            return not self._unheard

    def silence(self, turn: int) -> None:
        """Return when nothing of `turn` sounds any more."""
        with self._room:
            self._unheard.pop(turn, None)
            self._room.notify_all()
        if self._line.remove(turn):
            with self._device:
                if self._speaker is not None and self._speaker.running:
                    self._speaker.abort()
                    self._ran_at = time.monotonic()
                    self._line.flushed()
        self._wake.set()

    def close(self) -> None:
        with self._room:
            self._stopping = True
            self._room.notify_all()
        self._wake.set()
        self._thread.join(1.0)

    # this object's thread

    def _run(self) -> None:
        try:
            with self._watched():
                self._rate_hz = round(probe())
            self._works()
        except AssistantError as error:
            self._fail(error.fault)
        finally:
            self._looked.set()
        while not self._stopping:
            self._wake.wait(self._patience())
            self._wake.clear()
            for reached in self._line.reached(time.monotonic()):
                reached()
            try:
                self._serve()
            except AssistantError as error:
                self._fail(error.fault)
        self._close()

    def _patience(self) -> float | None:
        """Seconds until there is something to do, None for ever."""
        if self._speaker is None:
            return None
        now = time.monotonic()
        if not self._speaker.running:
            return max(0.0, self._ran_at + _QUIET_S - now)
        at = self._line.next_at()
        until = max(self._line.sounds_until() + _TAIL_S, self._expected_until) if at is None else at
        return min(max(_BREATH_S, until - now), _LOOK_S)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """A device may hang: then nothing but a new process helps."""
        watch = threading.Timer(_HANGS_S, self._lost, (HANGS,))
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _fail(self, fault: Fault) -> None:
        log.warning("playback failed: %s", fault.code)
        with self._room:
            self._speech.clear()
            self._cues.clear()
            self._unheard.clear()
            self._room.notify_all()
        self._line.drop()
        self._close()
        self._lost(fault)

    def _close(self) -> None:
        with self._device, self._watched():
            if self._speaker is not None:
                self._speaker.close()
                self._speaker = None

    def _serve(self) -> None:
        if self._speaker is not None and self._speaker.lost():
            raise AssistantError(LOST.code, LOST.message, LOST.hint)
        if self._cues or self._speech:
            # A stream that goes on sounds late by what the device holds, a new one does not.
            self._rest(after_s=0.0)
            self._fetch()
        now = time.monotonic()
        if self._line.waiting() or now < self._expected_until:
            self._begin(now)
        else:
            self._rest(after_s=_TAIL_S)

    def _open(self) -> Speaker:
        if self._speaker is None:
            with self._watched():
                self._speaker = Speaker(self._line, self._wake.set)
            self._rate_hz = round(self._speaker.rate_hz)
        return self._speaker

    def _fetch(self) -> None:
        """Bring what has come to the device's rate, and put it on the line."""
        while self._cues or self._speech:
            rate_hz = self._open().rate_hz
            if self._cues:
                self._line.add_cue(cue_sound(self._cues.popleft(), rate_hz))
                continue
            speech = self._speech.popleft()
            self._expected_until = 0.0
            samples = memoryview(at_rate(speech.sound, round(rate_hz)).pcm).cast("h")
            with self._room:
                if speech.turn in self._unheard:
                    self._line.add(Clip(speech.turn, samples, speech.begins, self._ending(speech)))

    def _ending(self, speech: _Speech) -> Callable[[], None]:
        def ended() -> None:
            with self._room:
                if speech.turn in self._unheard:
                    self._unheard[speech.turn] -= 1
                    if not self._unheard[speech.turn]:
                        del self._unheard[speech.turn]
                self._room.notify_all()
            if speech.ends is not None:
                speech.ends()

        return ended

    def _begin(self, now: float) -> None:
        speaker = self._open()
        if speaker.running:
            return
        with self._device, self._watched():
            if now - self._ran_at > _AWAKE_S:
                self._woken_at = now
            self._line.lead_in(round(max(0.0, self._woken_at + _LEAD_IN_S - now) * speaker.rate_hz))
            try:
                speaker.start()
            except AssistantError:
                # It was lost while it was open and idle; it may be back.
                speaker.close()
                self._speaker = Speaker(self._line, self._wake.set)
                self._speaker.start()
        self._works()

    def _rest(self, after_s: float) -> None:
        """Stop the stream so long after everything was heard; close the device after a longer quiet."""
        speaker, now = self._speaker, time.monotonic()
        if speaker is None:
            return
        with self._device:
            heard = self._line.next_at() is None and now >= self._line.sounds_until() + after_s
            if speaker.running and heard and not self._line.waiting():
                with self._watched():
                    speaker.abort()
                self._ran_at = now
        if not speaker.running and now - self._ran_at >= _QUIET_S:
            self._close()
