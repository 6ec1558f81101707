"""The sheet of corrections: what was learned, and what a rule would change."""

import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QPushButton

from assistant import paths
from assistant.remember import SqliteHistory
from assistant.terms.matcher import spoken_words
from assistant.turn.corrections import Correction
from assistant.turn.events import Fault
from assistant.turn.records import TranscriptHeard
from assistant.turn.transcript import Transcript
from assistant.window.main_window import MainWindow
from scripts.screenshot_scenes.scene import Scene, from_right, settle
from scripts.screenshot_scenes.settings import section
from scripts.screenshot_scenes.talks import EMPTY

_DAY_S = 86_400.0
_DICTATED = (
    "Please ask glorbo neck about it.",
    "Nothing of the kind.",
    "After the long meeting on Thursday we should all go and see what Glorbo neck, of all people, makes of it.",
)


def files() -> None:
    now_s = time.time()
    learned = [
        Correction("glorbo neck", "Glorbonek", now_s - 60, seen=3),
        Correction("cube cuddle", "kubectl", now_s - 3 * _DAY_S, seen=4, used=12, confirmed=True),
        Correction("sequel", "sequel", now_s - 30 * _DAY_S, confirmed=True),
        Correction(
            "reactive client registration", "ReactiveClientRegistrationRepository", now_s - _DAY_S, seen=5
        ),
        Correction("שם", "בדיקה_שם", now_s - 40 * _DAY_S, seen=3),
        Correction("pie torch", "PyTorch", now_s - 2 * _DAY_S, seen=2),
    ]
    history = SqliteHistory(paths.history_file(), paths.recordings_folder(), _fail)
    history.correct(lambda _: learned)
    for turn, text in enumerate(_DICTATED, 1):
        history.save(TranscriptHeard(Transcript(turn, spoken_words(text), "base.en")))
    history.close()


def _fail(fault: Fault) -> None:
    raise RuntimeError(fault.message)


def new(window: MainWindow) -> None:
    window.open_section("rules")
    settle()
    buttons = window.settings.sections["rules"].findChildren(QPushButton)
    next(button for button in buttons if button.text() == "New rule").click()


def forgotten(window: MainWindow) -> None:
    window.open_section("rules")
    settle()
    rows = window.settings.sections["rules"].findChildren(QListView)[0]
    QTest.keyClick(rows, Qt.Key.Key_Delete)


_SHEET = {
    "rules": Scene(EMPTY, section("rules"), files, sizes=True, big_text=True),
    "rules-none": Scene(EMPTY, section("rules")),
    "rules-new": Scene(EMPTY, new, files),
    "rules-forgotten": Scene(EMPTY, forgotten, files),
}
SCENES = _SHEET | {f"{name}-rtl": from_right(scene) for name, scene in _SHEET.items()}
