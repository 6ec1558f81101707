"""Measuring every part, one after the other."""

from importlib import import_module

from rich.console import Console

from scripts.bench_models.make import make
from scripts.benchmarks.machine import this_machine
from scripts.benchmarks.measure import Effort
from scripts.benchmarks.report import table
from scripts.benchmarks.results import Measured, Results, load_average
from scripts.bootstrap import ROOT

MODEL = "base.en"
# The rows in each part; what takes longest comes last.
PARTS = {
    "hearing": ("1",),
    "thinking": ("8",),
    "speaking": ("9", "10"),
    "starting": ("11", "12"),
    "parity": ("6",),
    "transcription": ("2", "3", "4", "5", "7", "13"),
}


def run(rounds: int, long_rounds: int, numbers: frozenset[str], *, quick: bool) -> Results:
    """Measure the rows with these numbers, all of them when there are none, and print their table."""
    console = Console()
    model = ROOT / "models" / "test.en" if quick else make(MODEL)
    effort = Effort(rounds, quick, long_rounds, model, numbers)
    results = Results(this_machine(), ())
    for part, of_part in PARTS.items():
        if not effort.wants(*of_part):
            continue
        load = load_average()
        console.print(f"── {part}, rows {', '.join(of_part)}, load {load:.2f}")
        rows = import_module(f"scripts.benchmarks.{part}").measure(effort)
        results = results.with_([Measured.now(row, load) for row in rows if effort.wants(row.number)])
    console.print(table(results.measured))
    return results
