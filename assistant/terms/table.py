"""Terms as text: CSV with the columns term, kind, spoken and heard, or a term a line.

A term stands on one line, so each line is read by itself: one that cannot be understood is refused, the rest goes on.
Several spoken or heard forms are separated by "|".
"""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.terms.term import Term
from assistant.turn.dataclass import dataclass

COLUMNS = ("term", "kind", "spoken", "heard")
MOST_BYTES = 8_000_000
_LONGEST = 80
_LONGEST_FORM = 200
_MOST_FORMS = 50
_SHOWN = 40
_LINE_END = re.compile(r"\r\n|\r|\n")
# Control characters, half characters, line and paragraph ends, and what turns the direction of the text around it.
_NOT_IN_A_TERM = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line (the first is 1) that is no term, and why."""

    line: int
    text: str
    why: str

    def __str__(self) -> str:
        shown = _NOT_IN_A_TERM.sub(" ", self.text[:_SHOWN])
        return f"line {self.line}: {shown!r}{'…' if len(self.text) > _SHOWN else ''}: {self.why}"


@dataclass(frozen=True, slots=True)
class Table:
    """What was read: the terms, one of each, and the lines that were refused.

    `other_columns` are those of its header that mean nothing here.
    """

    terms: tuple[Term, ...] = ()
    refused: tuple[Refusal, ...] = ()
    other_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the lines are to be read; without a delimiter each is a term."""

    delimiter: str
    columns: tuple[str, ...] = COLUMNS
    header: bool = False


def made(
    text: str, kind: str = "", spoken: Iterable[str] = (), heard: Iterable[str] = (), source: str = ""
) -> Term:
    """The term that was written so, in the canonical form of Unicode. Raises ValueError, which says what is wrong."""
    text = _clean(text, "a term")
    if not text:
        raise ValueError("it is empty")
    return Term(text, _forms(spoken), source, _clean(kind, "a kind"), _forms(heard))


def merged(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms with one of each text, at the place of the first, which has the forms of all of them."""
    kept: dict[str, Term] = {}
    for term in terms:
        known = kept.get(term.text)
        kept[term.text] = term if known is None else _both(known, term)
    return tuple(kept.values())


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 that says so at its beginning. Raises ValueError, which says what it is not.

    More than `MOST_BYTES` are refused: it is enough to give one more.
    """
    if len(data) > MOST_BYTES:
        raise ValueError(f"it is larger than {MOST_BYTES / 1e6:.0f} MB")
    utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise ValueError("it is not a text file") from error
        raise ValueError("its text is neither UTF-8 nor UTF-16") from error
    if "\0" in text:
        raise ValueError("it is not a text file")
    return text


def read_table(text: str, source: str = "") -> Table:
    """The terms of a CSV text (comma, semicolon or tab, with a header or without), or of a text with a term a line."""
    lines = _LINE_END.split(text)
    layout = _layout([line for line in lines if line.strip()])
    terms, refused = [], []
    header = layout.header
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if header:
            header = False
            continue
        try:
            terms.append(_term(line, layout, source))
        except (ValueError, csv.Error) as error:
            refused.append(Refusal(number, line, str(error)))
    others = tuple(name for name in layout.columns if name not in COLUMNS)
    return Table(merged(terms), tuple(refused), others)


def as_csv(terms: Iterable[Term], also: Iterable[str] = ()) -> str:
    """The terms as CSV with a header, and below them lines that are to stand there as they are."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows((term.text, term.kind, "|".join(term.spoken), "|".join(term.heard)) for term in terms)
    return text.getvalue() + "".join(f"{line}\n" for line in also)


def _term(line: str, layout: _Layout, source: str) -> Term:
    if not layout.delimiter and not line.startswith('"'):
        return made(line, source=source)
    row = _cells(line, layout.delimiter or ",")
    given = dict(zip(layout.columns, row, strict=False))
    return made(
        given.get("term", ""),
        given.get("kind", ""),
        (given.get("spoken", ""),),
        (given.get("heard", ""),),
        source,
    )


def _cells(line: str, delimiter: str) -> list[str]:
    csv.field_size_limit(MOST_BYTES)
    return next(csv.reader((line,), delimiter=delimiter, strict=True))


def _layout(lines: Sequence[str]) -> _Layout:
    """How lines, none of them blank, are to be read: as the header says, or as most of them look."""
    if not lines:
        return _Layout("")
    for delimiter in (",", ";", "\t"):
        names = tuple(name.strip(' "').casefold() for name in lines[0].split(delimiter))
        if "term" in names:
            return _Layout(delimiter if len(names) > 1 else "", names, header=True)
    counts = {delimiter: sum(delimiter in line for line in lines) for delimiter in ("\t", ";", ",")}
    likely = max(counts, key=lambda delimiter: counts[delimiter])
    return _Layout(likely if 2 * counts[likely] >= len(lines) else "")


def _clean(text: str, what: str) -> str:
    text = _shown(text.strip())
    if len(text) > _LONGEST:
        raise ValueError(f"it has {len(text)} characters, {what} has at most {_LONGEST}")
    return text


def _forms(given: Iterable[str]) -> tuple[str, ...]:
    """Spoken or heard forms, in lower case, one of each."""
    together = "|".join(given).lower()
    if not together:
        return ()
    words = "|".join([" ".join(form.split()) for form in together.split("|")])
    forms = tuple(dict.fromkeys(filter(None, _shown(words).split("|"))))
    if len(forms) > _MOST_FORMS:
        raise ValueError(f"it has {len(forms)} forms, a term has at most {_MOST_FORMS}")
    if forms and (longest := max(map(len, forms))) > _LONGEST_FORM:
        raise ValueError(f"a form has {longest} characters, it may have {_LONGEST_FORM}")
    return forms


def _shown(text: str) -> str:
    """The text in the canonical form, where every character of it can be shown."""
    if _NOT_IN_A_TERM.search(text):
        raise ValueError("it has a line break or another character that is not shown")
    return unicodedata.normalize("NFC", text)


def _both(first: Term, second: Term) -> Term:
    return replace(
        first,
        kind=first.kind or second.kind,
        spoken=tuple(dict.fromkeys(first.spoken + second.spoken)),
        heard=tuple(dict.fromkeys(first.heard + second.heard)),
    )
