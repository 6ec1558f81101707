"""The indexer: the process that reads a project at low priority, since parsing would hold up whoever else needs Python.

From the parent: `index` (project, store, careful, skip), once.
To the parent: `progress` (done, total) now and then, then `done` (files, changed, terms, notes) or `failed` (code,
message, hint). When `careful` is set it tells `reading` (path) before each file, so that the parent knows over which one
a parser crashed, or came to no end; that one is named in `skip` the next time. When the parent is gone it leaves at once.
"""

import faulthandler
import itertools
import json
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Iterable
from pathlib import Path

from filelock import FileLock

from assistant import paths
from assistant.children import Parent
from assistant.errors import AssistantError
from assistant.logs import start_logging
from assistant.priority import yield_to_others
from assistant.terms.project.names import Names
from assistant.terms.project.reading import load, names_in
from assistant.terms.project.store import Kept, Stamp, Store, discard, open_store
from assistant.terms.project.troubles import Trouble, not_a_folder
from assistant.terms.project.walk import Walk, insist, walk

_WRITE_EVERY_S = 1.0
_TELL_EVERY_S = 0.1
_LONGEST_STANDSTILL_S = 30.0
_MANY = 200
_NEVER = Stamp(0, 0)
"""No file has it, so that one which is kept with it is looked at again the next time."""

log = logging.getLogger("assistant.terms.project.indexer")


class Indexer:
    """Brings the store of a project up to date."""

    def __init__(self, parent: Parent, project: Path, *, careful: bool, skip: Iterable[str]) -> None:
        self._parent = parent
        self.project = project
        self._careful = careful
        self._skip = frozenset(skip)
        self._told_at = 0.0
        self._nowhere = open(os.devnull, "w")  # noqa: PTH123, SIM115 - as long as the process

    def look(self) -> Walk:
        """What is in the folder. Raises AssistantError where it cannot be read."""
        return walk(self.project)

    def run(self, store: Store, found: Walk) -> None:
        """Raises AssistantError where the folder is gone, sqlite3.Error where the store cannot be used."""
        known = store.files()
        changed = [
            path for path, stamp in found.files.items() if path not in known or known[path].stamp != stamp
        ]
        gone = [path for path in known if path not in found.files]
        if not self.project.is_dir():  # it has vanished meanwhile, and takes nothing with it
            raise not_a_folder(str(self.project))
        if gone:
            store.forget(gone)
        read = self._read(store, found, known, changed)
        terms = store.count()
        troubles = (
            (kept.trouble, path) for path, kept in sorted((known | read).items()) if path in found.files
        )
        found.troubles.extend((trouble, path) for trouble, path in troubles if trouble)
        self._parent.send(
            "done",
            files=len(found.files),
            changed=len(changed) + len(gone),
            terms=terms,
            notes=list(found.troubles.sentences()),
        )

    def _read(self, store: Store, found: Walk, known: dict[str, Kept], changed: list[str]) -> dict[str, Kept]:
        """Read what changed, and write it down every second."""
        read: dict[str, Kept] = {}
        batch: dict[str, tuple[Kept, Names | None]] = {}
        written_at = time.monotonic()
        if len(changed) > _MANY:
            store.unsort()
        for done, path in enumerate(changed):
            self._tell(done, len(changed), path)
            batch[path] = self._file(path, found.files[path], known.get(path))
            read[path] = batch[path][0]
            if time.monotonic() - written_at > _WRITE_EVERY_S:
                store.keep(batch)
                batch = {}
                written_at = time.monotonic()
        faulthandler.cancel_dump_traceback_later()
        store.keep(batch)
        store.sort()
        self._parent.send("progress", done=len(changed), total=len(changed))
        return read

    def _file(self, path: str, stamp: Stamp, known: Kept | None) -> tuple[Kept, Names | None]:
        if path in self._skip:
            return Kept(stamp, trouble=Trouble.CRASH), names_in(path, b"")[0]
        content = load(self.project, path, stamp.size)
        if content.again:
            return Kept(_NEVER, trouble=content.trouble or ""), names_in(path, b"")[0]
        if known is not None and content.digest and content.digest == known.digest:
            return Kept(stamp, known.digest, known.trouble), None
        names, trouble = names_in(path, content.data)
        return Kept(stamp, content.digest, content.trouble or trouble or ""), names

    def _tell(self, done: int, total: int, path: str) -> None:
        if self._careful:
            self._parent.send("reading", path=path)
        if time.monotonic() - self._told_at > _TELL_EVERY_S:
            self._told_at = time.monotonic()
            self._parent.send("progress", done=done, total=total)
            # A parser cannot be stopped from within, so a standstill ends the process.
            faulthandler.dump_traceback_later(_LONGEST_STANDSTILL_S, exit=True, file=self._nowhere)


def main() -> None:
    parent = Parent()
    start_logging(paths.log_folder(), "indexer")
    yield_to_others()
    wanted = parent.receive()
    if wanted is None:
        return
    threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()
    indexer = Indexer(
        parent, Path(wanted.data["project"]), careful=wanted.data["careful"], skip=wanted.data["skip"]
    )
    file = Path(wanted.data["store"])
    try:
        insist(indexer.project)
        file.parent.mkdir(parents=True, exist_ok=True)
        # A second indexer waits, and finds little left to do.
        with FileLock(file.with_name(file.name + ".lock")):
            _run(indexer, file)
    except AssistantError as error:
        parent.send("failed", code=error.fault.code, message=error.fault.message, hint=error.fault.hint)
    except (OSError, sqlite3.Error) as error:
        log.warning("the index cannot be kept", exc_info=error)
        message = f"The index of the project cannot be kept: {error}."
        parent.send(
            "failed", code="index-not-kept", message=message, hint="Make room, or mend the cache folder."
        )


def _run(indexer: Indexer, file: Path) -> None:
    """A store that turns out to be damaged is begun anew, once; there is none of a project that cannot be read."""
    found = indexer.look()
    for attempt in itertools.count():
        store = open_store(file)
        try:
            indexer.run(store, found)
        except sqlite3.OperationalError:
            raise
        except (sqlite3.DatabaseError, json.JSONDecodeError) as error:
            if attempt:
                raise
            log.warning("the index %s is damaged and is begun anew: %s", file.name, error)
        else:
            return
        finally:
            store.close()
        discard(file)


def _leave_with(parent: Parent) -> None:
    while parent.receive() is not None:
        pass
    os._exit(0)  # at any moment: the store takes it


if __name__ == "__main__":
    main()
