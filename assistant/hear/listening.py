"""One recording, from the opening of the device to the last sound."""

import contextlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.errors import AssistantError
from assistant.hear.capture import BLOCK_S, FIRST_BLOCK_WITHIN_S, STALLED_AFTER_S, Block, Capture
from assistant.hear.faults import LOST, NO_MICROPHONE, SILENT, STALLED, changed, not_written, raised, to_data
from assistant.hear.last_word import LastWord
from assistant.hear.sound_server import Sources
from assistant.hear.take import Take, level
from assistant.recordings import mend
from assistant.turn.events import Fault

# Nobody waits longer for the end of a word, nor for sound that is still on its way through the sound system.
LONGEST_TAIL_S = 0.2
# Where this process itself was stopped for a while, the blocks are waiting.
_LOOK_AGAIN_AFTER_S = 0.2
_LEVEL_EVERY_S = 0.04
_SYNC_EVERY_S = 1.0
# Bluetooth devices begin with 0.7 s of zeros.
_SILENT_AFTER_S = 0.8


class Listening:
    """Writes what `capture` gives to `path`, and tells it by `send`: "started", "heard", "ended" or "failed".

    `earlier` are the blocks that `capture` gave last, which come first; `open_again` replaces it when it stalls. Every
    method belongs to the ear's one thread. `ended` is set when everything was told; what becomes of `capture` then is
    its owner's affair, and `undisturbed` tells that it still hears what it heard at the beginning. `silent` is set
    while not a single sample was anything but zero. Raises AssistantError where it cannot begin.
    """

    def __init__(
        self,
        turn: int,
        path: Path,
        capture: Capture,
        open_again: Callable[[], Capture],
        send: Callable[..., None],
        earlier: Sequence[Block] = (),
    ) -> None:
        self.turn = turn
        self.capture = capture
        self.ended = False
        self.undisturbed = True
        self._path = path
        self._open_again = open_again
        self._send = send
        try:
            self._take = Take(path, capture.device.rate_hz)
        except OSError as error:
            capture.end()
            raise raised(not_written(error)) from error
        self._last_word = LastWord(BLOCK_S)
        self._opened_at = time.monotonic()
        self._began_at: float | None = None
        self._block_due_at = self._opened_at + FIRST_BLOCK_WITHIN_S
        self._close_at: float | None = None
        self._overdue = self._reopened = False
        self._level_told_at = self._synced_at = self._opened_at
        self._lost_blocks = 0
        self._changed: Fault | None = None
        for block in earlier:
            self.hear(block)

    @property
    def wake_at(self) -> float:
        """When `tick` wants to be called at the latest (monotonic)."""
        return self._block_due_at if self._close_at is None else min(self._close_at, self._block_due_at)

    @property
    def silent(self) -> bool | None:
        """Whether there is nothing but zeros; None while it is too early to say."""
        if self._take.peak:
            return False
        return True if self._take.heard_s >= _SILENT_AFTER_S else None

    def hear(self, block: Block) -> None:
        if block.capture is not self.capture or self.ended:
            return
        try:
            loudness_db = self._write(block)
        except OSError as error:
            self._end(not_written(error))
            return
        self._overdue = self._reopened = False
        self._block_due_at = time.monotonic() + STALLED_AFTER_S
        if self._last_word.hear(loudness_db, released=self._close_at is not None):
            self._end(None)

    def device_gone(self, capture: Capture) -> None:
        if capture is self.capture and not self.ended:
            self._end(LOST)

    def sources_changed(self, sources: Sources) -> None:
        """The sound server moves a stream whose microphone is unplugged to whatever else there is."""
        heard = sources.heard
        if heard is None or self.ended:
            return
        moved = self.capture.moved(sources)
        if heard.source.monitor and moved:
            self._end(LOST)
        elif heard.source.monitor and not sources.microphones:
            self._end(NO_MICROPHONE)
        elif moved:
            self._changed = changed(heard.source.title)
            self.undisturbed = False

    def close(self) -> None:
        """End it as soon as the last word has come through."""
        if self.ended or self._close_at is not None:
            return
        self._close_at = time.monotonic() + LONGEST_TAIL_S
        if self._last_word.is_over():
            self._end(None)

    def close_now(self) -> None:
        if not self.ended:
            self._end(None)

    def tick(self) -> None:
        now = time.monotonic()
        if self.ended:
            return
        if self._close_at is not None and now >= self._close_at:
            self._end(None)
        elif now >= self._block_due_at:
            self._block_overdue(now)

    def _block_overdue(self, now: float) -> None:
        if not self._overdue:
            self._overdue = True
            self._block_due_at = now + _LOOK_AGAIN_AFTER_S
        elif self._reopened:
            self._end(STALLED)
        else:
            self._reopen()

    def _reopen(self) -> None:
        self.capture.end()
        try:
            self.capture = self._open_again()
        except AssistantError as error:
            self._end(error.fault)
            return
        self._reopened, self._overdue = True, False
        self._block_due_at = time.monotonic() + 2 * STALLED_AFTER_S

    def _write(self, block: Block) -> float:
        """Write it, and return its loudness."""
        if self._began_at is None:
            self._began_at = block.at - BLOCK_S
            at = max(block.at, self._opened_at)
            self._send("started", turn=self.turn, at=at, sound_from=self._began_at)
        elif block.overflowed or self._reopened:
            self._fill_gap_before(block)
        loudness_db = self._take.add(block.pcm)
        if block.at >= self._level_told_at + _LEVEL_EVERY_S:
            self._level_told_at = block.at
            duration_s = self._take.written_s
            self._send("heard", turn=self.turn, level=level(loudness_db), duration_s=duration_s)
        if block.at >= self._synced_at + _SYNC_EVERY_S:
            self._synced_at = block.at
            self._take.sync()
        return loudness_db

    def _fill_gap_before(self, block: Block) -> None:
        """Silence takes the place of what was lost, so that times in the recording stay true."""
        if self._began_at is None:
            return
        gap_s = block.at - BLOCK_S - self._began_at - self._take.heard_s
        lost = round(gap_s / BLOCK_S)
        if lost > 0:
            self._take.fill(lost * BLOCK_S)
            self._lost_blocks += lost

    def _end(self, fault: Fault | None) -> None:
        self.ended = True
        self.undisturbed = self.undisturbed and fault is None
        duration_s, peak = self._take.written_s, self._take.peak
        try:
            self._take.close()
            duration_s = self._take.written_s
        except OSError as error:
            fault = fault or not_written(error)
            duration_s = mend(self._path).duration_s
        if self._began_at is None and fault is not None:
            with contextlib.suppress(OSError):
                self._path.unlink()
            self._send("failed", turn=self.turn, fault=to_data(fault))
        else:
            fault = fault or self._changed or (SILENT if self.silent else None)
            self._send(
                "ended",
                turn=self.turn,
                duration_s=duration_s,
                peak=peak,
                lost_blocks=self._lost_blocks,
                fault=to_data(fault),
            )
