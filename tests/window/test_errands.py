"""Errands are run elsewhere and answered here."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.turn.events import Fault
from assistant.window.desk import Preferences
from assistant.window.errands import Errands
from tests.fakes.controls import FakeControls
from tests.window.conftest import rest, until


@pytest.fixture
def errands(application: QApplication) -> Iterator[Errands]:
    made = Errands()
    yield made
    made.stop()


def test_the_answer_comes_back_to_the_window(errands: Errands) -> None:
    answers: list[tuple[int, int]] = []
    errands.run(threading.get_ident, lambda there: answers.append((there, threading.get_ident())))
    until(lambda: answers)
    there, here = answers[0]
    assert here == threading.get_ident() != there


def test_a_fault_goes_to_who_asked(errands: Errands) -> None:
    faults: list[Fault] = []

    def work() -> None:
        raise AssistantError("code", "It is broken.")

    errands.run(work, failed=faults.append)
    until(lambda: faults)
    assert faults[0].code == "code"


def test_a_fault_that_nobody_asked_for_is_told(errands: Errands) -> None:
    faults: list[Fault] = []
    errands.failed.connect(faults.append)

    def work() -> None:
        raise AssistantError("code", "It is broken.")

    errands.run(work)
    until(lambda: faults)


def test_changes_are_made_in_the_order_they_were_asked_for(errands: Errands) -> None:
    made: list[int] = []
    first = threading.Event()

    def slow() -> None:
        first.wait(10)
        made.append(0)

    errands.run_in_order(slow)
    for number in range(1, 20):
        errands.run_in_order(lambda number=number: made.append(number))  # type: ignore[misc]
    first.set()
    until(lambda: len(made) == 20)
    assert made == list(range(20))


def test_a_slow_errand_keeps_nobody_waiting(errands: Errands) -> None:
    slow = threading.Event()
    quick: list[None] = []
    errands.run(lambda: slow.wait(10))
    errands.run(lambda: None, quick.append)
    until(lambda: quick)
    slow.set()


def test_a_control_does_not_jump_back_while_changes_follow_each_other(errands: Errands) -> None:
    controls = FakeControls()
    preferences = Preferences(controls, errands, Settings())
    told: list[Settings] = []
    preferences.changed.connect(told.append)
    for rate in (150, 160, 170):
        preferences.change("speaking", "rate_wpm", rate)
    until(lambda: told)
    rest(0.1)
    assert [one.speaking.rate_wpm for one in told] == [170]


def test_nobody_is_told_after_the_end(errands: Errands) -> None:
    told: list[None] = []
    go = threading.Event()
    errands.run(lambda: go.wait(10), lambda _: told.append(None))
    errands.stop()
    go.set()
    rest(0.1)
    assert not told
