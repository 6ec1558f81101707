"""The command line, put together."""

from typing import Annotated

import typer

from assistant import __version__
from assistant.cli import ask, config, doctor, history, models, running, say, score, terms, transcribe
from assistant.cli.output import plainly

app = typer.Typer(
    name="aloud",
    help="Hold a key, speak, let go: your words become text, a question to a language model, or typing in any program.",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"aloud {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
]


@app.callback()
def window(context: typer.Context, _version: Version = False) -> None:
    """Without a command: the window."""
    if context.invoked_subcommand is None:
        from assistant.cli.window import open_window

        raise typer.Exit(open_window())


app.command("ask")(ask.ask)
app.command("transcribe")(transcribe.transcribe)
app.command("say")(say.say)
app.command("score")(score.score)
app.add_typer(history.app, name="history")
app.add_typer(models.app, name="models")
app.add_typer(config.app, name="config")
app.add_typer(terms.app, name="terms")
app.command("doctor")(plainly(doctor.doctor))
running.add_to(app)


def run() -> int:
    """Run the command that the arguments name; its exit code."""
    from assistant import paths
    from assistant.logs import start_logging

    start_logging(paths.log_folder(), "command")
    app(prog_name="aloud")
    return 0
