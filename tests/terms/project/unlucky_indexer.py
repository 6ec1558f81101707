"""An indexer whose parser crashes over some files and comes to no end over others."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from assistant.terms.project import indexer, reading
from assistant.terms.project.symbols import symbols


def unlucky(language: str, source: bytes) -> Iterator[tuple[str, str]]:
    if b"crash" in source:
        os.kill(os.getpid(), signal.SIGSEGV)
    while b"no end" in source:
        time.sleep(0.1)
    return symbols(language, source)


with pytest.MonkeyPatch.context() as patch:
    patch.setattr(reading, "symbols", unlucky)
    patch.setattr(indexer, "_LONGEST_STANDSTILL_S", 0.5)
    indexer.main()
