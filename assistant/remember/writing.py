"""How each record is written: one function per type of `turn.records`."""

import json
import sqlite3
from dataclasses import asdict
from typing import Any

from assistant.turn.records import (
    DraftKept,
    QuestionAsked,
    Record,
    RecordingBegun,
    RecordingEnded,
    RecordingSettled,
    ReplyBegun,
    ReplyClosed,
    ReplyHeard,
    ReplyPiece,
    TextInserted,
    TimesTaken,
    TranscriptHeard,
)
from assistant.turn.transcript import Alternative, Origin, Word


def write(connection: sqlite3.Connection, record: Record, at: float) -> None:
    """Write `record` of the time `at` (Unix, seconds). What is said of an answer that is not there is dropped."""
    match record:
        case RecordingBegun():
            _recording_begun(connection, record, at)
        case RecordingEnded():
            _recording_ended(connection, record, at)
        case RecordingSettled(turn, fate):
            _ensure_recording(connection, turn, at)
            connection.execute("UPDATE recordings SET state = ? WHERE turn = ?", (fate.value, turn))
        case TranscriptHeard():
            _transcript_heard(connection, record, at)
        case TextInserted(turn, text):
            _ensure_recording(connection, turn, at)
            connection.execute(
                "INSERT OR REPLACE INTO insertions VALUES (?, ?, ?)", (turn, at, storable(text))
            )
        case DraftKept():
            _draft_kept(connection, record, at)
        case QuestionAsked():
            _question_asked(connection, record, at)
        case ReplyBegun():
            _reply_begun(connection, record, at)
        case ReplyPiece(turn, text, reasoning):
            connection.execute(
                "INSERT INTO pieces (turn, text, reasoning) SELECT turn, ?, ? FROM messages WHERE turn = ?",
                (storable(text), storable(reasoning), turn),
            )
        case ReplyClosed():
            _reply_closed(connection, record)
        case ReplyHeard(turn, heard_to):
            connection.execute("UPDATE messages SET heard_to = ? WHERE turn = ?", (heard_to, turn))
        case TimesTaken():
            _times_taken(connection, record, at)


def join_pieces(connection: sqlite3.Connection, turn: int) -> None:
    """Append the pieces of an answer to its message."""
    pieces = connection.execute(
        "SELECT text, reasoning FROM pieces WHERE turn = ? ORDER BY id", (turn,)
    ).fetchall()
    text, reasoning = ("".join(piece[column] for piece in pieces) for column in ("text", "reasoning"))
    connection.execute(
        "UPDATE messages SET text = text || ?, reasoning = reasoning || ? WHERE turn = ?",
        (text, reasoning, turn),
    )
    connection.execute("DELETE FROM pieces WHERE turn = ?", (turn,))


def words_to_json(words: tuple[Word, ...]) -> str:
    return json.dumps([asdict(word) for word in words])


def words_from_json(text: str) -> tuple[Word, ...]:
    return tuple(_word_from(fields) for fields in json.loads(text))


def _word_from(fields: dict[str, Any]) -> Word:
    alternatives = tuple(Alternative(**one) for one in fields.get("alternatives", ()))
    return Word(**{**fields, "origin": Origin(fields["origin"]), "alternatives": alternatives})


def _recording_begun(connection: sqlite3.Connection, record: RecordingBegun, at: float) -> None:
    _ensure_conversation(connection, record.conversation, at)
    connection.execute(
        "INSERT INTO recordings (turn, conversation, goal, state, at) VALUES (?, ?, ?, 'recording', ?)",
        (record.turn, record.conversation, record.goal.value, at),
    )


def _recording_ended(connection: sqlite3.Connection, record: RecordingEnded, at: float) -> None:
    _ensure_recording(connection, record.turn, at)
    recording = record.recording
    fault = None if recording.fault is None else json.dumps(asdict(recording.fault))
    connection.execute(
        "UPDATE recordings SET state = 'recorded', path = ?, duration_s = ?, peak = ?, lost_blocks = ?, fault = ?"
        " WHERE turn = ?",
        (recording.path, recording.duration_s, recording.peak, recording.lost_blocks, fault, record.turn),
    )


def _transcript_heard(connection: sqlite3.Connection, record: TranscriptHeard, at: float) -> None:
    heard = record.transcript
    _ensure_recording(connection, heard.turn, at)
    connection.execute(
        "INSERT OR REPLACE INTO transcripts VALUES (?, ?, ?, ?, ?, ?)",
        (heard.turn, at, words_to_json(heard.words), heard.recogniser, heard.language, heard.basic),
    )


def _draft_kept(connection: sqlite3.Connection, record: DraftKept, at: float) -> None:
    if not record.text:
        connection.execute("DELETE FROM drafts WHERE conversation = ?", (record.conversation,))
        return
    _ensure_conversation(connection, record.conversation, at)
    connection.execute(
        "INSERT INTO drafts VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at, text = excluded.text",
        (record.conversation, at, storable(record.text)),
    )


def _question_asked(connection: sqlite3.Connection, record: QuestionAsked, at: float) -> None:
    _ensure_conversation(connection, record.conversation, at)
    connection.execute(
        "UPDATE conversations SET title = ?, changed_at = ? WHERE id = ?",
        (storable(record.title), at, record.conversation),
    )
    connection.execute(
        "INSERT INTO messages (turn, conversation, role, at, open, text, words) VALUES (?, ?, 'user', ?, 1, ?, ?)",
        (record.turn, record.conversation, at, storable(record.text), words_to_json(record.words)),
    )
    connection.executemany(
        "UPDATE recordings SET question = ? WHERE turn = ?",
        [(record.turn, turn) for turn in record.recordings],
    )


def _reply_begun(connection: sqlite3.Connection, record: ReplyBegun, at: float) -> None:
    _ensure_conversation(connection, record.conversation, at)
    connection.execute("UPDATE messages SET open = 0 WHERE turn = ?", (record.question,))
    for earlier in connection.execute(
        "SELECT turn FROM messages WHERE question = ?", (record.question,)
    ).fetchall():
        join_pieces(connection, earlier["turn"])
    connection.execute(
        "UPDATE messages SET superseded = 1, whole = whole AND NOT open, open = 0 WHERE question = ?",
        (record.question,),
    )
    connection.execute(
        "INSERT INTO messages (turn, conversation, role, at, open, question) VALUES (?, ?, 'assistant', ?, 1, ?)",
        (record.turn, record.conversation, at, record.question),
    )


def _reply_closed(connection: sqlite3.Connection, record: ReplyClosed) -> None:
    join_pieces(connection, record.turn)
    connection.execute(
        "UPDATE messages SET open = 0, whole = ?, model = ?, tokens_in = ?, tokens_out = ? WHERE turn = ?",
        (record.whole, record.model, record.tokens_in, record.tokens_out, record.turn),
    )


def _times_taken(connection: sqlite3.Connection, record: TimesTaken, at: float) -> None:
    """Times outlive no conversation: those of a deleted one are dropped."""
    line = record.timeline
    connection.execute(
        "INSERT OR REPLACE INTO timings (turn, conversation, at, question, answer, moments)"
        " SELECT ?, id, ?, ?, ?, ? FROM conversations WHERE id = ?",
        (line.turn, at, line.question, line.answer, json.dumps(line.moments), record.conversation),
    )


def _ensure_conversation(connection: sqlite3.Connection, conversation: str, at: float) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO conversations (id, changed_at) VALUES (?, ?)", (conversation, at)
    )


def _ensure_recording(connection: sqlite3.Connection, turn: int, at: float) -> None:
    """A sound file given by the user, or one that an older history knew, has not been begun here."""
    connection.execute(
        "INSERT OR IGNORE INTO recordings (turn, goal, state, at) VALUES (?, 'ask', 'recorded', ?)",
        (turn, at),
    )


def storable(text: str) -> str:
    """Text that UTF-8 can hold: half a surrogate pair, which a server may send, becomes a question mark."""
    return text.encode("utf-8", "replace").decode()
