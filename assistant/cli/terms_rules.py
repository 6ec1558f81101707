"""`aloud terms rules`: what was learned from corrections, and what a rule would change before it is one."""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.output import Json, complain, complaints, plainly, print_json, write_out
from assistant.errors import AssistantError
from assistant.turn.corrections import (
    SEEN_FOR_A_RULE,
    Change,
    Correction,
    Dictation,
    agreed,
    phrase,
    preview,
    rules,
)

if TYPE_CHECKING:
    from assistant.remember import SqliteHistory

app = typer.Typer(
    help="What was learned from corrections: see it, try it, add, undo.", invoke_without_command=True
)

Heard = Annotated[str, typer.Argument(help="What was heard: one to four words")]
Meant = Annotated[str, typer.Argument(help="What was meant; the same again: leave it alone")]


@app.callback()
@plainly
def list_(context: typer.Context, as_json: Json = False) -> None:
    """The rules, and what may become one."""
    if context.invoked_subcommand is not None:
        return
    from assistant.terms.corrections import candidates

    now_s = time.time()
    with _history() as history:
        known = history.corrections()
    valid = rules(known, now_s)
    others = candidates(known, now_s)
    if as_json:
        print_json([_as_json(one, rule=one in valid) for one in (*valid, *others)])
        return
    for one in (*valid, *others):
        print(f"{one.heard} → {one.meant}  ({_told(one, rule=one in valid)})")
    if not (valid or others):
        complaints.print("No correction was learned yet.")


@app.command("preview")
@plainly
def preview_(heard: Heard, meant: Meant, as_json: Json = False) -> None:
    """Show which of the last dictations a rule would change, and how."""
    from assistant.terms.given import given_rule

    sighting = given_rule(heard, meant)
    with _history() as history:
        dictations = history.dictations()
    changes = preview(sighting, dictations)
    if as_json:
        print_json([_change_as_json(change) for change in changes])
        return
    _show(changes, dictations)


@app.command()
@plainly
def add(
    heard: Heard, meant: Meant, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False
) -> None:
    """Make a rule that holds always, after a look at what it would change."""
    from assistant.terms.given import given_rule

    sighting = given_rule(heard, meant)
    with _history() as history:
        dictations = history.dictations()
        changes = preview(sighting, dictations)
        if changes and not yes:
            _show(changes, dictations)
            typer.confirm("Make it a rule?", abort=True)
        history.correct(partial(agreed, sighting=sighting, at_s=time.time()))


@app.command()
@plainly
def remove(heard: Heard) -> None:
    """Forget all that was learned for what was heard."""
    with _history() as history:
        if not history.forget_corrections(phrase(heard)):
            hint = "`aloud terms rules` lists what is."
            raise AssistantError("no-such-rule", f"Nothing is learned for {heard!r}.", hint)


@app.command()
@plainly
def export(
    file: Annotated[Path | None, typer.Argument(help="Where to; without it, standard output")] = None,
) -> None:
    """Write the rules as CSV, which `aloud terms import` reads. One that leaves a phrase alone has no term."""
    from assistant.terms.given import rules_as_csv

    with _history() as history:
        valid = rules(history.corrections(), time.time())
    write_out(file, rules_as_csv(valid))


@contextmanager
def _history() -> "Iterator[SqliteHistory]":
    from assistant.build import history

    with closing(history(complain)) as opened:
        yield opened


def _show(changes: Sequence[Change], dictations: Sequence[Dictation]) -> None:
    for one in changes:
        print(f"{_day(one.at_s)}  …{one.before}[{one.heard} → {one.meant}]{one.after}…")
    changed = len({change.turn for change in changes})
    print(f"It would change {changed} of the last {len(dictations)} dictations.")


def _told(one: Correction, *, rule: bool) -> str:
    if not rule:
        return f"no rule yet, seen {one.seen} of {SEEN_FOR_A_RULE} times"
    how = "left alone" if one.leaves_alone else "always" if one.always else "where the words around fit"
    return f"{how}, used {one.used} times, last {_day(one.last_at_s)}"


def _as_json(one: Correction, *, rule: bool) -> dict[str, Any]:
    return {
        "heard": one.heard,
        "meant": one.meant,
        "rule": rule,
        "always": rule and one.always,
        "confirmed": one.confirmed,
        "seen": one.seen,
        "used": one.used,
        "against": one.against,
        "last": _day(one.last_at_s),
    }


def _change_as_json(change: Change) -> dict[str, Any]:
    return {
        "turn": change.turn,
        "day": _day(change.at_s),
        "before": change.before,
        "heard": change.heard,
        "meant": change.meant,
        "after": change.after,
    }


def _day(at_s: float) -> str:
    return datetime.fromtimestamp(at_s, UTC).astimezone().strftime("%Y-%m-%d")
