"""What the engine says on its thread reaches the window on its own, in order, and not more often than it can be seen."""

import threading
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from assistant.turn.conversation import Conversation
from assistant.turn.states import Session
from assistant.turn.transcript import Transcript, Word
from assistant.window.bridge import Bridge
from tests.window.conftest import rest, until

SESSION = Session(1, Conversation("c"))


class _Receiver(QObject):
    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.sessions: list[Session] = []
        self.times: list[float] = []
        self.others: list[object] = []
        self.threads: set[int] = set()
        bridge.session.connect(self.take)
        for signal in (bridge.placed, bridge.cleared, bridge.loaded):
            signal.connect(self.other)

    @Slot(object)
    def take(self, session: Session) -> None:
        self.times.append(time.monotonic())
        self.sessions.append(session)
        self.threads.add(threading.get_ident())

    @Slot(object)
    def other(self, what: object) -> None:
        self.others.append(what)
        self.threads.add(threading.get_ident())


@pytest.fixture
def bridge(application: QApplication) -> Bridge:
    return Bridge()


def test_the_newest_session_is_shown_on_the_windows_thread(bridge: Bridge) -> None:
    receiver = _Receiver(bridge)
    newest = replace(SESSION, next_turn=500)

    def engine() -> None:
        for turn in range(500):
            bridge.show(replace(SESSION, next_turn=turn))
        bridge.show(newest)

    thread = threading.Thread(target=engine)
    thread.start()
    until(lambda: newest in receiver.sessions, "the newest session")
    thread.join()
    assert receiver.threads == {threading.get_ident()}


def test_sessions_are_shown_at_most_thirty_times_a_second(bridge: Bridge) -> None:
    receiver = _Receiver(bridge)
    stop = threading.Event()

    def engine() -> None:
        turn = 0
        while not stop.wait(0.001):
            turn += 1
            bridge.show(replace(SESSION, next_turn=turn))

    thread = threading.Thread(target=engine)
    thread.start()
    until(lambda: len(receiver.sessions) >= 15, "fifteen sessions")
    stop.set()
    thread.join()
    assert min(later - earlier for earlier, later in pairwise(receiver.times)) >= 1 / 30
    assert [one.next_turn for one in receiver.sessions] == sorted(
        {one.next_turn for one in receiver.sessions}
    )


def test_a_session_after_a_pause_is_shown_at_once(bridge: Bridge) -> None:
    receiver = _Receiver(bridge)
    bridge.show(SESSION)
    until(lambda: receiver.sessions)
    rest(0.1)
    bridge.show(replace(SESSION, next_turn=2))
    QApplication.processEvents()
    assert len(receiver.sessions) == 2


def test_what_goes_into_the_composer_keeps_its_order(bridge: Bridge) -> None:
    receiver = _Receiver(bridge)
    transcript = Transcript(1, (Word("hello"),), "fake")

    def engine() -> None:
        bridge.place(transcript)
        bridge.clear("hello")
        bridge.load("draft")

    thread = threading.Thread(target=engine)
    thread.start()
    thread.join()
    until(lambda: len(receiver.others) == 3)
    assert receiver.others == [transcript, "hello", "draft"]


def test_thousands_of_calls_from_many_threads_arrive(bridge: Bridge) -> None:
    receiver = _Receiver(bridge)

    def engine() -> None:
        for _ in range(1000):
            bridge.clear("x")
            bridge.show(SESSION)

    threads = [threading.Thread(target=engine) for _ in range(4)]
    for thread in threads:
        thread.start()
    until(lambda: len(receiver.others) == 4000, "all of them", 60)
    for thread in threads:
        thread.join()
