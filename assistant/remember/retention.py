"""How long the sound of what was said is kept. The text stays."""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

from assistant.errors import AssistantError
from assistant.recordings import recording_file

log = logging.getLogger(__name__)

_DAY_S = 86_400
# A day of a laptop is shorter than that of its clock: it sleeps.
_SWEEP_EVERY_S = 3_600


def remove_recordings(connection: sqlite3.Connection, folder: Path, begun_before: float) -> None:
    """Delete the files of settled recordings begun before that time (Unix, seconds), and note it."""
    old = connection.execute(
        "SELECT turn, path FROM recordings"
        " WHERE NOT removed AND state NOT IN ('recording', 'recorded') AND at < ?",
        (begun_before,),
    ).fetchall()
    for row in old:
        if remove_file(folder, row["turn"], row["path"]):
            connection.execute("UPDATE recordings SET removed = 1 WHERE turn = ?", (row["turn"],))


def remove_file(folder: Path, turn: int, path: str) -> bool:
    """Whether the recording of `turn` is gone now. A sound file that the user gave us is never touched."""
    file = Path(path) if path else recording_file(folder, turn)
    if file.parent != folder:
        return True
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        log.warning("a recording could not be removed: %s", error.strerror)
        return False
    return True


class Retention:
    """Calls `sweep` with the time before which recordings go: now, from time to time, and when `settled` asks for it.

    `keep_days` of 0 removes a recording as soon as it is settled.
    """

    def __init__(self, sweep: Callable[[float], None], keep_days: int) -> None:
        self._sweep = sweep
        self._keep_days = keep_days
        self._wake = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="history retention", daemon=True)
        self._thread.start()

    def keep(self, days: int) -> None:
        """Keep recordings for so many days from now on."""
        self._keep_days = days
        self._wake.set()

    def settled(self) -> None:
        """A recording was settled."""
        if not self._keep_days:
            self._wake.set()

    def stop(self) -> None:
        self._ended = True
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended:
            try:
                self._sweep(time.time() - self._keep_days * _DAY_S)
            except AssistantError as error:
                log.warning("recordings could not be removed: %s", error.fault.code)
            self._wake.wait(_SWEEP_EVERY_S)
            self._wake.clear()
