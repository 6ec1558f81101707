"""The microphone between talks, where the user wants it kept open: what was heard last goes before the next talk."""

import time
from collections import deque

from assistant.hear.capture import BLOCK_S, FIRST_BLOCK_WITHIN_S, STALLED_AFTER_S, Block, Capture

PRE_ROLL_S = 0.5


class Standby:
    """`capture`, which is open, and the blocks of the last `PRE_ROLL_S`."""

    def __init__(self, capture: Capture) -> None:
        self.capture = capture
        self._blocks: deque[Block] = deque(maxlen=round(PRE_ROLL_S / BLOCK_S))
        self.wake_at = time.monotonic() + FIRST_BLOCK_WITHIN_S
        """When it is taken to be stalled, unless a block comes (monotonic)."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What was heard last, in order."""
        return tuple(self._blocks)

    def hear(self, block: Block) -> None:
        if block.overflowed:  # what lies before the gap would not join
            self._blocks.clear()
        self._blocks.append(block)
        self.wake_at = time.monotonic() + STALLED_AFTER_S
