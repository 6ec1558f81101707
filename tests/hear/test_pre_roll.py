"""Words spoken just before the key are kept, where the user lets the microphone stay open; and it is let go properly."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.hear import EarMicrophone
from assistant.turn.events import AudioEnded, AudioStarted
from tests.rig import Recording, SoundServer, wait_until
from tests.rig.speech import read_wav, synthesise

from .conftest import Events, likeness

PROMISED_S = 0.3
COUNTED = (
    "apple",
    "bridges",
    "windows",
    "gardens",
    "letters",
    "harbours",
    "mountains",
    "candles",
    "feathers",
)


@pytest.fixture(scope="module")
def counting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Speech of which no two parts are alike."""
    text = ", ".join(f"{number} {what}" for number, what in enumerate(COUNTED, 1))
    return synthesise(text, tmp_path_factory.mktemp("speech") / "counting.wav")


class KeptOpen:
    """A microphone that stays open between talks, and what the sound server knows of it."""

    def __init__(self, microphone: EarMicrophone, sound_server: SoundServer) -> None:
        self.microphone = microphone
        self._sound_server = sound_server

    @property
    def ear(self) -> int:
        assert self.microphone._ear is not None
        return self.microphone._ear.pid

    @property
    def hears(self) -> list[str]:
        """The names of what is recorded at this moment."""
        sources = [line.split("\t") for line in self._list("short", "sources").splitlines()]
        names = {number: name for number, name, *_ in sources}
        streams = self._list("source-outputs").split("Source Output #")[1:]
        ours = [one for one in streams if f'application.process.id = "{self.ear}"' in one]
        return [names[one.split("Source: ")[1].split()[0]] for one in ours]

    def wait_until_it_hears(self, *names: str) -> None:
        wait_until(lambda: self.hears == [*names], 30, f"the ear to hear {names or 'nothing'}")

    def _list(self, *what: str) -> str:
        return self._sound_server._pactl("list", *what)


@pytest.fixture
def kept_open(microphone: EarMicrophone, sound_server: SoundServer) -> KeptOpen:
    microphone.use("", pre_roll=True)
    kept_open = KeptOpen(microphone, sound_server)
    kept_open.wait_until_it_hears("vmic")
    return kept_open


@pytest.fixture
def keeps_what_was_said_before(
    kept_open: KeptOpen, events: Events, sound_server: SoundServer, counting: Path, tmp_path: Path
) -> Callable[..., None]:
    """Shows it by pressing the key while somebody speaks into that microphone."""

    def show(turn: int, into: str = "vmic") -> None:
        path = tmp_path / f"{turn}.wav"
        control = Recording(into, sound_server.env)
        try:
            with sound_server.speaking_into_microphone(counting, into):
                control.wait_for_sound()
                spoken = len(control.samples)
                wait_until(lambda: len(control.samples) > spoken + 16_000, 30, "a second of speech")
                kept_open.microphone.open(turn, path)
                started = events.wait(AudioStarted, lambda event: event.turn == turn)
                events.wait_until_recorded(2.0)
                kept_open.microphone.close(turn)
                ended = events.wait(AudioEnded).recording
        finally:
            control.stop()
        assert (ended.fault, ended.lost_blocks) == (None, 0)
        assert started.sound_from is not None
        assert started.at - started.sound_from >= PROMISED_S
        heard = read_wav(path)
        assert np.abs(heard[: round(PROMISED_S * 16_000)]).max() > 0.1, "nothing of it is speech"
        assert likeness(read_wav(counting), heard) > 0.99, "something is missing in between"

    return show


def test_what_was_said_before_the_key_is_kept_and_nothing_is_missing_at_the_seam(
    kept_open: KeptOpen, keeps_what_was_said_before: Callable[..., None]
) -> None:
    keeps_what_was_said_before(1)
    kept_open.wait_until_it_hears("vmic")


def test_the_next_talk_holds_nothing_of_the_one_before(
    kept_open: KeptOpen, events: Events, tmp_path: Path
) -> None:
    kept_open.microphone.open(1, tmp_path / "1.wav")
    first = events.wait(AudioStarted)
    events.wait_until_recorded(1.0)
    kept_open.microphone.close(1)
    kept_open.microphone.open(2, tmp_path / "2.wav")
    duration_s = events.wait(AudioEnded).recording.duration_s
    second = events.wait(AudioStarted)
    assert first.sound_from is not None
    assert second.sound_from is not None
    assert second.sound_from >= first.sound_from + duration_s - 0.01


def test_the_microphone_is_let_go_when_it_shall_no_longer_stay_open(
    kept_open: KeptOpen, events: Events, tmp_path: Path
) -> None:
    kept_open.microphone.use("")
    kept_open.wait_until_it_hears()
    kept_open.microphone.open(1, tmp_path / "1.wav")
    started = events.wait(AudioStarted)
    assert started.sound_from == pytest.approx(started.at - 0.02)
    kept_open.microphone.close(1)
    events.wait(AudioEnded)
    kept_open.wait_until_it_hears()


def test_the_microphone_is_let_go_when_it_shall_no_longer_stay_open_after_this_talk(
    kept_open: KeptOpen, events: Events, tmp_path: Path
) -> None:
    kept_open.microphone.open(1, tmp_path / "1.wav")
    kept_open.microphone.use("")
    events.wait_until_recorded(1.0)
    kept_open.microphone.close(1)
    events.wait(AudioEnded)
    kept_open.wait_until_it_hears()


def test_another_microphone_is_kept_open_when_another_is_chosen(
    kept_open: KeptOpen, sound_server: SoundServer, keeps_what_was_said_before: Callable[..., None]
) -> None:
    sound_server.add_microphone("headset")
    kept_open.microphone.use("headset", pre_roll=True)
    kept_open.wait_until_it_hears("headset")
    keeps_what_was_said_before(1, "headset")


def test_another_microphone_is_kept_open_when_it_becomes_the_default(
    kept_open: KeptOpen, sound_server: SoundServer
) -> None:
    sound_server.add_microphone("headset")
    sound_server.choose_microphone("headset")
    kept_open.wait_until_it_hears("headset")


def test_listing_the_microphones_leaves_it_open(kept_open: KeptOpen) -> None:
    assert kept_open.microphone.devices() == ["vmic"]
    kept_open.wait_until_it_hears("vmic")


def test_an_unplugged_microphone_is_let_go_and_kept_open_again_when_it_is_back(
    kept_open: KeptOpen, sound_server: SoundServer, keeps_what_was_said_before: Callable[..., None]
) -> None:
    sound_server.remove_microphone()
    kept_open.wait_until_it_hears()
    sound_server.restore_microphone()
    kept_open.wait_until_it_hears("vmic")
    keeps_what_was_said_before(1)


def test_a_microphone_that_falls_silent_between_talks_is_opened_again(
    kept_open: KeptOpen, sound_server: SoundServer, keeps_what_was_said_before: Callable[..., None]
) -> None:
    before = kept_open._list("short", "source-outputs")
    sound_server.suspend_microphone(True)
    wait_until(lambda: kept_open._list("short", "source-outputs") != before, 30, "it to be opened again")
    sound_server.suspend_microphone(False)
    kept_open.wait_until_it_hears("vmic")
    keeps_what_was_said_before(1)


def test_a_microphone_that_could_not_be_opened_once_is_opened_when_it_can_be(
    kept_open: KeptOpen, sound_server: SoundServer, keeps_what_was_said_before: Callable[..., None]
) -> None:
    with sound_server.out_of_alsa_s_reach():
        sound_server.suspend_microphone(True)
        kept_open.wait_until_it_hears()
    sound_server.suspend_microphone(False)
    kept_open.wait_until_it_hears("vmic")
    keeps_what_was_said_before(1)


def test_a_sound_server_that_comes_back_finds_the_microphone_wanted(
    kept_open: KeptOpen,
    events: Events,
    sound_server: SoundServer,
    keeps_what_was_said_before: Callable[..., None],
) -> None:
    sound_server.stop()
    events.wait_for_fault("no-microphone")
    sound_server.start()
    events.wait_until_ready()
    kept_open.wait_until_it_hears("vmic")
    keeps_what_was_said_before(1)


def test_an_ear_that_died_keeps_the_microphone_open_again(
    kept_open: KeptOpen, events: Events, keeps_what_was_said_before: Callable[..., None]
) -> None:
    os.kill(kept_open.ear, signal.SIGKILL)
    events.wait_until_ready()
    kept_open.wait_until_it_hears("vmic")
    keeps_what_was_said_before(1)


def test_a_recording_that_cannot_be_begun_does_not_cost_the_open_microphone(
    kept_open: KeptOpen, tmp_path: Path, keeps_what_was_said_before: Callable[..., None]
) -> None:
    (tmp_path / "occupied").write_text("a file where the folder should be")
    kept_open.microphone.open(1, tmp_path / "occupied" / "1.wav")
    keeps_what_was_said_before(2)


def test_the_microphone_is_let_go_when_the_program_ends(
    kept_open: KeptOpen, sound_server: SoundServer
) -> None:
    streams = kept_open._list("short", "source-outputs").splitlines()
    kept_open.microphone.stop()
    wait_until(
        lambda: len(kept_open._list("short", "source-outputs").splitlines()) == len(streams) - 1,
        30,
        "the microphone to be let go",
    )
