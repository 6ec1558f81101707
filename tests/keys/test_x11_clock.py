"""How long a key was held is measured where it was held."""

import pytest

from assistant.keys.x11_clock import ServerClock


def test_a_busy_program_measures_a_tap_as_it_was() -> None:
    clock = ServerClock()
    clock.local(1_000, 50.001)
    pressed, released = clock.local(2_000, 51.6), clock.local(2_080, 52.3)
    assert released - pressed == pytest.approx(0.08)
    assert pressed == pytest.approx(51.001)


def test_an_event_never_happens_after_it_has_arrived() -> None:
    clock = ServerClock()
    arrivals = [(1_000, 10.3), (1_100, 10.31), (1_200, 10.9), (1_300, 10.9)]
    assert all(clock.local(ms, now) <= now for ms, now in arrivals)


def test_when_the_server_s_count_begins_anew_the_clock_is_set_again() -> None:
    clock = ServerClock()
    clock.local(4_294_967_290, 100.0)
    assert clock.local(4, 100.01) == pytest.approx(100.01)
    assert clock.local(104, 100.5) == pytest.approx(100.11)
