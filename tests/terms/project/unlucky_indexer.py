"""An indexer whose parser crashes over some files, or comes to no end over them, and which may not open some.

It tells of each file and writes each down at once, so that whoever stops it knows how far it has come.
"""

import itertools
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.terms.project import indexer, reading
from assistant.terms.project.symbols import symbols
from assistant.terms.project.troubles import Trouble

_OF_MANY = 40
"""So many of "many" files are read, and no more."""
_many = itertools.count(1)


def unlucky(language: str, source: bytes) -> Iterator[tuple[str, str]]:
    if b"crash" in source:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"no end" in source or (b"one of many" in source and next(_many) > _OF_MANY):
        threading.Event().wait()
    return symbols(language, source)


def refused(project: Path, path: str, size: int) -> reading.Content:
    if b"denied" in (project / path).read_bytes():
        return reading.Content(trouble=Trouble.FILE, again=True)
    return reading.load(project, path, size)


with pytest.MonkeyPatch.context() as patch:
    patch.setattr(reading, "symbols", unlucky)
    patch.setattr(indexer, "load", refused)
    patch.setattr(indexer, "_TELL_EVERY_S", 0.0)
    patch.setattr(indexer, "_WRITE_EVERY_S", 0.0)
    patch.setattr(indexer, "_LONGEST_STANDSTILL_S", 0.5)
    indexer.main()
