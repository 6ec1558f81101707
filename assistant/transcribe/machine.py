"""What this machine can do: its processor cores, its memory, and whether it has a card for CUDA."""

import os
import re
import sys
from pathlib import Path

from assistant.turn.dataclass import dataclass

_MOST_THREADS = 8
_AVX512 = {"avx512f", "avx512cd", "avx512dq", "avx512bw", "avx512vl"}


@dataclass(frozen=True, slots=True)
class Machine:
    cores: int
    memory_bytes: int
    cuda: bool


def this_machine() -> Machine:
    return Machine(cores(), memory_bytes(), has_cuda())


def cores() -> int:
    """Processor cores that this process may use, hardware threads counted."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def recogniser_threads() -> int:
    """How many threads one pass decodes best with: half of the cores.

    A pass while somebody speaks begins on a processor at rest. Until the system has moved a second thread to a core of
    its own, such a pass is over; and decoding, which is bound by memory, is slower with it.
    """
    return max(1, min(_MOST_THREADS, cores() // 2))


def use_its_instructions() -> None:
    """Let CTranslate2 use AVX-512 where the processor is AMD's, too; by itself it does so on Intel's alone.

    To be called before it is imported.
    """
    cpu_info = Path("/proc/cpuinfo")
    if not cpu_info.exists():
        return
    said = cpu_info.read_text(encoding="utf-8", errors="replace")
    flags = re.search(r"^flags\s*:(.*)", said, re.MULTILINE)
    if flags is not None and "AuthenticAMD" in said and set(flags[1].split()) >= _AVX512:
        os.environ.setdefault("CT2_FORCE_CPU_ISA", "AVX512")


def has_cuda() -> bool:
    """Whether CTranslate2 sees a card. Takes 21 MB of memory: ask in a process that decodes."""
    import ctranslate2

    return bool(ctranslate2.get_cuda_device_count() > 0)


def memory_bytes() -> int:
    if sys.platform == "win32":
        import ctypes

        kilobytes = ctypes.c_ulonglong()
        ctypes.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes))
        return kilobytes.value * 1024
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
