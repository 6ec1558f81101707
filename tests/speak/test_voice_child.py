"""How the pieces go through the voice: made ahead, and by the voice that is chosen."""

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from assistant.children import Message
from assistant.speak import playback, voice_child
from assistant.speak.synthesiser import OfferedVoice, Sound
from assistant.speak.voice_child import Speech
from tests.rig import SoundServer, wait_until
from tests.speak.listening import streams

RATE_HZ = 22_050
TWENTY_SECONDS = Sound(bytes(2 * 20 * RATE_HZ), RATE_HZ)


class Told:
    """The parent, and the log of what was told and made."""

    def __init__(self) -> None:
        self.log: list[tuple[Any, ...]] = []
        self._changed = threading.Condition()

    def note(self, *what: Any) -> None:
        with self._changed:
            self.log.append(what)
            self._changed.notify_all()

    def send(self, type_: str, **data: Any) -> None:
        if type_ in {"started", "spoken"}:
            self.note(type_, data["index"])

    def wait_until(self, check: Callable[[], Any]) -> None:
        with self._changed:
            assert self._changed.wait_for(check, 30), self.log


class Engine:
    """A synthesiser of long silences."""

    rests = True

    def __init__(self, told: Told) -> None:
        self._told = told

    def _begin(self) -> None:
        if self.rests:
            self.rests = False
            self._told.note("begins")

    def rest(self) -> None:
        if not self.rests:
            self.rests = True
            self._told.note("rests")

    def voices(self) -> Sequence[OfferedVoice]:
        self._begin()
        return [OfferedVoice("1", "Ann"), OfferedVoice("2", "Bob")]

    def synthesise(self, text: str, voice: str, rate_wpm: int, rate_hz: int) -> Sound:
        self._begin()
        self._told.note("made", text, voice, rate_wpm)
        return TWENTY_SECONDS

    def close(self) -> None:
        pass


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def speech(told: Told, sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Speech]:
    monkeypatch.setattr(voice_child, "SynthesiserProcess", lambda: Engine(told))
    speech = Speech(told)  # type: ignore[arg-type]
    speech.obey(Message("use", {"voice": "Ann", "rate_wpm": 200}))
    yield speech
    speech.close()


def speak(speech: Speech, index: int, text: str) -> None:
    speech.obey(Message("speak", {"turn": 1, "index": index, "text": text}))


def test_the_next_piece_is_made_while_one_is_heard(told: Told, speech: Speech) -> None:
    speak(speech, 0, "One.")
    told.wait_until(lambda: ("started", 0) in told.log)
    speak(speech, 1, "Two.")
    told.wait_until(lambda: ("made", "Two.", "1", 200) in told.log)
    assert ("spoken", 0) not in told.log


def test_the_chosen_voice_and_speed_are_used_from_the_next_piece_on(told: Told, speech: Speech) -> None:
    speak(speech, 0, "One.")
    told.wait_until(lambda: ("made", "One.", "1", 200) in told.log)
    speech.obey(Message("use", {"voice": "Bob", "rate_wpm": 300}))
    speak(speech, 1, "Two.")
    told.wait_until(lambda: ("made", "Two.", "2", 300) in told.log)


def test_a_device_that_was_woken_for_nothing_is_given_back(
    speech: Speech, sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(playback, "_EXPECTED_S", 3.0)
    monkeypatch.setattr(playback, "_QUIET_S", 0.0)
    speech.obey(Message("expect"))
    wait_until(lambda: streams(sound_server), 30, "a stream to the speaker")
    wait_until(lambda: not streams(sound_server), 30, "the stream to be closed")


def test_the_engine_rests_once_its_voices_are_known_and_begins_before_an_answer_comes(
    told: Told, speech: Speech
) -> None:
    told.wait_until(lambda: told.log == [("begins",), ("rests",)])
    speech.obey(Message("expect"))
    told.wait_until(lambda: told.log[2:] == [("begins",)])
    speak(speech, 0, "One.")
    told.wait_until(lambda: ("made", "One.", "1", 200) in told.log)
    assert ("rests",) not in told.log[2:]


def test_the_engine_rests_again_some_time_after_it_has_spoken(
    told: Told, speech: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_child, "_EXPECTED_S", 0.2)
    speak(speech, 0, "One.")
    told.wait_until(lambda: ("made", "One.", "1", 200) in told.log and told.log[-1] == ("rests",))
