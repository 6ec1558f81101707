"""A key pressed on the rig's display, and the ear that records the rig's microphone: real keys, engine, history, ear."""

import os
import queue
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar
from unittest import mock

import numpy as np
from Xlib import XK, X
from Xlib.ext import xtest

from assistant.engine import Engine, Ports
from assistant.hear import EarMicrophone
from assistant.hear.capture import BLOCK_S
from assistant.keys.hotkeys import GlobalKeys
from assistant.remember.history import SqliteHistory
from assistant.turn.conversation import Conversation
from assistant.turn.events import (
    AudioEnded,
    AudioHeard,
    AudioStarted,
    Event,
    Habits,
    Part,
    PartChanged,
    Readiness,
    SendMode,
    TalkEnded,
    TalkStarted,
)
from assistant.turn.press import Timing
from assistant.turn.states import Session
from tests.fakes.ports import FakeChat, FakeInserter, FakeTranscriber, FakeView, FakeVoice
from tests.rig import SAMPLE_RATE_HZ, Display, Recording, SoundServer, wait_until
from tests.rig.desktop import bare_environment
from tests.rig.sound import Samples
from tests.rig.speech import read_wav, write_wav

E = TypeVar("E", bound=Event)

_WITHIN_S = 30.0
_KEY = "Control_R"
_QUIET_S = 0.6
_BETWEEN_S = 0.3  # a finger is no quicker; the sound server comes to rest
_RING_S = 0.7  # more than the ear holds between talks
_NOISE_S = 60.0


@dataclass(frozen=True, slots=True)
class Pressed:
    """One talk, in ms: from the press to the keys' event, to the ear being told, to the first sample (negative: it was
    spoken before the press); from the release to the complete recording. `sound` is what was recorded.
    """

    heard_ms: float
    told_ms: float
    sample_ms: float
    ended_ms: float
    sound: Samples


class _Ear(EarMicrophone):
    """Notes when it is told to open."""

    told_at = 0.0

    def open(self, turn: int, path: Path) -> None:
        self.told_at = time.monotonic()
        super().open(turn, path)


class Desk:
    """Somebody at the keyboard, for as long as the `with` lasts."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._told: queue.SimpleQueue[tuple[float, Event]] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
            self.sound = stack.enter_context(SoundServer(home, bare_environment(home)))
            display = stack.enter_context(Display(home, self.sound.env))
            stack.enter_context(mock.patch.dict(os.environ, display.env, clear=True))
            self._x = stack.enter_context(display.connection())
            self._code = self._x.keysym_to_keycode(XK.string_to_keysym(_KEY))
            self._recordings = home / "recordings"
            self._recordings.mkdir()
            self._noise = write_wav(home / "noise.wav", _noise())
            self._ear = _Ear()
            self._start(stack, SqliteHistory(home / "history.db", self._recordings, lambda _: None))
            for part in (Part.KEYS, Part.HEAR):
                self._wait(PartChanged, _is_ready(part))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _start(self, stack: ExitStack, history: SqliteHistory) -> None:
        stack.callback(history.close)
        transcriber, chat, voice, inserter = FakeTranscriber(""), FakeChat(()), FakeVoice(), FakeInserter()
        view = FakeView()
        ports = Ports(self._ear, transcriber, chat, voice, inserter, history)
        habits = Habits(send=SendMode.AFTER_LOOK, cues=False)
        session = Session(1, Conversation("bench"), habits)
        self._engine = Engine(ports, view, session, self._recordings, lambda _: None)
        view.emit = self._engine.emit
        for part in (transcriber, chat, voice, inserter):
            part.start(self._engine.emit)
        self._engine.start()
        stack.callback(self._engine.stop)
        keys = GlobalKeys(Timing())
        keys.use("right ctrl", "f9")
        for one in (keys, self._ear):
            one.start(self._hear)
            stack.callback(one.stop)

    def _hear(self, event: Event) -> None:
        self._told.put((time.monotonic(), event))
        self._engine.emit(event)

    def _wait(self, kind: type[E], where: Callable[[E], bool] = lambda _: True) -> tuple[float, E]:
        while True:
            at, event = self._told.get(timeout=_WITHIN_S)
            if isinstance(event, kind) and where(event):
                return at, event

    def keep_open(self) -> None:
        """From now on the microphone stays open between talks."""
        self._ear.use("", pre_roll=True)
        wait_until(lambda: self.sound.microphone_runs(), _WITHIN_S, "the microphone to be open")

    def talk(self) -> Pressed:
        """Hold the key until there has been enough silence (or steady noise), and let go."""
        pause()
        pressed_at = self._key(X.KeyPress)
        heard_at, _ = self._wait(TalkStarted)
        _, started = self._wait(AudioStarted)
        _, first = self._wait(AudioHeard)
        self._wait(AudioHeard, lambda heard: heard.duration_s >= first.duration_s + _QUIET_S)
        released_at = self._key(X.KeyRelease)
        self._wait(TalkEnded)
        ended_at, ended = self._wait(AudioEnded)
        if started.sound_from is None:
            raise AssertionError("the ear does not tell when the sound began")
        return Pressed(
            heard_ms=(heard_at - pressed_at) * 1000,
            told_ms=(self._ear.told_at - pressed_at) * 1000,
            sample_ms=(started.sound_from - pressed_at) * 1000,
            ended_ms=(ended_at - released_at) * 1000,
            sound=read_wav(Path(ended.recording.path)),
        )

    def talks_in_noise(self, count: int) -> list[Pressed]:
        """So many talks, each begun when the microphone has been open for a while; somebody makes noise meanwhile."""
        with self.sound.speaking_into_microphone(self._noise):
            control = Recording("vmic", self.sound.env)
            try:
                control.wait_for_sound()
                return [self._after_a_while(control) for _ in range(count)]
            finally:
                control.stop()

    def _after_a_while(self, control: Recording) -> Pressed:
        enough = len(control.samples) + round(_RING_S * SAMPLE_RATE_HZ)
        wait_until(lambda: len(control.samples) >= enough, _WITHIN_S, "some sound")
        return self.talk()

    def lost_at_seam(self, talk: Pressed) -> int:
        """How many samples are missing between what was spoken before the press and what after."""
        noise = read_wav(self._noise)
        before, after = round(0.05 * SAMPLE_RATE_HZ), round(0.6 * SAMPLE_RATE_HZ)
        length = round(0.35 * SAMPLE_RATE_HZ)
        places = [_place(noise, talk.sound[start : start + length]) for start in (before, after)]
        return abs(places[1] - places[0] - (after - before))

    def _key(self, kind: int) -> float:
        at = time.monotonic()
        xtest.fake_input(self._x, kind, self._code)
        self._x.sync()
        return at


def pause() -> None:
    """Between two talks."""
    threading.Event().wait(_BETWEEN_S)


def open_plain() -> float:
    """What PortAudio itself needs, in ms: from asking for a stream, in the way of the ear, to its first sample."""
    import sounddevice

    pause()
    first: queue.SimpleQueue[float] = queue.SimpleQueue()
    rate_hz = round(sounddevice.query_devices("pulse")["default_samplerate"])
    asked_at = time.monotonic()
    stream = sounddevice.RawInputStream(
        device="pulse",
        samplerate=rate_hz,
        blocksize=round(rate_hz * BLOCK_S),
        channels=1,
        dtype="int16",
        latency="low",
        callback=lambda *_: first.put(time.monotonic()),
    )
    stream.start()
    arrived_at = first.get(timeout=_WITHIN_S)
    stream.abort()
    stream.close()
    return (arrived_at - BLOCK_S - asked_at) * 1000


def _noise() -> Samples:
    noise = np.random.default_rng(3).standard_normal(round(_NOISE_S * SAMPLE_RATE_HZ))
    return (0.1 * noise).astype(np.float32)


def _place(noise: Samples, part: Samples) -> int:
    """Where the part is in the noise."""
    size = len(noise) + len(part)
    spectrum = np.fft.rfft(noise, size) * np.conj(np.fft.rfft(part, size))
    return int(np.fft.irfft(spectrum, size)[: len(noise)].argmax())


def _is_ready(part: Part) -> Callable[[PartChanged], bool]:
    return lambda change: change.part is part and change.readiness is Readiness.READY
