"""What is kept in docs/: the newest measurement of every row, and the page that is written from them."""

from scripts.benchmarks import plot, report, results
from scripts.bootstrap import ROOT

_DOCS = ROOT / "docs"
_SAMPLES = _DOCS / "performance.json"
_PAGE = _DOCS / "performance.md"
_PLOT = _DOCS / "performance.svg"


def keep(measured: results.Results) -> None:
    """Put the rows in the place of older ones; write the page when all rows are there."""
    kept = results.read(_SAMPLES).with_(measured.measured)
    kept.write(_SAMPLES)
    if kept.complete():
        points = next(one.row.points for one in kept.measured if one.row.points)
        plot.draw(points, _PLOT)
        _PAGE.write_text(report.page(kept, _PLOT.name), encoding="utf-8")
