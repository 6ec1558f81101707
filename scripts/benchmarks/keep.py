"""What is kept in docs/: the newest measurement of every row, and the page that is written from them."""

from scripts.benchmarks import plot, report, results
from scripts.bootstrap import ROOT

DOCS = ROOT / "docs"


def keep(measured: results.Results) -> None:
    """Put the rows in the place of older ones; write the page when all rows are there."""
    file, plotted = DOCS / "performance.json", DOCS / "performance.svg"
    kept = results.read(file).with_(measured.measured)
    kept.write(file)
    if kept.complete():
        points = next(one.row.points for one in kept.measured if one.row.points)
        plot.draw(points, plotted)
        (DOCS / "performance.md").write_text(report.page(kept, plotted.name), encoding="utf-8")
