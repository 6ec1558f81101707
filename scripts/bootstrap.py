"""What scripts/run.py and scripts/test.py need before they can start: virtual environments and system packages.

Standard library only. A set-up is complete when the environment has its stamp, which is written last and removed
first; so an interrupted set-up is begun anew, and a second start looks at one small file.
"""

import sys

# An old Python must be able to read this file, so that it can say this.
if sys.version_info < (3, 11):
    sys.stderr.write(
        "Aloud needs Python 3.11 or newer. This is Python {}.{}.\n".format(*sys.version_info[:2])
    )
    sys.exit(2)

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "scripts" / "locks"

_WINDOWS = os.name == "nt"
_LARGE_MB = 5


class SetUpError(Exception):
    """What failed and what to do, in a sentence or two."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment, what is installed in it, and what its programs need of the system.

    `lock` may contain the whole of the lock `contains`. `sources` is a folder whose packages can be imported.
    """

    folder: Path
    lock: Path
    contains: Path | None = None
    sources: Path | None = None
    packages: tuple[str, ...] = ()

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if _WINDOWS else "bin/python")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def set_up(environment: Environment) -> None:
    """Make the environment ready, if it is not: fast when it is.

    Ends the program with a sentence when that fails. Debian packages that are missing and may not be installed are
    named, and it goes on without them.
    """
    if _Stamp.read(environment).is_complete(environment):
        return
    try:
        with _one_at_a_time(environment.folder):
            _complete(environment)
    except SetUpError as err:
        say(str(err))
        sys.exit(1)
    except KeyboardInterrupt:
        say("The set-up was interrupted. The next start begins it anew.")
        sys.exit(130)


def _complete(environment: Environment) -> None:
    stamp = _Stamp.read(environment)
    if not stamp.has_locks(environment):
        stamp = _install(environment, stamp)
        stamp.write(environment)
    if not stamp.has_packages(environment) and not install_packages(environment.packages):
        stamp.with_packages(environment.packages).write(environment)


def start(python: Path, arguments: Sequence[str]) -> int:
    """Run Python in our place; on Windows, as a child whose exit code is returned."""
    command = [str(python), *arguments]
    if not _WINDOWS:
        os.execv(python, command)
    return subprocess.run(command, check=False).returncode


@dataclass(frozen=True)
class _Stamp:
    """What is known to be there: the locks (by name, with their hashes) and the Debian packages."""

    place: str
    locks: dict[str, str]
    packages: list[str]

    @classmethod
    def read(cls, environment: Environment) -> "_Stamp":
        """The environment's stamp; an empty one where it has none, or one made elsewhere or with another Python."""
        place = _place(environment)
        try:
            known = cls(**json.loads(_stamp_file(environment).read_text()))
        except (OSError, ValueError, TypeError):
            return cls(place, {}, [])
        return known if known.place == place else cls(place, {}, [])

    def is_complete(self, environment: Environment) -> bool:
        return self.has_locks(environment) and self.has_packages(environment)

    def has_locks(self, environment: Environment) -> bool:
        return self.locks.get(environment.lock.name) == _digest(environment.lock)

    def has_packages(self, environment: Environment) -> bool:
        return set(environment.packages) <= set(self.packages)

    def with_packages(self, packages: Sequence[str]) -> "_Stamp":
        return _Stamp(self.place, self.locks, sorted({*self.packages, *packages}))

    def write(self, environment: Environment) -> None:
        file = _stamp_file(environment)
        new = file.with_suffix(".new")
        new.write_text(json.dumps({"place": self.place, "locks": self.locks, "packages": self.packages}))
        new.replace(file)


def _stamp_file(environment: Environment) -> Path:
    return environment.folder / "set-up.json"


def _place(environment: Environment) -> str:
    """Where the environment is and which Python it stands on: when either changes, it does not work any more."""
    return f"{environment.folder} on {os.path.realpath(environment.python)}"


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold a lock that belongs to the folder: a second set-up waits for the first."""
    path = folder.with_name(f"{folder.name}.lock")
    try:
        file = path.open("a+")
    except OSError as err:
        raise SetUpError(
            f"{folder.parent} cannot be written to. Use a copy in a folder of your own."
        ) from err
    with file:
        if not _try_lock(file.fileno(), wait=False):
            say("Another set-up is at work. Waiting for it …")
            _try_lock(file.fileno(), wait=True)
        yield


if sys.platform == "win32":
    import msvcrt
    import time

    def _try_lock(fd: int, *, wait: bool) -> bool:
        while True:
            try:
                msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                time.sleep(0.2)
            else:
                return True

else:
    import fcntl

    def _try_lock(fd: int, *, wait: bool) -> bool:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True


def _install(environment: Environment, stamp: _Stamp) -> _Stamp:
    """Install what the lock names; without a stamp, into a new environment."""
    _stamp_file(environment).unlink(missing_ok=True)
    if not stamp.locks:
        _make(environment)
    _pip_install(environment)
    (site,) = environment.folder.glob("Lib/site-packages" if _WINDOWS else "lib/python3*/site-packages")
    if environment.sources:
        (site / "checkout.pth").write_text(f"{environment.sources}\n")
    if (site / "shiboken6").is_dir():
        _unpack_qt_support(environment, site / "shiboken6")
    locks = [environment.lock, *([environment.contains] if environment.contains else [])]
    return _Stamp(_place(environment), {lock.name: _digest(lock) for lock in locks}, stamp.packages)


def _make(environment: Environment) -> None:
    folder = environment.folder
    try:
        import ensurepip  # noqa: F401  (Debian keeps it in a package of its own)
    except ImportError as err:
        package = f"python3.{sys.version_info.minor}-venv"
        if install_packages([package]):
            raise SetUpError(
                "This Python cannot make virtual environments. Install its venv module."
            ) from err
    say(f"Making {folder.name} with Python {sys.version_info.major}.{sys.version_info.minor} …")
    if folder.exists():
        shutil.rmtree(folder)
    # A child: ensurepip may have been installed a moment ago.
    made = subprocess.run([sys.executable, "-m", "venv", folder], check=False, capture_output=True, text=True)
    if made.returncode != 0:
        said = (made.stdout + made.stderr).strip().splitlines()
        raise SetUpError(
            f"The virtual environment could not be made: {said[-1] if said else 'no reason given'}."
        )


def _pip_install(environment: Environment) -> None:
    """Install the locked packages, and nothing else, with the user's own settings of pip."""
    say(f"Installing packages into {environment.folder.name}; this takes a minute or two …")
    log = environment.folder / "set-up.log"
    options = [
        "--no-deps",
        "--require-hashes",
        "--no-input",
        "--disable-pip-version-check",
        "--progress-bar=off",
    ]
    pip = subprocess.Popen(
        [environment.python, "-m", "pip", "install", *options, "--requirement", environment.lock],
        env=os.environ | {"PIP_USER": "0"},  # "1" would send the packages to the home folder
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    errors = []
    with pip, log.open("w") as file:
        for line in pip.stdout or ():
            file.write(line)
            large = re.search(r"Downloading ([^\s/]+?)-([\d.]+)-\S+ \(([\d.]+) MB\)", line)
            if large and float(large[3]) >= _LARGE_MB:
                say(f"  {large[1]} {large[2]}, {float(large[3]):.0f} MB")
            if line.startswith("ERROR:"):
                errors.append(line.removeprefix("ERROR:").strip())
    if pip.returncode != 0:
        why = errors[-1] if errors else f"pip ended with exit code {pip.returncode}"
        raise SetUpError(
            f"The packages could not be installed: {why}\nMend that and start again. pip's words: {log}"
        )


def _unpack_qt_support(environment: Environment, shiboken: Path) -> None:
    """Let PySide6 lay its Python files beside itself, which is what its `SBK_EMBED` is for.

    They are in its library, and compiled at each start otherwise: 9 ms of 95.
    """
    for command, variables in (
        (["-c", "import shiboken6.Shiboken"], {"SBK_EMBED": "0"}),
        (["-m", "compileall", "-q", shiboken / "files.dir"], {}),
    ):
        done = subprocess.run(
            [environment.python, *command],
            env=os.environ | variables,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise SetUpError(
                f"PySide6 could not be set up: {(done.stdout + done.stderr).strip().splitlines()[-1]}"
            )


def install_packages(names: Sequence[str]) -> list[str]:
    """Install Debian or Ubuntu packages where that is allowed; return those that are still missing.

    Prints the line to run where it is not allowed. On other systems nothing is missing.
    """
    missing = missing_packages(names)
    if not missing:
        return []
    root = _root_command()
    if root is not None:
        say(f"Installing {len(missing)} system packages …")
        install = [*root, "apt-get", "install", "--yes", "--no-install-recommends", *missing]
        if not _succeeds(install):
            _succeeds([*root, "apt-get", "update"])
            _succeeds(install)
        missing = missing_packages(names)
    if missing:
        say(f"Some system packages are missing. Run: sudo apt-get install {' '.join(missing)}")
    return missing


def missing_packages(names: Sequence[str]) -> list[str]:
    """Those of the Debian packages that are not installed; none on a system without Debian packages."""
    if not names or not shutil.which("dpkg-query") or not shutil.which("apt-get"):
        return []
    listed = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *names],
        check=False,
        capture_output=True,
        text=True,
    )
    installed = {line.split()[0] for line in listed.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in names if name not in installed]


def _root_command() -> list[str] | None:
    """What goes before a command that needs root; None where we may not be root."""
    if _WINDOWS or os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and _succeeds(["sudo", "-n", "true"]) else None


def _succeeds(command: Sequence[str]) -> bool:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command,
        check=False,
        env=quiet,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return done.returncode == 0
