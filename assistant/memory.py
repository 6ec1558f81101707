"""Memory that was needed for a moment goes back to the system."""

import ctypes
import sys


def give_back() -> None:
    """Take a few milliseconds to hand over what was freed; glibc would keep it, other systems need no telling."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
        if trim is not None:
            trim(0)
