"""`aloud transcribe`: sound files to text, JSON with word times, or subtitles."""

import queue
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant import paths, settings
from assistant.cli.output import FAILED, complain, complaints, plainly
from assistant.cli.recogniser import outcome, recogniser
from assistant.errors import AssistantError
from assistant.hear.from_file import convert
from assistant.transcribe.formats import FORMATS
from assistant.turn.events import Event, Transcribed
from assistant.turn.transcript import Transcript

if TYPE_CHECKING:
    from assistant.transcribe.transcriber import ScribeTranscriber

Format = Annotated[Literal["text", "json", "srt", "vtt"], typer.Option("--format", help="What to write.")]


@plainly
def transcribe(
    files: Annotated[list[Path], typer.Argument(help="Sound files")],
    format_: Format = "text",
    to: Annotated[
        Path | None, typer.Option(help="A folder for one file each; without it, standard output.")
    ] = None,
    model: Annotated[str, typer.Option(help="A model's name or folder; default: that of the settings.")] = "",
    language: Annotated[
        str, typer.Option(help="en, de, …; default: that of the settings; auto detects it.")
    ] = "",
) -> None:
    """Turn sound files into text, on this machine."""
    if to is not None and not to.is_dir():
        raise AssistantError("bad-input", f"There is no folder {to}.", "Make it first.")
    failed = False
    chosen = settings.load(paths.settings_file()).recogniser
    wanted = "" if language == "auto" else (language or chosen.language)
    with recogniser(chosen, model, wanted) as (transcriber, heard), tempfile.TemporaryDirectory() as folder:
        for number, file in enumerate(files, 1):
            try:
                text = FORMATS[format_](_one(transcriber, heard, number, file, Path(folder)))
            except AssistantError as error:
                failed = True
                complain(error.fault)
                continue
            if to is None:
                print(text)
            else:
                ending = "txt" if format_ == "text" else format_
                (to / f"{file.stem}.{ending}").write_text(text + "\n", encoding="utf-8")
    if failed:
        raise typer.Exit(FAILED if len(files) > 1 else 2)


def _one(
    transcriber: "ScribeTranscriber", heard: "queue.SimpleQueue[Event]", number: int, file: Path, folder: Path
) -> Transcript:
    if not file.is_file():
        raise AssistantError("bad-input", f"There is no file {file}.", "Check its name.")
    recording = convert(file, folder / f"{number}.wav")
    transcriber.transcribe(number, recording)
    with complaints.status(f"{file.name} …"):
        return outcome(heard, number, Transcribed).transcript
