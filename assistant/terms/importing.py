"""Lists of terms from elsewhere: a file or what comes down a pipe, as text or as CSV."""

from pathlib import Path
from typing import BinaryIO

from assistant.errors import AssistantError
from assistant.terms.table import MOST_BYTES, Table, decoded, read_table


def read_list(file: Path) -> Table:
    """The terms in `file`. Raises AssistantError where it cannot be read or has none."""
    try:
        with file.open("rb") as stream:
            return read_stream(stream, str(file))
    except FileNotFoundError as error:
        raise _bad(f"There is no file {file}.") from error
    except IsADirectoryError as error:
        raise _bad(f"{file} is a folder.", "Name a file; `aloud terms index` reads folders.") from error
    except OSError as error:
        raise _bad(f"{file} cannot be read: {error.strerror}.") from error


def read_stream(stream: BinaryIO, name: str) -> Table:
    """The terms of what can be read there; `name` is what a person calls it. Raises AssistantError, OSError."""
    try:
        table = read_table(decoded(stream.read(MOST_BYTES + 1)))
    except ValueError as error:
        hint = "A list is UTF-8 text or CSV, with a term a line."
        raise _bad(f"{name} cannot be taken for a list of terms: {error}.", hint) from error
    if not table.terms:
        why = f": {table.refused[0]}" if table.refused else ""
        raise _bad(f"{name} has no terms{why}.", "Write a term a line, or CSV with a column term.")
    return table


def _bad(message: str, hint: str = "Name another.") -> AssistantError:
    return AssistantError("bad-list", message, hint)
