"""What this machine can do: its processor cores, its memory, and whether it has a card for CUDA."""

import os
import sys
from dataclasses import dataclass

_MOST_THREADS = 8


@dataclass(frozen=True, slots=True)
class Machine:
    cores: int
    memory_bytes: int
    cuda: bool


def this_machine() -> Machine:
    return Machine(cores(), _memory_bytes(), has_cuda())


def cores() -> int:
    """Processor cores that this process may use, hardware threads counted."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def recogniser_threads() -> int:
    """How many threads decode best: one for each real core, of which there are fewer than hardware threads."""
    count = cores()
    return count if count <= 4 else min(_MOST_THREADS, max(4, count // 2))


def has_cuda() -> bool:
    """Whether CTranslate2 sees a card. Takes 21 MB of memory: ask in a process that decodes."""
    import ctranslate2

    return bool(ctranslate2.get_cuda_device_count() > 0)


def _memory_bytes() -> int:
    if sys.platform == "win32":
        import ctypes

        kilobytes = ctypes.c_ulonglong()
        ctypes.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes))
        return kilobytes.value * 1024
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
