"""A microphone to speak into, and what the program hears of it."""

import queue
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
import soxr

from assistant.hear import EarMicrophone
from assistant.turn.events import AudioHeard, Event, Part, PartChanged, Readiness
from tests.rig import SoundServer
from tests.rig.sound import Samples
from tests.rig.speech import read_wav, synthesise

E = TypeVar("E", bound=Event)
WITHIN_S = 30.0


class Events:
    """What was emitted, in order. `wait` takes events out until one of that type comes."""

    def __init__(self) -> None:
        self.all: list[Event] = []
        self._queue: queue.SimpleQueue[Event] = queue.SimpleQueue()

    def emit(self, event: Event) -> None:
        self.all.append(event)
        self._queue.put(event)

    def wait(self, kind: type[E], where: Callable[[E], bool] = lambda _: True) -> E:
        while True:
            event = self._queue.get(timeout=WITHIN_S)
            if isinstance(event, kind) and where(event):
                return event

    def wait_until_recorded(self, duration_s: float) -> None:
        self.wait(AudioHeard, lambda heard: heard.duration_s >= duration_s)

    def wait_until_ready(self) -> PartChanged:
        return self.wait(PartChanged, lambda change: change.readiness is Readiness.READY)

    def wait_for_fault(self, code: str) -> PartChanged:
        return self.wait(PartChanged, lambda change: change.fault is not None and change.fault.code == code)


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def start(events: Events) -> Iterator[Callable[..., EarMicrophone]]:
    """Starts a microphone; it is stopped at the end."""
    with ExitStack() as stack:

        def start_it(device: str = "") -> EarMicrophone:
            microphone = EarMicrophone(device)
            stack.callback(microphone.stop)
            microphone.start(events.emit)
            assert events.wait(PartChanged) == PartChanged(Part.HEAR, Readiness.STARTING)
            return microphone

        yield start_it


@pytest.fixture
def microphone(
    sound_server: SoundServer, start: Callable[..., EarMicrophone], events: Events
) -> EarMicrophone:
    """The default microphone of a desktop with sound, ready."""
    microphone = start()
    events.wait_until_ready()
    return microphone


@pytest.fixture(scope="session")
def sentence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds."""
    path = tmp_path_factory.mktemp("speech") / "sentence.wav"
    return synthesise("There are nine blue books on the table.", path)


@pytest.fixture(scope="session")
def long_speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten seconds."""
    path = tmp_path_factory.mktemp("speech") / "speech.wav"
    return synthesise("She sells fresh fish by the harbour every Saturday morning. " * 4, path)


def likeness(heard: Samples, reference: Samples) -> float:
    """The correlation of the reference with the best fitting part of what was heard.

    They are fitted to a quarter of a sample: a sound server may shift a stream by a fraction of one. Silence at the
    reference's end need not have been heard.
    """
    margin = 16
    heard = np.pad(heard, (0, 4800))
    around = np.pad(heard, margin)
    start = int(np.correlate(heard, reference, "valid").argmax())
    part = soxr.resample(around[start : start + len(reference) + 2 * margin], 1, 4)
    fine = soxr.resample(reference, 1, 4)
    shift = int(np.correlate(part, fine, "valid").argmax())
    return float(np.corrcoef(part[shift : shift + len(fine)], fine)[0, 1])


def likeness_of_beginning(recording: Path, speech: Path, *, end_s: float) -> float:
    """How well a recording that broke off holds the beginning of a speech; its last `end_s` are not compared."""
    heard, reference = read_wav(recording), read_wav(speech)
    begins = int(np.correlate(heard, reference[:8000], "valid").argmax())
    length = min(len(heard) - begins - round(end_s * 16_000), len(reference))
    assert length > 4000, "hardly anything of the speech was recorded"
    return likeness(heard, reference[:length])
