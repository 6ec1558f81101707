"""Answers that are read aloud in the rig: the real engine, history and voice; only the words of the model are ours."""

import os
import queue
import re
import subprocess
import sys
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

from assistant.children import Message
from assistant.engine import Engine, Ports
from assistant.ports import Emit
from assistant.remember.history import SqliteHistory
from assistant.speak.voice import ChildVoice
from assistant.turn.conversation import Conversation
from assistant.turn.events import (
    Cancelled,
    Event,
    Goal,
    Habits,
    PartChanged,
    ReadAloudAsked,
    Readiness,
    ReplyGrew,
    SentenceStarted,
    Submitted,
    TalkStarted,
)
from assistant.turn.states import Session
from scripts.bootstrap import ROOT
from tests.fakes.ports import FakeInserter, FakeMicrophone, FakeTranscriber, FakeView
from tests.rig import SAMPLE_RATE_HZ, Recording, SoundServer, wait_until
from tests.rig.desktop import bare_environment

E = TypeVar("E", bound=Event)

_WITHIN_S = 30.0
_THINKING_S = 0.5  # what a quick model needs for its first words
_ASLEEP_AFTER_S = 4.5  # a loudspeaker that was quiet for so long is taken to sleep
_QUIET_S = 0.3
_LOUD = 0.01  # of full scale
_SOUNDING_S = 0.03


@dataclass(frozen=True, slots=True)
class Begun:
    """How soon speech began, in ms: until the voice had the text, the device its first sample, the sink sounded."""

    given_ms: float
    device_ms: float
    heard_ms: float


@dataclass(frozen=True, slots=True)
class Silenced:
    """How soon speech was over, in ms: until the voice knew, its stream was aborted (None where its process had to be
    ended), the sink was silent. `sink_ms` is what the sink holds besides.
    """

    told_ms: float
    aborted_ms: float | None
    silent_ms: float
    sink_ms: float


class Answers:
    """Somebody who asks, and listens at the loudspeaker, for as long as the `with` lasts."""

    def __init__(self) -> None:
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
            env = bare_environment(home)
            sound = stack.enter_context(SoundServer(home, env))
            stack.enter_context(mock.patch.dict(os.environ, sound.env, clear=True))
            self._heard = stack.enter_context(sound.record_speaker())
            self._plain = _PlainVoice()
            stack.callback(self._plain.end)
            self._told: queue.SimpleQueue[Event] = queue.SimpleQueue()
            self._model = _Model()
            self._voice = _Voice()
            stack.callback(self._voice.stop)
            self._engine = self._make_engine(home)
            stack.callback(self._engine.stop)
            self._wait_for(PartChanged, lambda change: change.readiness is Readiness.READY)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _make_engine(self, home: Path) -> Engine:
        microphone, transcriber, inserter, view = (
            FakeMicrophone(),
            FakeTranscriber(""),
            FakeInserter(),
            FakeView(),
        )
        recordings = home / "recordings"
        recordings.mkdir()
        history = SqliteHistory(home / "history.db", recordings, lambda _: None)
        ports = Ports(microphone, transcriber, self._model, self._voice, inserter, history)
        session = Session(1, Conversation("bench"), Habits(cues=False))
        engine = Engine(ports, view, session, recordings, lambda _: None)
        view.emit = engine.emit
        for part in (microphone, transcriber, self._model, inserter):
            part.start(engine.emit)

        def tell(event: Event) -> None:
            self._told.put(event)
            engine.emit(event)

        self._voice.start(tell)
        engine.start()
        return engine

    def begin(self, clause: str) -> Begun:
        """Ask; the answer's first clause is complete some moments later."""
        self._engine.emit(Submitted("why"))
        turn = self._model.asked.get(timeout=_WITHIN_S)
        threading.Event().wait(_THINKING_S)
        return self._measure_begin(ReplyGrew(turn, f"{clause} it"))

    def begin_asleep(self, text: str) -> Begun:
        """Have `text` read aloud by a loudspeaker that was quiet for long."""
        threading.Event().wait(_ASLEEP_AFTER_S)
        return self._measure_begin(ReadAloudAsked(text))

    def _measure_begin(self, event: Event) -> Begun:
        at = time.monotonic()
        self._engine.emit(event)
        started = self._wait_for(SentenceStarted)
        self._heard.wait_for_sound()
        self._heard.wait_for_silence(_QUIET_S)
        self._engine.emit(Cancelled())
        assert started.at is not None
        heard_at = _sounds(self._heard, at)[0]
        return Begun(*(1000 * (then - at) for then in (self._voice.given_at, started.at, heard_at)))

    def begin_plain(self, text: str) -> float:
        """How soon `text` is heard from pyttsx3, in ms."""
        at = time.monotonic()
        self._plain.say(text)
        self._heard.wait_for_sound()
        self._heard.wait_for_silence(_QUIET_S)
        return 1000 * (_sounds(self._heard, at)[0] - at)

    def interrupt(self, answer: str) -> Silenced:
        """Press the key while `answer` is read."""
        self._engine.emit(Submitted("why"))
        turn = self._model.asked.get(timeout=_WITHIN_S)
        self._engine.emit(ReplyGrew(turn, answer))
        self._heard.wait_for_sound()
        sink_ms = _sink_ms()
        # Speech has pauses: silence is measured from where there was sound.
        wait_until(lambda: self._heard.sounding(_SOUNDING_S), _WITHIN_S, "sound")
        at = time.monotonic()
        self._engine.emit(TalkStarted(Goal.ASK, at))
        self._heard.wait_for_silence(_QUIET_S)
        self._engine.emit(Cancelled())
        aborted_at = self._voice.aborted_at
        return Silenced(
            1000 * (self._voice.told_at - at),
            1000 * (aborted_at - at) if aborted_at > at else None,
            1000 * max(0.0, _sounds(self._heard, at - 1)[1] - at),
            sink_ms,
        )

    def _wait_for(self, kind: type[E], right: Callable[[E], bool] = lambda _: True) -> E:
        while not (isinstance(event := self._told.get(timeout=_WITHIN_S), kind) and right(event)):
            continue
        return event


class _Model:
    """A model whose words come from outside."""

    def __init__(self) -> None:
        self.asked: queue.SimpleQueue[int] = queue.SimpleQueue()

    def start(self, emit: Emit) -> None:
        """It tells nothing."""

    def stop(self) -> None:
        """It has nothing."""

    def expect(self) -> None:
        """It is ready."""

    def ask(self, turn: int, _: Conversation) -> None:
        self.asked.put(turn)

    def abandon(self, turn: int) -> None:
        """It says nothing more."""

    def use(self, base_url: str, model: str, instructions: str, *, doubt_below: float | None = None) -> None:
        """There is one model."""


class _Voice(ChildVoice):
    """Notes when it was given a piece, when it was told to be silent, and when its child had aborted the stream."""

    given_at = told_at = aborted_at = 0.0

    def speak(self, turn: int, index: int, text: str) -> None:
        self.given_at = time.monotonic()
        super().speak(turn, index, text)

    def silence(self, turn: int) -> None:
        self.told_at = time.monotonic()
        super().silence(turn)

    def _hear(self, number: int, message: Message) -> None:
        if message.type == "silent":
            self.aborted_at = time.monotonic()
        super()._hear(number, message)


class _PlainVoice:
    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "scripts.benchmarks.plain_voice"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def say(self, text: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{text}\n")
        self._process.stdin.flush()

    def end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(_WITHIN_S)


def _sounds(heard: Recording, since: float) -> tuple[float, float]:
    """When the first and the last sound since `since` were heard (time.monotonic)."""
    first = max(0, round((since - heard.started_at_s) * SAMPLE_RATE_HZ))
    loud = np.flatnonzero(np.abs(heard.samples[first:]) > _LOUD) + first
    sounds_at = heard.started_at_s + loud / SAMPLE_RATE_HZ
    return float(sounds_at[0]), float(sounds_at[-1])


def _sink_ms() -> float:
    """How much the loudspeaker holds of what is on its way to the ear, as the sound server tells."""
    sinks = subprocess.run(["pactl", "list", "sinks"], capture_output=True, text=True, check=True).stdout
    latency = re.search(r"Name: speaker\n.*?Latency: (\d+) usec", sinks, re.DOTALL)
    assert latency is not None
    return int(latency[1]) / 1000
