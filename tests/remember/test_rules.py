"""What was learned is there again, in a history that an older program began as well, and a bad disk loses nothing of it."""

import sqlite3
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.remember import SqliteHistory
from assistant.remember.schema import MIGRATIONS
from assistant.turn.corrections import Correction, Dictation, Sighting, agreed, learned
from assistant.turn.records import QuestionAsked, TranscriptHeard
from assistant.turn.transcript import Origin, Transcript, Word

from .conftest import Open
from .test_damage import fill_disk

NOW_S = 4e9
VUE = Sighting("view", "Vue")
RULE = Correction("view", "Vue", NOW_S, confirmed=True)


def confirm(history: SqliteHistory, sighting: Sighting = VUE) -> list[Correction]:
    return history.correct(partial(agreed, sighting=sighting, at_s=NOW_S))


def hear(history: SqliteHistory, turn: int, *words: Word) -> None:
    history.save(TranscriptHeard(Transcript(turn, words, "base.en")))


def test_corrections_are_there_again_after_a_start(open_history: Open) -> None:
    first = open_history()
    assert confirm(first) == [RULE]
    first.correct(lambda known: learned(known, [Sighting("num pie", "NumPy"), VUE], [], NOW_S + 1))
    first.close()
    assert open_history().corrections() == [
        Correction("num pie", "NumPy", NOW_S + 1, seen=1),
        Correction("view", "Vue", NOW_S + 1, seen=1, confirmed=True),
    ]


def test_two_programs_lose_no_sighting(open_history: Open) -> None:
    for history in (open_history(), open_history(), open_history()):
        history.correct(lambda known: learned(known, [VUE], [], NOW_S))
    assert [one.seen for one in open_history().corrections()] == [3]


def test_all_meanings_of_a_phrase_are_forgotten_at_once(history: SqliteHistory) -> None:
    confirm(history, Sighting("view", "few"))
    confirm(history)
    confirm(history, Sighting("num pie", "NumPy"))
    assert history.forget_corrections("view") == 2
    assert history.forget_corrections("view") == 0
    assert [one.meant for one in history.corrections()] == ["NumPy"]


def test_what_ended_for_want_of_use_is_removed_when_something_is_learned(history: SqliteHistory) -> None:
    history.correct(lambda _: [Correction("old", "Olt", 1.0, confirmed=True)])
    assert [one.heard for one in history.corrections()] == ["old"]
    confirm(history)
    assert history.corrections() == [RULE]


def test_a_deleted_conversation_takes_along_what_is_no_rule_yet(history: SqliteHistory) -> None:
    corrected = [
        Word(text, 1.0, 2.0, 1.0, Origin.CORRECTED, heard)
        for heard, text in (("Num pie,", " NumPy,"), ("view", " Vue"), ("the jason", " the JSON"))
    ]
    history.save(QuestionAsked(1, "kyoto", "Trip", "NumPy, Vue the JSON", tuple(corrected), ()))
    confirm(history)
    seen = [Sighting("num pie", "NumPy"), Sighting("jason", "JSON"), Sighting("cube cuddle", "kubectl")]
    history.correct(lambda known: learned(known, seen, [], NOW_S))
    history.delete("kyoto")
    assert [one.heard for one in history.corrections()] == ["cube cuddle", "view"]


def test_half_a_character_is_no_reason_to_learn_nothing(history: SqliteHistory) -> None:
    history.correct(lambda _: [Correction("view", "\ud83dVue", NOW_S)])
    assert [one.meant for one in history.corrections()] == ["?Vue"]


def test_the_last_dictations_are_told_as_they_were_heard(history: SqliteHistory) -> None:
    hear(history, 1, Word(" First."))
    replaced = Word(" Vue,", origin=Origin.REPLACED, heard="view", source="javascript")
    hear(history, 2, Word(" A"), replaced, Word(" ok"))
    hear(history, 3)
    assert [(one.turn, one.text) for one in history.dictations(2)] == [(3, ""), (2, "A view, ok")]
    [*_, first] = history.dictations()
    assert first == Dictation(1, first.at_s, "First.")
    assert first.at_s > 1e9


def test_a_full_disk_is_said_and_what_was_learned_stays(history: SqliteHistory) -> None:
    confirm(history)
    fill_disk(history, full=True)
    with pytest.raises(AssistantError) as raised:
        confirm(history, Sighting("x" * 100_000, "X"))
    assert raised.value.fault.code == "disk-full"
    assert history.corrections() == [RULE]
    fill_disk(history, full=False)
    confirm(history, Sighting("num pie", "NumPy"))
    assert len(history.corrections()) == 2


def test_a_disk_that_may_only_be_read_is_said_and_what_was_learned_stays(history: SqliteHistory) -> None:
    confirm(history)
    history._writer.run(lambda connection: connection.execute("PRAGMA query_only = ON").fetchall())
    with pytest.raises(AssistantError) as raised:
        history.forget_corrections("view")
    assert raised.value.fault.code == "history-unwritable"
    assert history.corrections() == [RULE]
    history._writer._connection.execute("PRAGMA query_only = OFF")  # type: ignore[union-attr]
    assert history.forget_corrections("view") == 1


def test_nothing_of_a_step_that_failed_is_kept(history: SqliteHistory) -> None:
    def fail(_: Sequence[Correction]) -> list[Correction]:
        raise ZeroDivisionError

    history.correct(lambda _: [Correction("old", "Olt", 1.0)])
    with pytest.raises(ZeroDivisionError):
        history.correct(fail)
    assert [one.heard for one in history.corrections()] == ["old"]


def test_a_history_without_corrections_is_brought_up_to_date(open_history: Open, file: Path) -> None:
    file.parent.mkdir(parents=True)
    with sqlite3.connect(file) as old:
        for migration in MIGRATIONS[:2]:
            migration(old)
        old.execute("PRAGMA user_version = 2")
        old.execute("INSERT INTO conversations VALUES ('kyoto', 'Trip to Kyoto', 1.0)")
    old.close()
    history = open_history()
    assert history.corrections() == []
    assert history.conversation("kyoto").title == "Trip to Kyoto"
    confirm(history)
    assert history.corrections() == [RULE]
