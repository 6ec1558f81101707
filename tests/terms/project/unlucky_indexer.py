"""An indexer whose parser crashes over some files, is slow over others or comes to no end, and which may not open some."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.terms.project import indexer, reading
from assistant.terms.project.symbols import symbols
from assistant.terms.project.troubles import Trouble


def unlucky(language: str, source: bytes) -> Iterator[tuple[str, str]]:
    if b"crash" in source:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"slowly" in source:
        time.sleep(0.2)
    while b"no end" in source:
        time.sleep(0.1)
    return symbols(language, source)


def refused(project: Path, path: str, size: int) -> reading.Content:
    if b"denied" in (project / path).read_bytes():
        return reading.Content(trouble=Trouble.FILE, again=True)
    return reading.load(project, path, size)


with pytest.MonkeyPatch.context() as patch:
    patch.setattr(reading, "symbols", unlucky)
    patch.setattr(indexer, "load", refused)
    patch.setattr(indexer, "_LONGEST_STANDSTILL_S", 0.5)
    indexer.main()
