"""The transcript keeps its words through everything that a text box can do."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from assistant.turn.transcript import Origin, Transcript, Word
from assistant.window import wording
from assistant.window.composer import Composer
from assistant.window.worded import Known, Piece, Run, read
from tests.window.conftest import until

CONTROL = Qt.KeyboardModifier.ControlModifier


def heard(text: str, turn: int = 7, doubtful: Sequence[str] = (), language: str = "en") -> Transcript:
    """Each word half a second long, one a second."""
    words = tuple(
        Word(word if not at else f" {word}", at, at + 0.5, 0.2 if word in doubtful else 0.9, turn=turn)
        for at, word in enumerate(text.split(" "))
    )
    return Transcript(turn, words, "fake", language)


def say(composer: Composer, text: str, turn: int = 7, doubtful: Sequence[str] = ()) -> None:
    composer._typed_at = -1e9  # as if nobody had typed for a while
    composer.place(heard(text, turn, doubtful), 0.5)


def told(composer: Composer) -> str:
    """Each word with the first letter of its origin, and the turn of its recording."""
    words = composer.said()
    assert "".join(word.text for _, word in words) == composer.toPlainText().rstrip()
    return " ".join(f"{word.text.strip()}:{word.origin[0]}{turn or ''}" for turn, word in words)


def select(composer: Composer, text: str) -> None:
    start = composer.toPlainText().index(text)
    composer.go_to(start, start + len(text))


def test_what_is_spoken_stands_with_its_times(composer: Composer) -> None:
    say(composer, "how do I sort")
    assert composer.words() == heard("how do I sort").words


def test_typing_behind_and_before_words_is_typed(composer: Composer) -> None:
    say(composer, "sort a list")
    QTest.keyClicks(composer, " now")
    composer.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClicks(composer, "to ")
    assert told(composer) == "to:t sort:s7 a:s7 list:s7 now:t"


def test_a_letter_typed_into_a_word_corrects_it_and_undo_makes_it_spoken_again(composer: Composer) -> None:
    say(composer, "sort a list")
    composer.go_to(2, 2)
    QTest.keyClicks(composer, "x")
    assert told(composer) == "soxrt:c7 a:s7 list:s7"
    assert composer.words()[0].heard == "sort"
    composer.undo()
    assert told(composer) == "sort:s7 a:s7 list:s7"
    composer.redo()
    assert told(composer) == "soxrt:c7 a:s7 list:s7"


def test_a_word_deleted_letter_by_letter_and_written_anew_is_corrected(composer: Composer) -> None:
    say(composer, "use num pie now")
    start = composer.toPlainText().index(" now")
    composer.go_to(start, start)
    for _ in "num pie":
        QTest.keyClick(composer, Qt.Key.Key_Backspace)
    QTest.keyClicks(composer, "numpy")
    assert told(composer) == "use:s7 numpy:c7 now:s7"
    assert composer.words()[1] == Word(" numpy", 1, 2.5, 1.0, Origin.CORRECTED, "num pie", turn=7)


def test_words_typed_over_are_corrected_and_undo_brings_them_back(composer: Composer) -> None:
    say(composer, "use broad casting now")
    select(composer, "broad casting")
    QTest.keyClicks(composer, "broadcasting")
    assert told(composer) == "use:s7 broadcasting:c7 now:s7"
    composer.undo()
    assert told(composer) == "use:s7 broad:s7 casting:s7 now:s7"
    composer.redo()
    assert told(composer) == "use:s7 broadcasting:c7 now:s7"


def test_joined_and_split_words_are_corrected(composer: Composer) -> None:
    say(composer, "use broad casting now")
    place = composer.toPlainText().index(" casting")
    composer.go_to(place, place)
    QTest.keyClick(composer, Qt.Key.Key_Delete)
    assert told(composer) == "use:s7 broadcasting:c7 now:s7"
    composer.go_to(1, 1)
    QTest.keyClick(composer, Qt.Key.Key_Space)
    assert told(composer).startswith("u:c7 se:c7")


def test_words_that_are_cut_and_pasted_stay_the_words_they_are(composer: Composer) -> None:
    say(composer, "one two three")
    select(composer, " two")
    QTest.keyClick(composer, Qt.Key.Key_X, CONTROL)
    composer.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(composer, Qt.Key.Key_V, CONTROL)
    assert composer.toPlainText() == "one three two"
    assert told(composer) == "one:s7 three:s7 two:s7"


def test_words_of_several_paragraphs_are_pasted_as_they_were(composer: Composer) -> None:
    say(composer, "one two")
    QTest.keyClick(composer, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    composer.insert("and 🙂")  # QTest knows no such key
    composer.selectAll()
    composer.copy()
    composer.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(composer, " ")
    composer.paste()
    assert composer.toPlainText() == "one two\nand 🙂 one two\nand 🙂"
    assert told(composer) == "one:s7 two:s7 and:t 🙂:t one:s7 two:s7 and:t 🙂:t"


def test_what_another_program_copied_is_typed(composer: Composer) -> None:
    say(composer, "one two")
    carried = QMimeData()
    carried.setText(" three")
    carried.setData("application/x-aloud-words", b'{"whose": "another", "runs": [[" one", 1]]}')
    QApplication.clipboard().setMimeData(carried)
    composer.paste()
    assert told(composer) == "one:s7 two:s7 three:t"


def test_what_an_input_method_writes_is_typed(composer: Composer) -> None:
    say(composer, "one two")
    composing = QInputMethodEvent("に", [])
    QApplication.sendEvent(composer, composing)
    written = QInputMethodEvent("", [])
    written.setCommitString(" 日本")
    QApplication.sendEvent(composer, written)
    assert composer.toPlainText() == "one two 日本"
    assert told(composer) == "one:s7 two:s7 日本:t"
    corrected = QInputMethodEvent("", [])
    corrected.setCommitString("語", -1, 1)
    QApplication.sendEvent(composer, corrected)
    assert composer.toPlainText() == "one two 日語"


def test_two_recordings_are_told_apart_wherever_their_words_go(composer: Composer) -> None:
    say(composer, "one two", turn=3)
    composer.go_to(3, 3)
    say(composer, "and", turn=4)
    assert told(composer) == "one:s3 and:s4 two:s3"
    assert [word.turn for word in composer.words()] == [3, 4, 3]


def test_right_to_left_words_and_signs_beyond_two_bytes_keep_their_words(composer: Composer) -> None:
    composer.insert("🙂🙂 ")
    say(composer, "في بايثون يمكنك", doubtful=["بايثون"])
    assert told(composer) == "🙂🙂:t في:s7 بايثون:s7 يمكنك:s7"
    QTest.keyClick(composer, Qt.Key.Key_Tab)
    assert composer.textCursor().selectedText() == "بايثون"


def test_sending_a_part_leaves_the_words_of_the_rest_and_undo_brings_all_back(composer: Composer) -> None:
    say(composer, "one two")
    sent = composer.toPlainText()
    say(composer, "three four", turn=8)
    composer.take_out(sent)
    assert told(composer) == "three:s8 four:s8"
    composer.undo()
    assert told(composer) == "one:s7 two:s7 three:s8 four:s8"


def test_undo_and_redo_of_what_was_spoken_takes_and_brings_its_words(composer: Composer) -> None:
    QTest.keyClicks(composer, "typed")
    say(composer, "and spoken", doubtful=["spoken"])
    composer.undo()
    assert (told(composer), composer.doubts) == ("typed:t", 0)
    composer.redo()
    assert (told(composer), composer.doubts) == ("typed:t and:s7 spoken:s7", 1)


def test_a_comma_and_a_capital_do_not_make_a_word_another(composer: Composer) -> None:
    say(composer, "well it works")
    composer.go_to(4, 4)
    QTest.keyClicks(composer, ",")
    composer.go_to(0, 1)
    QTest.keyClicks(composer, "W")
    assert told(composer) == "Well,:s7 it:s7 works:s7"


# long transcripts

LONG = " ".join(f"word{at}{'.' if at % 12 == 11 else ''}" for at in range(20_000))


@pytest.fixture
def read_anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many words each paragraph has that is read."""
    counted: list[int] = []

    def counting(text: str, runs: Sequence[Run], known: Sequence[Known]) -> list[Piece]:
        pieces = read(text, runs, known)
        counted.append(len(pieces))
        return pieces

    monkeypatch.setattr(wording, "read", counting)
    return counted


def test_a_key_in_twenty_thousand_words_reads_and_lays_out_one_paragraph(
    composer: Composer, read_anew: list[int]
) -> None:
    say(composer, LONG)
    until(lambda: not composer._doubts.reading.isActive(), "the text to be read")
    assert sum(read_anew) == 20_000
    assert len(composer.said()) == 20_000
    for place in (0, 60_000, 120_000):
        composer.go_to(place, place)
        read_anew.clear()
        QTest.keyClicks(composer, "x")
        assert sum(read_anew) < 600
    longest = max(composer.document().findBlockByNumber(n).length() for n in range(composer.blockCount()))
    assert longest < 3000


def test_what_is_undone_is_read_in_slices(composer: Composer, read_anew: list[int]) -> None:
    composer.place(heard(LONG, doubtful=["word19998"]), 0.5)
    until(lambda: composer.doubts == 1, "the last doubtful word")
    composer.selectAll()
    QTest.keyClick(composer, Qt.Key.Key_Delete)
    assert composer.doubts == 0
    read_anew.clear()
    composer.undo()
    assert sum(read_anew) < 10_000
    until(lambda: composer.doubts == 1, "the last doubtful word")


def test_long_speech_is_in_paragraphs_at_the_ends_of_sentences(composer: Composer) -> None:
    say(composer, LONG[:6000].rsplit(".", 1)[0] + ".")
    paragraphs = composer.toPlainText().split("\n")
    assert len(paragraphs) >= 3
    assert all(paragraph.endswith(".") for paragraph in paragraphs)
    assert all(origin == "spoken" for origin in (word.origin for word in composer.words()))


def test_a_text_that_is_cut_out_as_a_whole_is_told_with_its_words(composer: Composer) -> None:
    taken: list[tuple[Word, ...]] = []
    composer.taken.connect(taken.append)
    say(composer, "use num pie now")
    select(composer, "num pie")
    QTest.keyClicks(composer, "numpy")
    QTest.keyClick(composer, Qt.Key.Key_C, CONTROL)
    select(composer, "use")
    QTest.keyClick(composer, Qt.Key.Key_X, CONTROL)
    composer.undo()
    composer.selectAll()
    QTest.keyClick(composer, Qt.Key.Key_C, CONTROL)
    assert taken == []
    QTest.keyClick(composer, Qt.Key.Key_X, CONTROL)
    [words] = taken
    assert [(word.text, word.origin, word.heard) for word in words][1] == (" numpy", "corrected", "num pie")
    assert composer.toPlainText() == ""
    composer.selectAll()
    QTest.keyClick(composer, Qt.Key.Key_X, CONTROL)
    composer.undo()
    composer.selectAll()
    QTest.keyClick(composer, Qt.Key.Key_Delete)
    assert taken == [words]


def test_a_text_cut_out_by_menu_is_told_as_well(composer: Composer) -> None:
    taken: list[tuple[Word, ...]] = []
    composer.taken.connect(taken.append)
    say(composer, "use it")
    composer.selectAll()
    QApplication.sendEvent(
        composer, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    )
    menu = until(lambda: next(iter(composer.findChildren(QMenu)), None), "the menu")
    next(action for action in menu.actions() if "Ctrl+X" in action.text()).trigger()
    menu.close()
    assert [word.text for word in taken[0]] == ["use", " it"]
