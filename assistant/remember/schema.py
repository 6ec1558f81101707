"""The tables, as numbered migrations. The database's `user_version` counts those that were done."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from assistant.errors import AssistantError


def _first(connection: sqlite3.Connection) -> None:
    for statement in _TABLES:
        connection.execute(statement)


_TABLES = (
    # `turns` is the number up to which turns were given out.
    "CREATE TABLE program (turns INTEGER NOT NULL)",
    "INSERT INTO program VALUES (0)",
    """CREATE TABLE conversations (
         id TEXT PRIMARY KEY,
         title TEXT NOT NULL DEFAULT '',
         changed_at REAL NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX conversations_by_time ON conversations (changed_at)",
    # `id` gives the order; two programs may write into one conversation, so turns do not.
    # `open`: a question that waits for its answer, or an answer that may still grow.
    """CREATE TABLE messages (
         id INTEGER PRIMARY KEY,
         turn INTEGER NOT NULL UNIQUE,
         conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
         role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
         at REAL NOT NULL,
         open INTEGER NOT NULL,
         text TEXT NOT NULL DEFAULT '',
         words TEXT NOT NULL DEFAULT '[]',
         question INTEGER,
         superseded INTEGER NOT NULL DEFAULT 0,
         reasoning TEXT NOT NULL DEFAULT '',
         heard_to INTEGER,
         whole INTEGER NOT NULL DEFAULT 1,
         model TEXT NOT NULL DEFAULT '',
         tokens_in INTEGER NOT NULL DEFAULT 0,
         tokens_out INTEGER NOT NULL DEFAULT 0)""",
    "CREATE INDEX messages_of_conversation ON messages (conversation)",
    "CREATE INDEX messages_to_question ON messages (question)",
    "CREATE INDEX messages_open ON messages (turn) WHERE open",
    # What came of an answer that still grows; joined into its message at the end.
    """CREATE TABLE pieces (
         id INTEGER PRIMARY KEY,
         turn INTEGER NOT NULL REFERENCES messages (turn) ON DELETE CASCADE,
         text TEXT NOT NULL,
         reasoning TEXT NOT NULL)""",
    "CREATE INDEX pieces_of_message ON pieces (turn)",
    """CREATE TABLE recordings (
         turn INTEGER PRIMARY KEY,
         conversation TEXT REFERENCES conversations ON DELETE CASCADE,
         question INTEGER,
         goal TEXT NOT NULL,
         state TEXT NOT NULL
           CHECK (state IN ('recording', 'recorded', 'transcribed', 'empty', 'cancelled', 'failed')),
         at REAL NOT NULL,
         path TEXT NOT NULL DEFAULT '',
         removed INTEGER NOT NULL DEFAULT 0,
         duration_s REAL NOT NULL DEFAULT 0,
         peak REAL NOT NULL DEFAULT 0,
         lost_blocks INTEGER NOT NULL DEFAULT 0,
         fault TEXT)""",
    "CREATE INDEX recordings_of_conversation ON recordings (conversation)",
    "CREATE INDEX recordings_unsettled ON recordings (turn) WHERE state IN ('recording', 'recorded')",
    "CREATE INDEX recordings_kept ON recordings (at) WHERE NOT removed",
    """CREATE TABLE transcripts (
         turn INTEGER PRIMARY KEY REFERENCES recordings ON DELETE CASCADE,
         at REAL NOT NULL,
         words TEXT NOT NULL,
         recogniser TEXT NOT NULL,
         language TEXT NOT NULL,
         basic INTEGER NOT NULL)""",
    """CREATE TABLE insertions (
         turn INTEGER PRIMARY KEY REFERENCES recordings ON DELETE CASCADE,
         at REAL NOT NULL,
         text TEXT NOT NULL)""",
    """CREATE TABLE drafts (
         conversation TEXT PRIMARY KEY REFERENCES conversations ON DELETE CASCADE,
         at REAL NOT NULL,
         text TEXT NOT NULL) WITHOUT ROWID""",
    # Trigrams find any part of a word, and words of languages that are written without spaces.
    "CREATE VIRTUAL TABLE found USING fts5 (text, content='messages', content_rowid='id', tokenize='trigram')",
    """CREATE TRIGGER message_written AFTER INSERT ON messages BEGIN
         INSERT INTO found (rowid, text) VALUES (new.id, new.text);
       END""",
    """CREATE TRIGGER message_grown AFTER UPDATE OF text ON messages BEGIN
         INSERT INTO found (found, rowid, text) VALUES ('delete', old.id, old.text);
         INSERT INTO found (rowid, text) VALUES (new.id, new.text);
       END""",
    """CREATE TRIGGER message_deleted AFTER DELETE ON messages BEGIN
         INSERT INTO found (found, rowid, text) VALUES ('delete', old.id, old.text);
       END""",
)


def _timings(connection: sqlite3.Connection) -> None:
    # `moments`: a JSON object, each moment's name with its seconds from the first one.
    connection.execute("""CREATE TABLE timings (
         turn INTEGER PRIMARY KEY,
         conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
         at REAL NOT NULL,
         question INTEGER NOT NULL,
         answer INTEGER NOT NULL,
         moments TEXT NOT NULL)""")
    connection.execute("CREATE INDEX timings_of_conversation ON timings (conversation)")


def _corrections(connection: sqlite3.Connection) -> None:
    connection.execute("""CREATE TABLE corrections (
         heard TEXT NOT NULL,
         meant TEXT NOT NULL,
         last_at_s REAL NOT NULL,
         seen INTEGER NOT NULL,
         used INTEGER NOT NULL,
         against INTEGER NOT NULL,
         confirmed INTEGER NOT NULL,
         PRIMARY KEY (heard, meant)) WITHOUT ROWID""")
    connection.execute("CREATE INDEX transcripts_by_time ON transcripts (at)")


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first, _timings, _corrections)


def migrate(connection: sqlite3.Connection, file: Path) -> None:
    """Bring the database up to this program's schema. Raises AssistantError("history-too-new")."""
    while (done := _version(connection)) != len(MIGRATIONS):
        if done > len(MIGRATIONS):
            message = (
                f"The history was written by a newer Aloud (schema {done}, this one knows {len(MIGRATIONS)})."
            )
            raise AssistantError(
                "history-too-new", message, f"Install the newer version, or move {file} away."
            )
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            if _version(connection) == done:  # another program may have been quicker
                MIGRATIONS[done](connection)
                connection.execute(f"PRAGMA user_version = {done + 1}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
