"""Voices, with and without a world that sounds."""

from collections.abc import Iterator

import pytest

from assistant.speak.voice import ChildVoice
from assistant.turn.events import Readiness
from tests.rig import SoundServer
from tests.speak.listening import Listener


@pytest.fixture
def silent_voice() -> Iterator[Listener]:
    """A voice in a world without sound."""
    voice = ChildVoice()
    try:
        yield Listener(voice)
    finally:
        voice.stop()


@pytest.fixture
def voice(sound_server: SoundServer) -> Iterator[Listener]:
    """A voice that is ready."""
    voice = ChildVoice()
    try:
        listener = Listener(voice)
        listener.wait_for_part(Readiness.READY)
        yield listener
    finally:
        voice.stop()


@pytest.fixture
def sound_server_later(sound_server: SoundServer) -> SoundServer:
    """A sound server that is not running yet."""
    sound_server.stop()
    return sound_server
