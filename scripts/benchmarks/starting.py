"""Rows 11 and 12: how soon the program is there, and what it costs while nobody needs it.

The real program on a private desktop, started as `aloud` starts it. `scripts/run.py` comes before that with its look
at the environment.
"""

import re
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scripts.benchmarks.measure import Effort, Row, Series
from scripts.benchmarks.screen import Screen, watching
from scripts.benchmarks.tree import cpu_s, memory_mb, processes
from scripts.bootstrap import ROOT
from tests.rig import Desktop, FaultServer
from tests.rig.processes import Service

_WITHIN_S = 60.0
_IDLE_S, _QUICK_IDLE_S = 60.0, 2.0
_LOOK_EVERY_S, _QUIET_SHARE = 1.0, 0.02
_PRESSES = 5
_TALK = "Control_R"
_LINE = re.compile(r"^(\S+ \S+) \d+ \S+ \w+ (\w+): (ready|limited)$")
_PROMISED_MS = {"window": 250, "keys": 300, "recogniser": 800}
_PARTS = {
    "keys": "keys",
    "recogniser": "transcribe",
    "microphone": "hear",
    "voice": "speak",
    "model": "think",
}
_CPU_SHARE, _MEMORY_MB = 0.3, 350
_FROM = "from the start of the aloud command; scripts/run.py takes some 40 ms before"


@dataclass(frozen=True)
class Started:
    """When what was there, in ms after the start."""

    ms: Mapping[str, float]


def measure(effort: Effort) -> list[Row]:
    rows = []
    with FaultServer() as server, Desktop() as desktop, watching(desktop.display) as screen:
        bench = _Bench(desktop, screen, server.base_url, effort.model)
        bench.ours()  # whatever is made at a first start, and the files in memory
        if effort.wants("11"):
            rounds = [(bench.ours(), bench.serial()) for _ in range(effort.rounds)]
            heard = [bench.hears_a_key() for _ in range(min(effort.rounds, _PRESSES))]
            rows += _starting(rounds, heard)
        if effort.wants("12"):
            rows += bench.idle(_QUICK_IDLE_S if effort.quick else _IDLE_S)
    return rows


class _Bench:
    def __init__(self, desktop: Desktop, screen: Screen, base_url: str, model: Path) -> None:
        self._desktop, self._screen, self._model = desktop, screen, model
        self._env = {
            **desktop.env,
            "PYTHONPATH": str(ROOT),
            "ALOUD_RECOGNISER__MODEL": str(model),
            "ALOUD_CHAT__BASE_URL": base_url,
            "ALOUD_CHAT__MODEL": "blue-books",
        }
        self._log = Path(self._env["XDG_STATE_HOME"]) / "aloud" / "log" / "aloud.log"
        self._output = desktop.home / "output"

    def ours(self) -> Started:
        with self._running() as (_, started):
            return started

    def serial(self) -> Started:
        self._screen.forget()
        self._output.unlink(missing_ok=True)
        began = time.time()
        serial = Path(__file__).with_name("serial.py")
        command = [sys.executable, "-P", str(serial), str(self._model)]
        program = Service(command, env=self._env, log=self._output)
        try:
            painted = self._screen.wait_for("Serial")
            lines = [line.split() for line in self._output.read_text().splitlines()]
        finally:
            program.end()
        told = {what: (float(at) - began) * 1000 for what, at in lines}
        return Started({"window": (painted - began) * 1000, **told})

    def idle(self, seconds: float) -> list[Row]:
        with self._running() as (program, _):
            _wait_until_quiet(program)
            pids = processes(program.pid)
            before = cpu_s(pids)
            began = time.monotonic()
            threading.Event().wait(seconds)
            took_s = time.monotonic() - began
            after, memory = cpu_s(pids), memory_mb(pids)
        share = {name: 100 * (after[name] - before[name]) / took_s for name in before}
        return [
            _idle_row("CPU of all processes while idle", "% of a core", share, _CPU_SHARE, f"{took_s:.0f} s"),
            _idle_row("memory of all processes while idle (PSS)", "MB", memory, _MEMORY_MB, self._model.name),
        ]

    def hears_a_key(self) -> bool:
        """Whether a key that is pressed at the promised time begins a talk."""
        display, began = self._desktop.display, time.monotonic()
        with self._started() as program:
            threading.Event().wait(max(0.0, began + _PROMISED_MS["keys"] / 1000 - time.monotonic()))
            display.key_down(_TALK)
            program.wait_until(self._ready, _WITHIN_S, "all parts")
            display.key_up(_TALK)
            return "TalkStarted:" in self._log.read_text()

    @contextmanager
    def _started(self) -> Iterator[Service]:
        self._screen.forget()
        self._log.unlink(missing_ok=True)
        program = Service([sys.executable, "-P", "-m", "assistant"], env=self._env, log=self._output)
        try:
            yield program
        finally:
            program.end()

    @contextmanager
    def _running(self) -> Iterator[tuple[Service, Started]]:
        """The program, with all its parts ready."""
        began = time.time()
        with self._started() as program:
            painted = self._screen.wait_for("Aloud")
            ready = program.wait_until(self._ready, _WITHIN_S, "all parts")
            parts = {what: (ready[part] - began) * 1000 for what, part in _PARTS.items()}
            yield program, Started({"window": (painted - began) * 1000, **parts})

    def _ready(self) -> Mapping[str, float]:
        """When each part was ready first, from the log; empty until all were."""
        if not self._log.exists():
            return {}
        ready: dict[str, float] = {}
        for line in self._log.read_text().splitlines():
            if found := _LINE.match(line):
                at = datetime.strptime(found[1], "%Y-%m-%d %H:%M:%S,%f").astimezone()
                ready.setdefault(found[2], at.timestamp())
        return ready if ready.keys() >= set(_PARTS.values()) else {}


def _wait_until_quiet(program: Service) -> None:
    """Return when what follows a start is over."""

    def quiet() -> bool:
        pids = processes(program.pid)
        before = sum(cpu_s(pids).values())
        threading.Event().wait(_LOOK_EVERY_S)
        return sum(cpu_s(pids).values()) - before <= _QUIET_SHARE * _LOOK_EVERY_S

    program.wait_until(quiet, _WITHIN_S, "the program to be quiet")


def _starting(rounds: Sequence[tuple[Started, Started]], heard: Sequence[bool]) -> list[Row]:
    told = f"a key pressed {_PROMISED_MS['keys']} ms after the start began a talk {sum(heard)} times of {len(heard)}"

    def series(which: int, what: str) -> Series:
        return Series([one[which].ms[what] for one in rounds])

    return [
        Row(
            "11",
            f"start → {what}",
            "ms",
            series(0, what),
            f"≤ {promised} ms",
            series(0, what).median <= promised,
            {"serial": series(1, what)},
            {part: series(0, part) for part in ("window", *_PARTS)},
            notes=(_FROM, told) if what == "keys" else (_FROM,),
        )
        for what, promised in _PROMISED_MS.items()
    ]


def _idle_row(what: str, unit: str, by_process: Mapping[str, float], most: float, note: str) -> Row:
    total = sum(by_process.values())
    stages = {name: Series([value]) for name, value in by_process.items()}
    return Row(
        "12", what, unit, Series([total]), f"≤ {most:g} {unit}", total <= most, stages=stages, notes=(note,)
    )
