"""The vocabulary: the terms of every source, which of them are on, and when they have changed."""

import threading
from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import paths
from assistant.errors import AssistantError
from assistant.settings import Terms
from assistant.terms.dictionaries import read_dictionaries
from assistant.terms.own import OWN, OwnTerms
from assistant.terms.table import merged
from assistant.terms.term import Term
from assistant.turn.dataclass import dataclass
from assistant.turn.events import Fault

if TYPE_CHECKING:
    from assistant.terms.project import Index


class Kind(StrEnum):
    """What a source is, in the order of weight: of two that have a term, the first one counts as its source."""

    OWN = "own"
    CORRECTIONS = "corrections"
    CONVERSATION = "conversation"
    PROJECT = "project"
    CLIPBOARD = "clipboard"
    DICTIONARY = "dictionary"


_ORDER = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Source:
    """Where terms come from, how many it has, and whether they are used."""

    name: str
    kind: Kind
    terms: int
    on: bool


class Vocabulary:
    """All sources by name; those in `off` are not used. May be used by several threads.

    `version` grows with every change of the terms that are used, so that whoever made something of them knows when to
    make it anew.
    """

    def __init__(self, off: Collection[str] = ()) -> None:
        self._busy = threading.Lock()
        self._off = frozenset(off)
        self._sources: dict[str, tuple[Kind, tuple[Term, ...]]] = {}
        self._version = 0
        self._used: tuple[Term, ...] | None = None

    @property
    def version(self) -> int:
        return self._version

    def put(self, name: str, kind: Kind, terms: Iterable[Term]) -> None:
        """These are the terms of the source from now on."""
        new = kind, tuple(terms)
        with self._busy:
            before = self._sources.get(name)
            if before == new:
                return
            self._sources[name] = new
            if name not in self._off and (new[1] or (before is not None and before[1])):
                self._changed()

    def drop(self, name: str) -> None:
        """The source is no longer there."""
        with self._busy:
            gone = self._sources.pop(name, None)
            if gone is not None and gone[1] and name not in self._off:
                self._changed()

    def switch(self, off: Collection[str]) -> None:
        """Use all sources but these."""
        with self._busy:
            turned = self._off.symmetric_difference(off)
            self._off = frozenset(off)
            if any(name in self._sources and self._sources[name][1] for name in turned):
                self._changed()

    def sources(self) -> tuple[Source, ...]:
        """Every source, in the order of weight, then by name."""
        with self._busy:
            return tuple(
                Source(name, kind, len(terms), name not in self._off) for name, kind, terms in self._ordered()
            )

    def source(self, name: str) -> tuple[Term, ...]:
        """The terms of one source, whether it is on or off; none where there is no such source."""
        with self._busy:
            return self._sources.get(name, (Kind.DICTIONARY, ()))[1]

    def terms(self) -> tuple[Term, ...]:
        """The terms that are used, in the order of weight, one of each, with the forms that any source knows."""
        with self._busy:
            if self._used is None:
                used = (terms for name, _, terms in self._ordered() if name not in self._off)
                self._used = merged(term for terms in used for term in terms)
            return self._used

    def _ordered(self) -> list[tuple[str, Kind, tuple[Term, ...]]]:
        return sorted(
            ((name, kind, terms) for name, (kind, terms) in self._sources.items()),
            key=lambda source: (_ORDER.index(source[1]), source[0]),
        )

    def _changed(self) -> None:
        self._version += 1
        self._used = None


class StandingVocabulary(Vocabulary):
    """The vocabulary that lies on the disk: dictionaries, the user's own list, the indexes of the chosen projects.

    What a conversation, the clipboard or corrections bring is put to it. `tell` hears what cannot be read.
    """

    def __init__(self, chosen: Terms, tell: Callable[[Fault], None]) -> None:
        super().__init__(chosen.unused)
        self._tell = tell
        self.own = OwnTerms(paths.own_terms_file(), tell)
        for name, terms in read_dictionaries(paths.dictionaries_folder(), tell).items():
            self.put(name, Kind.DICTIONARY, terms)
        for kind in (Kind.CORRECTIONS, Kind.CONVERSATION, Kind.CLIPBOARD):
            self.put(kind, kind, ())
        self.refresh()
        self.use_projects(chosen.projects)

    def refresh(self) -> None:
        """Take up what has been changed in the user's own list. Quick where nothing was; waits for the disk."""
        self.put(OWN, Kind.OWN, self.own.terms())

    def use_projects(self, folders: Iterable[str]) -> None:
        """Take up what the indexes of these folders hold now, in the place of what was taken up before."""
        found: dict[str, tuple[Term, ...]] = {}
        for index in self._indexes(folders):  # two folders of one name are one source
            found[index.source] = found.get(index.source, ()) + index.terms()
        for source in self.sources():
            if source.kind is Kind.PROJECT and source.name not in found:
                self.drop(source.name)
        for name, terms in found.items():
            self.put(name, Kind.PROJECT, terms)

    def _indexes(self, folders: Iterable[str]) -> "Iterable[Index]":
        """One of each folder."""
        indexes = {}
        for folder in folders:
            try:
                index = project_index(folder)
            except AssistantError as error:
                self._tell(error.fault)
            else:
                indexes[index.folder] = index
        return indexes.values()


def project_index(folder: str) -> "Index":
    """The index of a project's folder. Raises AssistantError where the folder cannot be."""
    from assistant.terms.project import Index  # with its grammars, which take a tenth of a second

    return Index(Path(folder), paths.project_indexes_folder())
