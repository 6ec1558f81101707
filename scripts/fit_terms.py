"""Fit the worths of `assistant.terms.evidence`: `python3 scripts/fit_terms.py --prose FILE_OR_FOLDER [--write]`.

Learns from the seen test texts (never the unseen ones) and from prose (`scripts/gather_prose.py`), by logistic regression. Prints how many mis-heard terms would be put right, cross-validated by
term, where 3 of 200 literal sentences are changed; `--write` puts the worths where they are used.
"""

import argparse
import dataclasses
import difflib
import random
import re
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.bootstrap import ROOT, set_up, start
from scripts.test import TESTS

if Path(sys.prefix) != TESTS.folder:
    set_up(TESTS)
    sys.exit(start(TESTS.python, [__file__, *sys.argv[1:]]))

import numpy as np
from numpy.typing import NDArray

from assistant.terms import Term
from assistant.terms.evidence import Evidence
from assistant.terms.matcher import Candidate, Matcher, spoken_words
from assistant.terms.spans import pieces_of
from assistant.turn.transcript import Word
from scripts.term_benchmarks.texts import read, shipped_terms

Array = NDArray[np.float64]

NAMES = Evidence._fields
BY_HAND = {"bare_name": 4.0, "own": 0.8, "doubt": 2.5}
"""Of these the texts do not tell."""
MISHEARD = ("misheard", "unlisted")
"""As the dictionaries are, and without what they list of these very mis-hearings."""
WEIGHTS = {"misheard": 1.0, "unlisted": 1.0, "right": 0.7, "literal": 6.0, "prose": 0.7}
"""What a sample of each kind counts: changing what was meant is worse than leaving what was misheard."""
ELSEWHERE = 0.25
"""What a sample counts that is no mis-hearing, in a sentence with one."""
PROSE_WORDS = 50_000
FOLDS = 5
ALLOWED = 0.015
"""Of the literal sentences, so many may be changed."""
STRENGTH = 0.3
"""Of the pull towards small worths."""
STEPS = 14
SEED = 3


@dataclass(frozen=True)
class Sample:
    """A term in the place of some words. `about` is the text's number, `fold` is shared by all texts with the same term."""

    kind: str
    about: int
    fold: int
    right: bool
    meant: str
    evidence: tuple[float, ...]


def main() -> int:
    options = _options()
    samples = list(gathered(options.prose))
    print(f"{len(samples):,} samples, {sum(one.right for one in samples)} of them right")
    x = np.array([one.evidence for one in samples])
    y = np.array([one.right for one in samples], dtype=float)
    weights = np.array([ELSEWHERE if _elsewhere(one) else WEIGHTS[one.kind] for one in samples])
    folds = np.array([one.fold for one in samples])
    points = np.empty(len(samples))
    for fold in range(FOLDS):
        learned = fit(x[folds != fold], y[folds != fold], weights[folds != fold])
        points[folds == fold] = learned[0] + x[folds == fold] @ learned[1:]
    report(samples, points)
    worths = dict(zip(["start", *NAMES], fit(x, y, weights).tolist(), strict=True)) | BY_HAND
    print("\n".join(f"{name:14} {worth:5.1f}" for name, worth in worths.items()))
    if options.write:
        write(worths)
    return 0


def gathered(prose: Path) -> Iterator[Sample]:
    """Everything there is to learn from."""
    seen = ROOT / "tests" / "data" / "terms" / "seen"
    misheard = read(seen / "misheard.jsonl")
    terms = shipped_terms()
    for kind, matcher in zip(MISHEARD, (Matcher(terms), Matcher(without(terms, misheard))), strict=True):
        for number, line in enumerate(misheard):
            yield from samples(matcher, kind, number, line["heard"], line["said"])
    for number, line in enumerate(misheard):
        yield from samples(matcher, "right", number, line["said"])
    for number, line in enumerate(read(seen / "literal.jsonl")):
        yield from samples(matcher, "literal", number, line["text"])
    for number, text in enumerate(_prose(prose)):
        yield from samples(matcher, "prose", number, text)


def without(terms: Sequence[Term], misheard: Sequence[Mapping[str, Any]]) -> list[Term]:
    """The terms with none of the mis-hearings of these lines in their lists: most that people meet are in no list."""
    runs = set()
    for line in misheard:
        words = _plain(line["heard"])
        runs |= {
            " ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, min(a + 6, len(words)) + 1)
        }
    names = {term.casefold() for line in misheard for term in line["terms"]}
    return [
        dataclasses.replace(term, heard=tuple(form for form in term.heard if form not in runs))
        if term.text.casefold() in names
        else term
        for term in terms
    ]


def samples(
    matcher: Matcher, kind: str, number: int, heard: str, said: str | None = None
) -> Iterator[Sample]:
    """Every candidate in a text; those that share words with a mis-hearing count only where they put it right."""
    wanted = list(_changes(heard, said)) if said is not None else []
    words = _plain(heard)
    group = wanted[0][2] if wanted else f"{kind} {number}"
    for candidate in matcher.candidates(spoken_words(heard)):
        over = [one for one in wanted if candidate.span.start < one[1] and one[0] < candidate.span.stop]
        right = any(_puts_right(candidate, words, one) for one in over)
        if right or not over:
            yield Sample(
                kind,
                number,
                zlib.crc32(group.encode()) % FOLDS,
                right,
                candidate.text.casefold(),
                tuple(candidate.evidence),
            )


def fit(x: Array, y: Array, weights: Array) -> Array:
    """The start and a worth for each column of `x` (samples, names): logistic regression by Newton's steps."""
    a = np.c_[np.ones(len(x)), x]
    pull = np.full(a.shape[1], STRENGTH)
    pull[0] = 1e-6
    worths = np.zeros(a.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-np.clip(a @ worths, -30, 30)))
        slope = a.T @ (weights * (likely - y)) + pull * worths
        bend = (a * (weights * likely * (1 - likely))[:, None]).T @ a + np.diag(pull)
        worths = worths - np.linalg.solve(bend, slope)
    return worths


def report(samples: Sequence[Sample], points: Array) -> None:
    """What would be reached with the worths learned from the other folds, at the score that spares the literal texts."""
    most: dict[str, dict[object, float]] = defaultdict(lambda: defaultdict(lambda: -99.0))
    for one, reached in zip(samples, points.tolist(), strict=True):
        if one.right or one.kind not in MISHEARD:
            key = (one.about, one.meant) if one.right else one.about
            most[one.kind][key] = max(most[one.kind][key], reached)
    literal = sorted(most["literal"].values(), reverse=True)
    least = literal[round(ALLOWED * len(literal))]
    print(
        f"with {ALLOWED:.1%} of the literal sentences changed, at a score of {1 / (1 + np.exp(-least)):.2f}:"
    )
    for kind, texts in most.items():
        print(f"  {kind}: {sum(reached > least for reached in texts.values())} of {len(texts)}")


def write(worths: Mapping[str, float]) -> None:
    """Put the worths into `evidence.py`."""
    file = ROOT / "assistant" / "terms" / "evidence.py"
    lines = "".join(f'    "{name}": {worths[name]:.1f},\n' for name in NAMES)
    text = re.sub(r"_START = .*", f"_START = {worths['start']:.1f}", file.read_text(encoding="utf-8"))
    file.write_text(
        re.sub(r"_WORTH = \{.*?\n\}", f"_WORTH = {{\n{lines}}}", text, flags=re.DOTALL), encoding="utf-8"
    )


def _elsewhere(one: Sample) -> bool:
    return one.kind in MISHEARD and not one.right


def _changes(heard: str, said: str) -> Iterator[tuple[int, int, str]]:
    """Which words of `heard` stand for others, and for which."""
    before, after = _plain(heard), _plain(said)
    for what, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            yield a, b, " ".join(after[c:d])


def _puts_right(candidate: Candidate, words: Sequence[str], change: tuple[int, int, str]) -> bool:
    start, stop, said = change
    span = candidate.span
    if not (span.start <= start and stop <= span.stop):
        return False
    whole = " ".join([*words[span.start : start], said, *words[stop : span.stop]])
    return whole in {candidate.text.casefold(), " ".join(_plain(candidate.text))}


def _plain(text: str) -> list[str]:
    return [(pieces_of((Word(word),))[0].core or word).casefold() for word in text.split()]


def _prose(prose: Path) -> Iterator[str]:
    """Lines of it, drawn by chance."""
    files = sorted(file for file in prose.rglob("*") if file.is_file()) if prose.is_dir() else [prose]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    random.Random(SEED).shuffle(lines)
    words = 0
    for line in lines:
        words += len(line.split())
        if words > PROSE_WORDS:
            return
        yield line


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--prose", type=Path, metavar="FILE_OR_FOLDER", required=True, help="ordinary English"
    )
    parser.add_argument("--write", action="store_true", help="put the worths into evidence.py")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
