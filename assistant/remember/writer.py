"""The one thread that writes to the database.

A job is done when it is committed: then it survives the end of the program, kill -9 included. To survive a power cut,
too, the log is forced to the disk right after a job that is `power_safe`, and everything before it with it; nobody waits
for that, because a disk takes milliseconds. Otherwise the system may take half a minute to carry it there.
"""

import logging
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from assistant.remember.database import Tell, explained, is_damage, open_for_writing, put_aside
from assistant.turn.dataclass import dataclass

T = TypeVar("T")

log = logging.getLogger(__name__)

_GATHER_S = 0.1
# Whoever writes faster than the disk waits, instead of leaving more and more unwritten.
_LONGEST_QUEUE = 1000


@dataclass(frozen=True, slots=True)
class _Job:
    """`done` is None where nobody waits: such a job is written together with others, within `_GATHER_S`."""

    work: Callable[[sqlite3.Connection], Any]
    power_safe: bool
    done: Future[Any] | None


class Writer:
    """Runs jobs in the order they came. Raises AssistantError where the database cannot be opened."""

    def __init__(self, file: Path, tell: Tell) -> None:
        self._file = file
        self._tell = tell
        self._connection: sqlite3.Connection | None = open_for_writing(file, tell)
        self._jobs: queue.Queue[_Job | None] = queue.Queue(_LONGEST_QUEUE)
        # Jobs that nobody waits for and that failed: tried again before every later one.
        self._unwritten: list[_Job] = []
        self._thread = threading.Thread(target=self._run, name="history writer", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[sqlite3.Connection], T], *, power_safe: bool = False) -> T:
        """What `work` returns, when it is committed. Raises AssistantError (disk full, …) where nothing of it was."""
        if not self._thread.is_alive():
            raise RuntimeError("the history is closed")
        done: Future[T] = Future()
        self._jobs.put(_Job(work, power_safe, done))
        return done.result()

    def run_soon(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Commit `work` within a tenth of a second. If it fails it is tried again, and the next `run` raises."""
        self._jobs.put(_Job(work, False, None))

    def close(self) -> None:
        """Write what is still to be written, and let go of the file. Raises AssistantError like `run`."""
        if not self._thread.is_alive():
            return
        try:
            self.run(lambda _: None)
        finally:
            self._jobs.put(None)
            self._thread.join()
            if self._connection is not None:
                self._connection.close()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            batch = [*self._unwritten, job, *self._gather(job)]
            self._unwritten = []
            try:
                results = self._write(batch)
            except Exception as error:  # noqa: BLE001 - handed to whoever waits for the job
                log.warning("the history could not be written: %s", type(error).__name__)
                self._unwritten = [job for job in batch if job.done is None]
                for job in batch:
                    if job.done is not None:
                        job.done.set_exception(error)
                continue
            for job, result in zip(batch, results, strict=True):
                if job.done is not None:
                    job.done.set_result(result)
            if any(job.power_safe for job in batch):
                self._force()

    def _gather(self, first: _Job) -> list[_Job]:
        """What follows `first`, up to a job that somebody waits for."""
        gathered: list[_Job] = []
        deadline = time.monotonic() + _GATHER_S
        newest = first
        while newest.done is None and (left_s := deadline - time.monotonic()) > 0:
            try:
                job = self._jobs.get(timeout=left_s)
            except queue.Empty:
                break
            if job is None:
                self._jobs.put(None)
                break
            gathered.append(newest := job)
        return gathered

    def _write(self, batch: list[_Job]) -> list[Any]:
        try:
            try:
                return self._commit(batch)
            except sqlite3.Error as error:
                if not is_damage(error):
                    raise
                self._put_aside()
                return self._commit(batch)
        except sqlite3.Error as error:
            raise explained(error, self._file) from error

    def _commit(self, batch: list[_Job]) -> list[Any]:
        if self._connection is None:
            self._connection = open_for_writing(self._file, self._tell)
        connection = self._connection
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            return [job.work(connection) for job in batch]

    def _force(self) -> None:
        """Carry the log to the disk itself."""
        log_file = self._file.with_name(f"{self._file.name}-wal")
        try:
            with log_file.open("r+b") as file:
                os.fsync(file.fileno())
        except OSError as error:  # what is wrong with the disk is told by the next job
            log.warning("the history's log could not be forced to the disk: %s", error.strerror)

    def _put_aside(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        put_aside(self._file, self._tell)
