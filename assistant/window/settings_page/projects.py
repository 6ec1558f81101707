"""Project folders, whose names are known: added, looked at anew, removed."""

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from assistant.ports_terms import Indexed, ProjectFolder
from assistant.turn.events import Fault
from assistant.window.desk import Desk
from assistant.window.elided import ElidedLabel
from assistant.window.settings_page.button_row import ButtonRow
from assistant.window.settings_page.choosing import choose_folder
from assistant.window.settings_page.parts import Section, label
from assistant.window.settings_page.progress import Progress
from assistant.window.settings_page.said import Said
from assistant.window.words import counted, when

_EMPTY = "There is none yet. Add the folder of a project, and the names in its files are known."


class ProjectsSection(Section):
    """One folder is read at a time."""

    title = "Project folders"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._folders: Sequence[ProjectFolder] = ()
        self._rows: list[_Folder] = []
        self._empty = label(_EMPTY, "secondary")
        self._reading = _Reading(desk)
        self._said = Said(desk.look)
        for part in (self._empty, self._reading, self._said):
            self.column.addWidget(part)
        self._add = QPushButton("Add a folder")
        self._field = self.field("", self._add)
        self._add.clicked.connect(self._choose)

    def opened(self) -> None:
        self.desk.errands.run_in_order(self.desk.controls.terms.projects, self._take, self._field.complain)

    def _take(self, folders: Sequence[ProjectFolder]) -> None:
        for row in self._rows:
            row.deleteLater()
        self._rows = [_Folder(self, folder) for folder in folders]
        for at, row in enumerate(self._rows):
            self.column.insertWidget(at + 1, row)  # after the heading
        self._empty.setVisible(not folders)
        self._enable()

    def _enable(self) -> None:
        free = self._reading.isHidden()
        self._add.setEnabled(free)
        for row in self._rows:
            row.look.setEnabled(free)
            row.remove.setEnabled(free)

    @Slot()
    def _choose(self) -> None:
        choose_folder(self.window(), lambda folder: self.read(str(folder)))

    def read(self, folder: str) -> None:
        """Read what changed in a folder; it is one of the project folders from then on."""
        self._field.complain(None)
        self._said.say("")
        terms, reading = self.desk.controls.terms, self._reading
        told, stopped = reading.begin(Path(folder).name or folder)
        self._enable()
        self.desk.errands.run(lambda: terms.index(folder, told, stopped), self._read, self._failed)

    def _read(self, indexed: Indexed) -> None:
        self._reading.hide()
        if indexed.complete:
            text = f"{counted(indexed.terms, 'name')} from {counted(indexed.files, 'file')}."
            self._said.say(" ".join((text, *indexed.notes)))
        else:
            self._said.say("Stopped. What was read is kept, and the next time it goes on.")
        self.desk.preferences.reload()
        self.concerns_others.emit()

    def _failed(self, fault: Fault) -> None:
        self._reading.hide()
        self._enable()
        self._field.complain(fault)

    def drop(self, folder: str) -> None:
        terms = self.desk.controls.terms
        self._field.complain(None)

        def dropped(_: None) -> None:
            self._said.say(f"“{Path(folder).name}” is no project folder any more.", lambda: self.read(folder))
            self.desk.preferences.reload()
            self.concerns_others.emit()
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)

        self.desk.errands.run_in_order(lambda: terms.drop_project(folder), dropped, self._field.complain)


class _Folder(QWidget):
    """One folder: where it is, how many names it has, when it was looked at."""

    def __init__(self, section: ProjectsSection, project: ProjectFolder) -> None:
        super().__init__()
        self._section, self._folder = section, project.folder
        name = Path(project.folder).name or project.folder
        where = ElidedLabel(self)
        where.setProperty("kind", "secondary")
        where.say(project.folder)
        now = dt.datetime.now().astimezone()
        looked = f"looked at {when(project.looked_at, now)}" if project.looked_at else "not looked at yet"
        self.look, self.remove = QPushButton("Look again"), QPushButton("Remove")
        self.look.setAccessibleName(f"Look again at {name}")
        self.remove.setAccessibleName(f"Remove {name}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(section.desk.look.px(4))
        column.addWidget(label(name))
        column.addWidget(where)
        column.addWidget(label(f"{counted(project.terms, 'name')} · {looked}", "secondary"))
        column.addWidget(ButtonRow(section.desk.look, self.look, self.remove))
        self.look.clicked.connect(self._look)
        self.remove.clicked.connect(self._drop)

    @Slot()
    def _look(self) -> None:
        self._section.read(self._folder)

    @Slot()
    def _drop(self) -> None:
        self._section.drop(self._folder)


class _Told(QObject):
    """Brings how far it is, which is told on another thread, to the window's."""

    done = Signal(int, int)


class _Reading(Progress):
    """The reading of a folder."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, "Reading")
        self._name = ""
        self._to_stop = threading.Event()
        self._told = _Told()
        self._told.done.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self.stopped.connect(self._stop)

    def begin(self, name: str) -> tuple[Callable[[int, int], None], Callable[[], bool]]:
        """Be seen; returns what tells how far it is, and what says whether it is to stop."""
        self._name, self._to_stop = name, threading.Event()
        self.show_progress(f"Reading {name}", 0, 0)
        return self._told.done.emit, self._to_stop.is_set

    @Slot(int, int)
    def _show(self, done: int, total: int) -> None:
        self.show_progress(f"Reading {self._name}, {done:,} of {counted(total, 'file')}", done, max(1, total))

    @Slot()
    def _stop(self) -> None:
        self._to_stop.set()
