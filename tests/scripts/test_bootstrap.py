"""The two commands set up what they need once, repair what was interrupted, and say what to do when they cannot."""

import base64
import hashlib
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from scripts.bootstrap import Environment, install_packages, set_up

ROOT = Path(__file__).resolve().parent.parent.parent


class Checkout:
    """A folder with a lock of one small package, and an environment to set up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = Environment(folder / ".venv", folder / "tiny.lock", sources=folder)
        self.release("1.0")

    def release(self, version: str) -> None:
        """Make the package in this version, and lock it."""
        content = f"version = {version!r}\n".encode()
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        info = f"tiny-{version}.dist-info"
        wheel = self.folder / f"tiny-{version}-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as file:
            file.writestr("tiny.py", content)
            file.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n")
            file.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            file.writestr(f"{info}/RECORD", f"tiny.py,sha256={digest},{len(content)}\n")
        self.lock(version, hashlib.sha256(wheel.read_bytes()).hexdigest())

    def lock(self, version: str, sha256: str) -> None:
        self.environment.lock.write_text(f"tiny=={version} \\\n    --hash=sha256:{sha256}\n")

    def start(self) -> subprocess.Popen[str]:
        """Set up in a process of its own."""
        program = (
            "import sys; from pathlib import Path; from scripts.bootstrap import Environment, set_up\n"
            "folder = Path(sys.argv[1])\n"
            "set_up(Environment(folder / '.venv', folder / 'tiny.lock', sources=folder))"
        )
        return subprocess.Popen(
            [sys.executable, "-c", program, self.folder],
            cwd=ROOT,
            env=os.environ | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.folder)},
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self) -> tuple[int, str]:
        """Set up; exit code and what was said."""
        with self.start() as process:
            said = process.communicate(timeout=120)[1]
        return process.returncode, said

    def installed_version(self) -> str:
        command = [str(self.environment.python), "-c", "import tiny; print(tiny.version)"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


@pytest.fixture(scope="module")
def ready_checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """One that was set up. The last of its tests moves it away."""
    checkout = Checkout(tmp_path_factory.mktemp("checkout"))
    assert checkout.run()[0] == 0
    return checkout


def test_the_second_start_starts_nothing(ready_checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    set_up(ready_checkout.environment)


def test_the_checkout_can_be_imported_from_anywhere(ready_checkout: Checkout) -> None:
    (ready_checkout.folder / "aloud_here.py").touch()
    python = ready_checkout.environment.python
    subprocess.run([python, "-P", "-c", "import aloud_here"], check=True, cwd="/")


def test_a_new_lock_is_installed_into_the_same_environment(ready_checkout: Checkout) -> None:
    ready_checkout.release("2.0")
    code, said = ready_checkout.run()
    assert (code, said) == (0, "Installing packages into .venv; this takes a minute or two …\n")
    assert ready_checkout.installed_version() == "2.0"


def test_an_environment_that_was_moved_is_made_anew(ready_checkout: Checkout) -> None:
    ready_checkout.folder = ready_checkout.folder.rename(ready_checkout.folder.with_name("moved"))
    with ready_checkout.start() as process:
        assert process.stderr is not None
        assert "Making .venv" in process.stderr.readline()
        os.killpg(process.pid, signal.SIGKILL)


def test_a_package_with_another_hash_is_refused_and_said(checkout: Checkout) -> None:
    checkout.lock("1.0", "0" * 64)
    code, said = checkout.run()
    assert code == 1
    assert "could not be installed" in said
    assert "start again" in said
    assert "Traceback" not in said


def test_a_killed_set_up_is_repaired_at_the_next_start(checkout: Checkout) -> None:
    with checkout.start() as process:
        assert process.stderr is not None
        assert "Making" in process.stderr.readline()
        os.killpg(process.pid, signal.SIGKILL)
    code, said = checkout.run()
    assert code == 0
    assert "Making .venv" in said
    assert checkout.installed_version() == "1.0"


def test_an_interrupted_set_up_says_so(checkout: Checkout) -> None:
    with checkout.start() as process:
        assert process.stderr is not None
        assert "Making" in process.stderr.readline()
        os.killpg(process.pid, signal.SIGINT)
        said = process.stderr.read()
    assert process.returncode == 130
    assert said == "The set-up was interrupted. The next start begins it anew.\n"


def test_of_two_set_ups_at_once_one_waits_for_the_other(checkout: Checkout) -> None:
    with checkout.start() as first:
        assert first.stderr is not None
        assert "Making" in first.stderr.readline()
        code, said = checkout.run()
        assert first.wait(120) == 0
    assert (code, said) == (0, "Another set-up is at work. Waiting for it …\n")
    assert checkout.installed_version() == "1.0"


@pytest.mark.parametrize("script", ["run.py", "test.py"])
def test_an_old_python_is_told_so(script: str) -> None:
    program = (
        "import runpy, sys\n"
        "sys.version_info = (3, 9, 7, 'final', 0)\n"
        f"runpy.run_path({str(ROOT / 'scripts' / script)!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert done.stderr == "Aloud needs Python 3.11 or newer. This is Python 3.9.\n"
    assert done.returncode == 2


class Debian:
    """Working stand-ins for dpkg-query and apt-get that know two packages, and keep what is installed in a file."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.installed = folder / "installed"
        self.installed.touch()
        self._program(
            folder / "dpkg-query",
            f'shift 2; for name; do grep -qx "$name" {self.installed} && echo "$name installed"; done; true',
        )
        self._program(
            folder / "apt-get",
            f'for name; do case $name in espeak-ng|libgl1) echo "$name" >> {self.installed};; esac; done',
        )
        self._program(folder / "sudo", "exit 1")
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")

    def _program(self, path: Path, script: str) -> None:
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)


@pytest.fixture
def debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Debian:
    return Debian(tmp_path, monkeypatch)


def test_root_gets_the_missing_system_packages(debian: Debian, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert install_packages(["espeak-ng", "libgl1"]) == []
    assert debian.installed.read_text() == "espeak-ng\nlibgl1\n"


def test_anybody_else_is_told_the_line_to_run(
    debian: Debian, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    debian.installed.write_text("libgl1\n")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert install_packages(["espeak-ng", "libgl1"]) == ["espeak-ng"]
    assert (
        capsys.readouterr().err == "Some system packages are missing. Run: sudo apt-get install espeak-ng\n"
    )


def test_a_package_that_the_system_does_not_know_is_named(
    debian: Debian, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert install_packages(["libgl1", "libnothing"]) == ["libnothing"]
    assert "Run: sudo apt-get install libnothing" in capsys.readouterr().err
