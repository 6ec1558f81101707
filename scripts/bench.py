"""Measure: `python3 scripts/bench.py [--rounds N] [--long-rounds N] [--rows 2,3,8] [--json FILE] [--quick]`.

Every row is measured against its baseline, and the table is printed. With 20 rounds or more the rows are kept in
docs/performance.json, where they replace older ones; when all are there, docs/performance.md is written from them.
The first run sets up what the tests need. Leave the machine alone meanwhile; all of it takes about an hour.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.bootstrap import set_up, start
from scripts.test import TESTS

ENOUGH_ROUNDS = 20


def main() -> int:
    if Path(sys.prefix) != TESTS.folder:
        set_up(TESTS)
        return start(TESTS.python, [__file__, *sys.argv[1:]])
    from scripts.benchmarks.keep import keep
    from scripts.benchmarks.run import run

    options = _options()
    numbers = frozenset(filter(None, options.rows.split(",")))
    rounds, long_rounds = (1, 1) if options.quick else (options.rounds, options.long_rounds)
    measured = run(rounds, long_rounds, numbers, quick=options.quick)
    if options.json:
        measured.write(options.json)
    if rounds >= ENOUGH_ROUNDS:
        keep(measured)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=ENOUGH_ROUNDS)
    parser.add_argument("--long-rounds", type=int, default=5, help="rounds of what takes minutes each")
    parser.add_argument("--rows", default="", help="only these, such as 2,3,8")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was measured to this file, too")
    parser.add_argument("--quick", action="store_true", help="only see that every row can be measured")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
