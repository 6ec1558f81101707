"""Check everything: `python3 scripts/test.py`; or run some tests: `python3 scripts/test.py [arguments of pytest]`.

The first run sets up what is needed. No display, sound device, model or network beyond that is used.
"""

import subprocess
import sys
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
    "pytest": ["-m", "pytest", "--cov", "--cov-report=term-missing", "--cov-fail-under=100"],
}


def main(arguments: list[str]) -> int:
    set_up(TESTS)
    set_up(MODEL_SERVER)
    if missing_packages(TESTS.packages):
        return 1
    checks = {"pytest": ["-m", "pytest", *arguments]} if arguments else CHECKS
    for name, command in checks.items():
        say(f"── {name}")
        code = subprocess.run([TESTS.python, *command], check=False, cwd=ROOT).returncode
        if code != 0:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
