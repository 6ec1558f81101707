"""What was under way when the program ended. Looking changes nothing but the length that a sound file tells of itself.

Each entry is reported until it is settled: a recording by RecordingSettled, a question or an answer by ReplyClosed (or
a new answer), a draft by an empty DraftKept.
"""

import json
import sqlite3
import sys
from collections.abc import Container
from pathlib import Path

from assistant.ports import Unfinished
from assistant.recordings import mend, recording_turns
from assistant.turn.events import Fault, Goal, Recording, Remedy

# A conversation that went on has left its broken answers behind.
_OPEN_MESSAGES = """
    SELECT turn, role, conversation, title FROM messages AS m JOIN conversations AS c ON c.id = conversation
    WHERE open AND turn < ?
      AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation = m.conversation AND id > m.id)
    ORDER BY m.id"""


_UNSETTLED_RECORDINGS = "SELECT * FROM recordings WHERE state IN ('recording', 'recorded')"


def unfinished(
    connection: sqlite3.Connection, folder: Path, before_turn: int | None, drafted: Container[str]
) -> list[Unfinished]:
    """Recordings, then messages, then drafts, each oldest first.

    What this program itself is at is left out: turns from `before_turn` on, the drafts of conversations in `drafted`.
    """
    limit = sys.maxsize if before_turn is None else before_turn
    return [
        *_recordings(connection, folder, limit),
        *_messages(connection, limit),
        *(draft for draft in _drafts(connection) if draft.conversation not in drafted),
    ]


def _recordings(connection: sqlite3.Connection, folder: Path, before_turn: int) -> list[Unfinished]:
    lying = recording_turns(folder)
    rows = {row["turn"]: row for row in connection.execute(_UNSETTLED_RECORDINGS)}
    unknown = [turn for turn in lying if not _is_known(connection, turn)]
    found = []
    for turn in sorted({*rows, *unknown}):
        row = rows.get(turn)
        recording = recording_of(row, lying.get(turn)) if turn < before_turn else None
        if recording is not None:
            kind = "dictation" if row is not None and row["goal"] == Goal.DICTATE else "recording"
            what = f"A {kind} of {recording.duration_s:.0f} s was not transcribed."
            conversation = row["conversation"] if row is not None else None
            found.append(Unfinished(turn, what, recording, conversation or ""))
    return found


def _is_known(connection: sqlite3.Connection, turn: int) -> bool:
    return connection.execute("SELECT 1 FROM recordings WHERE turn = ?", (turn,)).fetchone() is not None


def recording_of(row: sqlite3.Row | None, lying: Path | None) -> Recording | None:
    """The recording of `row`, whose file is `lying` unless the user gave it; None where there is no sound."""
    path = Path(row["path"]) if row is not None and row["path"] else lying
    if path is None or not path.is_file():
        return None
    if row is None or row["state"] == "recording":
        measured = mend(path)
        return Recording(str(path), measured.duration_s, measured.peak) if measured.duration_s else None
    fault = None
    if row["fault"] is not None:
        fields = json.loads(row["fault"])
        remedy = None if fields["remedy"] is None else Remedy(fields["remedy"])
        fault = Fault(**{**fields, "remedy": remedy})
    return Recording(str(path), row["duration_s"], row["peak"], row["lost_blocks"], fault)


def _messages(connection: sqlite3.Connection, before_turn: int) -> list[Unfinished]:
    return [
        Unfinished(
            row["turn"],
            f"“{row['title']}” was not answered."
            if row["role"] == "user"
            else f"The answer to “{row['title']}” broke off.",
            conversation=row["conversation"],
        )
        for row in connection.execute(_OPEN_MESSAGES, (before_turn,))
    ]


def _drafts(connection: sqlite3.Connection) -> list[Unfinished]:
    return [
        Unfinished(0, "A message was not sent.", conversation=row["conversation"], draft=row["text"])
        for row in connection.execute("SELECT conversation, text FROM drafts ORDER BY at")
        if row["text"].strip()
    ]
