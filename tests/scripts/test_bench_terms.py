"""Every row of the table of terms can be measured."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_each_row_of_the_terms_table_can_be_measured(tmp_path: Path) -> None:
    prose, file = tmp_path / "prose.txt", tmp_path / "rows.json"
    prose.write_text("The rust on the gate comes off with vinegar.\n", encoding="utf-8")
    command = ["scripts/bench_terms.py", "--quick", "--prose", str(prose), "--json", str(file)]
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, check=True, timeout=150, capture_output=True, text=True
    )
    rows = json.loads(file.read_text(encoding="utf-8"))
    assert "shall be" in done.stdout
    promised = [row for row in rows if row["promise"]]
    assert len(promised) == 15
    assert [row["detail"] for row in rows if row["unit"] == "in 5,000"] == ["0 of 9"]
