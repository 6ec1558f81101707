"""Dictations: what was put into other programs, and the recording of the last one."""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from assistant.recordings import recording_turns
from assistant.remember.recovery import recording_of
from assistant.remember.writing import words_from_json
from assistant.turn.events import Goal, Recording
from assistant.turn.transcript import Word


class Dictated(NamedTuple):
    """What left for another program at `at_s` (Unix time); `words` are those of it, where they are still known."""

    turn: int
    at_s: float
    text: str
    words: tuple[Word, ...]


def read_dictated(connection: sqlite3.Connection, most: int) -> list[Dictated]:
    """The last so many, the newest first."""
    rows = connection.execute(
        "SELECT i.turn, i.at, i.text, t.words FROM insertions AS i LEFT JOIN transcripts AS t ON t.turn = i.turn"
        " ORDER BY i.at DESC, i.turn DESC LIMIT ?",
        (most,),
    )
    return [Dictated(row["turn"], row["at"], row["text"], _words(row)) for row in rows]


def last_dictation(connection: sqlite3.Connection, folder: Path) -> tuple[int, Recording] | None:
    """The turn and the recording of the last one, if it is still kept."""
    row = connection.execute(
        "SELECT * FROM recordings WHERE goal = ? AND state = 'transcribed' ORDER BY at DESC, turn DESC LIMIT 1",
        (Goal.DICTATE.value,),
    ).fetchone()
    if row is None:
        return None
    recording = recording_of(row, recording_turns(folder).get(row["turn"]))
    return None if recording is None else (row["turn"], recording)


def _words(row: sqlite3.Row) -> tuple[Word, ...]:
    """None where the recording was understood in another way since then."""
    words = words_from_json(row["words"] or "[]")
    return words if "".join(word.text for word in words).strip() == row["text"] else ()
