"""How much of the processor a process asks for."""

import os
import sys

_LOWEST = 19
_BELOW_NORMAL_PRIORITY_CLASS = 0x4000


def yield_to_others() -> None:
    """Lower this process's priority as far as it goes; whoever else wants the processor has it."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(_LOWEST)
