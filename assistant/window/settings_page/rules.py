"""What was learned from corrections: the rules, and what may become one; looked at, made, changed, forgotten."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton

from assistant.turn.corrections import SEEN_FOR_A_RULE, UNUSED_FOR_S, Correction
from assistant.window.desk import Desk
from assistant.window.errands import Failed
from assistant.window.settings_page.button_row import ButtonRow
from assistant.window.settings_page.choosing import choose_table
from assistant.window.settings_page.parts import Section, label
from assistant.window.settings_page.rows import Row, Rows
from assistant.window.settings_page.rule_card import RuleCard
from assistant.window.settings_page.said import Said
from assistant.window.words import counted, isolated, when

_EMPTY = "Nothing was learned yet. Put a misheard word right in the composer, three times the same way, or make a rule yourself."


class Learned(NamedTuple):
    """A correction, and whether it is a rule."""

    correction: Correction
    rule: bool


class RulesSection(Section):
    """Choosing one shows below the list what it changes."""

    title = "What was learned"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: Rows[Learned] = Rows(desk.look, "What was learned", _row, tall=True)
        self._rows.setSelectionMode(Rows.SelectionMode.SingleSelection)
        self._empty = label(_EMPTY, "secondary")
        self._said = Said(desk.look)
        self._new, self._export = QPushButton("New rule"), QPushButton("Export")
        self._heard = ""  # of the one that is chosen
        for part in (self._rows, self._empty, self._said):
            self.column.addWidget(part)
        self._field = self.field("", ButtonRow(desk.look, self._new, self._export))
        self.card = RuleCard(desk, self)
        self.column.addWidget(self.card)
        self._rows.picked.connect(self._pick)
        self._rows.acted.connect(self._edit)
        self._rows.removed.connect(self._forget_chosen)
        self._new.clicked.connect(self._begin)
        self._export.clicked.connect(self._choose_table)
        self.card.agreed.connect(self._agree)
        self.card.forgotten.connect(self._forget)
        self._take(((), ()))
        self._seen = False  # what was learned, which is asked for when the page is opened

    def opened(self) -> None:
        self.desk.errands.run_in_order(self.desk.controls.terms.rules, self._take, self._field.complain)

    def _take(self, learned: tuple[Sequence[Correction], Sequence[Correction]]) -> None:
        valid, candidates = learned
        values = [
            *(Learned(one, rule=True) for one in valid),
            *(Learned(one, rule=False) for one in candidates),
        ]
        self._rows.show_values(values)
        self._rows.setVisible(bool(values))
        if values and not self._seen and self._new.hasFocus():
            self._rows.setFocus(Qt.FocusReason.OtherFocusReason)  # which was not there to be given it
        self._seen = True
        self._empty.setVisible(not values)
        self._export.setVisible(bool(valid))
        if not values:
            self.card.hide()
        elif not self.card.is_new:
            at = next((row for row, one in enumerate(values) if one.correction.heard == self._heard), 0)
            self._rows.choose(at)

    @Slot()
    def _pick(self) -> None:
        for one in self._rows.chosen():
            self._heard = one.correction.heard
            self._field.complain(None)
            self.card.show_rule(one.correction, facts(one.correction, rule=one.rule), rule=one.rule)

    @Slot()
    def _edit(self) -> None:
        self.card.focus_first()

    @Slot()
    def _begin(self) -> None:
        self._rows.clearSelection()
        self.card.show_new()
        self.in_sight.emit(self.card)

    @Slot(str, str, str)
    def _agree(self, heard: str, meant: str, instead_of: str) -> None:
        terms = self.desk.controls.terms

        def agreed(_: object) -> None:
            self._heard = heard
            alone = heard == meant
            text = f"“{heard}” is left as it is heard" if alone else f"“{heard}” is written “{meant}”"
            self._said.say(f"{text} from now on.")

        self._do(lambda: terms.agree(heard, meant, instead_of), agreed, self.card.complain)

    @Slot()
    def _forget_chosen(self) -> None:
        for one in self._rows.chosen():
            self._forget(one.correction.heard)

    @Slot(str)
    def _forget(self, heard: str) -> None:
        terms = self.desk.controls.terms

        def forgotten(corrections: Sequence[Correction]) -> None:
            def undo() -> None:
                self._do(lambda: terms.relearn(corrections), lambda _: None)

            self._said.say(f"What was learned for “{heard}” is forgotten.", undo)
            self._rows.setFocus(Qt.FocusReason.OtherFocusReason)

        self._do(lambda: terms.forget(heard), forgotten)

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None], failed: Failed | None = None) -> None:
        """Change what was learned; then look at it anew, and be done."""

        def changed(answer: object) -> None:
            self.card.settle()
            done(answer)
            self.opened()

        self._field.complain(None)
        self.desk.errands.run_in_order(work, changed, failed or self._field.complain)

    @Slot()
    def _choose_table(self) -> None:
        terms, said = self.desk.controls.terms, self._said

        def write(file: Path) -> None:
            def written(count: int) -> None:
                said.say(f"{counted(count, 'rule')} written to {file.name}.")

            self._field.complain(None)
            self.desk.errands.run(lambda: terms.write_rules(file), written, self._field.complain)

        choose_table(self.window(), "rules.csv", write)


def _row(one: Learned) -> Row:
    it, about = one.correction, facts(one.correction, rule=one.rule)
    if it.leaves_alone:
        return Row(f"{isolated(it.heard)} stays as it is heard", below=about, icon="prohibit")
    icon = "check-circle" if one.rule else "question"
    return Row(isolated(it.heard), becomes=isolated(it.meant), below=about, icon=icon)


def facts(one: Correction, *, rule: bool) -> str:
    """How often, when last, until when."""
    now = dt.datetime.now().astimezone()
    last, ends = (when(at, now) for at in (one.last_at_s, one.last_at_s + UNUSED_FOR_S))
    last = last.replace("Yesterday", "yesterday")
    if not rule:
        return f"No rule yet, seen {one.seen} of {SEEN_FOR_A_RULE} times, last {last}"
    used = f"Used {counted(one.used, 'time')}, last" if one.used else "Not used yet, seen"
    return f"{used} {last}, until {ends}"
