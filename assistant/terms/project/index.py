"""The index of a project folder, from the program's side."""

import contextlib
import hashlib
import logging
import os
import queue
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.children import Child, Message
from assistant.errors import AssistantError
from assistant.terms.project.store import Store, discard
from assistant.terms.project.troubles import unreadable
from assistant.terms.term import Term
from assistant.turn.dataclass import dataclass

_INDEXER = "assistant.terms.project.indexer"
_LOOK_EVERY_S = 0.05
_MOST_CRASHES = 10

Progress = Callable[[int, int], None]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh found: how many `files` have names to offer, how many were new, `changed` or gone, how many
    `terms` there are now, and in `notes` a sentence for each kind of thing that could not be read.

    Where it was cancelled, `complete` is false and the numbers are those of what was done.
    """

    files: int
    changed: int
    terms: int
    notes: tuple[str, ...]
    seconds: float
    complete: bool = True


class Index:
    """The names in the project `folder`, remembered in a file of its own in the folder `kept_in`."""

    def __init__(self, folder: Path, kept_in: Path) -> None:
        self.folder = _absolute(folder)
        self.source = f"project {self.folder.name or self.folder}"
        mark = hashlib.blake2b(str(self.folder).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
        name = "".join(
            letter if letter.isascii() and letter.isalnum() else "_" for letter in self.folder.name
        )
        self.kept_as = kept_in / f"{name[:40]}-{mark}.sqlite3"

    def refresh(
        self, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> Refreshed:
        """Read what changed, in a process of its own at low priority; returns when it has ended.

        `progress` gets how many of how many files have been read; both are called on this thread. What was read
        before it was cancelled, or before either process was killed, is kept. Raises AssistantError where there is
        nothing to read ("bad-project", "project-too-wide") or the index cannot be kept ("index-not-kept").
        """
        began = time.monotonic()
        skip: list[str] = []
        for crashes in range(_MOST_CRASHES):
            run = _Run(self, progress, cancelled, careful=crashes > 0, skip=skip)
            told = run.result()
            if told is not None:
                refreshed = Refreshed(**told, seconds=time.monotonic() - began)
                if refreshed.complete:
                    os.utime(self.kept_as)  # also where nothing was changed
                return refreshed
            if run.reading:
                log.warning("the indexer crashed over %s", run.reading)
                skip.append(run.reading)
        raise AssistantError(
            "indexer-crashed", f"{self.folder} cannot be read: the indexer crashes.", "The log says more."
        )

    def terms(self) -> tuple[Term, ...]:
        """At most 20,000, the weightiest first; none before the first refresh."""
        if not self.kept_as.exists():
            return ()
        try:
            with contextlib.closing(Store(self.kept_as, read_only=True)) as store:
                heaviest = store.heaviest()
        except sqlite3.Error as error:  # the next refresh mends it
            log.warning("the index %s cannot be read: %s", self.kept_as.name, error)
            return ()
        return tuple(Term(text, source=self.source, kind=kind) for text, kind in heaviest)

    def looked_at(self) -> float:
        """When the last refresh was complete (Unix time); 0 before the first."""
        try:
            return self.kept_as.stat().st_mtime
        except OSError:
            return 0.0

    def forget(self) -> None:
        """Delete what was read. Raises AssistantError where that cannot be."""
        try:
            discard(self.kept_as)
            self.kept_as.with_name(f"{self.kept_as.name}.lock").unlink(missing_ok=True)
        except OSError as error:
            message = f"What was read of {self.folder} cannot be deleted: {error.strerror}."
            raise AssistantError("index-not-deleted", message, f"Delete {self.kept_as}.") from error


class _Run:
    """One indexer, from its start to its end."""

    def __init__(
        self,
        index: Index,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
        *,
        careful: bool,
        skip: list[str],
    ) -> None:
        self._progress = progress or (lambda _done, _total: None)
        self._cancelled = cancelled or (lambda: False)
        self._told: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self.reading = ""
        self._done = self._total = 0
        self._child = Child(_INDEXER, self._told.put, lambda _code: self._told.put(None))
        self._child.send(
            "index", project=str(index.folder), store=str(index.kept_as), careful=careful, skip=skip
        )

    def result(self) -> dict[str, Any] | None:
        """What the indexer found, or what there is when it is cancelled; None where it crashed."""
        try:
            while not self._cancelled():
                try:
                    message = self._told.get(timeout=_LOOK_EVERY_S)
                except queue.Empty:
                    continue
                if message is None:
                    return None
                if message.type == "done":
                    return {**message.data, "notes": tuple(message.data["notes"])}
                self._heard(message)
        finally:
            self._child.kill()
        return {"files": self._total, "changed": self._done, "terms": 0, "notes": (), "complete": False}

    def _heard(self, message: Message) -> None:
        if message.type == "failed":
            raise AssistantError(message.data["code"], message.data["message"], message.data["hint"])
        if message.type == "reading":
            self.reading = message.data["path"]
        else:
            self._done, self._total = message.data["done"], message.data["total"]
            self._progress(self._done, self._total)


def _absolute(folder: Path) -> Path:
    """The same folder is the same project, by whichever way it is named."""
    try:
        return folder.expanduser().resolve()
    except OSError as error:
        raise unreadable(str(folder), error.strerror or str(error)) from error
    except (RuntimeError, ValueError) as error:  # a user who is none, a character that is in no name
        raise unreadable(str(folder), str(error)) from error
