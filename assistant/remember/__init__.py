"""The history: conversations, recordings and drafts in one SQLite file, every step written before the next begins.

`SqliteHistory` is the adapter of the port. `writer` is the one thread that writes, `writing` how each record is
written, `reading` what is read, `recovery` what was under way when the program ended, `retention` how long recordings
are kept, `rules` the corrections that were learned, `dictations` what went into other programs, `export` a conversation as a document, `schema` the tables, `database` the file.
"""

from assistant.remember.dictations import Dictated
from assistant.remember.export import as_json, as_markdown, as_text
from assistant.remember.history import SqliteHistory

__all__ = ["Dictated", "SqliteHistory", "as_json", "as_markdown", "as_text"]
