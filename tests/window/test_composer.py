"""The composer is an ordinary text box at every moment; what is spoken is added to it, and nothing is taken from it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assistant.turn.transcript import Transcript, Word
from assistant.window.composer import Composer

BELOW = 0.5


def spoken(*words: str, doubtful: tuple[str, ...] = (), language: str = "en") -> Transcript:
    said = tuple(Word(word, probability=0.2 if word.strip() in doubtful else 0.9) for word in words)
    return Transcript(7, said, "fake", language)


def doubts(composer: Composer) -> list[str]:
    found = [spot for spot in composer.wording.everything() if spot.known and spot.known.doubtful]
    assert len(found) == composer.doubts
    return [composer.wording.text(*composer.wording.core(spot)) for spot in found]


def move(composer: Composer, position: int) -> None:
    cursor = composer.textCursor()
    cursor.setPosition(position)
    composer.setTextCursor(cursor)


def settle_typing(composer: Composer) -> None:
    """As if some time had passed since the last key."""
    composer._typed_at = -1e9


def test_speech_lands_at_the_cursor_and_the_cursor_behind_it(composer: Composer) -> None:
    composer.setPlainText("before after")
    move(composer, 6)
    composer.place(spoken("in", " the", " middle"), BELOW)
    assert composer.toPlainText() == "before in the middle after"
    assert composer.textCursor().position() == len("before in the middle")


def test_no_space_is_put_at_the_beginning(composer: Composer) -> None:
    composer.place(spoken(" Hello", " there."), BELOW)
    assert composer.toPlainText() == "Hello there."


def test_selected_words_are_not_overwritten(composer: Composer) -> None:
    composer.setPlainText("keep this")
    composer.selectAll()
    composer.place(spoken("Then", " that."), BELOW)
    assert composer.toPlainText() == "keep this then that."


def test_who_is_typing_is_not_interrupted(composer: Composer) -> None:
    QTest.keyClicks(composer, "np.ein")
    composer.place(spoken("How", " do", " I"), BELOW)
    QTest.keyClicks(composer, "sum")
    assert composer.toPlainText() == "np.einsum how do I"


def test_an_emoji_before_the_cursor_does_not_shift_anything(composer: Composer) -> None:
    composer.setPlainText("🙂🙂 x")
    move(composer, 4)
    composer.place(spoken("and", " broad", doubtful=("broad",)), BELOW)
    assert composer.toPlainText() == "🙂🙂 and broad x"
    assert doubts(composer) == ["broad"]


def test_one_undo_takes_back_what_was_spoken_and_no_more(composer: Composer) -> None:
    QTest.keyClicks(composer, "typed")
    settle_typing(composer)
    composer.place(spoken("and", " spoken"), BELOW)
    QTest.keyClicks(composer, " more")
    composer.undo()
    assert composer.toPlainText() == "typed and spoken"
    composer.undo()
    assert composer.toPlainText() == "typed"
    composer.redo()
    assert composer.toPlainText() == "typed and spoken"


def test_undo_works_after_sending(composer: Composer) -> None:
    QTest.keyClicks(composer, "hello")
    composer.take_out("hello")
    assert composer.toPlainText() == ""
    composer.undo()
    assert composer.toPlainText() == "hello"


def test_what_was_typed_after_sending_stays_and_the_cursor_with_it(composer: Composer) -> None:
    QTest.keyClicks(composer, "hello and")
    composer.take_out("hello")
    QTest.keyClicks(composer, " more")
    assert composer.toPlainText() == "and more"


def test_only_the_users_own_changes_are_told(composer: Composer) -> None:
    told: list[str] = []
    composer.edited.connect(told.append)
    composer.place(spoken("spoken"), BELOW)
    composer.take_out("spoken")
    composer.load("loaded")
    assert not told
    QTest.keyClicks(composer, "!")
    assert told == ["loaded!"]
    composer.undo()
    assert told[-1] == "loaded"


def test_enter_sends_and_shift_enter_is_a_line(composer: Composer) -> None:
    sent: list[str] = []
    composer.submitted.connect(sent.append)
    QTest.keyClicks(composer, "one")
    QTest.keyClick(composer, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(composer, "two")
    QTest.keyClick(composer, Qt.Key.Key_Return)
    QTest.keyClick(composer, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert sent == ["one\ntwo", "one\ntwo"]


def test_doubtful_words_are_marked_until_they_are_changed(composer: Composer) -> None:
    composer.place(spoken("and", " broad", " casting.", doubtful=("broad", "casting.")), BELOW)
    assert doubts(composer) == ["broad", "casting"]
    move(composer, 0)
    QTest.keyClicks(composer, "well, ")
    assert doubts(composer) == ["broad", "casting"]
    cursor = composer.textCursor()
    cursor.setPosition(composer.toPlainText().index("broad") + 2)
    composer.setTextCursor(cursor)
    QTest.keyClicks(composer, "o")
    assert doubts(composer) == ["casting"]


def test_a_letter_added_to_a_doubtful_word_changes_it(composer: Composer) -> None:
    composer.place(spoken("broad", doubtful=("broad",)), BELOW)
    QTest.keyClicks(composer, " ")
    assert doubts(composer) == ["broad"]
    move(composer, 5)
    QTest.keyClicks(composer, "s")
    assert doubts(composer) == []


def test_the_first_word_stays_doubtful_when_its_capital_is_taken(composer: Composer) -> None:
    composer.setPlainText("so ")
    composer.moveCursor(QTextCursor.MoveOperation.End)
    composer.place(spoken("There", " is", doubtful=("There",)), BELOW)
    assert composer.toPlainText() == "so there is"
    assert doubts(composer) == ["there"]


def test_tab_goes_from_doubt_to_doubt_and_then_on(composer: Composer) -> None:
    composer.place(spoken("and", " broad", " casting", doubtful=("broad", "casting")), BELOW)
    move(composer, 0)
    QTest.keyClick(composer, Qt.Key.Key_Tab)
    assert composer.textCursor().selectedText() == "broad"
    QTest.keyClicks(composer, "broadcasting")
    QTest.keyClick(composer, Qt.Key.Key_Tab)
    assert composer.textCursor().selectedText() == "casting"
    QTest.keyClick(composer, Qt.Key.Key_Delete)
    assert doubts(composer) == []
    assert composer.accessibleDescription() == ""


def test_screen_readers_are_told_of_doubtful_words(composer: Composer) -> None:
    composer.place(spoken("broad", doubtful=("broad",)), BELOW)
    assert composer.accessibleDescription() == "One doubtful word. Tab goes to the next."


def test_what_is_understood_so_far_is_seen_but_not_in_the_text(composer: Composer) -> None:
    composer.hint("Hold the key")
    composer.show_live("and what about", 3)
    before = composer.viewport().grab().toImage()
    assert composer.toPlainText() == ""
    assert composer.placeholderText() == ""
    composer.show_live("", 0)
    assert composer.placeholderText() == "Hold the key"
    assert composer.viewport().grab().toImage() != before


def test_it_grows_with_the_text_up_to_its_limit(composer: Composer) -> None:
    composer.limit(100)
    one = composer.height()
    QTest.keyClicks(composer, "words ")
    composer.load("line\n" * 3)
    assert one < composer.height() <= 100
    composer.load("line\n" * 50)
    assert composer.height() <= 100
    composer.load("")
    assert composer.height() == one


def test_a_pasted_picture_of_text_is_plain_text(composer: Composer) -> None:
    QApplication.clipboard().setText("a\u2028b <b>c</b>")
    composer.paste()
    assert composer.toPlainText() == "a\nb <b>c</b>"


def test_japanese_is_joined_without_a_space(composer: Composer) -> None:
    composer.setPlainText("今日は")
    composer.moveCursor(QTextCursor.MoveOperation.End)
    composer.place(spoken("とても", "暑い", "です。", language="ja"), BELOW)
    assert composer.toPlainText() == "今日はとても暑いです。"


def test_arabic_begins_at_the_right_and_english_at_the_left(composer: Composer) -> None:
    middle = composer.viewport().width() / 2
    composer.place(spoken("مرحبا", " numpy"), BELOW)
    move(composer, 0)
    assert composer.cursorRect().x() > middle
    composer.undo()
    composer.place(spoken("hello", " numpy"), BELOW)
    move(composer, 0)
    assert composer.cursorRect().x() < middle
