"""`aloud terms index`: the names of a project's folder."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from assistant import paths, settings
from assistant.cli.output import Json, complaints, print_json

if TYPE_CHECKING:
    from assistant.terms.project import Index, Refreshed


def index(
    folder: Annotated[Path, typer.Argument(help="The project's folder")],
    as_json: Json = False,
) -> None:
    """Read the names in a project's folder, and use them from now on; Ctrl+C stops, and the next time it goes on."""
    from assistant.terms.project import Index

    project = Index(folder, paths.project_indexes_folder())
    refreshed = _refresh(project)
    _use(project)
    if as_json:
        print_json({"folder": str(project.folder), "source": project.source, **asdict(refreshed)})
        return
    print(
        f"{project.source}: {refreshed.terms:,} terms from {refreshed.files:,} files,"
        f" {refreshed.changed:,} of them new or changed, in {refreshed.seconds:.1f} s."
    )
    for note in refreshed.notes:
        complaints.print(note, markup=False, highlight=False, soft_wrap=True)


def _refresh(project: "Index") -> "Refreshed":
    """With a line that shows how far it is, where somebody looks at it."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=complaints, transient=True, disable=not complaints.is_terminal) as line:
        task = line.add_task(project.source, total=None)
        try:
            return project.refresh(lambda done, total: line.update(task, completed=done, total=total))
        except KeyboardInterrupt:
            complaints.print("Stopped. What was read is kept.")
            raise


def _use(project: "Index") -> None:
    """The folder is one of the project folders in the settings from now on."""
    file = paths.settings_file()
    chosen = settings.load(file).terms.projects
    if str(project.folder) not in chosen:
        settings.change(file, "terms", "projects", [*chosen, str(project.folder)])
