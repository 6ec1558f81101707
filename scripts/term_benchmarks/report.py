"""The rows as a table in the terminal."""

from collections.abc import Iterable

from rich.table import Table

from scripts.term_benchmarks.row import Row

_ANSWERS = {True: "yes", False: "no", None: ""}


def table(rows: Iterable[Row]) -> Table:
    made = Table("what", "measured", "of", "shall be", "kept", title="Terms")
    for row in rows:
        made.add_row(row.what, f"{row.amount:.1f} {row.unit}", row.detail, row.promise, _ANSWERS[row.kept])
    return made
