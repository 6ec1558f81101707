"""A microphone is found by the name that a person knows, and only microphones are offered."""

import os
from typing import Any

import pytest

from assistant.errors import AssistantError
from assistant.hear import devices
from assistant.hear.devices import Device, choose, direct_to, microphone_names
from assistant.hear.sound_server import Source, Sources

HEADSET = Source("bluez.1", "Headset", monitor=False)
DESK = Source("usb.1", "Desk microphone", monitor=False)
SPEAKER = Source("hdmi.monitor", "Monitor of the screen", monitor=True)


class PortAudio:
    """A sound card on a machine, as PortAudio lists it."""

    def __init__(self, *names: str, default: int = 0) -> None:
        self._names = names
        self.default = self
        self.hostapi = 0
        self.device = (default, default)

    def query_hostapis(self, _: int) -> dict[str, Any]:
        return {"devices": list(range(len(self._names)))}

    def query_devices(self, index: int) -> dict[str, Any]:
        name = self._names[index]
        return {"name": name, "max_input_channels": 0 if "HDMI" in name else 2, "default_samplerate": 48000.0}


def have(monkeypatch: pytest.MonkeyPatch, portaudio: PortAudio) -> None:
    monkeypatch.setattr(devices, "portaudio", lambda: portaudio)


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Sources:
    """A desktop with PulseAudio or PipeWire."""
    have(
        monkeypatch, PortAudio("HDA Intel: HDMI 0 (hw:0,3)", "HDA Intel: ALC257 (hw:0,0)", "pulse", "default")
    )
    return Sources((SPEAKER, HEADSET, DESK), DESK, None)


def test_the_sound_servers_microphones_are_offered_without_what_speakers_play(desktop: Sources) -> None:
    assert microphone_names(desktop) == ["Headset", "Desk microphone"]


def test_a_chosen_microphone_is_asked_of_the_sound_server_and_the_default_is_left_to_it(
    desktop: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen, default = choose("Headset", desktop), choose("", desktop)
    assert chosen == Device(2, 48_000, "Headset", "bluez.1")
    assert default == Device(2, 48_000, "Desk microphone", None)
    monkeypatch.setenv("PULSE_SOURCE", "")
    direct_to(chosen)
    assert os.environ["PULSE_SOURCE"] == "bluez.1"
    direct_to(default)
    assert "PULSE_SOURCE" not in os.environ
    monkeypatch.setenv("PULSE_SOURCE", "")  # so that it is restored


def test_where_only_a_speaker_can_be_recorded_there_is_no_microphone(desktop: Sources) -> None:
    with pytest.raises(AssistantError) as raised:
        choose("", Sources((SPEAKER,), SPEAKER, None))
    assert raised.value.fault.code == "no-microphone"


def test_without_the_plug_in_to_the_sound_server_the_cards_themselves_are_offered(
    desktop: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    have(monkeypatch, PortAudio("HDA Intel: ALC257 (hw:0,0)", "sysdefault", "front:0", "dmix"))
    assert microphone_names(desktop) == ["HDA Intel: ALC257 (hw:0,0)"]
    assert choose("", desktop).index == 0


def test_a_card_is_found_again_when_its_number_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    have(monkeypatch, PortAudio("HDA Intel: ALC257 (hw:0,0)", "Yeti: USB Audio (hw:2,0)", default=1))
    assert choose("Yeti: USB Audio (hw:1,0)", None).index == 1
    assert choose("HDA Intel: ALC257 (hw:0,0)", None).index == 0
    assert choose("", None).index == 1
    with pytest.raises(AssistantError) as raised:
        choose("Headset", None)
    assert raised.value.fault.code == "microphone-not-connected"


def test_a_machine_without_any_device_has_no_microphone(monkeypatch: pytest.MonkeyPatch) -> None:
    have(monkeypatch, PortAudio(default=-1))
    assert microphone_names(None) == []
    with pytest.raises(AssistantError) as raised:
        choose("", None)
    assert raised.value.fault.code == "no-microphone"
