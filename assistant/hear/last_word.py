"""Whether what was said is over when the key comes up. Pure: blocks of sound go in by their loudness.

People let go while the last syllable still sounds, and what has been said is still on its way through the sound
system. Where the newest blocks are quiet there is nothing to wait for.
"""

import math
from collections import deque

import numpy as np

_REMEMBERED_S = 10.0
_QUIET_BEFORE_S = 0.1
_QUIET_AFTER_S = 0.06
# What hums or hisses in a room hardly rises further above its own floor.
_NOISE_RISES_DB = 6.0
# Where a room is quieter than that: the faintest end of a word is not so far below the voice.
_FAINTEST_DB = 40.0


class LastWord:
    """Judges by how the last ten seconds sounded: the floor is what a tenth of the blocks lie under, the voice what a
    twentieth rise above. Blocks of nothing but zeros are quiet and tell nothing of either: devices begin with them.
    """

    def __init__(self, block_s: float) -> None:
        self._block_s = block_s
        self._loudness_db: deque[float] = deque(maxlen=round(_REMEMBERED_S / block_s))

    def hear(self, loudness_db: float, *, released: bool) -> bool:
        """The next block, and whether the key was up before it came. True: now it is over."""
        self._loudness_db.append(loudness_db)
        return released and self._quiet_for(_QUIET_AFTER_S)

    def is_over(self) -> bool:
        """Whether nothing is to be waited for if the key comes up now."""
        return self._quiet_for(_QUIET_BEFORE_S)

    def _quiet_for(self, duration_s: float) -> bool:
        blocks = math.ceil(duration_s / self._block_s)
        if len(self._loudness_db) < blocks:
            return False
        sounds = [loudness for loudness in self._loudness_db if math.isfinite(loudness)]
        if not sounds:
            return True
        floor, voice = np.percentile(sounds, (10, 95))
        quiet_below = max(floor + _NOISE_RISES_DB, voice - _FAINTEST_DB)
        return all(self._loudness_db[-block] <= quiet_below for block in range(1, blocks + 1))
