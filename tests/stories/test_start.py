"""What a start does not wait for."""

import sqlite3
from contextlib import closing

from tests.rig import Desktop, wait_until
from tests.stories.program import Aloud, settings


def test_the_window_and_the_keys_do_not_wait_for_a_history_that_another_program_keeps_locked(
    desktop: Desktop,
) -> None:
    data = desktop.home / ".local/share/aloud"
    data.mkdir(parents=True)
    log = desktop.home / ".local/state/aloud/log/aloud.log"
    with closing(sqlite3.connect(data / "history.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with Aloud(desktop, settings()) as aloud:
            wait_until(lambda: log.exists() and "keys: ready" in log.read_text(), 20, "the keys")
            assert aloud.status() == {}
            other.execute("ROLLBACK")
            aloud.until_ready()
