"""What is on its way to the speaker keeps its order, its times and its turns."""

from array import array
from typing import Any

import pytest

from assistant.speak.line import Clip, Line, Samples

RATE_HZ = 100.0


def even(length: int, value: int) -> Samples:
    return memoryview(array("h", [value] * length))


def clip(turn: int, length: int, value: int = 5, told: list[Any] | None = None) -> Clip:
    tell = [] if told is None else told
    return Clip(
        turn,
        even(length, value),
        lambda at: tell.append(("begins", turn, round(at, 3))),
        lambda: tell.append(("ends", turn)),
    )


def tell_until(line: Line, now: float) -> None:
    for reached in line.reached(now):
        reached()


def test_clips_follow_each_other_without_a_hole_and_silence_follows_them() -> None:
    line = Line()
    line.add(clip(1, 3, 1))
    line.add(clip(1, 4, 2))
    first, points = line.take(5, 10.0, RATE_HZ)
    assert points
    assert line.waiting()
    second, _ = line.take(5, 10.05, RATE_HZ)
    assert [*first, *second] == [1] * 3 + [2] * 4 + [0] * 3
    assert not line.waiting()
    assert line.sounds_until() == pytest.approx(10.07)


def test_points_are_told_when_they_are_heard_and_not_before() -> None:
    line, told = Line(), list[Any]()
    line.add(clip(1, 20, told=told))
    line.add(clip(1, 0, told=told))
    for block in range(3):
        line.take(10, 5.0 + block / 10, RATE_HZ)
    tell_until(line, 4.99)
    assert told == []
    tell_until(line, 5.0)
    assert told == [("begins", 1, 5.0)]
    assert line.next_at() == pytest.approx(5.2)
    tell_until(line, 5.2)
    assert told == [("begins", 1, 5.0), ("ends", 1), ("begins", 1, 5.2), ("ends", 1)]
    assert line.next_at() is None


def test_a_removed_turn_is_neither_heard_nor_told_and_others_are() -> None:
    line, told = Line(), list[Any]()
    line.add(clip(1, 20, 1, told))
    line.add(clip(2, 5, 2, told))
    line.take(10, 0.0, RATE_HZ)
    assert line.remove(1)
    block, _ = line.take(10, 0.1, RATE_HZ)
    assert [*block] == [2] * 5 + [0] * 5
    tell_until(line, 9.0)
    assert told == [("begins", 2, 0.1), ("ends", 2)]


def test_a_turn_that_is_with_the_device_to_its_last_sample_still_sounds() -> None:
    line = Line()
    line.add(clip(1, 5))
    line.take(10, 0.0, RATE_HZ)
    assert line.remove(1)
    assert not line.remove(1)


def test_a_turn_that_only_waits_does_not_sound() -> None:
    line = Line()
    line.add(clip(1, 5))
    assert not line.remove(1)
    assert not line.waiting()


def test_a_cue_is_laid_over_the_speech_at_once() -> None:
    line = Line()
    line.add(clip(1, 10, 30_000))
    line.lead_in(4)
    line.add_cue(even(6, 2_000))
    line.add_cue(even(2, -1_000))
    block, _ = line.take(10, 0.0, RATE_HZ)
    assert [*block] == [1_000] * 2 + [2_000] * 2 + [32_000] * 2 + [30_000] * 4


def test_a_cue_over_the_loudest_speech_does_not_turn_into_noise() -> None:
    line = Line()
    line.add(clip(1, 2, 32_000))
    line.add(clip(1, 2, -32_000))
    line.add_cue(memoryview(array("h", [5_000, -5_000, 5_000, -5_000, -5_000])))
    block, _ = line.take(6, 0.0, RATE_HZ)
    assert [*block] == [32_767, 27_000, -27_000, -32_768, -5_000, 0]


def test_a_cue_goes_on_in_the_next_block_and_ends_before_the_block_does() -> None:
    line = Line()
    line.add_cue(memoryview(array("h", range(1, 8))))
    assert [*line.take(4, 0.0, RATE_HZ)[0], *line.take(4, 0.1, RATE_HZ)[0]] == [1, 2, 3, 4, 5, 6, 7, 0]


def test_after_a_flush_nothing_sounds() -> None:
    line = Line()
    line.add_cue(even(5, 1))
    line.take(10, 7.0, RATE_HZ)
    assert line.sounds_until() == pytest.approx(7.05)
    line.flushed()
    assert line.sounds_until() == 0.0


def test_a_dropped_line_is_empty() -> None:
    line, told = Line(), list[Any]()
    line.add(clip(1, 20, told=told))
    line.add_cue(even(20, 1))
    line.take(10, 0.0, RATE_HZ)
    line.drop()
    tell_until(line, 9.0)
    assert not line.waiting()
    assert told == []
    assert not any(line.take(10, 0.1, RATE_HZ)[0])
