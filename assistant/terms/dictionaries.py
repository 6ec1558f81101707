"""The dictionaries that the program brings along: a CSV file each, whose stem is the source's name."""

from collections.abc import Callable
from pathlib import Path

from assistant.errors import AssistantError
from assistant.terms.table import decoded, read_table
from assistant.terms.term import Term
from assistant.turn.events import Fault


def read_dictionaries(folder: Path, tell: Callable[[Fault], None]) -> dict[str, tuple[Term, ...]]:
    """The terms of each dictionary in `folder`, by its name. One that cannot be read is told and left out."""
    read: dict[str, tuple[Term, ...]] = {}
    for file in sorted(folder.glob("*.csv")):
        try:
            read[file.stem] = read_dictionary(file)
        except AssistantError as error:
            tell(error.fault)
    return read


def read_dictionary(file: Path) -> tuple[Term, ...]:
    """Its terms. Raises AssistantError where it cannot be read."""
    try:
        return read_table(decoded(file.read_bytes()), file.stem).terms
    except (OSError, ValueError) as error:
        message = f"The dictionary {file} cannot be read: {error}."
        raise AssistantError(
            "bad-dictionary", message, "Install the program again to have it back."
        ) from error
