"""The port of names and rules: what the window may ask about terms, their sources, and what was learned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.turn.dataclass import dataclass

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.turn.corrections import Change, Correction


@dataclass(frozen=True, slots=True)
class TermSource:
    """Where terms come from: its kind ("own", "corrections", "conversation", "project", "clipboard", "dictionary"), how
    many terms it has now, and whether they are used.
    """

    name: str
    kind: str
    terms: int
    on: bool


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """A term of the user's own: as it is written, as it is said, and what is heard for it."""

    text: str
    spoken: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a list: how many terms are `new`, how many were `known`, how many lines were `refused`, the first of
    them in words.
    """

    new: int
    known: int
    refused: int = 0
    first_refusal: str = ""


@dataclass(frozen=True, slots=True)
class ProjectFolder:
    """A folder whose names are terms; `looked_at` is Unix time, 0 before it was looked at."""

    folder: str
    source: str
    terms: int
    looked_at: float


@dataclass(frozen=True, slots=True)
class Indexed:
    """What came of looking through a folder; where it was stopped, `complete` is false. `notes` say what is left out."""

    source: str
    terms: int
    files: int
    notes: tuple[str, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Previewed:
    """What a rule would change in the last dictations, of which there are so many."""

    changes: tuple[Change, ...]
    dictations: int


class TermControls(Protocol):
    """Methods may take seconds, but for `copied`: call them from a worker thread. They raise AssistantError."""

    def sources(self) -> Sequence[TermSource]:
        """Every source, in the order of weight."""

    def switch(self, name: str, *, on: bool) -> Settings: ...

    def own(self) -> Sequence[OwnTerm]:
        """The user's own list."""

    def put(self, term: OwnTerm, instead_of: str = "") -> OwnTerm:
        """Take a term up, in the place of another where that is named; returns it as it is kept."""

    def remove(self, texts: Collection[str]) -> Sequence[OwnTerm]:
        """Take terms out of the user's own; returns them."""

    def bring_back(self, terms: Sequence[OwnTerm]) -> None:
        """Take up again what was removed."""

    def take_in(self, file: Path) -> TakenIn:
        """Take a list (a term a line, or CSV) into the user's own."""

    def write_own(self, file: Path) -> int:
        """Write the user's own terms as CSV; returns how many."""

    def projects(self) -> Sequence[ProjectFolder]: ...

    def index(
        self, folder: str, progress: Callable[[int, int], None], stopped: Callable[[], bool]
    ) -> Indexed:
        """Read what changed in a folder, which is a project folder from then on, unless that was stopped.

        `progress` gets how many of how many files have been read.
        """

    def drop_project(self, folder: str) -> None:
        """It is no project folder any more, and what was read of it is deleted."""

    def rules(self) -> tuple[Sequence[Correction], Sequence[Correction]]:
        """The rules, and what may become one, what was seen or used last first."""

    def preview(self, heard: str, meant: str) -> Previewed:
        """What a rule would change."""

    def agree(self, heard: str, meant: str, instead_of: str = "") -> None:
        """Make it a rule that holds always; the same twice leaves the words alone. What was learned for `instead_of` is
        forgotten.
        """

    def forget(self, heard: str) -> Sequence[Correction]:
        """Forget all that was learned for what was heard; returns it."""

    def relearn(self, corrections: Sequence[Correction]) -> None:
        """Know again what was forgotten."""

    def write_rules(self, file: Path) -> int:
        """Write the rules as CSV; returns how many."""

    def copied(self, text: str) -> None:
        """Somebody begins to speak, and this is on the clipboard. Returns at once."""
