"""What was read of one project, in an SQLite file: each file's stamp and names, and how much each name weighs in all.

A transaction holds whole files, so a process that is killed leaves what it had read.
"""

import contextlib
import itertools
import json
import logging
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from assistant.terms.project.names import Names
from assistant.turn.dataclass import dataclass

MOST_NAMES = 20_000
"""What is told of a project: nobody speaks of the rest, and it would only be mistaken for something else."""

_VERSION = 1
"""Goes up whenever other names are found, or are kept in another way."""

_SCHEMA = f"""
BEGIN;
CREATE TABLE file (id INTEGER PRIMARY KEY, path BLOB UNIQUE NOT NULL, mtime_ns INTEGER NOT NULL, size INTEGER NOT NULL,
                   digest BLOB NOT NULL, trouble TEXT NOT NULL);
CREATE TABLE content (file INTEGER PRIMARY KEY, names TEXT NOT NULL);
CREATE TABLE name (text TEXT NOT NULL, kind TEXT NOT NULL, files INTEGER NOT NULL, weight INTEGER NOT NULL,
                   PRIMARY KEY (text, kind)) WITHOUT ROWID;
PRAGMA user_version = {_VERSION};
COMMIT;
"""
_BUSY_S = 30.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stamp:
    """By which a change is noticed: when the file was written (ns), and its size in bytes."""

    mtime_ns: int
    size: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of one file."""

    stamp: Stamp
    digest: bytes = b""
    trouble: str = ""


class Store:
    """The database at `file`. Raises sqlite3.Error where it cannot be used.

    One that is opened to read only is there already, and may be written meanwhile.
    """

    def __init__(self, file: Path, *, read_only: bool = False) -> None:
        address = f"{file.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
        self._database = sqlite3.connect(address, timeout=_BUSY_S, isolation_level=None, uri=True)
        try:
            version = self._database.execute("PRAGMA user_version").fetchone()[0]
            if not read_only:
                self._database.execute("PRAGMA journal_mode = WAL")
                self._database.execute("PRAGMA synchronous = NORMAL")
            if version == 0 and not read_only:
                self._database.executescript(_SCHEMA)
            elif version != _VERSION:
                raise sqlite3.DatabaseError(f"written by another version: {version}")
        except sqlite3.Error:
            self._database.close()
            raise

    def close(self) -> None:
        self._database.close()

    def files(self) -> dict[str, Kept]:
        rows = self._database.execute("SELECT path, mtime_ns, size, digest, trouble FROM file")
        return {os.fsdecode(row[0]): Kept(Stamp(row[1], row[2]), row[3], row[4]) for row in rows}

    def keep(self, files: Mapping[str, tuple[Kept, Names | None]]) -> None:
        """Put these files in the place of what is known of them; where no names are given, they stay as they were."""
        with self._writing() as weights:
            for path, (kept, names) in files.items():
                row = (os.fsencode(path), kept.stamp.mtime_ns, kept.stamp.size, kept.digest, kept.trouble)
                number = self._database.execute(
                    "INSERT INTO file (path, mtime_ns, size, digest, trouble) VALUES (?, ?, ?, ?, ?)"
                    " ON CONFLICT DO UPDATE SET mtime_ns = excluded.mtime_ns, size = excluded.size,"
                    " digest = excluded.digest, trouble = excluded.trouble RETURNING id",
                    row,
                ).fetchone()[0]
                if names is not None:
                    weights.take(self._names(number))
                    weights.give(names)
                    self._database.execute(
                        "INSERT OR REPLACE INTO content VALUES (?, ?)",
                        (number, json.dumps(names, ensure_ascii=False, separators=(",", ":"))),
                    )

    def forget(self, paths: Iterable[str]) -> None:
        with self._writing() as weights:
            for path in paths:
                query = "SELECT id FROM file WHERE path = ?"
                for (number,) in self._database.execute(query, (os.fsencode(path),)).fetchall():
                    weights.take(self._names(number))
                    self._database.execute("DELETE FROM content WHERE file = ?", (number,))
                    self._database.execute("DELETE FROM file WHERE id = ?", (number,))

    def heaviest(self) -> list[tuple[str, str]]:
        """(name, kind) of at most 20,000 names, the heaviest first; a name that is made here is not just imported."""
        rows = self._database.execute(
            "SELECT text, kind FROM name ORDER BY weight DESC, text LIMIT ?", (2 * MOST_NAMES,)
        )
        kinds: dict[str, str] = {}
        for text, kind in rows:
            if kinds.setdefault(text, kind) == "import":
                kinds[text] = kind
        return list(itertools.islice(kinds.items(), MOST_NAMES))

    def count(self) -> int:
        """How many names `heaviest` gives."""
        query = "SELECT count(*) FROM (SELECT DISTINCT text FROM name LIMIT ?)"
        found: int = self._database.execute(query, (MOST_NAMES,)).fetchone()[0]
        return found

    def sort(self) -> None:
        """Have the names in the order of their weight, as `heaviest` wants them."""
        self._database.execute("CREATE INDEX IF NOT EXISTS heavy ON name (weight DESC, text)")

    def unsort(self) -> None:
        """Give that up, since much is going to change."""
        self._database.execute("DROP INDEX IF EXISTS heavy")

    def _names(self, number: int) -> Names:
        row = self._database.execute("SELECT names FROM content WHERE file = ?", (number,)).fetchone()
        return {} if row is None else json.loads(row[0])

    @contextlib.contextmanager
    def _writing(self) -> Iterator["_Weights"]:
        weights = _Weights()
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield weights
            weights.write(self._database)
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")


class _Weights:
    """How the weights of the names change by a transaction."""

    def __init__(self) -> None:
        self._files: Counter[tuple[str, str]] = Counter()
        self._weights: Counter[tuple[str, str]] = Counter()

    def give(self, names: Names, sign: int = 1) -> None:
        for kind, weights in names.items():
            for text, weight in weights.items():
                self._files[text, kind] += sign
                self._weights[text, kind] += sign * weight

    def take(self, names: Names) -> None:
        self.give(names, -1)

    def write(self, database: sqlite3.Connection) -> None:
        changed = [
            (*name, files, self._weights[name])
            for name, files in sorted(self._files.items())
            if files or self._weights[name]
        ]
        database.executemany(
            "INSERT INTO name VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
            " SET files = files + excluded.files, weight = weight + excluded.weight",
            changed,
        )
        gone = [row[:2] for row in changed if row[2] < 0]
        database.executemany("DELETE FROM name WHERE text = ? AND kind = ? AND files <= 0", gone)


def open_store(file: Path) -> Store:
    """The store at `file`; one that is damaged, or from another version, is begun anew."""
    try:
        return Store(file)
    except sqlite3.DatabaseError as error:
        if isinstance(
            error, sqlite3.OperationalError
        ):  # locked, no room, not allowed: another file would fare no better
            raise
        log.warning("the index %s is begun anew: %s", file.name, error)
        discard(file)
        return Store(file)


def discard(file: Path) -> None:
    """Remove the store and what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
