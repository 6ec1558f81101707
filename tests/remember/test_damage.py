"""Whatever is wrong with the file or the disk is said in one sentence, and nothing that was written is lost."""

import sqlite3
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.remember import SqliteHistory
from assistant.turn.events import Fault
from assistant.turn.records import DraftKept, QuestionAsked, ReplyBegun, ReplyClosed, ReplyPiece

from .conftest import Open


def ask(history: SqliteHistory, turn: int, text: str = "When?") -> None:
    history.save(QuestionAsked(turn, "kyoto", "Trip", text, (), ()))


def put_aside(file: Path) -> list[Path]:
    return list(file.parent.glob("history-damaged-*.sqlite3"))


@pytest.mark.parametrize("content", [b"this is no database" * 1000, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_damaged_file_is_put_aside_and_a_new_one_begun(
    open_history: Open, file: Path, told: list[Fault], content: bytes
) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    history = open_history()
    ask(history, 1)
    assert history.find("when")
    assert [aside.read_bytes() for aside in put_aside(file)] == [content]
    assert [fault.code for fault in told] == ["history-damaged"]
    assert str(put_aside(file)[0]) in told[0].hint


def test_something_that_is_no_file_is_put_aside(open_history: Open, file: Path, told: list[Fault]) -> None:
    file.mkdir(parents=True)
    ask(open_history(), 1)
    assert [aside.is_dir() for aside in put_aside(file)] == [True]
    assert len(told) == 1


def spoil(file: Path) -> None:
    """Overwrite everything behind the first page, as a bad disk does."""
    size = file.stat().st_size
    with file.open("r+b") as damaged:
        damaged.seek(4096)
        damaged.write(b"\xa5" * (size - 4096))


def test_damage_found_while_writing_loses_no_step(open_history: Open, file: Path, told: list[Fault]) -> None:
    first = open_history()
    ask(first, 1)
    first.close()
    spoil(file)
    history = open_history()
    ask(history, 2, "What then?")
    assert [message.text for message in history.conversation("kyoto").messages] == ["What then?"]
    assert len(put_aside(file)) == len(told) == 1


def test_damage_found_while_reading_leads_to_a_new_file(
    open_history: Open, file: Path, told: list[Fault]
) -> None:
    first = open_history()
    ask(first, 1)
    first.close()
    history = open_history()
    spoil(file)
    assert history.find() == []
    assert len(put_aside(file)) == len(told) == 1


def test_a_history_of_a_newer_version_is_refused_and_not_touched(
    open_history: Open, file: Path, told: list[Fault]
) -> None:
    open_history().close()
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(AssistantError) as raised:
        open_history()
    assert raised.value.fault.code == "history-too-new"
    assert "schema 99" in raised.value.fault.message
    assert not put_aside(file)
    assert not told


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, told: list[Fault]) -> None:
    (tmp_path / "occupied").write_text("a file where the folder should be")
    with pytest.raises(AssistantError) as raised:
        SqliteHistory(tmp_path / "occupied" / "history.sqlite3", tmp_path, told.append)
    assert raised.value.fault.code == "history-unwritable"


def fill_disk(history: SqliteHistory, full: bool) -> None:
    pages = "(SELECT 0)" if full else "1000000"
    limit = 1 if full else int(pages)
    history._writer.run(lambda connection: connection.execute(f"PRAGMA max_page_count = {limit}").fetchall())


def test_a_full_disk_is_said_and_what_was_written_stays(history: SqliteHistory) -> None:
    ask(history, 1)
    fill_disk(history, full=True)
    with pytest.raises(AssistantError) as raised:
        ask(history, 2, "x" * 100_000)
    assert raised.value.fault.code == "disk-full"
    assert [message.text for message in history.conversation("kyoto").messages] == ["When?"]
    fill_disk(history, full=False)
    ask(history, 3, "Now?")
    assert [message.text for message in history.conversation("kyoto").messages] == ["When?", "Now?"]


def test_pieces_that_met_a_full_disk_are_written_when_there_is_room(history: SqliteHistory) -> None:
    ask(history, 1)
    history.save(ReplyBegun(2, "kyoto", 1))
    fill_disk(history, full=True)
    history.save(ReplyPiece(2, "x" * 100_000))
    history.save(DraftKept("kyoto", "y" * 100_000))
    with pytest.raises(AssistantError) as raised:
        history.save(ReplyClosed(2, whole=True))
    assert raised.value.fault.code == "disk-full"
    history._writer._connection.execute("PRAGMA max_page_count = 1000000")  # type: ignore[union-attr]
    history.save(ReplyClosed(2, whole=True))
    assert history.conversation("kyoto").messages[-1].text == "x" * 100_000


def test_a_history_that_another_program_keeps_locked_is_said(
    history: SqliteHistory, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(history, 1)
    history._writer.run(lambda connection: connection.execute("PRAGMA busy_timeout = 100").fetchall())
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(AssistantError) as raised:
        ask(history, 2)
    assert raised.value.fault.code == "history-busy"
    other.close()
    ask(history, 2)


def test_a_mistake_of_ours_is_not_dressed_up_as_a_fault_of_the_disk(history: SqliteHistory) -> None:
    ask(history, 1)
    with pytest.raises(sqlite3.IntegrityError):
        ask(history, 1)
    ask(history, 2)
