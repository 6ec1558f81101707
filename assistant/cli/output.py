"""What the command line prints: text for people, JSON for programs, one sentence for what is wrong."""

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec

import typer
from rich.console import Console

from assistant.errors import AssistantError
from assistant.turn.events import Fault

P = ParamSpec("P")

FAILED, BAD_INPUT, NO_ANSWER = 1, 2, 3

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]

console = Console()
complaints = Console(stderr=True)


def print_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    print()


def write_out(file: Path | None, text: str) -> None:
    """Write `text` to `file`, to standard output without one. Raises AssistantError."""
    try:
        # Not through sys.stdout: what it cannot write it tries to write again when the program ends.
        to = file or sys.stdout.fileno()
        with open(to, "w", encoding="utf-8", newline="", closefd=file is not None) as stream:
            stream.write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        where = file or "Standard output"
        raise AssistantError(
            "not-written", f"{where} cannot be written: {error.strerror}.", "Choose another place."
        ) from error


def complain(fault: Fault) -> None:
    """One sentence on what is wrong, and one on what to do."""
    complaints.print(f"{fault.message} {fault.hint}".strip(), markup=False, highlight=False, soft_wrap=True)


def fault_as_json(fault: Fault) -> dict[str, str]:
    return {"code": fault.code, "message": fault.message, "hint": fault.hint}


def plainly(command: Callable[P, None], code: int = BAD_INPUT) -> Callable[P, None]:
    """The command, which says an `AssistantError` in a sentence and leaves with `code`."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except AssistantError as error:
            complain(error.fault)
            raise typer.Exit(code) from error
        except KeyboardInterrupt:
            raise typer.Exit(130) from None

    return wrapped
