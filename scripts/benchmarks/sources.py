"""A microphone without a device: the real ear, in its process, to which somebody's speech comes on the clock's pace."""

import time
from pathlib import Path
from typing import Any
from unittest import mock

from assistant.children import Child, Message
from assistant.hear import EarMicrophone, microphone
from scripts.benchmarks.utterances import Utterance, as_pcm


class PacedMicrophone(EarMicrophone):
    """The ear, and what it hears next. `began_at` is when the sound of the newest recording began, `closed_at` when its
    file was complete (monotonic seconds). The sound is put into `file`.
    """

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.began_at = self.closed_at = 0.0
        self._file = file

    def load(self, utterance: Utterance) -> None:
        """What is heard from the next press on; after it, the room."""
        self._file.write_bytes(as_pcm(utterance.samples))

    def _start_ear(self) -> Child:
        def paced_ear(_: str, *told: Any) -> Child:
            return Child("scripts.benchmarks.paced_ear", *told, arguments=(str(self._file),))

        with mock.patch.object(microphone, "Child", paced_ear):
            return super()._start_ear()

    def _told(self, message: Message) -> None:
        if message.type == "started":
            self.began_at = message.data["sound_from"]
        elif message.type == "ended":
            self.closed_at = time.monotonic()
        super()._told(message)
