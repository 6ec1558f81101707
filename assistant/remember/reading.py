"""What can be read: conversations, and lists of them."""

import json
import re
import sqlite3

from assistant.errors import AssistantError
from assistant.ports import Found
from assistant.remember.writing import words_from_json
from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.timeline import Moment, Timeline

# A trigram index knows nothing shorter.
_INDEXED_CHARACTERS = 3
_SNIPPET_CHARACTERS = 60

# An answer of which nothing came is no message.
_COUNT = """(
    SELECT count(*) FROM messages AS one
    WHERE conversation = c.id AND NOT superseded AND (
        text <> '' OR reasoning <> ''
        OR EXISTS (SELECT 1 FROM pieces AS p WHERE p.turn = one.turn AND p.text || p.reasoning <> '')
    )
) AS messages"""

_LIST = f"""
    SELECT id, title, changed_at, {_COUNT}
    FROM conversations AS c
    WHERE EXISTS (SELECT 1 FROM messages WHERE conversation = c.id)
    ORDER BY changed_at DESC LIMIT ?"""  # noqa: S608 - our own text

# SQLite takes the other columns of a group from the row with the greatest value.
_SEARCH = """
    SELECT c.id, c.title, c.changed_at, max(m.id), m.text, {count}
    FROM messages AS m JOIN conversations AS c ON c.id = m.conversation
    WHERE NOT m.superseded AND {condition}
    GROUP BY c.id ORDER BY c.changed_at DESC LIMIT ?"""


def read_conversation(connection: sqlite3.Connection, conversation_id: str) -> Conversation:
    """Raises AssistantError("no-conversation")."""
    row = connection.execute("SELECT title FROM conversations WHERE id = ?", (conversation_id,)).fetchone()
    if row is None:
        raise AssistantError("no-conversation", f"There is no conversation {conversation_id}.")
    rows = connection.execute(
        "SELECT * FROM messages WHERE conversation = ? AND NOT superseded ORDER BY id", (conversation_id,)
    ).fetchall()
    messages = (_message(connection, row) for row in rows)
    return Conversation(
        conversation_id, tuple(one for one in messages if one.text or one.reasoning), row["title"]
    )


def read_timelines(connection: sqlite3.Connection, conversation_id: str) -> list[Timeline]:
    """Of the turns of a conversation, oldest first."""
    rows = connection.execute("SELECT * FROM timings WHERE conversation = ? ORDER BY at", (conversation_id,))
    return [
        Timeline(
            row["turn"],
            {Moment(name): seconds for name, seconds in json.loads(row["moments"]).items()},
            row["question"],
            row["answer"],
        )
        for row in rows
    ]


def find(connection: sqlite3.Connection, query: str, limit: int) -> list[Found]:
    """Conversations, newest first. With a query: those with a message that contains each of its words.

    A word is found anywhere in another one, whatever its case; no character has a special meaning.
    """
    words = query.replace("\0", " ").encode("utf-8", "replace").decode().split()
    if not words:
        return [_found(row) for row in connection.execute(_LIST, (limit,))]
    connection.create_function("holds", 2, _holds, deterministic=True)
    conditions, values = [], []
    indexed = [word for word in words if len(word) >= _INDEXED_CHARACTERS]
    if indexed:
        conditions.append("m.id IN (SELECT rowid FROM found WHERE found MATCH ?)")
        values.append(" ".join('"' + word.replace('"', '""') + '"' for word in indexed))
    for word in words:
        if word not in indexed:
            conditions.append("holds(m.text, ?)")
            values.append(word)
    sql = _SEARCH.format(count=_COUNT, condition=" AND ".join(conditions))
    return [_found(row, snippet(row["text"], words[0])) for row in connection.execute(sql, (*values, limit))]


def snippet(text: str, word: str) -> str:
    """The part of `text` around `word`, in one line."""
    match = re.search(re.escape(word), text, re.IGNORECASE)
    middle = (match.start() + match.end()) // 2 if match else 0
    start, end = max(0, middle - _SNIPPET_CHARACTERS), middle + _SNIPPET_CHARACTERS
    line = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{line}{'…' if end < len(text) else ''}"


def _holds(text: str, word: str) -> bool:
    return word.casefold() in text.casefold()


def _found(row: sqlite3.Row, part: str = "") -> Found:
    return Found(row["id"], row["title"], row["changed_at"], row["messages"], part)


def _message(connection: sqlite3.Connection, row: sqlite3.Row) -> Message:
    text, reasoning = row["text"], row["reasoning"]
    if row["open"]:
        pieces = connection.execute(
            "SELECT text, reasoning FROM pieces WHERE turn = ? ORDER BY id", (row["turn"],)
        ).fetchall()
        text += "".join(piece["text"] for piece in pieces)
        reasoning += "".join(piece["reasoning"] for piece in pieces)
    role = Role(row["role"])
    return Message(
        turn=row["turn"],
        role=role,
        text=text,
        words=words_from_json(row["words"]),
        reasoning=reasoning,
        heard_to=row["heard_to"],
        whole=role is Role.USER or bool(row["whole"] and not row["open"]),
        model=row["model"],
    )
