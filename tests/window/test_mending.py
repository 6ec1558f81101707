"""A doubtful word is put right in two keys; a term that the program put in is seen, and taken back in one."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from assistant.turn.transcript import Alternative, Origin, Stretch, Transcript, Word
from assistant.window.composer import Composer
from assistant.window.offers_list import OffersList
from tests.window.conftest import Open, rest, until

TAB, ESC, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Return
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
LEFT = Qt.MouseButton.LeftButton
BROAD = (Alternative("broadcasting", "python"), Alternative("Brought"))
SPOKEN = (
    Word("Use", 0, 0.5, turn=7),
    Word(" broad", 1, 1.5, 0.2, alternatives=BROAD, turn=7),
    Word(" and", 2, 2.5, turn=7),
    Word(" numpy,", 3, 3.5, 0.9, Origin.REPLACED, "num pie", "python", (Alternative("num pie"),), turn=7),
    Word(" not", 4, 4.5, turn=7),
    Word(" cuddle.", 5, 5.5, 0.3, alternatives=(Alternative("kubectl", "systems"),), turn=7),
)
TEXT = "Use broad and numpy, not cuddle."


@pytest.fixture
def spoken(composer: Composer) -> Composer:
    composer.place(Transcript(7, SPOKEN, "fake", "en"), 0.5)
    return composer


def press(composer: Composer, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(composer, key)


def listed(composer: Composer) -> list[str]:
    """What the list says, row by row, to a screen reader; nothing where it is not seen."""
    found = composer.window().findChildren(OffersList)
    if not found or not composer.mending.is_open:
        return []
    until(found[0].isVisible, "the list")
    model = found[0].list.model()
    return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def chosen(composer: Composer) -> str:
    return composer.textCursor().selectedText()


def spot_of(composer: Composer, text: str) -> QPoint:
    """The middle of a word, in the viewport."""
    at = composer.toPlainText().index(text) + len(text) // 2
    cursor = QTextCursor(composer.document())
    cursor.setPosition(at)
    return composer.cursorRect(cursor).center()


def test_two_keys_put_a_doubtful_word_right(spoken: Composer) -> None:
    press(spoken, TAB, Qt.Key.Key_1)
    assert spoken.toPlainText() == "Use broadcasting and numpy, not cuddle."
    word = spoken.words()[1]
    assert (word.origin, word.heard, word.source, word.start_s) == (Origin.CHOSEN, "broad", "python", 1)


def test_after_a_choice_the_next_doubtful_word_is_there_and_then_the_place_where_one_was(
    spoken: Composer,
) -> None:
    spoken.moveCursor(QTextCursor.MoveOperation.End)
    press(spoken, TAB, Qt.Key.Key_1)
    assert chosen(spoken) == "cuddle"
    press(spoken, Qt.Key.Key_1)
    assert spoken.toPlainText() == "Use broadcasting and numpy, not kubectl."
    assert spoken.textCursor().atEnd()
    assert spoken.doubts == 0


def test_each_guess_is_listed_with_its_source(spoken: Composer) -> None:
    press(spoken, TAB)
    assert listed(spoken) == ["1, broadcasting, python", "2, Brought"]


def test_screen_readers_find_a_list_with_a_name(spoken: Composer) -> None:
    press(spoken, TAB)
    assert listed(spoken)
    found = QAccessible.queryAccessibleInterface(spoken.window().findChildren(OffersList)[0].list)
    assert (found.role(), found.text(QAccessible.Text.Name)) == (QAccessible.Role.List, "Other guesses")
    assert found.child(0).text(QAccessible.Text.Name) == "1, broadcasting, python"


def test_down_and_enter_choose_and_enter_alone_sends(spoken: Composer) -> None:
    sent: list[str] = []
    spoken.submitted.connect(sent.append)
    press(spoken, TAB, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, ENTER)
    assert spoken.toPlainText().startswith("Use broadcasting and")
    assert sent == []
    press(spoken, ENTER)
    assert sent == [spoken.toPlainText()]


def test_escape_finds_the_word_right_and_undo_takes_that_back(spoken: Composer) -> None:
    press(spoken, TAB, ESC)
    assert (spoken.toPlainText(), spoken.doubts, listed(spoken)) == (TEXT, 1, [])
    assert spoken.words()[1].origin is Origin.SPOKEN
    spoken.undo()
    assert (spoken.toPlainText(), spoken.doubts) == (TEXT, 2)
    spoken.redo()
    assert spoken.doubts == 1


def test_the_list_has_escape_before_the_window_has_it(spoken: Composer) -> None:
    for is_open in (False, True):
        if is_open:
            press(spoken, TAB)
        asked = QKeyEvent(QKeyEvent.Type.ShortcutOverride, ESC, Qt.KeyboardModifier.NoModifier)
        asked.ignore()
        QApplication.sendEvent(spoken, asked)
        assert asked.isAccepted() is is_open


def test_escape_first_ends_what_one_waits_for(spoken: Composer) -> None:
    press(spoken, TAB)
    spoken.listens_again = True
    asked = QKeyEvent(QKeyEvent.Type.ShortcutOverride, ESC, Qt.KeyboardModifier.NoModifier)
    asked.ignore()
    QApplication.sendEvent(spoken, asked)
    assert not asked.isAccepted()
    assert spoken.mending.is_open


def test_the_word_that_is_listened_to_again_is_selected_and_its_list_stays(spoken: Composer) -> None:
    spoken.go_to(TEXT.index("broad") + 2, TEXT.index("broad") + 2)
    QTest.keyClick(spoken, Qt.Key.Key_L, CONTROL)
    assert spoken.textCursor().selectedText() == "broad"
    press(spoken, TAB)
    is_open = spoken.mending.is_open
    QTest.keyClick(spoken, Qt.Key.Key_L, CONTROL)
    assert (is_open, spoken.mending.is_open) == (True, True)


def test_typing_replaces_the_word_and_leaves_its_punctuation(spoken: Composer) -> None:
    press(spoken, TAB, TAB)
    QTest.keyClicks(spoken, "kubectl")
    assert spoken.toPlainText() == "Use broad and numpy, not kubectl."
    word = spoken.words()[-1]
    assert (word.origin, word.heard, word.end_s) == (Origin.CORRECTED, "cuddle.", 5.5)
    assert listed(spoken) == []


def test_a_digit_that_is_no_row_is_typed(spoken: Composer) -> None:
    press(spoken, TAB, Qt.Key.Key_3)
    assert spoken.toPlainText().startswith("Use 3 and")


def test_tab_goes_forth_shift_tab_back_and_neither_is_a_trap(spoken: Composer) -> None:
    press(spoken, TAB)
    assert chosen(spoken) == "broad"
    press(spoken, TAB)
    assert chosen(spoken) == "cuddle"
    assert not spoken.mending.step(following=True)
    QTest.keyClick(spoken, Qt.Key.Key_Backtab, SHIFT)
    assert chosen(spoken) == "broad"
    assert not spoken.mending.step(following=False)


def test_a_guess_of_the_recogniser_follows_the_case_of_its_place(spoken: Composer) -> None:
    press(spoken, TAB, Qt.Key.Key_2)
    assert spoken.toPlainText().startswith("Use Brought and")
    spoken.load("")
    first = Word("Broad", 0, 1, 0.2, alternatives=(Alternative("brought"), Alternative("numpy", "python")))
    spoken.place(Transcript(8, (first, Word(" it.")), "fake", "en"), 0.5)
    press(spoken, TAB, Qt.Key.Key_1)
    assert spoken.toPlainText() == "Brought it."
    spoken.undo()
    press(spoken, TAB, Qt.Key.Key_2)
    assert spoken.toPlainText() == "numpy it."


def test_a_choice_is_one_step_of_undo(spoken: Composer) -> None:
    press(spoken, TAB, Qt.Key.Key_1)
    spoken.undo()
    assert (spoken.toPlainText(), spoken.doubts) == (TEXT, 2)
    assert spoken.words() == SPOKEN


def test_a_choice_is_told_as_the_users_own_change(spoken: Composer) -> None:
    told: list[str] = []
    spoken.edited.connect(told.append)
    press(spoken, TAB, Qt.Key.Key_1)
    assert told == ["Use broadcasting and numpy, not cuddle."]


def test_a_word_without_guesses_can_be_typed_over_or_kept(composer: Composer) -> None:
    composer.place(Transcript(7, (Word("mumble", 0, 1, 0.1),), "fake", "en"), 0.5)
    press(composer, TAB)
    assert composer.mending.is_open
    press(composer, ESC)
    assert composer.doubts == 0


def test_one_key_after_a_replaced_word_brings_back_what_was_heard(spoken: Composer) -> None:
    place = TEXT.index(", not") + 1
    spoken.go_to(place, place)
    QTest.keyClick(spoken, Qt.Key.Key_Backspace, CONTROL)
    assert spoken.toPlainText() == "Use broad and num pie, not cuddle."
    assert spoken.words()[3].heard == "num pie"
    spoken.undo()
    assert spoken.words()[3].origin is Origin.REPLACED
    QTest.keyClick(spoken, Qt.Key.Key_Backspace, CONTROL)
    QTest.keyClick(spoken, Qt.Key.Key_Backspace, CONTROL)
    assert spoken.toPlainText() == "Use broad and num pie not cuddle."


def test_a_replaced_word_shows_what_was_heard_and_takes_it_back(spoken: Composer) -> None:
    place = TEXT.index("numpy") + 2
    spoken.go_to(place, place)
    QTest.keyClick(spoken, Qt.Key.Key_Down, ALT)
    assert listed(spoken) == ["1, num pie, as heard"]
    assert spoken.mending.explain(place).startswith("Heard as “num pie”, from python")
    press(spoken, Qt.Key.Key_1)
    spoken.go_to(place, place)
    QTest.keyClick(spoken, Qt.Key.Key_Down, ALT)
    assert listed(spoken) == ["1, numpy, python"]


def test_a_click_on_a_doubtful_word_and_one_on_a_guess(spoken: Composer) -> None:
    QTest.mouseClick(spoken.viewport(), LEFT, pos=spot_of(spoken, "broad"))
    assert listed(spoken) == ["1, broadcasting, python", "2, Brought"]
    rows = spoken.window().findChildren(OffersList)[0].list
    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(rows.model().index(0, 0)).center())
    assert spoken.toPlainText().startswith("Use broadcasting and")
    assert spoken.hasFocus()


def test_a_click_on_any_other_word_is_a_click(spoken: Composer) -> None:
    QTest.mouseClick(spoken.viewport(), LEFT, pos=spot_of(spoken, "Use"))
    assert not spoken.mending.is_open


def test_typing_elsewhere_closes_the_list(spoken: Composer) -> None:
    press(spoken, TAB, Qt.Key.Key_Left)
    assert not spoken.mending.is_open
    press(spoken, Qt.Key.Key_1)
    assert "1" in spoken.toPlainText()


@pytest.mark.parametrize(
    ("signal", "key", "modifiers"),
    [
        ("sound_wanted", Qt.Key.Key_P, CONTROL),
        ("hearing_wanted", Qt.Key.Key_L, CONTROL),
        ("spelling_wanted", Qt.Key.Key_L, CONTROL | SHIFT),
    ],
)
def test_the_engine_is_told_where_the_selected_words_are_heard(
    spoken: Composer, signal: str, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    wanted: list[tuple[Stretch, ...]] = []
    getattr(spoken, signal).connect(wanted.append)
    spoken.go_to(TEXT.index("broad"), TEXT.index(" numpy"))
    QTest.keyClick(spoken, key, modifiers)
    spoken.go_to(len(TEXT), len(TEXT))
    QTest.keyClick(spoken, key, modifiers)
    assert wanted == [(Stretch(7, 1, 2.5),), (Stretch(7, 5, 5.5),)]


def test_a_corrected_word_still_has_its_sound_and_a_typed_one_has_none(spoken: Composer) -> None:
    press(spoken, TAB)
    QTest.keyClicks(spoken, "wide")
    assert spoken.mending.asking.stretches() == (Stretch(7, 1, 1.5),)
    spoken.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(spoken, " typed")
    assert spoken.mending.asking.stretches() == ()


def test_ctrl_and_a_click_play_a_word(spoken: Composer) -> None:
    wanted: list[tuple[Stretch, ...]] = []
    spoken.sound_wanted.connect(wanted.append)
    QTest.mouseClick(spoken.viewport(), LEFT, CONTROL, spot_of(spoken, "and"))
    assert (wanted, chosen(spoken)) == ([(Stretch(7, 2, 2.5),)], "and")


def test_a_selection_becomes_a_term_with_one_key(spoken: Composer) -> None:
    wanted: list[str] = []
    spoken.term_wanted.connect(wanted.append)
    place = TEXT.index("cuddle") + 1
    spoken.go_to(place, place)
    QTest.keyClick(spoken, Qt.Key.Key_T, CONTROL)
    spoken.selectAll()
    QTest.keyClick(spoken, Qt.Key.Key_T, CONTROL)
    assert wanted == ["cuddle", TEXT]


def test_what_was_spelled_stands_instead_of_the_selected_words(spoken: Composer) -> None:
    spoken.moveCursor(QTextCursor.MoveOperation.End)
    press(spoken, TAB, TAB)
    spoken.write_instead("kubectl")
    assert spoken.toPlainText() == "Use broad and numpy, not kubectl."
    assert spoken.words()[-1] == Word(" kubectl.", 5, 5.5, 1.0, Origin.CORRECTED, "cuddle.", turn=7)
    assert chosen(spoken) == "broad"
    spoken.undo()
    assert (spoken.toPlainText(), spoken.doubts) == (TEXT, 2)
    spoken.load("")
    spoken.write_instead("np")
    assert [word.origin for word in spoken.words()] == [Origin.TYPED]


def test_the_menu_key_shows_the_menu_at_the_word(spoken: Composer) -> None:
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(spoken, asked)
    menu = until(QApplication.activePopupWidget, "the menu")
    assert isinstance(menu, QMenu)
    assert menu.actions()[1].text().startswith("Play the sound")
    menu.close()


def test_the_menu_offers_what_can_be_done_with_the_word(spoken: Composer) -> None:
    menu = QMenu()
    menu.addAction("Undo")
    place = TEXT.index("cuddle") + 1
    spoken.go_to(place, place)
    spoken.mending.asking.add_to(menu)
    assert [action.text().partition("\t")[0] for action in menu.actions() if action.text()] == [
        "Other guesses",
        "Play the sound",
        "Listen again",
        "Spell it",
        "Add to my terms",
        "Undo",
    ]
    assert all(action.isEnabled() for action in menu.actions())
    spoken.load("")
    empty = QMenu()
    spoken.mending.asking.add_to(empty)
    assert not any(action.isEnabled() for action in empty.actions() if action.text())


@pytest.mark.parametrize("size", [(340, 420), (440, 680)])
def test_the_list_is_beside_its_word_and_within_the_window(open_window: Open, size: tuple[int, int]) -> None:
    opened = open_window()
    opened.focus()
    opened.window.resize(*size)
    long = Alternative(
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 2, "project with a long name"
    )
    words = tuple(
        Word(f"{' ' if at else ''}word{at}", at, at + 1, 0.2, alternatives=(long, *BROAD)) for at in range(40)
    )
    opened.composer.place(Transcript(7, words, "fake", "en"), 0.5)
    opened.composer.moveCursor(QTextCursor.MoveOperation.Start)
    rest(0.1)
    for _ in range(40):
        press(opened.composer, TAB)
        shown = opened.window.findChildren(OffersList)[0]
        until(lambda: not opened.composer.mending._list._placing.isActive(), "the list to be placed")
        assert opened.window.rect().contains(shown.geometry())
        cursor = opened.composer.cursorRect()
        top = opened.composer.viewport().mapTo(opened.window, cursor.topLeft()).y()
        bottom = opened.composer.viewport().mapTo(opened.window, cursor.bottomLeft()).y()
        assert shown.geometry().bottom() <= top + 2 or shown.geometry().top() >= bottom - 2


def test_guesses_are_chosen_with_real_keys_and_the_window_does_not_take_escape(open_window: Open) -> None:
    opened = open_window()
    opened.focus()
    opened.composer.place(Transcript(7, SPOKEN, "fake", "en"), 0.5)
    opened.press("Tab", "1")
    until(lambda: opened.text == "Use broadcasting and numpy, not cuddle.")
    opened.press("Escape")
    until(lambda: opened.composer.doubts == 0)
    assert opened.composer.textCursor().atEnd()
