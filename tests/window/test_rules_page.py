"""What was learned is seen, tried on the last dictations, confirmed, changed, forgotten and known again."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QTextEdit, QWidget

from assistant import paths
from assistant.remember import SqliteHistory
from assistant.terms.matcher import spoken_words
from assistant.turn.corrections import Correction
from assistant.turn.events import Fault, Noticed, NoticeDismissed, Remedy
from assistant.turn.records import TranscriptHeard
from assistant.turn.transcript import Transcript
from tests.window.conftest import Open, Opened, until
from tests.window.test_names_page import choose_file, line, press, said, section

DAY_S = 86_400.0
DICTATED = ("Please ask glorbo neck about it.", "Nothing of the kind.", "And Glorbo neck, is he here?")


@pytest.fixture
def now_s() -> float:
    return time.time()


@pytest.fixture
def opened(open_window: Open, now_s: float) -> Opened:
    history = SqliteHistory(paths.history_file(), paths.recordings_folder(), _fail)
    learned = [
        Correction("cube cuddle", "kubectl", now_s - 3 * DAY_S, seen=4, used=12, confirmed=True),
        Correction("glorbo neck", "Glorbonek", now_s - 60, seen=3),
        Correction("sequel", "sequel", now_s - 30 * DAY_S, confirmed=True),
        Correction("pie torch", "PyTorch", now_s - 2 * DAY_S, seen=2),
        Correction("שם", "בדיקה_שם", now_s - 40 * DAY_S, seen=3),
    ]
    history.correct(lambda _: learned)
    for turn, text in enumerate(DICTATED, 1):
        history.save(TranscriptHeard(Transcript(turn, spoken_words(text), "test")))
    history.close()
    return open_window()


def _fail(fault: Fault) -> None:
    raise AssertionError(fault.message)


def view(page: QWidget) -> QListView:
    return page.findChildren(QListView)[0]


def rows(page: QWidget) -> list[str]:
    """As a screen reader tells them."""
    model = view(page).model()
    texts = (model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount()))
    return [str(text).replace("\u2068", "").replace("\u2069", "") for text in texts]


def choose(page: QWidget, start: str) -> None:
    until(lambda: any(text.startswith(start) for text in rows(page)), start)
    row = next(at for at, text in enumerate(rows(page)) if text.startswith(start))
    view(page).setCurrentIndex(view(page).model().index(row, 0))
    until(
        lambda: line(page, "Heard").text() == start.split(" →", maxsplit=1)[0].split(" stays", maxsplit=1)[0],
        "it to be shown",
    )


def changes(page: QWidget) -> list[str]:
    """The changes, as plain text."""
    shown = page.findChildren(QTextEdit)[0]
    return shown.toPlainText().splitlines() if shown.isVisible() else []


def stored(opened: Opened) -> dict[str, Correction]:
    return {one.heard: one for one in opened.controls.terms.history.corrections()}


def test_rules_come_newest_first_then_what_may_become_one(opened: Opened) -> None:
    page = section(opened, "rules")
    until(lambda: len(rows(page)) == 5, "the rules")
    starts = ("glorbo neck →", "cube cuddle →", "sequel stays", "שם → בדיקה_שם", "pie torch →")
    assert [text.startswith(start) for text, start in zip(rows(page), starts, strict=True)] == [True] * 5
    assert "Not used yet" in rows(page)[0]
    assert "Used 12 times" in rows(page)[1]
    assert "until" in rows(page)[1]
    assert "No rule yet, seen 2 of 3 times" in rows(page)[4]


def test_what_a_rule_would_change_is_shown_before_it_is_kept(opened: Opened) -> None:
    page = section(opened, "rules")
    choose(page, "glorbo neck →")
    until(lambda: "It would change 2 of the last 3 dictations:" in said(page), "what it changes")
    found = until(lambda: changes(page), "the changes")
    assert found[0].endswith(" · And Glorbo neck Glorbonek, is he here?")
    assert found[1].endswith(" · Please ask glorbo neck Glorbonek about it.")
    shown = page.findChildren(QTextEdit)[0].toHtml()
    assert "line-through" in shown
    choose(page, "cube cuddle →")
    until(lambda: "It would change none of the last 3 dictations." in said(page), "that it changes nothing")
    assert changes(page) == []
    choose(page, "sequel stays")
    until(lambda: "It keeps the words as they are heard." in said(page), "that it keeps them")


def test_the_preview_follows_what_is_written(opened: Opened) -> None:
    page = section(opened, "rules")
    press(page, "New rule")
    line(page, "Heard").setText("")
    QTest.keyClicks(line(page, "Heard"), "nothing of")
    QTest.keyClicks(line(page, "Written"), "NothingOf")
    until(lambda: "It would change 1 of the last 3 dictations:" in said(page), "what it changes")
    QTest.keyClicks(line(page, "Heard"), " the kind at all")
    until(lambda: "What was heard must be one to 4 words." in said(page), "what is wrong")
    assert changes(page) == []


def test_a_candidate_is_made_a_rule(opened: Opened) -> None:
    page = section(opened, "rules")
    choose(page, "pie torch →")
    press(page, "Make it a rule")
    until(lambda: "“pie torch” is written “PyTorch” from now on." in said(page), "what was done")
    assert stored(opened)["pie torch"].confirmed
    until(lambda: rows(page)[0].startswith("pie torch → PyTorch"), "it to be a rule")


def test_a_rule_is_changed_and_one_of_one_s_own_is_made(opened: Opened) -> None:
    page = section(opened, "rules")
    choose(page, "cube cuddle →")
    line(page, "Written").clear()
    QTest.keyClicks(line(page, "Written"), "kube-cuddle")
    press(page, "Save")
    until(lambda: any(text.startswith("cube cuddle → kube-cuddle") for text in rows(page)), "the change")
    press(page, "New rule")
    QTest.keyClicks(line(page, "Heard"), "frob it")
    QTest.keyClicks(line(page, "Written"), "FrobIt")
    QTest.keyClick(line(page, "Written"), Qt.Key.Key_Return)
    until(lambda: rows(page)[0].startswith("frob it → FrobIt"), "the new rule")


def test_another_phrase_takes_the_place_of_the_old_one(opened: Opened) -> None:
    page = section(opened, "rules")
    choose(page, "glorbo neck →")
    QTest.keyClicks(line(page, "Heard"), "s")
    press(page, "Save")
    until(lambda: rows(page)[0].startswith("glorbo necks → Glorbonek"), "the change")
    assert "glorbo neck" not in stored(opened)


def test_words_are_left_alone_from_now_on(opened: Opened) -> None:
    page = section(opened, "rules")
    choose(page, "glorbo neck →")
    press(page, "Leave this alone")
    until(lambda: rows(page)[0].startswith("glorbo neck stays as it is heard"), "the change")


def test_a_rule_is_forgotten_with_delete_and_known_again(opened: Opened) -> None:
    page = section(opened, "rules")
    choose(page, "glorbo neck →")
    before = stored(opened)["glorbo neck"]
    QTest.keyClick(view(page), Qt.Key.Key_Delete)
    until(lambda: "What was learned for “glorbo neck” is forgotten." in said(page), "what was done")
    until(lambda: len(rows(page)) == 4, "it to be gone")
    assert "glorbo neck" not in stored(opened)
    press(page, "Undo")
    until(lambda: len(rows(page)) == 5, "it to be back")
    assert stored(opened)["glorbo neck"] == before


def test_rules_are_written_out(opened: Opened, tmp_path: Path) -> None:
    page = section(opened, "rules")
    press(page, "Export")
    choose_file(tmp_path / "rules.csv")
    until(lambda: "4 rules written to rules.csv." in said(page), "what was done")
    assert "kubectl,cube cuddle,yes" in (tmp_path / "rules.csv").read_text(encoding="utf-8")


def test_nothing_learned_says_how_something_is(open_window: Open) -> None:
    page = section(open_window(), "rules")
    until(lambda: "Nothing was learned yet. Put a misheard word right" in said(page))


def test_a_rule_that_was_just_learned_is_one_click_from_its_notice(opened: Opened) -> None:
    fault = Fault(
        "rule-learned", "“glorbo neck” is written “Glorbonek” from now on.", "", Remedy.LOOK_AT_RULE
    )
    opened.controls.emit(Noticed(fault))
    until(opened.talk.notice.isVisible, "the notice")
    press(opened.talk.notice, "Look at it")
    page = opened.window.settings.sections["rules"]
    until(lambda: "It would change 2 of the last 3 dictations:" in said(page), "the rule")
    assert line(page, "Heard").text() == "glorbo neck"
    opened.wait_for(NoticeDismissed)
    press(page, "Forget")
    until(lambda: "is forgotten" in said(page), "it to be forgotten")
