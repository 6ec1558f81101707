"""The sheet of names: a person's own, where names come from, project folders, spoken code."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView

from assistant import paths, settings
from assistant.terms.own import OwnTerms
from assistant.terms.table import made
from assistant.turn.events import Fault
from assistant.window.main_window import MainWindow
from assistant.window.settings_page.progress import Progress
from scripts.screenshot_scenes.scene import Scene, from_right, settle
from scripts.screenshot_scenes.settings import section
from scripts.screenshot_scenes.talks import EMPTY

_LONG = "org.springframework.security.client.ReactiveClientRegistrationRepository"
_OWN = (
    made("np.einsum", spoken=["n p dot ein sum"]),
    made("QuizzleBack"),
    made("Jörg Überländer", spoken=["jork ueber lender", "york"]),
    made("בדיקה_שם", spoken=["bdika shem"]),
    made(_LONG, spoken=["reactive client registration repository of the security package for o auth two"]),
    made("Žižkov"),
    made("kube-cuddle"),
    made("مشروع"),
)
_PROJECTS = (
    "/home/ada/src/aloud",
    "/home/ada/a very long way/to/a project/that/lies/deep/in/the/tree/engine",
)


def files() -> None:
    OwnTerms(paths.own_terms_file(), _fail).add(_OWN)
    settings.change(paths.settings_file(), "terms", "projects", list(_PROJECTS))


def _fail(fault: Fault) -> None:
    raise RuntimeError(fault.message)


def chosen(window: MainWindow) -> None:
    """The longest name in the form, with the keyboard in the list."""
    window.open_section("names")
    settle()
    rows = window.settings.sections["names"].findChildren(QListView)[0]
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Home)
    for _ in range(3):
        QTest.keyClick(rows, Qt.Key.Key_Down)


def removed(window: MainWindow) -> None:
    chosen(window)
    QTest.keyClick(window.settings.sections["names"].findChildren(QListView)[0], Qt.Key.Key_Delete)


def reading(window: MainWindow) -> None:
    window.open_section("projects")
    settle(1000)
    progress = window.settings.sections["projects"].findChildren(Progress)[0]
    progress.show_progress("Reading aloud, 312 of 1,204 files", 312, 1204)


_SHEET = {
    "names": Scene(EMPTY, section("names"), files, sizes=True, big_text=True),
    "names-none": Scene(EMPTY, section("names")),
    "names-chosen": Scene(EMPTY, chosen, files, sizes=True, big_text=True),
    "names-removed": Scene(EMPTY, removed, files),
    "names-sources": Scene(EMPTY, section("sources"), files, big_text=True),
    "names-projects": Scene(EMPTY, reading, files, big_text=True),
    "names-code": Scene(EMPTY, section("code"), files),
}
SCENES = _SHEET | {f"{name}-rtl": from_right(scene) for name, scene in _SHEET.items()}
