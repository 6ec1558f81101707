"""The machine on which is measured."""

import os
import platform
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import ctranslate2

from assistant import paths

_TELLING_FLAGS = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "avx512_bf16", "amx_int8")


@dataclass(frozen=True)
class Machine:
    """What decides how fast it is. `instructions` are those of the processor that matter here, `used` is the set that
    CTranslate2 chose.
    """

    processor: str
    cores: int
    memory_gb: int
    instructions: str
    used: str
    system: str
    versions: str


@cache
def this_machine() -> Machine:
    """The machine that this runs on (Linux)."""
    said = Path("/proc/cpuinfo").read_text()
    name = re.search(r"model name\s*: (.*)", said)
    flags = re.search(r"flags\s*: (.*)", said)
    has = set(flags[1].split()) if flags else set()
    kernel = ".".join(platform.release().split(".")[:2])
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Machine(
        name[1] if name else platform.machine(),
        os.cpu_count() or 1,
        round(memory / 1e9),
        ", ".join(flag for flag in _TELLING_FLAGS if flag in has),
        _chosen_by_ctranslate2(),
        f"{platform.system()} {kernel}, Python {platform.python_version()}",
        f"CTranslate2 {ctranslate2.__version__}, faster-whisper {version('faster-whisper')}",
    )


def _chosen_by_ctranslate2() -> str:
    """It says so when it loads a model and is asked to be verbose."""
    program = "import ctranslate2, sys; ctranslate2.models.Whisper(sys.argv[1])"
    said = subprocess.run(
        [sys.executable, "-c", program, paths.shipped_models_folder() / "test.en"],
        env={**os.environ, "CT2_VERBOSE": "1"},
        check=True,
        capture_output=True,
        text=True,
    ).stderr
    chosen = re.search(r"Selected ISA: (\S+)", said)
    return chosen[1] if chosen else "unknown"
