"""Measure how well terms are put right: `python3 scripts/bench_terms.py [--rows texts,cost] [--prose FILE_OR_FOLDER] [--json FILE]`.

Prints a table with what is promised beside what was measured. Prose comes from `scripts/gather_prose.py`; without it, that
row is left out. Only counts are printed of the unseen texts, never which of them fail.
"""

import argparse
import dataclasses
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.bootstrap import ROOT, set_up, start
from scripts.test import TESTS

KINDS = ("heard", "doubt", "texts", "cost", "project", "composer")
"""Modules of `scripts.term_benchmarks`, each with a `measure`, in the order of the table."""


def main() -> int:
    if Path(sys.prefix) != TESTS.folder:
        set_up(TESTS)
        return start(TESTS.python, [__file__, *sys.argv[1:]])
    from importlib import import_module

    from rich.console import Console

    from scripts.term_benchmarks.report import table
    from scripts.term_benchmarks.row import Row, Task

    options = _options()
    task = Task(ROOT / "tests" / "data" / "terms", options.prose, quick=options.quick)
    rows: list[Row] = []
    for kind in options.rows.split(","):
        rows += import_module(f"scripts.term_benchmarks.{kind}").measure(task)
    Console().print(table(rows))
    if options.json:
        content = [dataclasses.asdict(row) for row in rows]
        options.json.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", default=",".join(KINDS), help=f"only these kinds of {','.join(KINDS)}")
    parser.add_argument(
        "--prose", type=Path, metavar="FILE_OR_FOLDER", help="ordinary English, 100,000 words or more"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows to this file, too")
    parser.add_argument("--quick", action="store_true", help="only see that every row can be measured")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
