"""Find what speaks how strongly against a word, for the test model: `python3 scripts/fit_doubt.py [--keep FILE]`.

Prints the weights for `assistant/turn/doubt.py`, from one half of the voices and sentences, how many words below which
probability are marked, and the same of the other half. `--keep` writes some of the other half down for the tests.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.bootstrap import set_up, start
from scripts.test import TESTS

if TYPE_CHECKING:
    from assistant.turn.doubt import Weights
    from scripts.term_benchmarks.doubt import Judged

_STEPS = 30
_PULL = 1.0
_BELOW = (0.5, 0.7, 0.8, 0.85, 0.88, 0.9)


def main() -> int:
    if Path(sys.prefix) != TESTS.folder:
        set_up(TESTS)
        return start(TESTS.python, [__file__, *sys.argv[1:]])
    from scripts.term_benchmarks.doubt import listened

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--utterances", type=int, default=480, help="to fit the weights to")
    parser.add_argument("--kept", type=int, default=160, help="of the other half")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="write the other half to this file")
    options = parser.parse_args()
    fitted = list(listened(options.utterances, fitted=True, seed=11))
    weights = fit(fitted)
    print(weights)
    others = list(listened(options.kept, fitted=False, seed=11))
    for name, heard in (("fitted", fitted), ("other", others)):
        _print_marks(name, heard, weights)
    if options.keep:
        options.keep.write_text("".join(f"{_line(one)}\n" for one in others), encoding="utf-8")
    return 0


def fit(heard: Sequence["Judged"]) -> "Weights":
    """Logistic regression, with a little pull towards zero."""
    import numpy as np

    from assistant.turn.doubt import Evidence, Weights, evidence

    against = np.array([[1.0, *numbers] for one in heard for numbers in evidence(one.words)])
    wrong = np.array([not right for one in heard for right in one.right], float)
    pull = _PULL * np.diag([0.0, *[1.0] * (against.shape[1] - 1)])
    worth = np.zeros(against.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-against @ worth))
        bend = (against * (chance * (1 - chance))[:, None]).T @ against + pull
        worth += np.linalg.solve(bend, against.T @ (wrong - chance) - pull @ worth)
    start, *rest = (round(float(number), 2) for number in worth)
    return Weights(start, Evidence(*rest))


def _print_marks(name: str, heard: Sequence["Judged"], weights: "Weights") -> None:
    from dataclasses import replace

    from assistant.turn.doubt import Learned, weighed
    from scripts.term_benchmarks.doubt import marks_below

    shown = [replace(one, words=weighed(one.words, weights, Learned())) for one in heard]
    for below in _BELOW:
        marks, raw = marks_below(below, shown), marks_below(below, heard)
        print(
            f"{name}: below {below}: caught {marks.caught:.1%} of {marks.wrong}, marked {marks.marked:.1%} of {marks.right}"
            f" (own probability: {raw.caught:.1%}, {raw.marked:.1%})"
        )


def _line(one: "Judged") -> str:
    pairs = zip(one.words, one.right, strict=True)
    return json.dumps(
        [
            [word.text, _rounded(word.start_s), _rounded(word.end_s), round(word.probability, 3), right]
            for word, right in pairs
        ]
    )


def _rounded(time_s: float | None) -> float:
    return round(time_s or 0.0, 2)


if __name__ == "__main__":
    sys.exit(main())
