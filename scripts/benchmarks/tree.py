"""A process and all its descendants: processor time and memory (Linux)."""

import os
from collections.abc import Mapping
from pathlib import Path

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
_NAMES = {"scribe": "scribe", "ear": "ear", "voice_child": "voice", "synthesiser_child": "synthesiser"}


def processes(pid: int) -> Mapping[int, str]:
    """The process and its descendants, by number, with the names by which we know them."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        if fields := _stat(int(folder.name)):
            parents[int(folder.name)] = int(fields[1])
    found = {pid: "program"}
    grown = True
    while grown:
        new = {child for child, parent in parents.items() if parent in found} - found.keys()
        found |= {child: _name(child) for child in new}
        grown = bool(new)
    return found


def cpu_s(pids: Mapping[int, str]) -> Mapping[str, float]:
    """The processor time that each has used, in seconds."""
    return {name: _ticks(pid) / _TICKS_PER_S for pid, name in pids.items()}


def memory_mb(pids: Mapping[int, str]) -> Mapping[str, float]:
    """The memory of each in MB: what it has alone, and its share of what it has in common with others (PSS)."""
    return {name: _pss_mb(pid) for pid, name in pids.items()}


def _stat(pid: int) -> list[str]:
    """The fields of its stat file from the state on; none where it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _name(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except (FileNotFoundError, ProcessLookupError):
        words = []
    module = next((word for word in words if word.startswith("assistant.")), "")
    return _NAMES.get(module.rpartition(".")[2], f"process {pid}")


def _ticks(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[11]) + int(fields[12]) if fields else 0


def _pss_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    kilobytes = next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes * 1024 / 1e6
