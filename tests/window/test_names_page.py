"""Names are seen, added, changed, taken in and switched in the window, on the real list of this person."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QListView, QPushButton, QWidget

from assistant import paths
from assistant.settings import Settings, Terms
from assistant.terms.own import OwnTerms
from assistant.terms.table import made
from assistant.window.settings_page.switch import Switch
from tests.window.conftest import Open, Opened, named, rest, until

TITLES = ("name_2", "np.einsum", "QuizzleBack", "בדיקה_שם")


def own() -> OwnTerms:
    return OwnTerms(paths.own_terms_file(), lambda fault: pytest.fail(fault.message))


def kept() -> list[str]:
    return [term.text for term in own().terms()]


@pytest.fixture
def opened(open_window: Open) -> Opened:
    own().add(
        [made("QuizzleBack"), made("np.einsum", spoken=["n p dot ein sum"]), made(TITLES[3]), made("name_2")]
    )
    return open_window()


def section(opened: Opened, name: str) -> QWidget:
    opened.window.open_section(name)
    return opened.window.settings.sections[name]


def rows(page: QWidget) -> list[str]:
    model = page.findChildren(QListView)[0].model()
    return [str(model.index(row, 0).data()).strip("\u2068\u2069") for row in range(model.rowCount())]


def said(root: QWidget) -> str:
    return " ".join(one.text() for one in root.findChildren(QLabel) if one.isVisible())


def line(page: QWidget, name: str) -> QLineEdit:
    found = named(page, name, QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def press(page: QWidget, text: str) -> None:
    """Click the button that says this."""

    def there() -> QPushButton | None:
        buttons = page.findChildren(QPushButton)
        return next(
            (one for one in buttons if one.text() == text and one.isVisible() and one.isEnabled()), None
        )

    QTest.mouseClick(until(there, f"a button {text}"), Qt.MouseButton.LeftButton)


def choose_file(file: Path) -> None:
    """In the dialog that is open, as a person does."""
    dialog = until(lambda: next((it for it in _dialogs() if it.isVisible()), None), "a dialog")
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(field, QLineEdit)
    field.setText(str(file))
    dialog.accept()
    until(lambda: not any(it.isVisible() for it in _dialogs()), "the dialog to be closed")


def _dialogs() -> list[QFileDialog]:
    return [it for it in QApplication.topLevelWidgets() if isinstance(it, QFileDialog)]


def listed(page: QWidget, *names: str) -> Callable[[], bool]:
    return lambda: rows(page) == list(names)


def test_a_name_is_found_by_a_part_of_it_or_of_how_it_is_said(opened: Opened) -> None:
    page = section(opened, "names")
    until(listed(page, *TITLES), "the names")
    search = line(page, "Find one of your names")
    assert search.placeholderText() == "Find one of 4 names"
    for typed, found in (("einsum", ("np.einsum",)), ("DOT EIN", ("np.einsum",)), ("דיק", (TITLES[3],))):
        search.setText(typed)
        assert listed(page, *found)()
    search.setText("nothing like it")
    assert "No name has “nothing like it” in it." in said(page)


def test_a_name_is_added_and_changed_with_the_keyboard(opened: Opened) -> None:
    page = section(opened, "names")
    until(listed(page, *TITLES), "the names")
    line(page, "Name").setText(" frobnicate ")
    line(page, "Said as").setText("frob nick ate | frobbie")
    QTest.keyClick(line(page, "Said as"), Qt.Key.Key_Return)
    until(lambda: "frobnicate" in rows(page), "the new name")
    assert "“frobnicate” is one of your names now." in said(page)
    sources = opened.window.settings.sections["sources"]
    until(lambda: switch(sources, "own").text() == "Your names · 5 names", "the source to follow")
    assert {term.text: term.spoken for term in own().terms()}["frobnicate"] == ("frob nick ate", "frobbie")
    view = page.findChildren(QListView)[0]
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert line(page, "Name").text() == "frobnicate"
    assert line(page, "Said as").text() == "frob nick ate | frobbie"
    line(page, "Name").setText("frobnicate_all")
    line(page, "Said as").setText("")
    QTest.keyClick(line(page, "Name"), Qt.Key.Key_Return)
    until(lambda: "frobnicate_all" in rows(page), "the changed name")
    assert {term.text: term.spoken for term in own().terms()}["frobnicate_all"] == ()
    assert "frobnicate" not in kept()
    assert kept()[-1] == "frobnicate_all"


@pytest.mark.parametrize("many", [1, 3])
def test_names_are_removed_with_delete_and_brought_back(opened: Opened, many: int) -> None:
    page = section(opened, "names")
    until(listed(page, *TITLES), "the names")
    view = page.findChildren(QListView)[0]
    QTest.keyClick(view, Qt.Key.Key_Home)
    for _ in range(many - 1):
        QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    until(listed(page, *TITLES[many:]), "them to be gone")
    assert sorted(kept()) == sorted(TITLES[many:])
    press(page, "Undo")
    until(listed(page, *TITLES), "them to be back")
    assert {term.text: term.spoken for term in own().terms()}["np.einsum"] == ("n p dot ein sum",)


def test_what_cannot_be_a_name_is_told_beside_the_form_and_kept_there(opened: Opened) -> None:
    page = section(opened, "names")
    line(page, "Name").setText("x" * 300)
    press(page, "Add")
    until(lambda: "This cannot be a term: it has 300 characters" in said(page), "the sentence")
    assert line(page, "Name").text() == "x" * 300


def test_a_list_is_taken_in_and_what_is_no_name_in_it_is_said_in_a_sentence(
    opened: Opened, tmp_path: Path
) -> None:
    page = section(opened, "names")
    until(listed(page, *TITLES), "the names")
    (tmp_path / "list.csv").write_text("term;spoken\nnew_one;new one\nnp.einsum;\n" + "x" * 500 + ";\n")
    press(page, "Take in a list")
    choose_file(tmp_path / "list.csv")
    until(
        lambda: "1 new name, 1 known before. 1 line left out; the first: line 4" in said(page),
        "what came of it",
    )
    until(lambda: "new_one" in rows(page), "the new name")
    (tmp_path / "broken.csv").write_bytes(b"\x00\x01")
    press(page, "Take in a list")
    choose_file(tmp_path / "broken.csv")
    until(lambda: "cannot be taken for a list of terms" in said(page), "what is wrong")


def test_the_names_are_written_out(opened: Opened, tmp_path: Path) -> None:
    page = section(opened, "names")
    until(listed(page, *TITLES), "the names")
    press(page, "Export")
    choose_file(tmp_path / "names.csv")
    until(lambda: "4 names written to names.csv." in said(page), "what was done")
    assert "np.einsum,,n p dot ein sum," in (tmp_path / "names.csv").read_text(encoding="utf-8")


def test_an_empty_list_says_what_to_do(open_window: Open) -> None:
    page = section(open_window(), "names")
    until(lambda: "There are none yet. Add the first one here, or take in a list." in said(page))
    page = page.window().settings.sections["projects"]  # type: ignore[attr-defined]
    until(lambda: "There is none yet. Add the folder of a project" in said(page))


def test_only_what_is_seen_of_a_long_list_is_made(open_window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.window.settings_page import rows as module

    made_rows: list[object] = []
    before = module.Row.__init__

    def count(row: module.Row, *args: str, **keywords: str) -> None:
        made_rows.append(row)
        before(row, *args, **keywords)

    monkeypatch.setattr(module.Row, "__init__", count)
    own().add([made(f"name_{number}") for number in range(5000)])
    opened = open_window()
    page = section(opened, "names")
    until(lambda: page.findChildren(QListView)[0].model().rowCount() == 5000, "the names")
    rest(0.1)
    assert 0 < len(made_rows) < 200


# sources


def switch(page: QWidget, source: str) -> Switch:
    return until(
        lambda: next((one for one in page.findChildren(Switch) if one.property("source") == source), None),
        f"the source {source}",
    )


def test_every_source_says_what_it_is_and_how_many_names_it_has(opened: Opened) -> None:
    page = section(opened, "sources")
    assert switch(page, "own").text() == "Your names · 4 names"
    assert switch(page, "javascript").text().startswith("JavaScript · ")
    about = {
        name: switch(page, name).accessibleDescription() for name in ("clipboard", "python", "conversation")
    }
    assert all(about.values())
    assert "people copy passwords" in about["clipboard"]
    shown = [one.property("source") for one in page.findChildren(Switch)]
    assert set(shown) >= {"own", "corrections", "conversation", "clipboard", "web"}


def test_sources_are_switched_one_after_the_other_and_the_clipboard_is_off_until_one_asks(
    opened: Opened,
) -> None:
    page = section(opened, "sources")
    assert not switch(page, "clipboard").isChecked()
    for name in ("python", "web", "clipboard"):
        QTest.keyClick(switch(page, name), Qt.Key.Key_Space)
    preferences = opened.window._desk.preferences
    chosen = Terms(off=("python", "web"), clipboard=True)
    until(lambda: preferences.settings.terms == chosen, "the settings to follow")
    assert [switch(page, name).isChecked() for name in ("python", "web", "clipboard")] == [False, False, True]


def test_spoken_code_and_what_the_model_is_told_are_switches(opened: Opened) -> None:
    page = section(opened, "code")
    for text, name, value in (
        ("Spoken code", "spoken_code", True),
        ("Tell the model what was dictated", "tell_model", False),
    ):
        found = next(one for one in page.findChildren(Switch) if one.text() == text)
        found.click()
        until(lambda: ("terms", name, value) in opened.controls.changes, text)  # noqa: B023


# project folders


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "cart.py").write_text("def add_to_cart(): pass\n", encoding="utf-8")
    return folder


def test_a_folder_is_added_looked_at_again_removed_and_brought_back(opened: Opened, project: Path) -> None:
    page = section(opened, "projects")
    press(page, "Add a folder")
    choose_file(project)
    until(lambda: "from 1 file." in said(page), "the folder to be read")
    until(lambda: "looked at" in said(page), "the folder to be listed")
    assert any(one.accessibleName() == str(project) for one in page.findChildren(QLabel))
    assert (
        switch(opened.window.settings.sections["sources"], "project shop")
        .text()
        .startswith("Project shop · ")
    )
    (project / "till.py").write_text("def open_till(): pass\n", encoding="utf-8")
    QTest.mouseClick(named(page, "Look again at shop"), Qt.MouseButton.LeftButton)
    until(lambda: "from 2 files." in said(page), "it to be read again")
    until(lambda: named(page, "Remove shop").isEnabled(), "the button")
    QTest.mouseClick(named(page, "Remove shop"), Qt.MouseButton.LeftButton)
    until(lambda: "“shop” is no project folder any more." in said(page), "it to be gone")
    press(page, "Undo")
    until(lambda: "from 2 files." in said(page) and "looked at" in said(page), "it to be back")


def test_a_folder_that_cannot_be_read_is_told_in_place(opened: Opened, project: Path) -> None:
    page = section(opened, "projects")
    opened.window.settings.sections["projects"].read(str(project / "nowhere"))  # type: ignore[attr-defined]
    until(lambda: "is not a folder" in said(page), "what is wrong")
    press(page, "Add a folder")
    choose_file(project)
    until(lambda: "from 1 file." in said(page), "another folder to be taken")
    assert "is not a folder" not in said(page)


def test_reading_can_be_stopped(opened: Opened, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.terms.project import Index, Refreshed

    def slow(index: Index, progress: Callable[[int, int], None], stopped: Callable[[], bool]) -> Refreshed:
        progress(120, 5000)
        until_stopped(stopped)
        return Refreshed(120, 120, 0, (), 1.0, complete=False)

    def until_stopped(stopped: Callable[[], bool]) -> None:
        import threading

        while not stopped():
            threading.Event().wait(0.005)

    monkeypatch.setattr(Index, "refresh", slow)
    page = section(opened, "projects")
    opened.window.settings.sections["projects"].read(str(project))  # type: ignore[attr-defined]
    until(lambda: "Reading shop, 120 of 5,000 files" in said(page), "how far it is")
    press(page, "Stop")
    until(lambda: "Stopped. What was read is kept" in said(page), "the end")
    assert "There is none yet." in said(page)


# the way there and back


@pytest.mark.parametrize(
    ("name", "kind"), [("names", QLineEdit), ("sources", Switch), ("rules", QPushButton)]
)
def test_the_keyboard_is_where_one_went(opened: Opened, name: str, kind: type[QWidget]) -> None:
    opened.focus()
    page = section(opened, name)

    def focused() -> bool:
        widget = QApplication.focusWidget()
        return isinstance(widget, kind) and page.isAncestorOf(widget) and widget.isVisible()

    until(focused, "the focus")


def test_the_settings_lead_there_and_back_step_by_step(opened: Opened) -> None:
    page = section(opened, "words")
    opened.focus()
    press(page, "Names")
    names = opened.window.settings.sections["names"]
    until(names.isVisible, "the names")
    opened.press("Escape")
    until(page.isVisible, "the settings again")
    opened.press("Escape")
    until(opened.composer.hasFocus, "the conversation")
    opened.window.open_section("rules")
    opened.press("Escape")
    until(opened.composer.hasFocus, "the conversation at once")


def test_a_change_of_another_setting_keeps_what_was_written_here(opened: Opened) -> None:
    page = section(opened, "names")
    until(listed(page, *TITLES), "the names")
    line(page, "Name").setText("half a na")
    opened.window._desk.preferences.change("window", "theme", "dark")
    until(lambda: opened.window._desk.preferences.settings != Settings(), "the change")
    rest(0.05)
    assert line(page, "Name").text() == "half a na"


def test_the_only_name_is_chosen_with_the_keyboard(open_window: Open) -> None:
    own().add([made("QuizzleBack")])
    page = section(open_window(), "names")
    until(listed(page, "QuizzleBack"), "the name")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_Return):
        press_new = [one for one in page.findChildren(QPushButton) if one.text() == "New" and one.isVisible()]
        for button in press_new:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert line(page, "Name").text() == ""
        QTest.keyClick(page.findChildren(QListView)[0], key)
        assert line(page, "Name").text() == "QuizzleBack"


def test_a_very_long_name_does_not_make_the_page_wider(opened: Opened) -> None:
    long = "x" * 78
    page = section(opened, "names")
    until(listed(page, *TITLES), "the names")
    width = page.width()
    line(page, "Name").setText(long)
    QTest.keyClick(line(page, "Name"), Qt.Key.Key_Return)
    until(lambda: long in rows(page), "the new name")
    rest()
    assert page.width() == width


def test_a_section_stays_at_the_top_while_those_above_it_grow_until_somebody_goes_on(opened: Opened) -> None:
    page = section(opened, "sources")
    until(lambda: page.findChildren(Switch) and page.findChildren(Switch)[0].hasFocus(), "the first switch")
    sheet, above = opened.window.settings.sheet_of("sources"), opened.window.settings.sections["names"]

    def top() -> int:
        return page.mapTo(sheet, page.rect().topLeft()).y()

    until(lambda: top() < 100, "it to be at the top")
    above.setMinimumHeight(above.height() + 200)
    rest()
    assert top() < 100
    opened.press("Tab")
    until(page.findChildren(Switch)[1].hasFocus, "the second switch")
    above.setMinimumHeight(above.minimumHeight() + 100)
    until(lambda: top() > 100, "it to be moved by what grows above it")
