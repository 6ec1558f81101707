"""`aloud models`: the speech recognition models, here and to be had."""

import queue
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from assistant.cli.output import Json, complaints, console, plainly, print_json
from assistant.errors import AssistantError

app = typer.Typer(help="List, get, remove and add speech recognition models.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A model's name; `aloud models list` shows them")]


@app.command("list")
@plainly
def list_(as_json: Json = False) -> None:
    """The models that are here, and those that can be downloaded."""
    from assistant.build import models
    from assistant.transcribe.offers import offers

    found = offers(models())
    if as_json:
        print_json([asdict(offer) for offer in found])
        return
    table = Table("name", "", "languages", "size", "speed", "licence", box=None)
    for offer in found:
        size = f"{offer.size_bytes / 1e6:,.0f} MB" if offer.size_bytes else ""
        mark = "here" if offer.installed else ""
        table.add_row(offer.name, mark, offer.languages, size, offer.speed, offer.licence)
    console.print(table)


@app.command()
@plainly
def get(name: Name) -> None:
    """Download a model; Ctrl+C stops, and the next time it goes on from there."""
    from assistant.build import models
    from assistant.transcribe.download import Download

    store = models()
    model = store.offered(name)
    ended: queue.SimpleQueue[AssistantError | None] = queue.SimpleQueue()
    columns = (TextColumn(name), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=complaints) as progress:
        bar = progress.add_task(name, total=None)
        download = Download(
            model, store, lambda here, all_: progress.update(bar, completed=here, total=all_), ended.put
        )
        try:
            error = _wait(ended)
        except KeyboardInterrupt:
            download.stop()
            raise
        finally:
            download.join()
    if error is not None:
        raise error


def _wait(ended: "queue.SimpleQueue[AssistantError | None]") -> AssistantError | None:
    while True:
        try:
            return ended.get(timeout=0.5)  # so that Ctrl+C is seen on every platform
        except queue.Empty:
            continue


@app.command()
@plainly
def remove(name: Name) -> None:
    """Remove a model from this machine."""
    from assistant.build import models

    models().remove(name)


@app.command()
@plainly
def add(
    folder: Annotated[Path, typer.Argument(help="A folder with a Whisper model in CTranslate2's format")],
    name: Annotated[str, typer.Option(help="What to call it; default: the folder's name.")] = "",
) -> None:
    """Add a model from a folder of this machine."""
    from assistant.build import models

    print(models().add(folder, name).name)


@app.command()
@plainly
def doubt(
    forget: Annotated[
        bool, typer.Option("--forget", help="Forget what was learned: doubt is as shipped again.")
    ] = False,
    as_json: Json = False,
) -> None:
    """What was learned of each model's doubts from the words that you sent as they were, or put right."""
    from assistant import paths
    from assistant.transcribe import doubts
    from assistant.turn.doubt_learning import learned_from

    if forget:
        doubts.forget(paths.doubt_file())
    counted = doubts.read(paths.doubt_file())
    if as_json:
        print_json({name: asdict(learned_from(counts)) for name, counts in counted.items()})
        return
    for name, counts in sorted(counted.items()):
        print(f"{name}: {doubts.told(counts)}.")
    if not counted:
        print("Nothing yet: doubt is as shipped.")
