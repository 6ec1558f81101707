"""The ear, with a device of its own: what stands in a file arrives on the clock's pace. `python -m … FILE`.

The file has 16-bit samples, 16 kHz mono; it is read anew each time the device is opened, and after it there is nothing
but the room.
"""

import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest import mock

from assistant.hear import ear
from assistant.hear.capture import BLOCK_S, Block, Capture, Finished
from assistant.hear.devices import Device
from assistant.recordings import RATE_HZ, SAMPLE_BYTES
from scripts.benchmarks.utterances import as_pcm, room

_DEVICE = Device(0, RATE_HZ, "paced")
_BLOCK_BYTES = round(BLOCK_S * RATE_HZ) * SAMPLE_BYTES
_ROOM_S = 5.0


class PacedCapture(Capture):
    """Gives each block when its time has passed."""

    def __init__(self, file: Path, device: Device, put: Callable[[Block | Finished], None]) -> None:
        self.device = device
        self._put = put
        self._pcm = file.read_bytes()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="paced device", daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._ended.set()

    def _run(self) -> None:
        began_at = time.monotonic()
        quiet = as_pcm(room(round(_ROOM_S * RATE_HZ)))
        pcm = self._pcm[: len(self._pcm) // _BLOCK_BYTES * _BLOCK_BYTES] + quiet
        for number, start in enumerate(range(0, len(pcm), _BLOCK_BYTES), 1):
            if self._ended.wait(max(0.0, began_at + number * BLOCK_S - time.monotonic())):
                return
            block = pcm[start : start + _BLOCK_BYTES]
            self._put(Block(self, block, time.monotonic(), overflowed=False))


def main() -> None:
    with mock.patch.multiple(
        ear,
        Capture=partial(PacedCapture, Path(sys.argv[1])),
        choose=lambda *_: _DEVICE,
        refresh=lambda: None,
        watch=lambda _: False,
    ):
        ear.main()


if __name__ == "__main__":
    main()
