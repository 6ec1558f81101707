"""Make `resources/topics.txt` from `resources/well-known-terms.txt`: `python3 scripts/make_topics.py`.

Where each term and each of their companions lies among the topics that `assistant.terms.topics` compares. To be run when
the list has changed; takes seconds. The first run sets up what the tests need.
"""

import hashlib
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.bootstrap import ROOT, set_up, start
from scripts.test import TESTS

if __name__ == "__main__" and Path(sys.prefix) != TESTS.folder:
    set_up(TESTS)
    sys.exit(start(TESTS.python, [__file__, *sys.argv[1:]]))

import numpy as np
import numpy.typing as npt

from assistant.terms.topics import DIMENSIONS, FILE, ONE

LIST = ROOT / "resources" / "well-known-terms.txt"
_MET_AT_LEAST = 2
"""A word that is met with fewer terms ties none to another."""

Array = npt.NDArray[np.float32]


def main() -> int:
    lines = [(terms, words) for terms, words in _read(LIST) if words]
    met = Counter(word for _, words in lines for word in words)
    words = sorted(word for word, times in met.items() if times >= _MET_AT_LEAST)
    rarity = np.log(len(lines) / np.array([met[word] for word in words], np.float32))
    table = _table(lines, words, rarity)
    by_line, strengths, by_word = np.linalg.svd(table, full_matrices=False)
    of_words = _unit(by_word[:DIMENSIONS].T) * (rarity / np.log(len(lines)))[:, None]
    of_terms: dict[str, Array] = {}
    for (terms, _), point in zip(lines, _unit(by_line[:, :DIMENSIONS] * strengths[:DIMENSIONS]), strict=True):
        for term in terms:
            of_terms[term] = of_terms.get(term, np.zeros(DIMENSIONS, np.float32)) + point
    points = dict(zip(of_terms, _unit(np.array(list(of_terms.values()))), strict=True))
    parts = (
        f"# made by scripts/make_topics.py from {LIST.name}, sha256 {fingerprint(LIST)}",
        *(f"{word}\t{_written(point)}" for word, point in zip(words, of_words, strict=True)),
        "[terms]",
        *_grouped({term: _written(point) for term, point in points.items()}),
    )
    (LIST.parent / FILE).write_text("".join(f"{part}\n" for part in parts), encoding="utf-8")
    return 0


def fingerprint(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _read(file: Path) -> Iterator[tuple[list[str], list[str]]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith(("#", "[")):
            terms, _, words = line.partition(": ")
            yield terms.split(", "), list(dict.fromkeys(words.split()))


def _table(lines: Sequence[tuple[list[str], list[str]]], words: Sequence[str], rarity: Array) -> Array:
    """A row for each line, as long as 1: a word counts as much as it is rare, be it a companion or a part of a name."""
    columns = {word: column for column, word in enumerate(words)}
    table = np.zeros((len(lines), len(words)), np.float32)
    for row, (terms, companions) in enumerate(lines):
        for word in (*companions, *(part for term in terms for part in term.split())):
            if word in columns:
                table[row, columns[word]] = rarity[columns[word]]
    return _unit(table)


def _unit(rows: Array) -> Array:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Array = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit


def _written(point: Array) -> str:
    return b64encode(np.round(point * ONE).astype(np.int8).tobytes()).decode()


def _grouped(terms: Mapping[str, str]) -> Iterator[str]:
    """Terms that lie at the same place, on one line."""
    places: dict[str, list[str]] = {}
    for term, place in terms.items():
        places.setdefault(place, []).append(term)
    yield from (f"{', '.join(names)}\t{place}" for place, names in places.items())


if __name__ == "__main__":
    sys.exit(main())
