"""A private desktop for tests: a display, a sound server, a session bus and model servers, all real, all our own.

Nothing in here has a fixed number, port or path, so several rigs run side by side; nothing outlives the test that
started it. The fixtures are in `tests/conftest.py`; `python -m tests.rig -- COMMAND` runs a program in a rig.
"""

from tests.rig.bus import SessionBus
from tests.rig.desktop import Desktop
from tests.rig.display import Display
from tests.rig.fault_server import Body, Ending, FaultServer, HangUp, Html, Mute, Reply, Request, Status
from tests.rig.model_server import ModelServer
from tests.rig.processes import RigError, wait_until
from tests.rig.sound import SAMPLE_RATE_HZ, Recording, SoundServer

__all__ = [
    "SAMPLE_RATE_HZ",
    "Body",
    "Desktop",
    "Display",
    "Ending",
    "FaultServer",
    "HangUp",
    "Html",
    "ModelServer",
    "Mute",
    "Recording",
    "Reply",
    "Request",
    "RigError",
    "SessionBus",
    "SoundServer",
    "Status",
    "wait_until",
]
