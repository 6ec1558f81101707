"""Rows that were measured, kept in a file: newer ones take the place of older ones, as long as the machine is the same."""

import dataclasses
import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.benchmarks.machine import Machine, this_machine
from scripts.benchmarks.measure import Row, Series

NUMBERS = tuple(str(number) for number in range(1, 14))
_DIGITS = 5


@dataclass(frozen=True)
class Measured:
    """A row, the day on which it was measured, and how busy the machine was before (load average over a minute)."""

    row: Row
    date: str
    load: float

    @classmethod
    def now(cls, row: Row, load: float) -> "Measured":
        return cls(row, time.strftime("%Y-%m-%d"), round(load, 2))


@dataclass(frozen=True)
class Results:
    """What is known of one machine, in the order of the table."""

    machine: Machine
    measured: Sequence[Measured]

    def complete(self) -> bool:
        return {one.row.number for one in self.measured} == set(NUMBERS)

    def with_(self, newer: Sequence[Measured]) -> "Results":
        """These, with `newer` in the place of all that have the same numbers."""
        numbers = {one.row.number for one in newer}
        kept = [one for one in self.measured if one.row.number not in numbers]
        ordered = sorted([*kept, *newer], key=lambda one: int(one.row.number))
        return Results(self.machine, ordered)

    def write(self, file: Path) -> None:
        content = {"machine": dataclasses.asdict(self.machine), "rows": list(map(_as_data, self.measured))}
        file.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(file: Path) -> Results:
    """What `file` has of this machine; nothing where it is not there, or is about another machine."""
    machine = this_machine()
    if file.exists():
        content = json.loads(file.read_text(encoding="utf-8"))
        if Machine(**content["machine"]) == machine:
            return Results(machine, [_from_data(data) for data in content["rows"]])
    return Results(machine, ())


def load_average() -> float:
    """How many programs have wanted a processor during the last minute."""
    return os.getloadavg()[0]


def _as_data(one: Measured) -> dict[str, Any]:
    row = dataclasses.asdict(one.row)
    for name in ("ours", "baselines", "stages"):
        row[name] = _rounded(row[name])
    return {"date": one.date, "load": one.load, **row}


def _rounded(value: Any) -> Any:
    """The samples, without digits that nobody measured."""
    if isinstance(value, Mapping):
        return {name: _rounded(inner) for name, inner in value.items()}
    if isinstance(value, Iterable):
        return [float(f"{sample:.{_DIGITS}g}") for sample in value]
    raise AssertionError(value)


def _from_data(data: dict[str, Any]) -> Measured:
    date, load = data.pop("date"), data.pop("load")
    for name in ("baselines", "stages"):
        data[name] = {of: Series(**series) for of, series in data[name].items()}
    data["ours"] = Series(**data["ours"])
    data["points"] = {
        name: {float(seconds): ms for seconds, ms in points.items()}
        for name, points in data["points"].items()
    }
    return Measured(Row(**data), date, load)
