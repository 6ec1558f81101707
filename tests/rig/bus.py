"""A private D-Bus session bus, with an unlocked keyring if asked for."""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from tests.rig.processes import RigError, Service, run_tool

# No service folders: nothing starts on the bus but what a test starts.
_CONFIG = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class SessionBus:
    """dbus-daemon; with `keyring=True` also gnome-keyring, unlocked, so that secrets can be stored."""

    def __init__(self, folder: Path, env: Mapping[str, str], *, keyring: bool = False) -> None:
        self._folder = folder
        self._outer_env = dict(env)
        self._keyring = keyring
        self._stack = ExitStack()
        self._socket = folder / "bus.socket"

    @property
    def env(self) -> dict[str, str]:
        return self._outer_env | {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={self._socket}"}

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._start_bus(stack)
            if self._keyring:
                self._start_keyring(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _start_bus(self, stack: ExitStack) -> None:
        config = self._folder / "bus.conf"
        config.write_text(_CONFIG.format(socket=self._socket))
        reader, writer = os.pipe()
        stack.callback(os.close, reader)
        try:
            bus = Service(
                [
                    "dbus-daemon",
                    "--nofork",
                    "--nopidfile",
                    f"--config-file={config}",
                    f"--print-address={writer}",
                ],
                env=self._outer_env,
                log=self._folder / "bus.log",
                pass_fds=[writer],
            )
            stack.callback(bus.end)
        finally:
            os.close(writer)
        if not os.read(reader, 1):
            raise RigError(f"dbus-daemon did not start: {bus.output()}")

    def _start_keyring(self, stack: ExitStack) -> None:
        keyring = Service(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            env=self.env,
            log=self._folder / "keyring.log",
            stdin=b"aloud",
        )
        stack.callback(keyring.end)
        keyring.wait_until(self._has_secrets, 20, "the keyring")

    def _has_secrets(self) -> bool:
        bus = "org.freedesktop.DBus"
        ask = ["dbus-send", "--session", "--print-reply", f"--dest={bus}", "/", f"{bus}.NameHasOwner"]
        return "true" in run_tool([*ask, "string:org.freedesktop.secrets"], self.env)
