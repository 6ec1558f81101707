"""Every row of the table can be measured, at any time. How fast anything is, is not tested."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from scripts.benchmarks.run import PARTS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("part", [part for part in PARTS if find_spec(f"scripts.benchmarks.{part}")])
def test_each_row_of_the_performance_table_can_be_measured(part: str, tmp_path: Path) -> None:
    file = tmp_path / "measured.json"
    command = ["scripts/bench.py", "--quick", "--rows", ",".join(PARTS[part]), "--json", str(file)]
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True, timeout=150, stdout=subprocess.DEVNULL)
    rows = json.loads(file.read_text())["rows"]
    assert {row["number"] for row in rows} == set(PARTS[part])
    assert all(row["ours"]["samples"] for row in rows)
