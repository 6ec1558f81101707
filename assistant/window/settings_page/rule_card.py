"""One rule: what is heard, what is written, and which of the last dictations it would change."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from assistant.ports_terms import Previewed
from assistant.turn.corrections import Correction
from assistant.turn.events import Fault
from assistant.window.desk import Desk
from assistant.window.settings_page.button_row import ButtonRow
from assistant.window.settings_page.parts import Field, label
from assistant.window.settings_page.preview import Preview
from assistant.window.words import counted

_LOOK_AFTER_MS = 200


class RuleCard(QWidget):
    """`agreed` carries what is heard, what is written, and what was heard before; `forgotten` what is heard."""

    agreed = Signal(str, str, str)
    forgotten = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: Correction | None = None
        self._rule = False
        self._look = 0  # counts the previews, of which only the last is shown
        self.is_new = False
        self._heard_line, self._meant_line = QLineEdit(), QLineEdit()
        self._heard = Field(desk.look, "Heard", self._heard_line, "")
        self._meant = Field(desk.look, "Written", self._meant_line, "")
        self.complain = self._meant.complain
        self._summary = label("")
        self._preview = Preview(desk.look)
        self._keep, self._alone = QPushButton("Make it a rule"), QPushButton("Leave this alone")
        self._forget = QPushButton("Forget")
        self._keep.setProperty("kind", "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, desk.look.px(12), 0, 0)
        column.setSpacing(desk.look.px(12))
        buttons = ButtonRow(desk.look, self._keep, self._alone, self._forget)
        for part in (self._heard, self._meant, buttons, self._summary, self._preview):
            column.addWidget(part)
        self._later = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        self._later.timeout.connect(self._ask)
        for line in (self._heard_line, self._meant_line):
            line.textEdited.connect(self._edited)
            line.returnPressed.connect(self._agree)
        self._keep.clicked.connect(self._agree)
        self._alone.clicked.connect(self._leave_alone)
        self._forget.clicked.connect(self._forget_it)
        self.hide()

    def show_rule(self, correction: Correction, facts: str, *, rule: bool) -> None:
        """`facts` says how often it was used, and the like."""
        self._meant.help(facts)
        self._shown, self._rule, self.is_new = correction, rule, False
        self._heard_line.setText(correction.heard)
        self._meant_line.setText(correction.meant)
        self._show()

    def show_new(self) -> None:
        """An empty form, for a rule that a person makes."""
        self._meant.help("")
        self._shown, self._rule, self.is_new = None, False, True
        self._heard_line.clear()
        self._meant_line.clear()
        self._show()
        self.focus_first()

    def settle(self) -> None:
        """It was kept or forgotten: show what is chosen next."""
        self.is_new = False

    def focus_first(self) -> None:
        line = self._heard_line if self.is_new else self._meant_line
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.selectAll()

    def _show(self) -> None:
        self.complain(None)
        self._summary.setText("")
        self._preview.show_changes(())
        self._offer()
        self.show()
        self._ask()

    @property
    def _written(self) -> tuple[str, str]:
        return self._heard_line.text().strip(), self._meant_line.text().strip()

    @Slot()
    def _edited(self) -> None:
        self.complain(None)
        self._offer()
        self._later.start()

    def _offer(self) -> None:
        """Let the buttons say what they would do now."""
        shown, (heard, meant) = self._shown, self._written
        changed = shown is None or (heard, meant) != (shown.heard, shown.meant)
        if self._rule:
            self._keep.setText("Save" if changed else "Use it always")
        self._keep.setVisible(changed or not self._rule or (shown is not None and not shown.always))
        self._keep.setEnabled(bool(heard and meant))
        self._alone.setVisible(shown is not None and not shown.leaves_alone)
        self._forget.setVisible(shown is not None)
        if not self._rule:
            self._keep.setText("Make it a rule")

    @Slot()
    def _agree(self) -> None:
        heard, meant = self._written
        if heard and meant:
            self.agreed.emit(heard, meant, self._shown.heard if self._shown else "")

    @Slot()
    def _leave_alone(self) -> None:
        if self._shown:
            self.agreed.emit(self._shown.heard, self._shown.heard, self._shown.heard)

    @Slot()
    def _forget_it(self) -> None:
        if self._shown:
            self.forgotten.emit(self._shown.heard)

    # what it would change

    @Slot()
    def _ask(self) -> None:
        self._look += 1
        number, terms, (heard, meant) = self._look, self._desk.controls.terms, self._written
        if heard and meant:
            self._desk.errands.run(
                lambda: terms.preview(heard, meant),
                lambda seen: self._take(number, seen),
                lambda fault: self._refuse(number, fault),
            )

    def _take(self, number: int, seen: Previewed) -> None:
        if number != self._look:
            return
        changed = len({change.turn for change in seen.changes})
        if not seen.dictations:
            text = "There is no dictation yet that it could change."
        elif self._written[0] == self._written[1]:
            text = "It keeps the words as they are heard."
        elif not changed:
            text = f"It would change none of the last {counted(seen.dictations, 'dictation')}."
        else:
            text = f"It would change {changed} of the last {counted(seen.dictations, 'dictation')}:"
        self._summary.setText(text)
        self._preview.show_changes(seen.changes)

    def _refuse(self, number: int, fault: Fault) -> None:
        if number == self._look:
            self._summary.setText("")
            self._preview.show_changes(())
            self.complain(fault)
