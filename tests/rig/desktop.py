"""Everything a desktop program needs, private and real: home, display, sound, session bus."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from tests.rig.bus import SessionBus
from tests.rig.display import Display
from tests.rig.sound import SoundServer

_KEPT = ("PATH", "LANG", "TERM", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV", "COVERAGE_PROCESS_START")


def bare_environment(home: Path, outer: Mapping[str, str] = os.environ) -> dict[str, str]:
    """An environment with a home of its own under `home` and no display, sound server, bus, key or proxy."""
    folders = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local/share",
        "XDG_STATE_HOME": home / ".local/state",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_RUNTIME_DIR": home / "run",
    }
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = {name: outer[name] for name in _KEPT if name in outer}
    # An address that nobody serves: left unset, PulseAudio would start a server of its own.
    nowhere = {"PULSE_SERVER": f"unix:{home / 'no-sound-server'}"}
    fonts = {"FONTCONFIG_FILE": str(Path(__file__).with_name("fonts.conf"))}
    return (
        {"LANG": "C.UTF-8"} | kept | nowhere | fonts | {name: str(folder) for name, folder in folders.items()}
    )


class Desktop:
    """A display, a sound server and a session bus; `env` is the environment to start programs in."""

    def __init__(self, *, keyring: bool = False) -> None:
        self._keyring = keyring
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            # A short path: a socket's may have 107 characters.
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rig-")))
            self.home = folder / "home"
            self.home.mkdir()
            env = bare_environment(self.home)
            self.bus = stack.enter_context(SessionBus(folder, env, keyring=self._keyring))
            self.sound = stack.enter_context(SoundServer(folder, self.bus.env))
            self.display = stack.enter_context(Display(folder, self.sound.env))
            self.env = self.display.env
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
