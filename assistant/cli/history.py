"""`aloud history`: what was said and answered, found again, exported, deleted."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.table import Table
from rich.text import Text

from assistant.cli.output import Json, complain, console, plainly, print_json
from assistant.cli.timing import show_timing
from assistant.errors import AssistantError
from assistant.ports import Found
from assistant.remember import Dictated, SqliteHistory, as_json, as_markdown, as_text
from assistant.turn.conversation import Conversation, Message
from assistant.turn.corrections import core
from assistant.turn.transcript import Origin, Word

app = typer.Typer(help="List, search, show, export and delete conversations.", invoke_without_command=True)

WHICH = "A conversation's id, or its first letters"
Which = Annotated[str, typer.Argument(help=WHICH)]
Format = Annotated[Literal["markdown", "text", "json"], typer.Option("--format", help="How to write it.")]

_WRITERS = {"markdown": as_markdown, "text": as_text, "json": as_json}


@app.callback()
@plainly
def list_(context: typer.Context, limit: int = typer.Option(50, min=1), as_json: Json = False) -> None:
    """The newest conversations."""
    if context.invoked_subcommand is None:
        _print_found(_open().find(limit=limit), as_json=as_json)


@app.command()
@plainly
def search(query: list[str], limit: int = typer.Option(50, min=1), as_json: Json = False) -> None:
    """Conversations in which these words stand."""
    _print_found(_open().find(" ".join(query), limit), as_json=as_json)


@app.command()
@plainly
def show(
    which: Annotated[str, typer.Argument(help=f"{WHICH}; without it, the newest conversation.")] = "",
    timing: Annotated[bool, typer.Option("--timing", help="When what happened in each turn.")] = False,
    as_json: Json = False,
) -> None:
    """One conversation."""
    history = _open()
    conversation = _find(history, which) if which else _newest(history)
    if timing:
        show_timing(conversation, history.timelines(conversation.id), as_json=as_json)
    elif as_json:
        print_json(
            {
                "conversation": conversation.id,
                "title": conversation.title,
                "messages": [_message(message) for message in conversation.messages],
            }
        )
    else:
        print(as_text(conversation))


@app.command()
@plainly
def dictations(limit: int = typer.Option(20, min=1), as_json: Json = False) -> None:
    """What was dictated into other programs, and what was put in for what was heard, the newest first."""
    found = _open().dictated(limit)
    if as_json:
        print_json([_dictation(one) for one in found])
        return
    for one in found:
        print(f"{_minute(one.at_s)}  {one.text}")
        for word in one.words:
            if word.origin is Origin.REPLACED:
                print(f"    {word.heard} → {core(word.text)}  ({word.source}, {word.probability:.2f})")
    if not found:
        print("Nothing yet.")


@app.command()
@plainly
def export(
    which: Which,
    to: Annotated[Path | None, typer.Option(help="A file; without it, standard output.")] = None,
    format_: Format = "markdown",
) -> None:
    """Write one conversation as a document."""
    text = _WRITERS[format_](_find(_open(), which))
    if to is None:
        print(text)
        return
    try:
        to.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AssistantError(
            "not-written", f"{to} cannot be written: {error.strerror}.", "Choose another."
        ) from error


@app.command()
@plainly
def delete(which: Which, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Delete one conversation with its recordings, for good."""
    history = _open()
    conversation = _find(history, which)
    if not yes:
        typer.confirm(
            f"Delete “{conversation.title}” with {len(conversation.messages)} messages?", abort=True
        )
    history.delete(conversation.id)
    history.close()


@app.command()
@plainly
def unfinished(as_json: Json = False) -> None:
    """What was under way when the program ended."""
    found = _open().unfinished()
    if as_json:
        print_json(
            [
                {
                    "turn": one.turn,
                    "what": one.what,
                    "recording": one.recording.path if one.recording is not None else None,
                    "conversation": one.conversation,
                    "draft": one.draft,
                }
                for one in found
            ]
        )
        return
    for one in found:
        print(f"{one.turn}  {one.what}")


def _open() -> SqliteHistory:
    from assistant.build import history

    return history(complain)


def _find(history: SqliteHistory, which: str) -> Conversation:
    matching = [found for found in history.find(limit=100_000) if found.conversation.startswith(which)]
    if len(matching) == 1:
        return history.conversation(matching[0].conversation)
    problem = "No conversation begins" if not matching else "More than one conversation begins"
    raise AssistantError("no-conversation", f"{problem} with {which!r}.", "`aloud history` lists them.")


def _newest(history: SqliteHistory) -> Conversation:
    found = history.find(limit=1)
    if not found:
        raise AssistantError("no-conversation", "There is no conversation yet.", "Ask something first.")
    return history.conversation(found[0].conversation)


def _print_found(found: list[Found], *, as_json: bool) -> None:
    if as_json:
        print_json([asdict(one) for one in found])
        return
    if not found:
        print("Nothing yet.")
        return
    table = Table("id", "when", "messages", "title", box=None)
    for one in found:
        title = one.title if not one.snippet else f"{one.title}\n{one.snippet}"
        table.add_row(one.conversation[:8], _minute(one.at), str(one.messages), Text(title))
    console.print(table)


def _minute(at_s: float) -> str:
    return datetime.fromtimestamp(at_s, UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def _dictation(one: Dictated) -> dict[str, Any]:
    return {"turn": one.turn, "at": one.at_s, "text": one.text, "words": list(map(_word, one.words))}


def _message(message: Message) -> dict[str, Any]:
    return {
        "turn": message.turn,
        "role": message.role.value,
        "text": message.text,
        "reasoning": message.reasoning,
        "heard_to": message.heard_to,
        "whole": message.whole,
        "model": message.model,
        "words": [_word(word) for word in message.words],
    }


def _word(word: Word) -> dict[str, Any]:
    return {
        "text": word.text.strip(),
        "origin": word.origin.value,
        "probability": word.probability,
        "start_s": word.start_s,
        "end_s": word.end_s,
        "heard": word.heard,
        "source": word.source,
        "recording": word.turn or None,
    }
