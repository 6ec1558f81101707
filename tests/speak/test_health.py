"""The state of the voice is told in one word, by its gravest fault, and only when it changes."""

from typing import Any

from assistant.speak.health import Health
from assistant.turn.events import Fault, Readiness

NO_ENGINE = Fault("no-speech-engine", "")
PASSAGE = Fault("speech-engine-fails", "")
NO_SPEAKER = Fault("no-speaker", "")
LOST = Fault("speaker-lost", "")
UNKNOWN = Fault("unknown-voice", "")


def test_it_is_ready_when_all_parts_are() -> None:
    told: list[Any] = []
    health = Health(lambda *state: told.append(state))
    health.note("playback", None)
    health.note("engine", None)
    health.voice = "Ann"
    health.note("voice", None)
    health.note("engine", None)
    assert told == [(Readiness.STARTING, "", None), (Readiness.READY, "Ann", None)]
    health.voice = "Bob"
    health.note("voice", None)
    assert told[2:] == [(Readiness.READY, "Bob", None)]


def test_the_gravest_fault_is_told_and_what_remains_after_it() -> None:
    told: list[Any] = []
    health = Health(lambda readiness, _, fault: told.append((readiness, fault)))
    health.note("voice", UNKNOWN)
    health.note("playback", LOST)
    health.note("playback", NO_SPEAKER)
    health.note("engine", NO_ENGINE)
    health.note("playback", None)
    health.note("engine", PASSAGE)
    health.note("engine", None)
    health.note("voice", None)
    assert told == [
        (Readiness.LIMITED, UNKNOWN),
        (Readiness.BROKEN, LOST),
        (Readiness.MISSING, NO_SPEAKER),
        (Readiness.MISSING, NO_ENGINE),
        (Readiness.LIMITED, PASSAGE),
        (Readiness.LIMITED, UNKNOWN),
        (Readiness.READY, None),
    ]
