"""The shape of a measurement: a row of the table, with the samples behind it."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant import paths


@dataclass(frozen=True)
class Effort:
    """How much is measured. `quick` only shows that every row can be measured: few rounds, small models.

    `long_rounds` is for what takes minutes a round; `model` is the folder of the recogniser's model. `numbers` are the
    rows that are wanted, all of them when empty.
    """

    rounds: int = 20
    quick: bool = False
    long_rounds: int = 5
    model: Path = field(default_factory=lambda: paths.shipped_models_folder() / "test.en")
    numbers: frozenset[str] = frozenset()

    def wants(self, *numbers: str) -> bool:
        """Whether any of these rows is wanted."""
        return not self.numbers or not self.numbers.isdisjoint(numbers)


@dataclass(frozen=True)
class Series:
    """Samples of one thing, all in one unit."""

    samples: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.samples)

    def percentile(self, share: float) -> float:
        """The smallest sample that is at least as large as `share` (0..1) of them all."""
        ordered = sorted(self.samples)
        return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


@dataclass(frozen=True)
class Row:
    """One line of the table.

    `number` is the row's place in the table ("2"), `what` what was measured, in `unit`; `promise` what it shall be, in
    words, and `kept` whether it was. `baselines` are what it is compared with, by name; `stages` where the time goes,
    in the order of the way; `points` are for the plot: latency in ms by seconds of speech, for each series.
    """

    number: str
    what: str
    unit: str
    ours: Series
    promise: str
    kept: bool
    baselines: Mapping[str, Series] = field(default_factory=dict)
    stages: Mapping[str, Series] = field(default_factory=dict)
    points: Mapping[str, Mapping[float, float]] = field(default_factory=dict)
    notes: Sequence[str] = ()
