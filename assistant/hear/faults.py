"""What can be wrong with a microphone, in the user's words."""

import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from assistant.errors import AssistantError
from assistant.turn.events import Fault, Remedy

_CHOOSE = Remedy.CHOOSE_MICROPHONE
_KEPT = "What was heard until then is kept."

NO_PORTAUDIO = Fault(
    "no-portaudio",
    "The sound library PortAudio is not installed.",
    "Install the package libportaudio2."
    if sys.platform.startswith("linux")
    else "Install the Python package sounddevice again.",
)
NO_MICROPHONE = Fault("no-microphone", "No microphone found.", "Connect one or choose another.", _CHOOSE)
LOST = Fault("microphone-lost", "The microphone was disconnected while you spoke.", _KEPT, _CHOOSE)
STALLED = Fault(
    "microphone-stalled",
    "The microphone stopped giving sound.",
    "Check its switch and its connection, or choose another.",
    _CHOOSE,
)
SILENT = Fault(
    "microphone-silent",
    "The microphone gives nothing but silence.",
    "Check that it is not muted and that programs may use it, or choose another.",
    _CHOOSE,
)
BROKE_OFF = Fault("recording-broke-off", "The recording broke off.", _KEPT)
CANNOT_LISTEN = Fault(
    "ear-broken", "Recording does not work: the part that records keeps ending.", "`aloud doctor` tells more."
)


def not_connected(title: str) -> Fault:
    return Fault(
        "microphone-not-connected",
        f"The microphone “{title}” is not connected.",
        "Connect it or choose another.",
        _CHOOSE,
    )


def not_opened(title: str) -> Fault:
    return Fault(
        "microphone-not-opened",
        f"The microphone “{title}” cannot be opened.",
        "Another program may be using it; end that program or choose another microphone.",
        _CHOOSE,
    )


def changed(title: str) -> Fault:
    return Fault(
        "microphone-changed",
        "The microphone was changed while you spoke.",
        f"The rest was heard by “{title}”.",
        _CHOOSE,
    )


def not_written(error: OSError) -> Fault:
    return Fault(
        "recording-not-written",
        f"The recording cannot be written: {error.strerror}.",
        "Make room on the disk. What was written before is kept.",
    )


def raised(fault: Fault) -> AssistantError:
    """The fault as an exception."""
    return AssistantError(fault.code, fault.message, fault.hint, fault.remedy)


def to_data(fault: Fault | None) -> dict[str, Any] | None:
    """The fault as it goes into a message."""
    return None if fault is None else asdict(fault)


def from_data(data: Mapping[str, Any] | None) -> Fault | None:
    if data is None:
        return None
    remedy = data["remedy"]
    return Fault(data["code"], data["message"], data["hint"], None if remedy is None else Remedy(remedy))
