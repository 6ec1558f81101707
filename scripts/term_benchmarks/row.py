"""A row of the table, and what all measurements are given."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """`amount` is what was measured, in `unit`; `detail` what it was counted from; `promise` what it shall be, in words.

    `kept` is None where nothing is promised.
    """

    what: str
    amount: float
    unit: str
    detail: str = ""
    promise: str = ""
    kept: bool | None = None


@dataclass(frozen=True)
class Task:
    """`texts` is the folder with the test texts, `prose` a file or folder of ordinary English (None: not measured)."""

    texts: Path
    prose: Path | None
    quick: bool = False


Measure = Callable[[Task], Iterable[Row]]
