"""A desktop is complete, private, and gone when it is closed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rig import Desktop, RigError, SessionBus

_STORE_A_SECRET = """
import keyring
keyring.set_password("rig", "somebody", "secret")
print(keyring.get_password("rig", "somebody"))
"""

_NAME_FONTS = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtGui import QFont, QFontInfo, QGuiApplication
app = QGuiApplication([])
print(QFontInfo(app.font()).family(), QFontInfo(QFont("monospace")).family(), sep="\\n")
"""


def rig_processes(folder: Path) -> list[str]:
    """Command lines of running processes that know of the folder, by argument or environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            known = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in known and process.name != str(os.getpid()):
            found.append((process / "cmdline").read_text())
    return found


def test_a_desktop_has_display_sound_and_bus_and_leaves_nothing() -> None:
    with Desktop() as desktop:
        folder = desktop.home.parent
        for command in (
            "xdotool getdisplaygeometry",
            "pactl info",
            "dbus-send --session --dest=org.freedesktop.DBus /",
        ):
            subprocess.run([*command.split(), *["x.y.Z"] * ("dbus" in command)], env=desktop.env, check=True)
        assert Path(desktop.env["HOME"]).is_relative_to(folder)
        assert rig_processes(folder)
    assert not folder.exists()
    assert not rig_processes(folder)


def test_two_desktops_do_not_meet(desktop: Desktop) -> None:
    with Desktop() as other:
        assert other.display.name != desktop.display.name
        assert other.env["PULSE_SERVER"] != desktop.env["PULSE_SERVER"]
        desktop.sound.remove_microphone()
        assert "vmic" in subprocess.check_output(["pactl", "list", "sources"], env=other.env, text=True)


def test_the_environment_of_a_test_is_the_desktop_it_asked_for(desktop: Desktop) -> None:
    assert {name: os.environ.get(name) for name in desktop.env} == desktop.env


def test_without_a_desktop_a_test_sees_none_of_the_machine(private_environment: Path) -> None:
    assert not os.environ.keys() & {
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "DBUS_SESSION_BUS_ADDRESS",
        "OPENAI_API_KEY",
    }
    assert Path.home() == private_environment
    assert subprocess.run(["pactl", "info"], check=False, capture_output=True).returncode != 0


def test_text_looks_the_same_on_every_machine(private_environment: Path) -> None:
    command = [sys.executable, "-c", _NAME_FONTS]
    shown = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    assert shown.stdout.splitlines() == ["Noto Sans", "DejaVu Sans Mono"]


def test_a_secret_can_be_stored_in_the_unlocked_keyring(keyring_bus: SessionBus) -> None:
    stored = subprocess.run(
        [sys.executable, "-c", _STORE_A_SECRET],
        env=keyring_bus.env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert stored.stdout == "secret\n"


def test_the_command_line_runs_a_program_on_a_desktop_and_takes_its_picture(tmp_path: Path) -> None:
    picture = tmp_path / "screen.png"
    rig = [sys.executable, "-m", "tests.rig", "--screenshot", str(picture), "--after", "0.1", "--"]
    done = subprocess.run([*rig, "xdotool", "getdisplaygeometry"], check=True, capture_output=True, text=True)
    assert done.stdout == "1280 800\n"
    assert picture.stat().st_size > 1000


def test_the_command_line_gives_back_the_programs_exit_code() -> None:
    rig = [sys.executable, "-m", "tests.rig", "--"]
    assert subprocess.run([*rig, "sh", "-c", "exit 7"], check=False).returncode == 7


def test_a_part_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "bus.socket").mkdir()
    with pytest.raises(RigError, match="bus"), SessionBus(tmp_path, dict(os.environ)):
        pass
