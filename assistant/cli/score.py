"""`aloud score`: sentences with terms are read, and what was heard of them is counted."""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from assistant import paths, settings
from assistant.cli.output import Json, complaints, console, plainly, print_json
from assistant.cli.vocabulary import usual_fix
from assistant.errors import AssistantError
from assistant.terms.score import Errors, HeardTerm, Sentence, errors, heard_terms, read_sentences, total
from assistant.terms.scores import Score, keep, kept, last_alike, others_alike
from assistant.turn.transcript import Word

if TYPE_CHECKING:
    from assistant.cli.score_reading import Reader

PutRight = Callable[[tuple[Word, ...]], str]

_YOU, _VOICE = "you", "voice"
_COLUMNS = (
    "terms wrong\nas heard",
    "terms wrong\nput right",
    "words wrong\nas heard",
    "words wrong\nput right",
    "text\nafter",
)


@dataclass(slots=True)
class _Tally:
    """What has been read until now."""

    model: str = ""
    as_heard: list[Errors] = field(default_factory=list)
    put_right: list[Errors] = field(default_factory=list)
    waits_s: list[float] = field(default_factory=list)
    missed: list[HeardTerm] = field(default_factory=list)


@plainly
def score(
    set_number: Annotated[int, typer.Option("--set", help="Which sentences: 1 to 8.")] = 1,
    speak: Annotated[bool, typer.Option("--speak", help="The system's voice reads, not you.")] = False,
    model: Annotated[str, typer.Option(help="A model's name or folder; default: that of the settings.")] = "",
    list_: Annotated[bool, typer.Option("--list", help="Show the scores that were taken.")] = False,
    as_json: Json = False,
) -> None:
    """Read sentences with terms for a minute, and see how many are understood; each score is kept.

    Ctrl+C ends it, and what was read until then is counted.
    """
    if list_:
        _list(as_json=as_json)
        return
    sentences = _sentences(set_number)
    before = kept(paths.scores_file())
    tally = _Tally()
    try:
        _read(sentences, tally, model, speak=speak)
    except KeyboardInterrupt:
        if not tally.as_heard:
            raise
    new = _scored(tally, set_number, _VOICE if speak else _YOU, whole=len(tally.as_heard) == len(sentences))
    keep(paths.scores_file(), new)
    _report(new, before, as_json=as_json)


def _sentences(number: int) -> tuple[Sentence, ...]:
    sets = read_sentences(paths.score_sentences_file().read_text(encoding="utf-8"))
    if number not in sets:
        raise AssistantError(
            "no-such-set", f"There is no set {number}.", f"The sets are {min(sets)} to {max(sets)}."
        )
    return sets[number]


def _read(sentences: tuple[Sentence, ...], tally: _Tally, model: str, *, speak: bool) -> None:
    from assistant.cli.score_reading import microphone_reader, voice_reader

    chosen = settings.load(paths.settings_file())
    put_right = _put_right(chosen.terms)
    with (voice_reader if speak else microphone_reader)(chosen, model) as reader:
        if not speak:
            _tell("Read each sentence as you would say it, then press Enter.")
        for number, sentence in enumerate(sentences, 1):
            _tell(f"\n{number}/{len(sentences)}  {sentence.text}")
            _count(sentence, number, tally, reader, put_right)


def _count(sentence: Sentence, number: int, tally: _Tally, reader: "Reader", put_right: PutRight) -> None:
    reading = reader(number, sentence)
    fixed = put_right(reading.transcript.words)
    _tell(f"     {fixed}")
    tally.model = reading.transcript.recogniser
    tally.as_heard.append(errors(sentence, reading.transcript.text))
    tally.put_right.append(errors(sentence, fixed))
    tally.waits_s.append(reading.wait_s)
    tally.missed += [term for term in heard_terms(sentence, fixed) if not term.right]


def _put_right(chosen: settings.Terms) -> PutRight:
    """The text as the program puts it right where nothing was said before."""
    fix = usual_fix(chosen)
    return lambda words: "".join(word.text for word in fix(words)).strip()


def _scored(tally: _Tally, set_number: int, reader: str, *, whole: bool) -> Score:
    return Score(
        time.time(),
        tally.model,
        set_number,
        reader,
        len(tally.as_heard),
        whole,
        total(tally.as_heard),
        total(tally.put_right),
        statistics.median(tally.waits_s),
        tuple(tally.missed),
    )


def _report(new: Score, before: tuple[Score, ...], *, as_json: bool) -> None:
    last, others = last_alike(before, new), others_alike(before, new)
    if as_json:
        last_json = _as_json(last) if last is not None else None
        print_json({**_as_json(new), "last": last_json, "others": [_as_json(other) for other in others]})
        return
    rows = [(f"{new.model}, now", _figures(new))]
    if last is not None:
        rows += [(f"{last.model}, last time", _figures(last)), ("Change", _changes(new, last))]
    _print(rows + [(other.model, _figures(other)) for other in others])
    for term in new.missed:
        console.print(f"{term.term}: {term.heard or 'nothing was heard'}", markup=False, highlight=False)


def _list(*, as_json: bool) -> None:
    scores = kept(paths.scores_file())
    if as_json:
        print_json([_as_json(score) for score in scores])
    elif not scores:
        _tell("No score was taken yet. Take one with `aloud score`.")
    else:
        _print([(_named(score), _figures(score)) for score in scores])


def _print(rows: list[tuple[str, list[str]]]) -> None:
    table = Table("", box=None, header_style="", pad_edge=False)
    for column in _COLUMNS:
        table.add_column(column, justify="right", no_wrap=True)
    for name, figures in rows:
        table.add_row(Text(name), *figures)
    console.print(table)


def _named(score: Score) -> str:
    when = datetime.fromtimestamp(score.at_s, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    part = "" if score.whole else f", {score.sentences} sentences"
    return f"{when}, {score.model}, set {score.set_number}, {score.reader}{part}"


def _figures(score: Score) -> list[str]:
    return [
        *(f"{rate:.0%}" for rate in _rates(score)),
        f"{score.wait_s:.2f} s",
    ]


def _rates(score: Score) -> tuple[float, ...]:
    """As in the columns."""
    heard, right = score.as_heard, score.put_right
    return heard.term_error_rate, right.term_error_rate, heard.word_error_rate, right.word_error_rate


def _changes(new: Score, last: Score) -> list[str]:
    rates = (now - then for now, then in zip(_rates(new), _rates(last), strict=True))
    return [*(f"{rate:+.0%}" for rate in rates), f"{new.wait_s - last.wait_s:+.2f} s"]


def _as_json(score: Score) -> dict[str, Any]:
    told = asdict(score)
    for name in ("as_heard", "put_right"):
        counted = getattr(score, name)
        told[name] |= {
            "word_error_rate": round(counted.word_error_rate, 4),
            "term_error_rate": round(counted.term_error_rate, 4),
        }
    return told


def _tell(line: str) -> None:
    complaints.print(line, markup=False, highlight=False, soft_wrap=True)
    sys.stderr.flush()
