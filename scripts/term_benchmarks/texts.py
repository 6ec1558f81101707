"""Terms put right, and ordinary text left alone, from the text alone."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from assistant import paths
from assistant.terms import Term
from assistant.terms.dictionaries import read_dictionaries
from assistant.terms.matcher import Matcher, spoken_words
from assistant.terms.table import merged
from assistant.turn.events import Fault
from assistant.turn.transcript import Origin
from scripts.term_benchmarks import synthetic
from scripts.term_benchmarks.row import Row, Task

RIGHT_SHALL_BE = 0.90
ALONE_SHALL_BE = 0.98
WORDS_FOR_ONE_WRONG = 5_000
PROSE_TERMS = 10_000
_QUICK_LINES = 20


@dataclass(frozen=True)
class Count:
    """So many of so many."""

    of: int
    all: int

    @property
    def share(self) -> float:
        return self.of / max(1, self.all)


def shipped_terms() -> tuple[Term, ...]:
    """Of all dictionaries, each once."""
    dictionaries = read_dictionaries(paths.resources_folder() / "terms", _fail)
    return merged(term for terms in dictionaries.values() for term in terms)


def measure(task: Task) -> Iterator[Row]:
    matcher = Matcher(shipped_terms())
    lines = _QUICK_LINES if task.quick else None
    for half in ("seen", "unseen"):
        right = terms_right(matcher, read(task.texts / half / "misheard.jsonl")[:lines])
        yield _share(f"terms right, text alone, {half}", right, RIGHT_SHALL_BE)
    for half in ("seen", "unseen"):
        alone = left_alone(
            matcher, (line["text"] for line in read(task.texts / half / "literal.jsonl")[:lines])
        )
        yield _share(f"meant literally and left alone, {half}", alone, ALONE_SHALL_BE)
    for half in ("seen", "unseen"):
        said = (line["said"] for line in read(task.texts / half / "misheard.jsonl")[:lines])
        alone = left_alone(matcher, said, case_counts=False)
        yield Row(
            f"right sentences about programs left alone but for capitals, {half}",
            100 * alone.share,
            "%",
            f"{alone.of} of {alone.all}",
        )
    if task.prose is not None:
        yield _prose(task.prose, lines)


def read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def fixed(matcher: Matcher, text: str) -> str:
    return "".join(word.text for word in matcher.fix(spoken_words(text)))


def terms_right(matcher: Matcher, lines: Iterable[Mapping[str, Any]]) -> Count:
    """How many of the misheard terms are there as often as they were said, whatever their case."""
    right = misheard = 0
    for line in lines:
        heard, said, result = (
            text.casefold() for text in (line["heard"], line["said"], fixed(matcher, line["heard"]))
        )
        for term in map(str.casefold, line["terms"]):
            if heard.count(term) < said.count(term):
                misheard += 1
                right += result.count(term) >= said.count(term)
    return Count(right, misheard)


def left_alone(matcher: Matcher, texts: Iterable[str], *, case_counts: bool = True) -> Count:
    """How many of `texts` come out as they went in."""
    alike = str if case_counts else str.casefold
    outcomes = [alike(fixed(matcher, text)) == alike(text) for text in texts]
    return Count(sum(outcomes), len(outcomes))


def words_changed(matcher: Matcher, texts: Iterable[str]) -> Count:
    """How many of the words of `texts` were replaced."""
    changed = all_words = 0
    for text in texts:
        words = spoken_words(text)
        all_words += len(words)
        replaced = [word for word in matcher.fix(words) if word.origin is Origin.REPLACED]
        changed += sum(len(word.heard.split()) for word in replaced)
    return Count(changed, all_words)


def _prose(prose: Path, lines: int | None) -> Row:
    files = sorted(file for file in prose.rglob("*") if file.is_file()) if prose.is_dir() else [prose]
    texts = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()][:lines]
    shipped = shipped_terms()
    matcher = Matcher([*shipped, *synthetic.terms(max(0, PROSE_TERMS - len(shipped)))])
    changed = words_changed(matcher, texts)
    return Row(
        f"ordinary words changed, {PROSE_TERMS:,} terms",
        changed.share * WORDS_FOR_ONE_WRONG,
        f"in {WORDS_FOR_ONE_WRONG:,}",
        f"{changed.of} of {changed.all:,}",
        "≤ 1",
        changed.share * WORDS_FOR_ONE_WRONG <= 1,
    )


def _fail(fault: Fault) -> NoReturn:
    raise ValueError(fault.message)


def _share(what: str, count: Count, shall_be: float) -> Row:
    return Row(
        what,
        100 * count.share,
        "%",
        f"{count.of} of {count.all}",
        f"≥ {100 * shall_be:.0f} %",
        count.share >= shall_be,
    )
