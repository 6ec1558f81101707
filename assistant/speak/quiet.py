"""Keeps the C libraries of sound and speech from printing on the user's terminal."""

import os
import sys


def quiet_libraries() -> None:
    """Send what C libraries print on standard error to nowhere; Python's own messages still arrive there."""
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="backslashreplace")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
