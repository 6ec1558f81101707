"""`aloud terms`: the vocabulary, its sources, and the user's own list."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant import paths, settings
from assistant.cli import terms_fix, terms_index, terms_rules
from assistant.cli.output import Json, complain, complaints, plainly, print_json, write_out
from assistant.cli.vocabulary import standing_vocabulary
from assistant.errors import AssistantError
from assistant.turn.events import Fault

if TYPE_CHECKING:
    from assistant.terms import Term
    from assistant.terms.own import OwnTerms
    from assistant.terms.table import Refusal
    from assistant.terms.vocabulary import StandingVocabulary

app = typer.Typer(
    help="The names that are put right in what was heard: list, add, switch.", no_args_is_help=True
)
app.command()(plainly(terms_fix.fix))
app.command()(plainly(terms_index.index))
app.add_typer(terms_rules.app, name="rules")

_REFUSALS_TOLD = 3

SourceName = Annotated[list[str], typer.Argument(metavar="SOURCE", help="`aloud terms sources` lists them")]
Forms = list[str] | None


@app.command("list")
@plainly
def list_(
    query: Annotated[
        str, typer.Argument(help="Only those in which this stands, written, spoken or heard")
    ] = "",
    source: Annotated[str, typer.Option(help="Only those of this source, on or off.")] = "",
    as_json: Json = False,
) -> None:
    """The terms that are used."""
    vocabulary = _vocabulary()
    if source:
        _known(vocabulary, source)
    found = _matching(vocabulary.source(source) if source else vocabulary.terms(), query)
    if as_json:
        print_json([_as_json(term) for term in found])
    elif not found:
        complaints.print(
            "No term." if not query else f"No term has {query!r} in it.", markup=False, highlight=False
        )
    else:
        _print_columns([(term.text, term.source, term.kind, ", ".join(term.spoken)) for term in found])


@app.command()
@plainly
def add(
    term: Annotated[str, typer.Argument(help="As it shall be written")],
    spoken: Annotated[Forms, typer.Option(help="How you say it, in ordinary words; may be repeated.")] = None,
    heard: Annotated[Forms, typer.Option(help="What was written for it instead; may be repeated.")] = None,
) -> None:
    """Add a term to your own; one that is there gets the forms as well."""
    from assistant.terms.given import given_term

    _own().add([given_term(term, spoken or (), heard or ())])


@app.command()
@plainly
def remove(term: Annotated[str, typer.Argument(help="As it is written in your list")]) -> None:
    """Take a term out of your own."""
    _own().remove(term)


@app.command("import")
@plainly
def import_(
    file: Annotated[
        Path, typer.Argument(help="A term a line, or CSV with a column term; - is standard input")
    ],
) -> None:
    """Take a list of terms into your own."""
    from assistant.terms.importing import read_list, read_stream

    table = read_stream(sys.stdin.buffer, "Standard input") if str(file) == "-" else read_list(file)
    added = _own().add(table.terms)
    print(f"{_count(added.new, 'new term')}, {added.known} known before.")
    _tell_refused(table.refused)


@app.command()
@plainly
def export(
    file: Annotated[Path | None, typer.Argument(help="Where to; without it, standard output")] = None,
) -> None:
    """Write your own terms as CSV."""
    from assistant.terms.table import as_csv

    write_out(file, as_csv(_own(_insist).terms()))


@app.command()
@plainly
def sources(as_json: Json = False) -> None:
    """Where terms come from, how many there are, and whether they are used."""
    found = _vocabulary().sources()
    if as_json:
        print_json([{"name": it.name, "kind": it.kind, "terms": it.terms, "on": it.on} for it in found])
        return
    _print_columns([(it.name, it.kind, f"{it.terms:6}", "on" if it.on else "off") for it in found])


@app.command()
@plainly
def on(source: SourceName) -> None:
    """Use a source."""
    _switch(" ".join(source), on=True)


@app.command()
@plainly
def off(source: SourceName) -> None:
    """Do not use a source; nothing of it is lost."""
    _switch(" ".join(source), on=False)


def _switch(name: str, *, on: bool) -> None:
    file = paths.settings_file()
    chosen = settings.load(file).terms
    if name not in chosen.off:
        _known(_vocabulary(), name)
    for setting, value in chosen.switched(name, on=on):
        settings.change(file, "terms", setting, value)


def _own(tell: Callable[[Fault], None] = complain) -> "OwnTerms":
    from assistant.terms.own import OwnTerms

    return OwnTerms(paths.own_terms_file(), tell)


def _insist(fault: Fault) -> None:
    """An export may take the place of an older one, so it is not made of a list that cannot be read."""
    from assistant.terms.own import REFUSED

    if fault.code != REFUSED:
        raise AssistantError(fault.code, fault.message, fault.hint)
    complain(fault)


def _vocabulary() -> "StandingVocabulary":
    return standing_vocabulary(settings.load(paths.settings_file()).terms)[0]


def _known(vocabulary: "StandingVocabulary", name: str) -> None:
    if name not in {source.name for source in vocabulary.sources()}:
        hint = "`aloud terms sources` lists them."
        raise AssistantError("no-such-source", f"There is no source {name}.", hint)


def _matching(terms: "Iterable[Term]", query: str) -> "list[Term]":
    wanted = query.casefold()
    return [
        term
        for term in terms
        if wanted in term.text.casefold() or any(wanted in form for form in (*term.spoken, *term.heard))
    ]


def _as_json(term: "Term") -> dict[str, Any]:
    return {
        "term": term.text,
        "source": term.source,
        "kind": term.kind,
        "spoken": list(term.spoken),
        "heard": list(term.heard),
    }


def _tell_refused(refused: "Sequence[Refusal]") -> None:
    if not refused:
        return
    complaints.print(f"{_count(len(refused), 'line')} refused:", markup=False, highlight=False)
    told = [*map(str, refused[:_REFUSALS_TOLD]), *(["…"] if len(refused) > _REFUSALS_TOLD else [])]
    for line in told:
        complaints.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _print_columns(rows: Sequence[Sequence[str]]) -> None:
    """Rows whose cells stand below each other: a table, but quick for thousands of rows."""
    widths = [min(max(map(len, column)), 40) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
