"""Counts that are kept from start to start, and may be lost: they are nothing that the user made."""

import json
import logging
from pathlib import Path

log = logging.getLogger(__name__)


def write_counts(file: Path, counts: object) -> bool:
    """Replace the file by `counts` as JSON; whether that could be done, which is logged where not.

    Unlike `settings.write_whole` this waits for no disk: it is done after each talk.
    """
    new = file.with_suffix(".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps(counts))
        new.replace(file)
    except OSError as error:
        log.warning("%s is not kept: %s", file.name, error.strerror)
        return False
    return True
