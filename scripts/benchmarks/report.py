"""What was measured, for people: a table in the terminal, and the page docs/performance.md."""

from collections.abc import Iterable, Iterator

from rich.table import Table

from scripts.benchmarks.measure import Row, Series
from scripts.benchmarks.results import Measured, Results

BASELINES = {
    "W": "record, then faster-whisper's `transcribe` with its defaults, as whisper-writer does",
    "F": "the same with the language fixed, beam 1, temperature 0",
    "C": "record, then whisper.cpp (pywhispercpp) with its defaults and the language fixed, a model of the same shape"
    " (q8_0; its wheel is built for AVX2)",
}
OWN = (
    "Ours lets CTranslate2 use AVX-512 on AMD's processors, too, which it does by itself on Intel's alone; the instruction set"
    " above is the one that it chooses by itself, as in W and F."
)
LEFT_OUT = (
    "RealtimeSTT (**S**) is left out: `pip install RealtimeSTT` fails on a Linux machine without a compiler and PortAudio's"
    " headers, since its PyAudio has no wheel there, and it needs PyTorch with CUDA's libraries, several gigabytes."
)
_COLUMNS = ("#", "what", "p50", "p95", "compared with", "shall be", "kept", "n")


def table(measured: Iterable[Measured]) -> Table:
    made = Table(*_COLUMNS, title="Aloud")
    for one in measured:
        made.add_row(*_cells(one.row))
    return made


def page(results: Results, plot: str) -> str:
    """The page as Markdown; `plot` is the name of the picture beside it."""
    return "\n".join([*_head(results), *_markdown_table(results), *_below(results, plot)]) + "\n"


def _cells(row: Row) -> tuple[str, ...]:
    if not row.ours.samples:
        return (row.number, row.what, "–", "–", "", row.promise, "no", "0")
    return (
        row.number,
        row.what,
        _amount(row.ours.median, row.unit),
        _amount(row.ours.percentile(0.95), row.unit),
        "; ".join(_compared(row)),
        row.promise,
        ("yes" if row.kept else "no") if row.promise else "",
        str(len(row.ours.samples)),
    )


def _compared(row: Row) -> Iterator[str]:
    for name, series in row.baselines.items():
        yield f"{name} {_amount(series.median, row.unit)} ({_ratio(row.ours, series)})"


def _ratio(ours: Series, theirs: Series) -> str:
    """How much of theirs ours is: "1/12.5", or "2.1 ×"."""
    if not ours.median or not theirs.median:
        return "–"
    times = theirs.median / ours.median
    return f"1/{times:.1f}" if times >= 1 else f"{1 / times:.1f} ×"


def _amount(value: float, unit: str) -> str:
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:.{digits}f} {unit}".strip()


def _head(results: Results) -> Iterator[str]:
    machine = results.machine
    dates = sorted({one.date for one in results.measured})
    days = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    loads = [one.load for one in results.measured]
    yield "# How fast Aloud is"
    yield ""
    yield "Written by `python3 scripts/bench.py`; the samples are in `performance.json` beside this page."
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield f"| processor | {machine.processor}, {machine.cores} cores, {machine.memory_gb} GB |"
    yield f"| instructions | {machine.instructions}; CTranslate2 uses {machine.used} |"
    yield f"| software | {machine.system}, {machine.versions} |"
    yield f"| measured | {days}, load average before each part {min(loads):.2f} to {max(loads):.2f} |"
    yield ""


def _markdown_table(results: Results) -> Iterator[str]:
    yield "| " + " | ".join(_COLUMNS) + " |"
    yield "|" + "---|" * len(_COLUMNS)
    for one in results.measured:
        cells = _cells(one.row)
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
    yield ""


def _below(results: Results, plot: str) -> Iterator[str]:
    yield "p50 is the median, p95 the 95th percentile, n the number of samples. In brackets: how much of theirs ours is."
    yield ""
    for name, what in BASELINES.items():
        yield f"- **{name}**: {what}"
    yield ""
    yield OWN
    yield ""
    yield LEFT_OUT
    yield ""
    yield f"![The wait after the release by the length of what was said]({plot})"
    for one in results.measured:
        row = one.row
        if not row.notes and (row.kept or not row.stages):
            continue
        yield ""
        yield f"## {row.number}: {row.what}"
        if not row.kept and row.stages:
            yield from _stages(row)
        for note in row.notes:
            yield ""
            yield note


def _stages(row: Row) -> Iterator[str]:
    """Where the time goes."""
    yield ""
    yield "| stage | p50 | p95 |"
    yield "|---|---|---|"
    for name, series in row.stages.items():
        yield f"| {name} | {_amount(series.median, row.unit)} | {_amount(series.percentile(0.95), row.unit)} |"
