"""When what happened in a turn is there again, also in a history that an older program began."""

import sqlite3
from pathlib import Path

from assistant.remember import SqliteHistory
from assistant.remember.schema import MIGRATIONS
from assistant.turn.events import Goal
from assistant.turn.records import RecordingBegun, TimesTaken
from assistant.turn.timeline import Moment, Timeline

from .conftest import Open
from .test_history import ask

SPOKEN = Timeline(1, {Moment.PRESS: 0.0, Moment.RELEASE: 2.0, Moment.TEXT: 2.0125}, since=99.5)
ASKED = Timeline(1, {**SPOKEN.moments, Moment.SENT: 2.013}, question=2, answer=3)
TYPED = Timeline(5, {Moment.SENT: 0.0}, question=4, answer=5)


def kept(open_history: Open) -> list[Timeline]:
    """What a program that is started now finds."""
    return open_history().timelines("kyoto")


def test_the_times_of_each_turn_are_there_again_as_far_as_they_came(open_history: Open) -> None:
    first = open_history()
    first.save(RecordingBegun(1, "kyoto", Goal.ASK))
    for line in (SPOKEN, ASKED, TYPED):
        first.save(TimesTaken(line, "kyoto"))
    first.close()
    assert kept(open_history) == [ASKED, TYPED]
    assert open_history().timelines("another") == []


def test_nobody_waits_for_times_to_be_written(history: SqliteHistory) -> None:
    history.save(RecordingBegun(1, "kyoto", Goal.ASK))
    held: list[int] = []

    def hold(_: sqlite3.Connection) -> None:
        history.save(TimesTaken(SPOKEN, "kyoto"))  # on the writer's own thread: to wait would be for ever
        held.append(1)

    history._writer.run(hold)
    assert held


def test_a_deleted_conversation_takes_its_times_along_and_late_ones_do_not_bring_it_back(
    open_history: Open,
) -> None:
    history = open_history()
    ask(history, 1)
    history.save(TimesTaken(TYPED, "kyoto"))
    history.delete("kyoto")
    history.save(TimesTaken(TYPED, "kyoto"))
    history.close()
    assert kept(open_history) == []


def test_a_history_without_times_is_brought_up_to_date_and_keeps_what_it_has(
    open_history: Open, file: Path
) -> None:
    file.parent.mkdir(parents=True)
    with sqlite3.connect(file) as old:
        MIGRATIONS[0](old)
        old.execute("PRAGMA user_version = 1")
        old.execute("INSERT INTO conversations VALUES ('kyoto', 'Trip to Kyoto', 1.0)")
    old.close()
    history = open_history()
    assert history.conversation("kyoto").title == "Trip to Kyoto"
    history.save(TimesTaken(TYPED, "kyoto"))
    history.close()
    assert kept(open_history) == [TYPED]
