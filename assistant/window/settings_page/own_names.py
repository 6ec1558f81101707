"""The user's own names: found, added, changed, removed, taken in from a list and written out."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton

from assistant.ports_terms import OwnTerm, TakenIn
from assistant.window.desk import Desk
from assistant.window.errands import Failed
from assistant.window.settings_page.button_row import ButtonRow
from assistant.window.settings_page.choosing import choose_list, choose_table
from assistant.window.settings_page.parts import Section, label
from assistant.window.settings_page.rows import Row, Rows
from assistant.window.settings_page.said import Said
from assistant.window.words import counted, isolated

_EMPTY = "There are none yet. Add the first one here, or take in a list."


class OwnNamesSection(Section):
    """Choosing a name brings it into the form below the list, where it can be changed."""

    title = "Your names"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._terms: Sequence[OwnTerm] = ()
        self._folded: Sequence[str] = ()  # what is searched, in the same order
        self._changing = ""  # the name that the form would change
        self._search = QLineEdit(clearButtonEnabled=True)
        self._search.setAccessibleName("Find one of your names")
        self._rows: Rows[OwnTerm] = Rows(desk.look, "Your names", _row)
        self._empty = label("", "secondary")
        self._said = Said(desk.look)
        for part in (self._search, self._rows, self._empty, self._said):
            self.column.addWidget(part)
        self._name, self._spoken = QLineEdit(), QLineEdit()
        self.field("Name", self._name)
        said = self.field(
            "Said as", self._spoken, "Only where it is not said as it is written. Put | between several ways."
        )
        self._complain = said.complain
        self._take_in = QPushButton("Take in a list")
        self._export = QPushButton("Export")
        self._keep, self._new, self._remove = QPushButton("Add"), QPushButton("New"), QPushButton("Remove")
        self._keep.setProperty("kind", "primary")
        self.column.addWidget(ButtonRow(desk.look, self._keep, self._new, self._remove))
        self._list_field = self.field("", ButtonRow(desk.look, self._take_in, self._export))
        self._connect()
        self._show()

    def _connect(self) -> None:
        self._search.textChanged.connect(self._find)
        self._rows.picked.connect(self._pick)
        self._rows.acted.connect(self._edit)
        self._rows.clicked.connect(self._pick)
        self._rows.removed.connect(self._remove_chosen)
        self._name.textChanged.connect(self._offer)
        for field in (self._name, self._spoken):
            field.returnPressed.connect(self._keep_it)
        self._keep.clicked.connect(self._keep_it)
        self._new.clicked.connect(self._begin)
        self._remove.clicked.connect(self._remove_chosen)
        self._take_in.clicked.connect(self._choose_list)
        self._export.clicked.connect(self._choose_table)

    def opened(self) -> None:
        self.desk.errands.run_in_order(self.desk.controls.terms.own, self._take, self._complain)

    def _take(self, terms: Sequence[OwnTerm]) -> None:
        self._terms = sorted(terms, key=lambda term: (term.text.casefold(), term.text))
        self._folded = ["\n".join((it.text, *it.spoken, *it.heard)).casefold() for it in self._terms]
        self._show()

    # what is seen

    @Slot(str)
    def _find(self, _: str) -> None:
        self._show()

    def _show(self) -> None:
        query = self._search.text().strip().casefold()
        pairs = zip(self._terms, self._folded, strict=True)
        found = [term for term, text in pairs if query in text]
        self._rows.show_values(found)
        self._rows.setVisible(bool(found))
        self._empty.setText(
            _EMPTY if not self._terms else f"No name has “{self._search.text().strip()}” in it."
        )
        self._empty.setVisible(not found)
        self._search.setVisible(len(self._terms) > 1 or bool(query))
        self._search.setPlaceholderText(f"Find one of {counted(len(self._terms), 'name')}")
        self._export.setVisible(bool(self._terms))
        at = next((row for row, term in enumerate(found) if term.text == self._changing), -1)
        if at >= 0:
            self._rows.choose(at)
        self._offer()

    @Slot()
    def _offer(self) -> None:
        """Let the buttons say what they would do now."""
        several = len(self._rows.chosen()) > 1
        self._keep.setText("Change" if self._changing else "Add")
        self._keep.setAccessibleName(f"Change {self._changing}" if self._changing else "Add the name")
        self._keep.setEnabled(bool(self._name.text().strip()) and not several)
        self._new.setVisible(bool(self._changing) or several)
        self._remove.setVisible(bool(self._changing) or several)
        self._remove.setText(f"Remove {len(self._rows.chosen())}" if several else "Remove")

    # one of them

    @Slot()
    def _pick(self) -> None:
        chosen = self._rows.chosen()
        if len(chosen) == 1 and chosen[0].text != self._changing:
            self._changing = chosen[0].text
            self._name.setText(self._changing)
            self._spoken.setText(" | ".join(chosen[0].spoken))
            for line in (self._name, self._spoken):
                line.home(False)
            self._complain(None)
        self._offer()

    @Slot()
    def _edit(self) -> None:
        self._pick()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._name.selectAll()

    @Slot()
    def _begin(self) -> None:
        """An empty form, for a new one."""
        self._changing = ""
        self._rows.clearSelection()
        self._name.clear()
        self._spoken.clear()
        self._complain(None)
        self._offer()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _keep_it(self) -> None:
        if not self._keep.isEnabled():
            return
        terms, before = self.desk.controls.terms, self._changing
        known = next((term for term in self._terms if term.text == before), OwnTerm(""))
        new = OwnTerm(self._name.text(), tuple(self._spoken.text().split("|")), known.heard, known.kind)
        self._complain(None)
        self._do(lambda: terms.put(new, before), self._kept)

    def _kept(self, term: OwnTerm) -> None:
        self._said.say(f"“{term.text}” is {'changed' if self._changing else 'one of your names now'}.")
        self._begin()

    @Slot()
    def _remove_chosen(self) -> None:
        texts = [term.text for term in self._rows.chosen()]
        if texts:
            terms = self.desk.controls.terms
            self._do(lambda: terms.remove(texts), self._removed)

    def _removed(self, removed: Sequence[OwnTerm]) -> None:
        terms = self.desk.controls.terms
        what = (
            f"“{removed[0].text}” is removed."
            if len(removed) == 1
            else f"{len(removed):,} names are removed."
        )
        self._said.say(what, lambda: self._do(lambda: terms.bring_back(removed), lambda _: None))
        self._begin()
        self._rows.setFocus(Qt.FocusReason.OtherFocusReason)

    # all of them

    @Slot()
    def _choose_list(self) -> None:
        terms = self.desk.controls.terms

        def read(file: Path) -> None:
            self._list_field.complain(None)
            self._do(lambda: terms.take_in(file), self._taken_in, self._list_field.complain)

        choose_list(self.window(), read)

    def _taken_in(self, taken: TakenIn) -> None:
        text = f"{counted(taken.new, 'new name')}, {taken.known:,} known before."
        if taken.refused:
            text += f" {counted(taken.refused, 'line')} left out; the first: {taken.first_refusal}."
        self._said.say(text)

    @Slot()
    def _choose_table(self) -> None:
        terms, said = self.desk.controls.terms, self._said

        def write(file: Path) -> None:
            def written(count: int) -> None:
                said.say(f"{counted(count, 'name')} written to {file.name}.")

            self._list_field.complain(None)
            self.desk.errands.run(lambda: terms.write_own(file), written, self._list_field.complain)

        choose_table(self.window(), "names.csv", write)

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None], failed: Failed | None = None) -> None:
        """Change the list; then look at it anew, and be done."""

        def changed(answer: object) -> None:
            done(answer)
            self.concerns_others.emit()

        self.desk.errands.run_in_order(work, changed, failed or self._complain)


def _row(term: OwnTerm) -> Row:
    return Row(isolated(term.text), aside=isolated(", ".join(term.spoken)))
