"""What a recording holds of what was lost, and where it ends, block by block."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.hear.capture import BLOCK_S, Block
from assistant.hear.devices import Device as Chosen
from assistant.hear.faults import from_data
from assistant.hear.listening import LONGEST_TAIL_S, Listening
from assistant.turn.events import Fault
from tests.rig.speech import read_wav

RATE_HZ = 48_000


class Device:
    """Stands where PortAudio stands, for what no virtual microphone does: losing blocks."""

    device = Chosen(0, RATE_HZ, "device")

    def __init__(self) -> None:
        self.at = time.monotonic()

    def blocks(self, listening: Listening, count: int, *, lost_before: int = 0, level: float = 0.25) -> None:
        pcm = tone(level)
        self.at += lost_before * BLOCK_S
        for number in range(count):
            self.at += BLOCK_S
            listening.hear(Block(self, pcm, self.at, bool(lost_before) and number == 0))  # type: ignore[arg-type]


def tone(amplitude: float) -> bytes:
    times = np.arange(round(RATE_HZ * BLOCK_S)) / RATE_HZ
    return (amplitude * 32768 * (0.75 + 0.25 * np.sin(2 * np.pi * 200 * times))).astype("<i2").tobytes()


@dataclass
class Told:
    """What the ear would send."""

    messages: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def send(self, type_: str, **data: Any) -> None:
        self.messages.append((type_, data))

    @property
    def types(self) -> list[str]:
        return [type_ for type_, _ in self.messages if type_ != "heard"]

    @property
    def over(self) -> bool:
        return self.types[-1] == "ended"

    def ended(self) -> tuple[float, int, Fault | None]:
        type_, data = self.messages[-1]
        assert type_ == "ended"
        return round(data["duration_s"], 2), data["lost_blocks"], from_data(data["fault"])


def listen(path: Path, device: Device, told: Told, earlier: Sequence[Block] = ()) -> Listening:
    capture: Any = device
    return Listening(1, path, capture, lambda: capture, told.send, earlier)


def test_lost_blocks_become_silence_and_are_counted(tmp_path: Path) -> None:
    device, told = Device(), Told()
    listening = listen(tmp_path / "1.wav", device, told)
    device.blocks(listening, 25)
    device.blocks(listening, 25, lost_before=10)
    device.blocks(listening, 25, lost_before=5)
    listening.close_now()
    assert told.ended() == (1.8, 15, None)
    assert told.types == ["started", "ended"]
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


def test_nobody_waits_for_the_end_of_a_recording_when_it_has_been_quiet(tmp_path: Path) -> None:
    device, told = Device(), Told()
    listening = listen(tmp_path / "1.wav", device, told)
    device.blocks(listening, 50)
    device.blocks(listening, 5, level=0.0)
    listening.close()
    assert told.ended() == (1.1, 0, None)


def test_a_last_syllable_that_still_sounds_is_heard_out(tmp_path: Path) -> None:
    device, told = Device(), Told()
    listening = listen(tmp_path / "1.wav", device, told)
    device.blocks(listening, 20, level=0.001)
    device.blocks(listening, 30)
    listening.close()
    device.blocks(listening, 4)
    device.blocks(listening, 2, level=0.001)
    assert not told.over
    device.blocks(listening, 1, level=0.001)
    assert told.ended() == (1.14, 0, None)


def test_somebody_who_goes_on_speaking_after_the_release_is_not_heard_for_long(tmp_path: Path) -> None:
    device, told = Device(), Told()
    listening = listen(tmp_path / "1.wav", device, told)
    device.blocks(listening, 20, level=0.001)
    device.blocks(listening, 30)
    before = time.monotonic()
    listening.close()
    assert before <= listening.wake_at - LONGEST_TAIL_S <= time.monotonic()
    listening.tick()
    assert not told.over
    while not told.over:
        device.blocks(listening, 1)
        listening.tick()


def test_what_was_heard_before_the_key_comes_first_and_not_a_sample_is_lost(tmp_path: Path) -> None:
    device, told = Device(), Told()
    block = round(RATE_HZ * BLOCK_S)
    ramp = np.tile(np.arange(-12_000, 12_000, 10), 20).astype(
        "<i2"
    )  # told apart from any shifted copy of itself
    pieces = [ramp[start : start + block].tobytes() for start in range(0, len(ramp), block)]
    blocks: list[Block] = []
    for number, pcm in enumerate(pieces):
        blocks.append(Block(device, pcm, device.at + (number - 19) * BLOCK_S, False))  # type: ignore[arg-type]
    listening = listen(tmp_path / "1.wav", device, told, blocks[:10])
    for one in blocks[10:]:
        listening.hear(one)
    listening.close_now()
    whole, whole_told = Device(), Told()
    at_once = listen(tmp_path / "2.wav", whole, whole_told)
    for one in blocks:
        at_once.hear(Block(whole, one.pcm, one.at, False))  # type: ignore[arg-type]
    at_once.close_now()
    assert np.array_equal(read_wav(tmp_path / "1.wav"), read_wav(tmp_path / "2.wav"))
    started = told.messages[0][1]
    assert started["sound_from"] == pytest.approx(blocks[0].at - BLOCK_S)
    assert started["at"] >= device.at, "sound is recorded from the press on"
