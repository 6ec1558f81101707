"""Keys, sizes and times read as people write them."""

import datetime as dt

import pytest

from assistant.turn.events import Remedy
from assistant.window.words import REMEDIES, clock, key_name, size, when

NOW = dt.datetime(2026, 3, 18, 12, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("right ctrl", "Right Ctrl"),
        ("f9", "F9"),
        ("ctrl+alt+space", "Ctrl+Alt+Space"),
        ("alt gr", "AltGr"),
        ("", ""),
    ],
)
def test_keys_are_named_as_on_the_keyboard(name: str, written: str) -> None:
    assert key_name(name) == written


def test_sizes_are_short() -> None:
    assert [size(74_600_000), size(1_530_000_000), size(12)] == ["75 MB", "1.5 GB", "1 MB"]


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (dt.timedelta(hours=2), "10:00"),
        (dt.timedelta(days=1), "Yesterday"),
        (dt.timedelta(days=3), "Sunday"),
        (dt.timedelta(days=30), "16 Feb"),
        (dt.timedelta(days=400), "11 Feb 2025"),
    ],
)
def test_the_nearer_a_time_the_more_precise_it_is(ago: dt.timedelta, said: str) -> None:
    assert when((NOW - ago).timestamp(), NOW) == said


def test_seconds_are_shown_as_on_a_clock() -> None:
    assert clock(64.9) == "1:04"


def test_every_remedy_has_a_button() -> None:
    assert set(REMEDIES) == set(Remedy)
