"""The ear: the child process that holds the microphone. `python -m assistant.hear.ear`, talked to over its pipes.

It is told "use" (device, pre_roll), "open" (turn, path), "close" (turn), "devices" (number); it tells "part" (readiness, label,
fault), "started" (turn, at, sound_from), "heard" (turn, level, duration_s), "ended" (turn, duration_s, peak, lost_blocks, fault),
"failed" (turn, fault), "devices" (number, names). The device is open only while it records, or always, where the user
wants a pre-roll. When its parent is gone it completes the file and leaves.
"""

import contextlib
import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from assistant import paths
from assistant.children import Message, Parent
from assistant.errors import AssistantError
from assistant.hear.capture import Block, Capture, Finished
from assistant.hear.devices import Device, choose, microphone_names, refresh
from assistant.hear.faults import SILENT, to_data
from assistant.hear.listening import Listening
from assistant.hear.sound_server import Sources, watch
from assistant.hear.standby import Standby
from assistant.logs import start_logging
from assistant.turn.events import Fault, Readiness

# A device that does not let go must not keep the process alive.
_LEAVE_WITHIN_S = 2.0
_SERVER_ANSWERS_WITHIN_S = 2.0
_STAND_BY_AGAIN_AFTER_S = 5.0


class Ear:
    """Does what comes in one by one, on one thread: messages, blocks of sound, news of the sound server."""

    def __init__(self, parent: Parent) -> None:
        self._parent = parent
        self._inbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._device = ""
        self._sources: Sources | None = None
        self._listening: Listening | None = None
        self._pre_roll = False
        self._standby: Standby | None = None
        self._stand_by_at = 0.0
        self._silent = False
        self._stale = False
        self._told: tuple[Readiness, str, Fault | None] | None = None
        self._left = False

    def run(self) -> None:
        """Return when the parent is gone and the file of a recording under way is complete."""
        if watch(lambda sources: self._inbox.put(partial(self._sources_changed, sources))):
            # Without its first word a microphone could not be found by its name.
            with contextlib.suppress(queue.Empty):
                self._inbox.get(timeout=_SERVER_ANSWERS_WITHIN_S)()
        threading.Thread(target=self._receive, name="from parent", daemon=True).start()
        while not self._left or self._listening is not None:
            with contextlib.suppress(queue.Empty):
                self._inbox.get(timeout=self._wait_s())()
            if self._listening is not None:
                self._attend(self._listening)
            if self._listening is None:
                self._stand_by()

    def _receive(self) -> None:
        while (message := self._parent.receive()) is not None:
            self._inbox.put(partial(self._obey, message))
        self._inbox.put(self._leave)

    def _leave(self) -> None:
        self._left = True
        if self._listening is not None:
            self._listening.close()
        leaving = threading.Timer(_LEAVE_WITHIN_S, os._exit, (1,))
        leaving.daemon = True
        leaving.start()

    def _wait_s(self) -> float | None:
        if self._listening is not None:
            wake_at = self._listening.wake_at
        elif self._standby is not None:
            wake_at = self._standby.wake_at
        elif self._pre_roll:
            wake_at = self._stand_by_at
        else:
            return None
        return max(0.0, wake_at - time.monotonic())

    def _attend(self, listening: Listening) -> None:
        listening.tick()
        if listening.silent is not None and listening.silent != self._silent:
            self._silent = listening.silent
            self._tell_part()
        if listening.ended:
            self._let_go(listening)
            if self._stale:
                self._refresh()
                self._tell_part()

    def _obey(self, message: Message) -> None:
        data = message.data
        match message.type:
            case "use":
                self._device, self._pre_roll = data["device"], data["pre_roll"]
                self._stand_down()
                self._silent = False
                self._tell_part()
            case "open":
                self._open(data["turn"], Path(data["path"]))
            case "close":
                if self._listening is not None and self._listening.turn == data["turn"]:
                    self._listening.close()
            case "devices":
                self._parent.send("devices", number=data["number"], names=self._names())

    def _open(self, turn: int, path: Path) -> None:
        if self._listening is not None:
            self._listening.close_now()
            self._let_go(self._listening)
        try:
            self._listening = self._listen(turn, path)
        except AssistantError as error:
            self._parent.send("failed", turn=turn, fault=to_data(error.fault))
            self._tell_part()

    def _listen(self, turn: int, path: Path) -> Listening:
        standby, self._standby = self._standby, None
        if standby is None:
            standby = self._open_microphone()
        capture = standby.capture
        open_again = partial(self._capture, capture.device)
        return Listening(turn, path, capture, open_again, self._parent.send, standby.blocks)

    def _open_microphone(self) -> Standby:
        """The chosen one. Where that fails the sound libraries may go by what was once: they read everything anew."""
        try:
            return Standby(self._capture(choose(self._device, self._sources)))
        except AssistantError:
            self._refresh()
            return Standby(self._capture(choose(self._device, self._sources)))

    def _capture(self, device: Device) -> Capture:
        return Capture(device, lambda item: self._inbox.put(partial(self._hear, item)))

    def _hear(self, item: Block | Finished) -> None:
        if self._listening is not None and isinstance(item, Block):
            self._listening.hear(item)
        elif self._listening is not None:
            self._listening.device_gone(item.capture)
        elif self._standby is not None and item.capture is self._standby.capture:
            if isinstance(item, Block):
                self._standby.hear(item)
            else:
                self._stand_down(_STAND_BY_AGAIN_AFTER_S)

    def _let_go(self, listening: Listening) -> None:
        """A recording has ended. Its stream stays open where it would be opened for the next one just the same."""
        self._listening = None
        if self._pre_roll and listening.undisturbed and self._is_chosen(listening.capture):
            self._standby = Standby(listening.capture)
        else:
            listening.capture.end()

    def _stand_by(self) -> None:
        """Keep the microphone open between talks where that is wanted, and open it again when it stalls."""
        now = time.monotonic()
        if self._standby is not None and (self._left or now >= self._standby.wake_at):
            self._stand_down()
        if not self._pre_roll or self._left or self._standby is not None or now < self._stand_by_at:
            return
        try:
            self._standby = self._open_microphone()
        except AssistantError:  # a part's fault is told already, and a recording will tell of any other
            self._stand_by_at = now + _STAND_BY_AGAIN_AFTER_S

    def _stand_down(self, for_s: float = 0.0) -> None:
        """Let go of a microphone that is not recorded; for so long."""
        self._stand_by_at = time.monotonic() + for_s
        standby, self._standby = self._standby, None
        if standby is not None:
            standby.capture.end()

    def _is_chosen(self, capture: Capture) -> bool:
        try:
            return choose(self._device, self._sources) == capture.device
        except AssistantError:
            return False

    def _sources_changed(self, sources: Sources | None) -> None:
        if self._listening is not None and sources is not None:
            self._listening.sources_changed(sources)
        if (self._sources is None) != (sources is None):
            self._refresh()  # the way to the server came or went
        self._sources = sources
        standby = self._standby
        if standby is None:
            self._stand_by_at = 0.0
        elif sources is not None and (standby.capture.moved(sources) or not self._is_chosen(standby.capture)):
            self._stand_down()
        if self._told is not None:
            self._tell_part()

    def _names(self) -> list[str]:
        self._refresh()
        try:
            return microphone_names(self._sources)
        except AssistantError:  # told as the part's fault
            return []

    def _refresh(self) -> None:
        """Read PortAudio's devices anew, now or when the recording under way has ended."""
        self._stale = self._listening is not None
        if not self._stale:
            self._stand_down()
            with contextlib.suppress(AssistantError):  # told as the part's fault
                refresh()

    def _tell_part(self) -> None:
        """Tell whether a recording would succeed, where that is not what was told last."""
        fault: Fault | None = None
        try:
            label = choose(self._device, self._sources).title
            readiness = Readiness.LIMITED if self._silent else Readiness.READY
            fault = SILENT if self._silent else None
        except AssistantError as error:
            readiness, label, fault = Readiness.MISSING, self._device, error.fault
        part = (readiness, label, fault)
        if part != self._told:
            self._told = part
            self._parent.send("part", readiness=readiness.value, label=label, fault=to_data(fault))


def main() -> None:
    parent = Parent()
    start_logging(paths.log_folder(), "ear")
    _silence_libraries()
    Ear(parent).run()
    os._exit(0)  # without PortAudio's clean-up, which waits for a device that hangs


def _silence_libraries() -> None:
    """Keep what ALSA, JACK and PortAudio print off the user's terminal; what Python has to say still comes."""
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


if __name__ == "__main__":
    main()
