"""Run a program on a private desktop: `python -m tests.rig [--screenshot FILE [--after S]] [--keep] -- COMMAND`."""

import argparse
import signal
import subprocess
import sys
import threading
from pathlib import Path

from tests.rig.desktop import Desktop


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.rig", description=__doc__)
    parser.add_argument("--screenshot", type=Path, metavar="FILE", help="write a picture of the screen")
    parser.add_argument(
        "--after", type=float, default=3.0, metavar="S", help="seconds to wait for the picture"
    )
    parser.add_argument(
        "--keep", action="store_true", help="keep the desktop until Ctrl+C; print how to reach it"
    )
    parser.add_argument("--keyring", action="store_true", help="with an unlocked keyring")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = (
        [part for part in options.command if part != "--"]
        if options.command[:1] == ["--"]
        else options.command
    )
    if not command and not options.keep:
        parser.error("Give a command to run, or --keep.")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with Desktop(keyring=options.keyring) as desktop:
        program = subprocess.Popen(command, env=desktop.env) if command else None
        try:
            return _watch(desktop, program, options)
        except KeyboardInterrupt:
            return 130
        finally:
            if program is not None and program.poll() is None:
                program.terminate()
                program.wait(10)


def _watch(desktop: Desktop, program: subprocess.Popen[bytes] | None, options: argparse.Namespace) -> int:
    if options.screenshot:
        threading.Event().wait(options.after)
        desktop.display.screenshot(options.screenshot)
    if options.keep:
        for name in sorted(desktop.env):
            print(f"export {name}='{desktop.env[name]}'", flush=True)
        threading.Event().wait()
    if program is None or (options.screenshot and program.poll() is None):
        return 0
    return program.wait()


sys.exit(main())
