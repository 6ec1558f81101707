"""Which microphone: names for people, and what PortAudio needs to open one."""

import os
import re
from dataclasses import replace
from typing import Any

from assistant.hear.faults import NO_MICROPHONE, NO_PORTAUDIO, not_connected, raised
from assistant.hear.sound_server import Sources
from assistant.turn.dataclass import dataclass

# PortAudio's devices that lead to the sound server, the better one first.
_TO_SERVER = ("pulse", "default")
# ALSA's plumbing, which PortAudio lists among the devices.
_PLUMBING = re.compile(
    r"(sysdefault|lavrate|samplerate|speexrate|speex|upmix|vdownmix|dmix|dsnoop|jack|oss|null|usbstream"
    r"|front|rear|center_lfe|side|surround\d+|iec958|spdif|hdmi|modem|phoneline)(:.*)?"
)
_CARD_NUMBER = re.compile(r" \(hw:\d+,\d+\)$")
# libpulse reads the source to record from here each time that a stream is opened.
_SOURCE_VARIABLE = "PULSE_SOURCE"
_SOURCE_AT_START = os.environ.get(_SOURCE_VARIABLE)


@dataclass(frozen=True, slots=True)
class Device:
    """PortAudio's `index`, the device's own rate, and the sound server's `source` where a certain one is wanted."""

    index: int
    rate_hz: int
    title: str
    source: str | None = None


def portaudio() -> Any:
    """The library. Raises AssistantError("no-portaudio")."""
    try:
        import sounddevice
    except OSError as error:
        raise raised(NO_PORTAUDIO) from error
    return sounddevice


def refresh() -> None:
    """Read the devices anew, which PortAudio does only when it starts. No stream may be open.

    Raises AssistantError("no-portaudio").
    """
    sounddevice = portaudio()
    sounddevice._terminate()  # noqa: SLF001 - there is no public name for it
    sounddevice._initialize()  # noqa: SLF001


def microphone_names(sources: Sources | None) -> list[str]:
    """What a user can choose from; as fresh as the last `refresh`, or the sound server's last word."""
    if sources is not None and _way_to_server() is not None:
        return [source.title for source in sources.microphones]
    return [device.title for device in _portaudio_devices()]


def choose(name: str, sources: Sources | None) -> Device:
    """The microphone with this name, "" for the default one.

    Raises AssistantError("no-microphone", "microphone-not-connected", "no-portaudio").
    """
    way = _way_to_server()
    if sources is not None and way is not None:
        return _choose_source(name, sources, way)
    devices = _portaudio_devices()
    if not devices:
        raise raised(NO_MICROPHONE)
    if not name:
        default = portaudio().default.device[0]
        return next((device for device in devices if device.index == default), devices[0])
    # A card's number depends on the order in which cards were found.
    for same in (lambda title: title, lambda title: _CARD_NUMBER.sub("", title)):
        for device in devices:
            if same(device.title) == same(name):
                return device
    raise raised(not_connected(name))


def direct_to(device: Device) -> None:
    """Let the next stream that is opened record from the device's source."""
    source = device.source or _SOURCE_AT_START
    if source is None:
        os.environ.pop(_SOURCE_VARIABLE, None)
    else:
        os.environ[_SOURCE_VARIABLE] = source


def _choose_source(name: str, sources: Sources, way: Device) -> Device:
    if not sources.microphones:
        raise raised(NO_MICROPHONE)
    if not name:
        return replace(way, title=way.title if sources.default is None else sources.default.title)
    for source in sources.microphones:
        if name in (source.title, source.name):
            return replace(way, title=source.title, source=source.name)
    raise raised(not_connected(name))


def _way_to_server() -> Device | None:
    """PortAudio's device that leads to the sound server; None where the ALSA plug-in for it is not installed."""
    by_title = {device.title: device for device in _portaudio_devices()}
    return next((by_title[title] for title in _TO_SERVER if title in by_title), None)


def _portaudio_devices() -> list[Device]:
    """The devices of the system's first sound interface: others have the same ones once more."""
    sounddevice = portaudio()
    system = sounddevice.query_hostapis(sounddevice.default.hostapi)
    devices = []
    for index in system["devices"]:
        about = sounddevice.query_devices(index)
        if about["max_input_channels"] and not _PLUMBING.fullmatch(about["name"]):
            devices.append(Device(index, round(about["default_samplerate"]), about["name"]))
    return devices
