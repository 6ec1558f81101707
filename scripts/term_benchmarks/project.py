"""How long the index of a project takes, and how much it is in the way.

The project is made up: sources in twelve languages, each of about 6 kB, in folders of 25, with manifests and a
.gitignore. It is read by a process at low priority, as always.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from assistant.terms.project import Index
from scripts.term_benchmarks.row import Row, Task

_FILES, _QUICK_FILES = 5000, 60
_IN_FOLDER = 25
_PARTS_OF_A_FILE = 20
_ROUNDS = 5
_BESIDE_S = 3.0

_WORDS = (
    "batch",
    "token",
    "user",
    "cache",
    "query",
    "index",
    "stream",
    "socket",
    "buffer",
    "parse",
    "render",
    "schema",
    "config",
    "retry",
    "shard",
    "vector",
    "tensor",
)

_HEADS = {
    "py": "import numpy as np\nimport os.path\nfrom {folder}.tools import {class_}Error\n",
    "ts": "import React, {{ useState }} from 'react';\nimport * as d3 from 'd3';\n",
    "js": "const fs = require('fs');\n",
    "rs": "use std::collections::HashMap;\nuse tokio::sync::mpsc;\n",
    "go": 'package {folder}\nimport ("net/http"; "github.com/gin-gonic/gin")\n',
    "java": "import java.util.Collections;\n",
    "c": "#include <stdio.h>\n",
    "cpp": "#include <vector>\n",
    "rb": 'require "json"\n',
    "php": "<?php\nuse Foo\\Bar;\n",
    "cs": "using System.Linq;\n",
    "sh": "set -eu\n",
}
_BODIES = {
    "py": "class {class_}:\n    '''Keeps {snake}.'''\n\n    {snake}: int = {number}\n\n    def make_{snake}(self, first, second):\n"
    "        total = np.einsum('ij,jk', first, second)\n        for row in total:\n            if row > {number}:\n"
    "                self.{snake} += os.path.join(row, 'a')\n        return total\n\n",
    "ts": "export interface {class_} {{ {camel}: number }}\nexport const use{class_} = (a: number) => {{\n"
    "  const [state, setState] = useState(a);\n  return d3.scaleLinear().domain([state, {number}]);\n}};\n",
    "js": "class {class_} {{\n  {camel}(a) {{\n    return fs.readFileSync(a + {number});\n  }}\n}}\n"
    "function make{class_}(a) {{ return [a].map((x) => x * {number}); }}\n",
    "rs": "pub struct {class_} {{ {snake}: u64 }}\nimpl {class_} {{\n    fn make_{snake}(&self) -> u64 {{\n"
    "        let (a, b) = mpsc::channel();\n        let m: HashMap<u8, u8> = HashMap::new();\n        {number}\n    }}\n}}\n",
    "go": "type {class_} struct {{ {class_}Size int }}\nfunc (s {class_}) Make{class_}(a int) int {{\n"
    "\thttp.HandleFunc(a)\n\tg := gin.Default()\n\treturn g + {number}\n}}\n",
    "java": "class {class_} {{\n    private int {camel} = {number};\n    int make{class_}(List<String> a) {{\n"
    "        Collections.sort(a);\n        return a.size() + {number};\n    }}\n}}\n",
    "c": "struct {snake} {{ int {snake}_size; }};\nint make_{snake}(int a) {{\n    for (int i = 0; i < {number}; i++) a += i;\n"
    '    printf("%d", a);\n    return a;\n}}\n',
    "cpp": "class {class_} {{\n public:\n    int make_{snake}(std::vector<int> a) {{ return std::accumulate(a) + {number}; }}\n"
    "    int {snake}_;\n}};\n",
    "rb": "class {class_}\n  def make_{snake}(a)\n    JSON.parse(a).map {{ |x| x + {number} }}\n  end\nend\n",
    "php": "class {class_} {{\n    public ${camel} = {number};\n    function make{class_}($a) {{ return Bar::make($a, {number}); }}\n}}\n",
    "cs": "class {class_} {{\n    public int {class_}Size {{ get; set; }}\n    int Make{class_}(int a) {{ return a + {number}; }}\n}}\n",
    "sh": 'make_{snake}() {{\n    local a=$1\n    if [ "$a" -gt {number} ]; then echo "$a"; fi\n}}\n',
}


def measure(task: Task) -> list[Row]:
    """The whole index, the refresh after one file changed, and what another process keeps of a processor meanwhile."""
    quick = task.quick
    files = _QUICK_FILES if quick else _FILES
    scratch = Path(tempfile.mkdtemp(prefix="aloud-project-"))
    try:
        project = scratch / "project"
        size = make_project(project, files)
        index = Index(project, scratch / "kept")
        share = _share_of_another(Index(project, scratch / "kept beside"), 0.5 if quick else _BESIDE_S)
        whole = index.refresh()
        again = list(_refreshes(index, project, 1 if quick else _ROUNDS))
        began = time.perf_counter()
        index.terms()
        terms_ms = 1000 * (time.perf_counter() - began)
    finally:
        shutil.rmtree(scratch)
    detail = (
        f"{size / 1e6:.0f} MB in {len(_HEADS)} languages, {whole.terms:,} terms, which are read in {terms_ms:.0f} ms; "
        f"another process on the same processor keeps {share:.0%} of it"
    )
    return [
        _row(f"index of a project of {files:,} files", whole.seconds, 20.0, detail),
        _row("the same after one file changed", max(again), 0.5, f"the slowest of {len(again)}"),
    ]


def make_project(project: Path, files: int) -> int:
    """Write the made-up project, always the same; its size in bytes."""
    chance = random.Random(4)
    endings = list(_HEADS)
    size = 0
    for number in range(files):
        ending = endings[number % len(endings)]
        folder = project / "packages" / f"part_{number // _IN_FOLDER}"
        folder.mkdir(parents=True, exist_ok=True)
        text = _HEADS[ending].format(folder=folder.name, class_=_name(chance).title().replace("_", ""))
        while len(text) < 300 * _PARTS_OF_A_FILE:
            snake = _name(chance)
            class_ = snake.title().replace("_", "")
            camel = class_[0].lower() + class_[1:]
            text += _BODIES[ending].format(
                snake=snake, class_=class_, camel=camel, number=chance.randrange(100)
            )
        (folder / f"{_name(chance)}_{number}.{ending}").write_text(text, encoding="utf-8")
        size += len(text)
    (project / ".gitignore").write_text("*.log\n/scratch/\n**/cache/*\n!keep.txt\n*.tmp\n", encoding="utf-8")
    (project / "requirements.txt").write_text("numpy>=2\nhttpx\n", encoding="utf-8")
    (project / "package.json").write_text('{"dependencies": {"react": "19", "d3": "7"}}', encoding="utf-8")
    return size


def _name(chance: random.Random) -> str:
    return "_".join(chance.sample(_WORDS, 3)) + f"_{chance.randrange(50)}"


def _refreshes(index: Index, project: Path, rounds: int) -> Iterator[float]:
    """Seconds of each refresh, one file changed before."""
    file = next(project.glob("packages/*/*.py"))
    for number in range(rounds):
        with file.open("a", encoding="utf-8") as text:
            text.write(f"\n\ndef newly_written_{number}():\n    pass\n")
        refreshed = index.refresh()
        if refreshed.changed != 1:
            raise AssertionError(refreshed)
        yield refreshed.seconds


_COUNT = """
import sys, time
until, rounds = time.monotonic() + float(sys.argv[1]), 0
while time.monotonic() < until:
    sum(range(1000))
    rounds += 1
print(rounds)
"""


def _share_of_another(index: Index, seconds: float) -> float:
    """What a busy process on the indexer's own processor gets done beside it, as a share of what it does alone.

    Where a process cannot be bound to a processor the system spreads them, and the share says less.
    """
    bind = getattr(os, "sched_setaffinity", None)
    everywhere = os.sched_getaffinity(0) if bind else set()
    if bind:
        bind(0, {min(everywhere)})
    try:
        alone = _rounds(_counting(seconds))
        beside: list[subprocess.Popen[str]] = []

        def begin(_done: int, _total: int) -> None:
            if not beside:
                beside.append(_counting(seconds))

        index.refresh(begin, cancelled=lambda: bool(beside) and beside[0].poll() is not None)
        return _rounds(beside[0]) / alone
    finally:
        if bind:
            bind(0, everywhere)


def _counting(seconds: float) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _COUNT, str(seconds)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )


def _rounds(counting: subprocess.Popen[str]) -> int:
    return int(counting.communicate()[0])


def _row(what: str, amount_s: float, at_most_s: float, detail: str) -> Row:
    return Row(what, amount_s, "s", detail, f"≤ {at_most_s:g} s", amount_s <= at_most_s)
