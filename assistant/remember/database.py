"""The database file: opening it, putting it aside where it is damaged, and telling SQLite's errors in plain words."""

import logging
import os
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from assistant.errors import AssistantError
from assistant.remember.schema import migrate
from assistant.turn.events import Fault

Tell = Callable[[Fault], None]

log = logging.getLogger(__name__)

_BUSY_S = 10.0
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_MAKE_ROOM = "Make room on the disk; what was written before is safe."


class Damaged(sqlite3.DatabaseError):
    """What a look at the whole file found."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def open_for_writing(file: Path, tell: Tell) -> sqlite3.Connection:
    """The history in `file`, which need not exist. A file that is no database is put aside and told.

    Raises AssistantError.
    """
    if sqlite3.sqlite_version_info < (3, 34):
        message = f"The history needs SQLite 3.34, this Python has {sqlite3.sqlite_version}."
        raise AssistantError("sqlite-too-old", message, "Run Aloud with a newer Python.")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.parent.chmod(0o700)
        if _unreadable(file):
            put_aside(file, tell)
        return _open(file)
    except sqlite3.Error as error:
        if not is_damage(error):
            raise explained(error, file) from error
    except OSError as error:
        raise _unwritable(file, error) from error
    put_aside(file, tell)
    try:
        return _open(file)
    except sqlite3.Error as error:
        raise explained(error, file) from error


def open_for_reading(file: Path) -> sqlite3.Connection:
    """A connection that changes nothing. Raises sqlite3.Error."""
    address = f"{file.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, timeout=_BUSY_S, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA query_only = ON")
    return connection


def check(connection: sqlite3.Connection) -> None:
    """Look at the whole file. Raises Damaged."""
    finding = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if finding != "ok":
        raise Damaged(finding)


def is_damage(error: sqlite3.Error) -> bool:
    return _primary_code(error) in _DAMAGED


def put_aside(file: Path, tell: Tell) -> None:
    """Rename the file, and its log, so that a new one can be begun. Raises AssistantError where that fails."""
    aside = file.with_name(
        f"{file.stem}-damaged-{datetime.now().astimezone():%Y-%m-%d-%H%M%S-%f}{file.suffix}"
    )
    try:
        for suffix in ("", "-wal", "-shm"):
            old = Path(f"{file}{suffix}")
            if old.exists():
                old.rename(f"{aside}{suffix}")
    except OSError as error:
        raise _unwritable(file, error) from error
    log.warning("the history was damaged, it is put aside")
    tell(
        Fault(
            "history-damaged",
            "The history could not be read; a new one was begun.",
            f"The old one is kept as {aside}.",
        )
    )


def explained(error: sqlite3.Error, file: Path) -> Exception:
    """The AssistantError for what is wrong with disk or file; a mistake of ours stays what it is."""
    code = _primary_code(error)
    if code == sqlite3.SQLITE_FULL:
        return AssistantError(
            "disk-full", "The disk is full: the last step could not be written down.", _MAKE_ROOM
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return AssistantError(
            "history-busy",
            "Another program keeps the history locked.",
            "End other programs that have it open.",
        )
    if code in _DAMAGED:
        return AssistantError(
            "history-damaged", "The history is damaged.", f"Move {file} away and start again."
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR):
        return _unwritable(file, error)
    return error


def _open(file: Path) -> sqlite3.Connection:
    # SQLite gives its log files the mode of the database file.
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    file.chmod(0o600)
    connection = sqlite3.connect(file, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        migrate(connection, file)
    except BaseException:
        connection.close()
        raise
    return connection


def _unreadable(file: Path) -> bool:
    """Whether something stands there that cannot be read."""
    try:
        with file.open("rb") as there:
            there.read(1)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _unwritable(file: Path, error: Exception) -> AssistantError:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return AssistantError(
        "history-unwritable",
        f"The history cannot be written to {file.parent}: {reason}.",
        "Make the folder writable, or make room on the disk.",
    )


def _primary_code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
