"""The user's own terms: a CSV file in the config folder, which a person may edit as well.

The file is read again when it has changed, replaced in one step, and locked while it is being replaced. What cannot be
read is never overwritten: it is put aside under another name. Lines that are no terms stay in the file as they are.
"""

import shutil
import threading
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from assistant.errors import AssistantError
from assistant.settings import write_whole
from assistant.terms.table import MOST_BYTES, Refusal, Table, as_csv, decoded, merged, read_table
from assistant.terms.term import Term
from assistant.turn.dataclass import dataclass
from assistant.turn.events import Fault

OWN = "own"
REFUSED = "refused-terms"
"""The code of the fault that lines of the file are no terms; the others are used."""
_LOCKED_FOR_S = 10.0


@dataclass(frozen=True, slots=True)
class Added:
    """How many terms are new, and how many were there and have the forms of both now."""

    new: int
    known: int


class OwnTerms:
    """The list in `file`, which need not exist. What is wrong with it is told once for each state of the file.

    May be used by several threads; the methods wait for the disk.
    """

    def __init__(self, file: Path, tell: Callable[[Fault], None]) -> None:
        self.file = file
        self._tell = tell
        self._busy = threading.Lock()
        self._seen: object = None
        self._terms: tuple[Term, ...] = ()

    def terms(self) -> tuple[Term, ...]:
        """The terms as the file has them now; as they were before where it cannot be read."""
        with self._busy:
            state = _state(self.file)
            if state != self._seen:
                self._seen = state
                self._read()
            return self._terms

    def add(self, terms: Iterable[Term]) -> Added:
        """Take the terms up; those that are there get their forms as well. Raises AssistantError."""
        own = merged(replace(term, source=OWN) for term in terms)
        with self._changing() as table:
            there = {term.text for term in table.terms}
            self._write(merged((*table.terms, *own)), table.refused)
        known = sum(term.text in there for term in own)
        return Added(len(own) - known, known)

    def put(self, term: Term, instead_of: str) -> None:
        """Let `term` take the place of the one that is written so, or stand at the end. Raises AssistantError."""
        term = replace(term, source=OWN)
        with self._changing() as table:
            there = [other.text for other in table.terms]
            kept = [term if other.text == instead_of else other for other in table.terms]
            self._write(merged(kept if instead_of in there else [*kept, term]), table.refused)

    def remove(self, text: str) -> None:
        """Take a term out. Raises AssistantError, also where it is not there."""
        if not self.take_out([unicodedata.normalize("NFC", text.strip())]):
            hint = "`aloud terms list --source own` lists them."
            raise AssistantError("no-such-term", f"{text!r} is not among your own terms.", hint)

    def take_out(self, texts: Collection[str]) -> tuple[Term, ...]:
        """Take the terms out that are written so; returns them. Raises AssistantError."""
        with self._changing() as table:
            out = tuple(term for term in table.terms if term.text in texts)
            if out:
                self._write((term for term in table.terms if term.text not in texts), table.refused)
        return out

    def _read(self) -> None:
        try:
            table = _table(self.file)
        except AssistantError as error:
            self._tell(error.fault)
            return
        self._terms = table.terms
        if table.refused:
            count = len(table.refused)
            lines = "1 line is" if count == 1 else f"{count} lines are"
            self._tell(
                Fault(REFUSED, f"{self.file}: {lines} not used: {table.refused[0]}.", "Correct the file.")
            )

    @contextmanager
    def _changing(self) -> Iterator[Table]:
        """What stands in the file now, while nobody else changes it."""
        from filelock import FileLock, Timeout  # its import takes longer than everything else here

        with self._busy:
            try:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                with FileLock(f"{self.file}.lock", timeout=_LOCKED_FOR_S):
                    yield self._usable()
            except Timeout as error:
                message = f"Another program is changing {self.file}."
                raise AssistantError("terms-not-saved", message, "Try again when it is done.") from error
            except OSError as error:
                message = f"The terms cannot be saved to {self.file}: {error.strerror}."
                hint = "Make room or make the file writable."
                raise AssistantError("terms-not-saved", message, hint) from error

    def _usable(self) -> Table:
        """What the file has; what cannot be taken up from it is put aside first."""
        try:
            table = _table(self.file)
        except AssistantError as error:
            if error.fault.code != "bad-terms":
                raise
            self._put_aside(error.fault.message)
            return Table(self._terms)
        if table.other_columns:
            columns = ", ".join(table.other_columns)
            self._put_aside(f"{self.file} has columns that are not kept ({columns}).")
        return table

    def _put_aside(self, why: str) -> None:
        names = (self.file.with_name(f"{self.file.stem}.aside-{number}.csv") for number in range(1, 10_000))
        aside = next(name for name in names if not name.exists())
        shutil.copy2(self.file, aside)
        self._tell(Fault("terms-put-aside", f"{why} It is kept as {aside}.", "Correct and import it."))

    def _write(self, terms: Iterable[Term], refused: Iterable[Refusal]) -> None:
        whole = tuple(terms)
        text = as_csv(whole, (line.text for line in refused))
        if len(text.encode()) > MOST_BYTES:
            hint = "Remove some, or index a folder in place of a list."
            message = f"Your list of terms would be larger than {MOST_BYTES / 1e6:.0f} MB."
            raise AssistantError("too-many-terms", message, hint)
        write_whole(self.file, text, "terms")
        self._terms, self._seen = whole, _state(self.file)


def _table(file: Path) -> Table:
    """Raises AssistantError: "bad-terms" where the content is at fault, "terms-not-read" where it cannot be had."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return Table()
    except OSError as error:
        message = f"Your terms in {file} cannot be read: {error.strerror}."
        raise AssistantError("terms-not-read", message, "Make the file readable.") from error
    try:
        return read_table(decoded(data), OWN)
    except ValueError as error:
        message = f"Your terms in {file} cannot be read: {error}."
        raise AssistantError("bad-terms", message, "Mend the file, or move it away.") from error


def _state(file: Path) -> object:
    """Something that differs when the file has been changed."""
    try:
        about = file.stat()
    except OSError as error:
        return error.errno
    return about.st_mtime_ns, about.st_size, about.st_ino
