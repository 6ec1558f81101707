"""Where names come from: every source with what it is, how many names it has, and its switch."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Slot

from assistant.ports_terms import TermSource
from assistant.settings import Settings
from assistant.window.desk import Desk
from assistant.window.settings_page.parts import Field, Section, label
from assistant.window.settings_page.switch import Switch
from assistant.window.words import counted

_CLIPBOARD = (
    "Names in the text that you copied last, looked for when you begin to speak. It is off until you want it, since "
    "people copy passwords and letters, too. What a password manager marks as secret, and what looks like a secret, is "
    "passed over; the text is kept nowhere and sent to nobody."
)
_KINDS = {
    "own": ("Your names", "What you have added above."),
    "corrections": ("Corrections", "What was learned from words that you put right."),
    "conversation": ("The conversation", "Names in the conversation you are in. They are kept nowhere else."),
    "clipboard": ("The clipboard", _CLIPBOARD),
    "project": ("", "Names in the files of a project folder, below."),
    "dictionary": ("", "A list that comes with Aloud."),
}
_DICTIONARIES = {
    "commands": ("Commands", "What one types into a terminal."),
    "computing": ("Computing", "Words of the trade: protocols, formats, methods."),
    "data-science": ("Data science", "Libraries for numbers, pictures and learning machines."),
    "databases": ("Databases", "Databases and how one asks them."),
    "devops": ("Operations", "Containers, clouds, pipelines and what watches them."),
    "javascript": ("JavaScript", "The language, its libraries and tools."),
    "languages": ("Languages", "Programming languages and their compilers."),
    "products": ("Products", "Programs, services and the firms behind them."),
    "python": ("Python", "The language, its library and its packages."),
    "systems": ("Systems", "Operating systems, hardware, networks."),
    "web": ("Web", "Browsers, standards, frameworks."),
}


class _Row(NamedTuple):
    switch: Switch
    field: Field


class SourcesSection(Section):
    title = "Where names come from"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[str, _Row] = {}
        self._trouble = label("", "danger")
        self._trouble.hide()
        self.column.addWidget(self._trouble)

    def opened(self) -> None:
        self.desk.errands.run_in_order(self.desk.controls.terms.sources, self._take)

    def fill(self, settings: Settings) -> None:
        for name, row in self._rows.items():
            row.switch.setChecked(name not in settings.terms.unused)

    def _take(self, sources: Sequence[TermSource]) -> None:
        for gone in self._rows.keys() - {source.name for source in sources}:
            self._rows.pop(gone).field.deleteLater()
        for at, source in enumerate(sources):
            row = self._rows.get(source.name) or self._add(source, at)
            row.switch.setText(f"{_title(source)} · {counted(source.terms, 'name')}")
            row.switch.setChecked(source.on)

    def _add(self, source: TermSource, at: int) -> _Row:
        switch = Switch(self.desk.look, "")
        switch.setProperty("source", source.name)
        field = Field(self.desk.look, "", switch, _about(source))
        self.column.insertWidget(at + 1, field)  # after the heading
        switch.clicked.connect(self._switch)
        self._rows[source.name] = _Row(switch, field)
        return self._rows[source.name]

    @Slot()
    def _switch(self) -> None:
        """Let the settings follow every switch that was moved."""
        unused = self.desk.preferences.settings.terms.unused
        terms = self.desk.controls.terms
        for name, row in self._rows.items():
            on = row.switch.isChecked()
            if on != (name not in unused):
                row.field.complain(None)
                self.desk.preferences.change_by(
                    lambda name=name, on=on: terms.switch(name, on=on),  # type: ignore[misc]
                    row.field.complain,
                )


def _title(source: TermSource) -> str:
    if source.kind == "dictionary":
        return _DICTIONARIES.get(source.name, (source.name.capitalize(), ""))[0]
    if source.kind == "project":
        return source.name.capitalize()
    return _KINDS[source.kind][0]


def _about(source: TermSource) -> str:
    about = _DICTIONARIES.get(source.name) if source.kind == "dictionary" else None
    return (about or _KINDS[source.kind])[1]
