"""The corrections that were learned, and the dictations that are looked through before one becomes a rule."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace

from assistant.remember.writing import storable, words_from_json
from assistant.turn.corrections import Correction, Dictation, heard_text, phrase

Learn = Callable[[Sequence[Correction]], Iterable[Correction]]
"""Given all corrections, those that change, as they are from then on."""

_COLUMNS = tuple(field.name for field in fields(Correction))


def read_corrections(connection: sqlite3.Connection) -> list[Correction]:
    rows = connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM corrections ORDER BY heard, meant")  # noqa: S608
    return [Correction(**{**dict(row), "confirmed": bool(row["confirmed"])}) for row in rows]


def change_corrections(connection: sqlite3.Connection, learn: Learn, now_s: float) -> list[Correction]:
    """What `learn` changed. Those that ended for want of use are removed."""
    known = read_corrections(connection)
    _remove(connection, (one for one in known if one.expired(now_s)))
    changed = [replace(one, heard=storable(one.heard), meant=storable(one.meant)) for one in learn(known)]
    marks = ", ".join("?" * len(_COLUMNS))
    connection.executemany(
        f"INSERT OR REPLACE INTO corrections ({', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608
        [tuple(getattr(one, column) for column in _COLUMNS) for one in changed],
    )
    return changed


def forget_corrections(connection: sqlite3.Connection, heard: str) -> int:
    return connection.execute("DELETE FROM corrections WHERE heard = ?", (heard,)).rowcount


def forget_candidates(connection: sqlite3.Connection, conversation_id: str, now_s: float) -> None:
    """Remove what is no rule and was seen in a conversation; a rule belongs to the user, not to where it was seen."""
    rows = connection.execute("SELECT words FROM messages WHERE conversation = ?", (conversation_id,))
    heard = {phrase(word.heard) for row in rows for word in words_from_json(row["words"]) if word.heard}
    _remove(
        connection,
        (
            one
            for one in read_corrections(connection)
            if not one.is_rule(now_s) and any(one.heard in there for there in heard)
        ),
    )


def read_dictations(connection: sqlite3.Connection, most: int) -> list[Dictation]:
    rows = connection.execute(
        "SELECT turn, at, words FROM transcripts ORDER BY at DESC, turn DESC LIMIT ?", (most,)
    )
    return [Dictation(row["turn"], row["at"], heard_text(words_from_json(row["words"]))) for row in rows]


def _remove(connection: sqlite3.Connection, corrections: Iterable[Correction]) -> None:
    connection.executemany(
        "DELETE FROM corrections WHERE heard = ? AND meant = ?",
        [(one.heard, one.meant) for one in corrections],
    )
