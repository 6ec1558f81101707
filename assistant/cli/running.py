"""`aloud press | release | toggle | cancel | status | recover | show | quit`: verbs for the program that is running.

For compositors' key bindings and for scripts, where global keys cannot be had (Wayland).
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal

import typer

from assistant.cli.output import FAILED, Json, plainly, print_json

Key = Annotated[
    Literal["talk", "dictate"], typer.Option("--key", help="Which key: talk asks the model, dictate types.")
]


def _tell(verb: str, **data: str) -> Any:
    from assistant.keys import send

    return send(verb, **data)


def press(key: Key = "talk") -> None:
    """Press the talk key of the running program."""
    _tell("press", key=key)


def release(key: Key = "talk") -> None:
    """Let the talk key of the running program go."""
    _tell("release", key=key)


def toggle(key: Key = "talk") -> None:
    """Begin to listen, or end it."""
    _tell("toggle", key=key)


def cancel() -> None:
    """End whatever the running program is doing."""
    _tell("cancel")


def status(as_json: Json = False) -> None:
    """What the running program is doing."""
    answer = _tell("status")
    if as_json:
        print_json(answer)
    else:
        print(answer["stage"])


def recover() -> None:
    """Go on with what was under way when the program was ended."""
    _tell("recover")


def show() -> None:
    """Bring the window of the running program to the front."""
    _tell("show")


def quit_() -> None:
    """End the running program."""
    _tell("quit")


def add_to(app: typer.Typer) -> None:
    verbs: dict[str, Callable[..., None]] = {
        "press": press,
        "release": release,
        "toggle": toggle,
        "cancel": cancel,
        "status": status,
        "recover": recover,
        "show": show,
        "quit": quit_,
    }
    for name, verb in verbs.items():
        app.command(name, rich_help_panel="For the running program")(plainly(verb, FAILED))
