"""The history in an SQLite file: the adapter of the port `History`, with what `aloud history` needs beside it."""

import contextlib
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from assistant.ports import Found, Unfinished
from assistant.recordings import recording_turns
from assistant.remember.database import Tell, check, explained, is_damage, open_for_reading
from assistant.remember.dictations import Dictated, last_dictation, read_dictated
from assistant.remember.reading import find, read_conversation, read_timelines
from assistant.remember.recovery import unfinished
from assistant.remember.retention import Retention, remove_file, remove_recordings
from assistant.remember.rules import (
    Learn,
    change_corrections,
    forget_candidates,
    forget_corrections,
    read_corrections,
    read_dictations,
)
from assistant.remember.writer import Writer
from assistant.remember.writing import join_pieces, write
from assistant.turn.conversation import Conversation
from assistant.turn.corrections import PREVIEWED, Correction, Dictation
from assistant.turn.events import Recording
from assistant.turn.records import (
    DraftKept,
    QuestionAsked,
    Record,
    RecordingSettled,
    ReplyPiece,
    TextInserted,
    TimesTaken,
)
from assistant.turn.timeline import Timeline

T = TypeVar("T")

# Each program has its own stretch of turns, so that two at once give out different ones.
_TURNS_AT_ONCE = 1_000_000

# Written together, a tenth of a second late at most: there are many of them, and nothing waits for them.
_FREQUENT = (ReplyPiece, DraftKept, TimesTaken)

# The user's own words, and the steps after which a recording is no longer looked for, outlive a power cut.
_POWER_SAFE = (QuestionAsked, TextInserted, RecordingSettled)


class SqliteHistory:
    """The history in `file`, whose recordings lie in `recordings`.

    `tell` is called with a fault when a damaged file was put aside and a new one begun. `keep_days` is how long
    recordings are kept; None leaves them alone, for programs that only look. Raises AssistantError.
    """

    def __init__(self, file: Path, recordings: Path, tell: Tell, *, keep_days: int | None = None) -> None:
        self._file = file
        self._recordings = recordings
        self._writer = Writer(file, tell)
        self._first_turn: int | None = None
        self._drafted: set[str] = set()
        self._writer.run(_join_all_pieces)
        self._retention = None if keep_days is None else Retention(self._sweep, keep_days)

    def save(self, record: Record) -> None:
        """Return when `record` is committed; pieces, drafts and times follow within a tenth of a second."""
        if isinstance(record, DraftKept):
            self._drafted.add(record.conversation)
        work = partial(write, record=record, at=time.time())
        if isinstance(record, _FREQUENT):
            self._writer.run_soon(work)
        else:
            self._writer.run(work, power_safe=isinstance(record, _POWER_SAFE))
        if isinstance(record, RecordingSettled) and self._retention is not None:
            self._retention.settled()

    def next_turn(self) -> int:
        """A number above every turn ever written, also of recordings that a lost history knew."""
        lying = max(recording_turns(self._recordings), default=0)
        self._first_turn = self._writer.run(lambda connection: _take_turns(connection, lying))
        return self._first_turn

    def unfinished(self) -> list[Unfinished]:
        return self._read(
            lambda connection: unfinished(connection, self._recordings, self._first_turn, self._drafted)
        )

    def conversation(self, conversation_id: str) -> Conversation:
        return self._read(lambda connection: read_conversation(connection, conversation_id))

    def timelines(self, conversation_id: str) -> list[Timeline]:
        """When what happened in the turns of a conversation, oldest first."""
        return self._read(lambda connection: read_timelines(connection, conversation_id))

    def find(self, query: str = "", limit: int = 200) -> list[Found]:
        return self._read(lambda connection: find(connection, query, limit))

    def corrections(self) -> list[Correction]:
        """All that were seen or confirmed, rules and others, by what was heard."""
        return self._read(read_corrections)

    def correct(self, learn: Learn) -> list[Correction]:
        """What `learn` makes of the corrections takes their place, in one step; returns it.

        `learn` is called on the writer's thread, so it must be quick.
        """
        return self._writer.run(
            lambda connection: change_corrections(connection, learn, time.time()), power_safe=True
        )

    def forget_corrections(self, heard: str) -> int:
        """Remove all that was learned for what was heard; how many corrections that were."""
        return self._writer.run(lambda connection: forget_corrections(connection, heard), power_safe=True)

    def dictations(self, most: int = PREVIEWED) -> list[Dictation]:
        """The last so many, the newest first, as they were heard."""
        return self._read(lambda connection: read_dictations(connection, most))

    def dictated(self, most: int) -> list[Dictated]:
        """What left last for other programs, the newest first."""
        return self._read(lambda connection: read_dictated(connection, most))

    def last_dictation(self) -> tuple[int, Recording] | None:
        """The turn and the recording of the last one, if it is still kept."""
        return self._read(lambda connection: last_dictation(connection, self._recordings))

    def delete(self, conversation_id: str) -> None:
        """Remove a conversation with its drafts and recordings, so that its words can no longer be found on the disk.

        Rules stay.
        """
        self._writer.run(
            lambda connection: _delete(connection, self._recordings, conversation_id), power_safe=True
        )
        self._read(_empty_log, whole=False)

    def keep_recordings(self, days: int) -> None:
        """Keep recordings for so many days from now on."""
        if self._retention is not None:
            self._retention.keep(days)

    def close(self) -> None:
        if self._retention is not None:
            self._retention.stop()
        self._writer.close()

    def _sweep(self, begun_before: float) -> None:
        self._writer.run(lambda connection: remove_recordings(connection, self._recordings, begun_before))

    def _read(self, look: Callable[[sqlite3.Connection], T], *, whole: bool = True) -> T:
        """What `look` finds; `whole` lets all of it see the same moment."""
        try:
            return self._look(look, whole)
        except sqlite3.Error as error:
            if not is_damage(error):
                raise explained(error, self._file) from error
        self._writer.run(check)  # puts the damaged file aside
        try:
            return self._look(look, whole)
        except sqlite3.Error as error:
            raise explained(error, self._file) from error

    def _look(self, look: Callable[[sqlite3.Connection], T], whole: bool) -> T:
        with contextlib.closing(open_for_reading(self._file)) as connection:
            if whole:
                connection.execute("BEGIN")
            return look(connection)


def _take_turns(connection: sqlite3.Connection, lying: int) -> int:
    """The first of a stretch of turns that nobody had, given that the sound of turn `lying` is on the disk."""
    highest = connection.execute(
        "SELECT max(turns, coalesce((SELECT max(turn) FROM messages), 0),"
        " coalesce((SELECT max(turn) FROM recordings), 0)) FROM program"
    ).fetchone()[0]
    first = -(-max(highest, lying) // _TURNS_AT_ONCE) * _TURNS_AT_ONCE + 1
    connection.execute("UPDATE program SET turns = ?", (first + _TURNS_AT_ONCE - 1,))
    return int(first)


def _join_all_pieces(connection: sqlite3.Connection) -> None:
    """What is left of answers that broke off becomes searchable."""
    for row in connection.execute("SELECT DISTINCT turn FROM pieces").fetchall():
        join_pieces(connection, row["turn"])


def _delete(connection: sqlite3.Connection, folder: Path, conversation_id: str) -> None:
    recordings = "SELECT turn, path FROM recordings WHERE conversation = ?"
    for row in connection.execute(recordings, (conversation_id,)).fetchall():
        remove_file(folder, row["turn"], row["path"])
    forget_candidates(connection, conversation_id, time.time())
    connection.execute("DELETE FROM conversations WHERE id = ?", (conversation_id,))
    # The index keeps what was deleted until its parts are merged.
    connection.execute("INSERT INTO found (found) VALUES ('optimize')")


def _empty_log(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
