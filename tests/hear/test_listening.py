"""Sound that was lost leaves a gap of its own length, so that times in the recording stay true."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from assistant.hear.capture import BLOCK_S, Block
from assistant.hear.faults import from_data
from assistant.hear.listening import Listening
from assistant.turn.events import Fault
from tests.rig.speech import read_wav

RATE_HZ = 48_000


class Device:
    """Stands where PortAudio stands, for what no virtual microphone does: losing blocks."""

    def __init__(self) -> None:
        self.at = time.monotonic()
        self.ended = False

    def end(self) -> None:
        self.ended = True

    def blocks(self, listening: Listening, count: int, *, lost_before: int = 0, level: float = 0.25) -> None:
        pcm = np.full(round(RATE_HZ * BLOCK_S), level * 32768, "<i2").tobytes()
        self.at += lost_before * BLOCK_S
        for number in range(count):
            self.at += BLOCK_S
            listening.hear(Block(self, pcm, self.at, bool(lost_before) and number == 0))  # type: ignore[arg-type]


@dataclass
class Told:
    """What the ear would send."""

    messages: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def send(self, type_: str, **data: Any) -> None:
        self.messages.append((type_, data))

    @property
    def types(self) -> list[str]:
        return [type_ for type_, _ in self.messages if type_ != "heard"]

    def ended(self) -> tuple[float, int, Fault | None]:
        type_, data = self.messages[-1]
        assert type_ == "ended"
        return round(data["duration_s"], 2), data["lost_blocks"], from_data(data["fault"])


def listen(path: Path, device: Device, told: Told) -> Listening:
    capture: Callable[[], Any] = lambda: device  # noqa: E731
    return Listening(1, path, RATE_HZ, capture, told.send)


def test_lost_blocks_become_silence_and_are_counted(tmp_path: Path) -> None:
    device, told = Device(), Told()
    listening = listen(tmp_path / "1.wav", device, told)
    device.blocks(listening, 25)
    device.blocks(listening, 25, lost_before=10)
    device.blocks(listening, 25, lost_before=5)
    listening.close_now()
    assert told.ended() == (1.8, 15, None)
    assert told.types == ["started", "ended"]
    assert device.ended
    heard = read_wav(tmp_path / "1.wav")
    sounding = np.abs(heard) > 0.1
    for begin_s, end_s, sounds in ((0.0, 0.5, 1), (0.5, 0.7, 0), (0.7, 1.2, 1), (1.2, 1.3, 0), (1.3, 1.8, 1)):
        part = sounding[round((begin_s + 0.02) * 16_000) : round((end_s - 0.02) * 16_000)]
        assert part.mean() == sounds


def test_an_overflow_that_lost_nothing_leaves_no_gap(tmp_path: Path) -> None:
    device, told = Device(), Told()
    listening = listen(tmp_path / "1.wav", device, told)
    device.blocks(listening, 50)
    device.at -= BLOCK_S
    device.blocks(listening, 50, lost_before=1)
    listening.close_now()
    assert told.ended() == (2.0, 0, None)


def test_blocks_that_come_after_the_end_are_dropped(tmp_path: Path) -> None:
    device, told = Device(), Told()
    listening = listen(tmp_path / "1.wav", device, told)
    device.blocks(listening, 10)
    listening.close_now()
    device.blocks(listening, 10)
    assert told.ended()[0] == 0.2
    assert len(told.types) == 2


def test_a_device_that_vanishes_before_its_first_sound_leaves_no_file(tmp_path: Path) -> None:
    device, told = Device(), Told()
    listening = listen(tmp_path / "1.wav", device, told)
    listening.device_gone(device)  # type: ignore[arg-type]
    assert told.types == ["failed"]
    assert not (tmp_path / "1.wav").exists()
