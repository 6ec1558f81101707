"""Check everything: `python3 scripts/test.py`; or run some tests: `python3 scripts/test.py [arguments of pytest]`.

The first run sets up what is needed. No display, sound device, model or network beyond that is used.
"""

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import run
from scripts.bootstrap import LOCKS, ROOT, Environment, missing_packages, say, set_up

PACKAGES = (
    "dbus",
    "fonts-dejavu-core",
    "fonts-noto-cjk",
    "fonts-noto-color-emoji",
    "fonts-noto-core",
    "gnome-keyring",
    "openbox",
    "pulseaudio",
    "pulseaudio-utils",
    "trayer",
    "xclip",
    "xdotool",
    "xterm",
    "xvfb",
)
TESTS = replace(
    run.ALOUD, lock=LOCKS / "test.lock", contains=LOCKS / "aloud.lock", packages=(*run.PACKAGES, *PACKAGES)
)
MODEL_SERVER = Environment(ROOT / ".venv-server", LOCKS / "model-server.lock")

CHECKS = {
    "ruff check": ["-m", "ruff", "check"],
    "ruff format": ["-m", "ruff", "format", "--check"],
    "mypy": ["-m", "mypy"],
    "import-linter": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
}
COVERED = ["--cov", "--cov-report=term-missing", "--cov-fail-under=100"]
WITHOUT_SOUND = ("engine", "remember", "terms", "think", "turn", "window")
"""Folders of tests that need no sound server and no recogniser: they run beside the others, which mostly wait."""


def main(arguments: list[str]) -> int:
    set_up(TESTS)
    set_up(MODEL_SERVER)
    if missing_packages(TESTS.packages):
        return 1
    if arguments:
        return _run("pytest", ["-m", "pytest", *arguments])
    for name, command in CHECKS.items():
        code = _run(name, command)
        if code != 0:
            return code
    return _run_tests()


def _run(name: str, command: list[str]) -> int:
    say(f"── {name}")
    return subprocess.run([TESTS.python, *command], check=False, cwd=ROOT).returncode


def _run_tests() -> int:
    """Both halves of the tests at the same time; what the second one says is shown when the first one is over."""
    quick = [f"tests/{name}" for name in WITHOUT_SOUND]
    others = [f"--ignore={folder}" for folder in quick]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        command = [str(TESTS.python), "-m", "pytest", *COVERED, *quick]
        beside = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
        try:
            first = _run("pytest", ["-m", "pytest", *others])
            second = beside.wait()
        finally:
            beside.kill()
        said.seek(0)
        say(f"── pytest, {', '.join(WITHOUT_SOUND)}\n{said.read()}")
    return first or second


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
