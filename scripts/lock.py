"""Pin what is installed: `python3 scripts/lock.py [--upgrade]` writes scripts/locks/ anew from pyproject.toml.

The pins have hashes and no addresses. They hold for Python 3.11 and later on Linux, Windows and macOS, where every
package must have a wheel, so that nobody needs a compiler. They are installed with `pip install --no-deps`.
"""

import argparse
import itertools
import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "scripts" / "locks"
BUILD = ROOT / ".build"

_COMPILE = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
_PLATFORMS = (
    "x86_64-manylinux_2_36",
    "aarch64-manylinux_2_39",
    "x86_64-pc-windows-msvc",
    "aarch64-apple-darwin",
)
_PYTHONS = ("3.11", "3.12", "3.13")
_WITHOUT_WHEEL = {("aarch64-manylinux_2_39", "3.12"): "pocketsphinx"}


@dataclass(frozen=True)
class Lock:
    """One file of pins: where its requirements come from, and which dependencies of theirs it leaves out."""

    name: str
    sources: tuple[str, ...]
    constraints: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        return LOCKS / f"{self.name}.lock"


# pyttsx3 asks for all of pyobjc, 170 packages, and uses Cocoa, which pynput brings. pynput asks for evdev, which must
# be compiled, for a keyboard backend that we do not use.
_UNUSED = ("pyobjc", "evdev")
# What LiteLLM's proxy needs for databases, clouds and its enterprise edition: 300 MB that a mock reply never touches.
_UNUSED_BY_SERVER = (
    "azure-identity",
    "azure-storage-blob",
    "boto3",
    "croniter",
    "granian",
    "gunicorn",
    "hiredis",
    "huggingface-hub",
    "inquirerpy",
    "litellm-enterprise",
    "litellm-proxy-extras",
    "polars",
    "psycopg",
    "psycopg-binary",
    "pynacl",
    "pyroscope-io",
    "restrictedpython",
    "rq",
)
_ALL = (
    Lock("aloud", ("pyproject.toml",), leave_out=_UNUSED),
    Lock("test", ("pyproject.toml", "--group", "test"), constraints=("aloud",), leave_out=_UNUSED),
    Lock("model-server", ("scripts/locks/model-server.in",), leave_out=_UNUSED_BY_SERVER),
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--upgrade", action="store_true", help="take the newest versions instead of today's pins"
    )
    upgrade = parser.parse_args().upgrade
    BUILD.mkdir(exist_ok=True)
    uv = find_uv()
    for lock in _ALL:
        compile_lock(uv, lock, upgrade=upgrade)
    for lock in _ALL:
        check_wheels(uv, lock)


def find_uv() -> str:
    """The `uv` on the PATH, or else one installed into .build/uv."""
    found = shutil.which("uv")
    if found:
        return found
    folder = BUILD / "uv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
    return str(python.with_name("uv"))


def compile_lock(uv: str, lock: Lock, *, upgrade: bool) -> None:
    print(f"{lock.path.relative_to(ROOT)} …")
    leave_out = BUILD / f"{lock.name}-leave-out.txt"
    leave_out.write_text("\n".join(lock.leave_out))
    constraints = [f"--constraints={LOCKS / name}.lock" for name in lock.constraints]
    options = [*_COMPILE, *constraints, "--no-emit-index-url", f"--excludes={leave_out}"]
    subprocess.run(
        [uv, "pip", "compile", "--quiet", *options, *["--upgrade"] * upgrade, *lock.sources, "-o", lock.path],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def check_wheels(uv: str, lock: Lock) -> None:
    """Every pin has a wheel on every platform; ends the program with uv's own words where one has not."""
    for platform, python in itertools.product(_PLATFORMS, _PYTHONS):
        target = [
            f"--target={BUILD / 'nowhere'}",
            f"--python-platform={platform}",
            f"--python-version={python}",
        ]
        binary = ["--only-binary=:all:"]
        if (platform, python) in _WITHOUT_WHEEL:
            binary.append(f"--no-binary={_WITHOUT_WHEEL[platform, python]}")
        checked = subprocess.run(
            [uv, "pip", "install", "--dry-run", "--no-deps", *binary, *target, "-r", str(lock.path)],
            env=os.environ | {"MACOSX_DEPLOYMENT_TARGET": "14.0"},
            check=False,
            capture_output=True,
            text=True,
        )
        if checked.returncode != 0:
            sys.exit(f"{lock.name} on {platform} with Python {python}:\n{checked.stderr}")


if __name__ == "__main__":
    main()
