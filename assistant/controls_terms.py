"""What the window may ask about names and rules."""

import time
from collections.abc import Callable, Collection, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant import paths, settings
from assistant.ports_terms import Indexed, OwnTerm, Previewed, ProjectFolder, TakenIn, TermSource
from assistant.settings import Settings
from assistant.turn.corrections import Correction, agreed, phrase, preview, rules
from assistant.turn.events import Fault

if TYPE_CHECKING:
    from assistant.remember import SqliteHistory
    from assistant.terms.own import OwnTerms
    from assistant.terms.term import Term
    from assistant.terms.vocabulary import Source


class Desk(Protocol):
    """Where terms are put right."""

    def sources(self) -> "Sequence[Source]": ...
    def changed(self) -> None: ...


class ProgramTerms:
    """The port `TermControls`. What it needs of the program is asked for when it is needed; asking may wait.

    `change` changes a setting of the section "terms", `copied` takes what is on the clipboard.
    """

    def __init__(
        self,
        desk: Callable[[], Desk],
        history: "Callable[[], SqliteHistory]",
        change: Callable[[str, object], Settings],
        copied: Callable[[str], None],
        tell: Callable[[Fault], None],
    ) -> None:
        self._desk = desk
        self._history = history
        self._change = change
        self._copied = copied
        self._tell = tell

    @cached_property
    def _own(self) -> "OwnTerms":
        from assistant.terms.own import OwnTerms

        return OwnTerms(paths.own_terms_file(), self._tell)

    # sources

    def sources(self) -> Sequence[TermSource]:
        return [TermSource(it.name, it.kind, it.terms, it.on) for it in self._desk().sources()]

    def switch(self, name: str, *, on: bool) -> Settings:
        chosen = settings.load(paths.settings_file())
        for setting, value in chosen.terms.switched(name, on=on):
            chosen = self._change(setting, value)
        return chosen

    def copied(self, text: str) -> None:
        self._copied(text)

    # the user's own list

    def own(self) -> Sequence[OwnTerm]:
        return [_shown(term) for term in self._own.terms()]

    def put(self, term: OwnTerm, instead_of: str = "") -> OwnTerm:
        from assistant.terms.given import given_term

        new = given_term(term.text, term.spoken, term.heard, term.kind)
        if instead_of:
            self._own.put(new, instead_of)
        else:
            self._own.add([new])
        self._desk().changed()
        return _shown(new)

    def remove(self, texts: Collection[str]) -> Sequence[OwnTerm]:
        removed = self._own.take_out(texts)
        self._desk().changed()
        return [_shown(term) for term in removed]

    def bring_back(self, terms: Sequence[OwnTerm]) -> None:
        from assistant.terms.term import Term

        self._own.add(Term(it.text, it.spoken, kind=it.kind, heard=it.heard) for it in terms)
        self._desk().changed()

    def take_in(self, file: Path) -> TakenIn:
        from assistant.terms.importing import read_list

        table = read_list(file)
        added = self._own.add(table.terms)
        self._desk().changed()
        first = str(table.refused[0]) if table.refused else ""
        return TakenIn(added.new, added.known, len(table.refused), first)

    def write_own(self, file: Path) -> int:
        from assistant.terms.table import as_csv

        terms = self._own.terms()
        settings.write_whole(file, as_csv(terms), "terms")
        return len(terms)

    # project folders

    def projects(self) -> Sequence[ProjectFolder]:
        from assistant.terms.vocabulary import project_index

        found = []
        for folder in settings.load(paths.settings_file()).terms.projects:
            index = project_index(folder)
            found.append(ProjectFolder(folder, index.source, len(index.terms()), index.looked_at()))
        return found

    def index(
        self, folder: str, progress: Callable[[int, int], None], stopped: Callable[[], bool]
    ) -> Indexed:
        from assistant.terms.vocabulary import project_index

        index = project_index(folder)
        refreshed = index.refresh(progress, stopped)
        if refreshed.complete:
            chosen = settings.load(paths.settings_file()).terms.projects
            if str(index.folder) not in chosen:
                self._change("projects", [*chosen, str(index.folder)])
            self._desk().changed()
        return Indexed(index.source, refreshed.terms, refreshed.files, refreshed.notes, refreshed.complete)

    def drop_project(self, folder: str) -> None:
        from assistant.terms.vocabulary import project_index

        chosen = settings.load(paths.settings_file()).terms.projects
        self._change("projects", [other for other in chosen if other != folder])
        project_index(folder).forget()
        self._desk().changed()

    # rules

    def rules(self) -> tuple[Sequence[Correction], Sequence[Correction]]:
        from assistant.terms.corrections import candidates

        now_s = time.time()
        known = sorted(self._history().corrections(), key=lambda one: -one.last_at_s)
        valid = sorted(rules(known, now_s), key=lambda one: -one.last_at_s)
        return valid, candidates(known, now_s)

    def preview(self, heard: str, meant: str) -> Previewed:
        from assistant.terms.given import given_rule

        dictations = self._history().dictations()
        return Previewed(tuple(preview(given_rule(heard, meant), dictations)), len(dictations))

    def agree(self, heard: str, meant: str, instead_of: str = "") -> None:
        from assistant.terms.given import given_rule

        sighting, history = given_rule(heard, meant), self._history()
        if instead_of and instead_of != sighting.heard:
            history.forget_corrections(instead_of)
        history.correct(partial(agreed, sighting=sighting, at_s=time.time()))
        self._desk().changed()

    def forget(self, heard: str) -> Sequence[Correction]:
        history, there = self._history(), phrase(heard)
        forgotten = [one for one in history.corrections() if one.heard == there]
        history.forget_corrections(there)
        self._desk().changed()
        return forgotten

    def relearn(self, corrections: Sequence[Correction]) -> None:
        self._history().correct(lambda _: corrections)
        self._desk().changed()

    def write_rules(self, file: Path) -> int:
        from assistant.terms.given import rules_as_csv

        valid = rules(self._history().corrections(), time.time())
        settings.write_whole(file, rules_as_csv(valid), "rules")
        return len(valid)


def _shown(term: "Term") -> OwnTerm:
    return OwnTerm(term.text, term.spoken, term.heard, term.kind)
