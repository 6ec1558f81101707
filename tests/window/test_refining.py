"""A later pass puts right what nobody has touched, and nothing else."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from assistant.turn.transcript import Alternative, Origin, Transcript, Word
from assistant.window.composer import Composer

CONTROL = Qt.KeyboardModifier.ControlModifier


def words(text: str, start_s: float = 0.0, probability: float = 0.9) -> tuple[Word, ...]:
    """A word a second."""
    return tuple(
        Word(f" {word}" if at or start_s else word, start_s + at, start_s + at + 0.8, probability)
        for at, word in enumerate(text.split())
    )


def say(composer: Composer, text: str, turn: int = 7, probability: float = 0.9) -> None:
    composer._typed_at = -1e9
    composer.place(Transcript(turn, words(text, probability=probability), "fake", "en"), 0.5)


def spoken(composer: Composer) -> list[str]:
    return [f"{word.text.strip()}:{word.origin[0]}" for word in composer.words()]


def select(composer: Composer, text: str) -> None:
    start = composer.toPlainText().index(text)
    composer.go_to(start, start + len(text))


def again(*parts: tuple[str, float, float]) -> Sequence[Word]:
    return tuple(Word(text, start_s, end_s, turn=7) for text, start_s, end_s in parts)


def test_a_better_text_takes_the_place_of_the_words_heard_at_that_time(composer: Composer) -> None:
    say(composer, "use broad casting for it", probability=0.3)
    composer.refine(7, again((" broadcasting", 1.0, 2.8)))
    assert composer.toPlainText() == "use broadcasting for it"
    assert composer.words()[1] == Word(" broadcasting", 1.0, 2.8, turn=7)
    assert composer.doubts == 3
    composer.undo()
    assert (composer.toPlainText(), composer.doubts) == ("use broad casting for it", 5)
    composer.redo()
    assert composer.toPlainText() == "use broadcasting for it"


def test_the_cursor_stays_where_it_is(composer: Composer) -> None:
    say(composer, "use broad casting for it")
    for place, after in ((0, 0), (4, 4), (17, 16), (24, 23)):
        composer.go_to(place, place)
        composer.refine(7, again((" broadcasting", 1.0, 2.8)))
        assert composer.textCursor().position() == after
        composer.undo()


def test_a_word_that_somebody_is_at_stays(composer: Composer) -> None:
    say(composer, "use broad casting")
    composer.go_to(6, 6)
    composer.refine(7, again((" broadcasting", 1.0, 2.8)))
    assert composer.toPlainText() == "use broad casting"


def test_a_selected_word_is_put_right_and_stays_selected(composer: Composer) -> None:
    say(composer, "use broad casting")
    select(composer, "broad casting")
    composer.refine(7, again((" broadcasting", 1.0, 2.8)))
    assert composer.textCursor().selectedText() == "broadcasting"


def test_what_was_typed_changed_chosen_or_found_right_is_never_overwritten(composer: Composer) -> None:
    doubtful = Word(" cube", 3.0, 3.8, 0.2, alternatives=(Alternative("kubectl", "systems"),))
    heard = (*words("use broad now"), doubtful, Word(" cuddle", 4.0, 4.8, 0.2))
    composer.place(Transcript(7, heard, "fake", "en"), 0.5)
    select(composer, "broad")
    QTest.keyClicks(composer, "wide")
    composer.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(composer, Qt.Key.Key_Tab)
    QTest.keyClick(composer, Qt.Key.Key_1)
    QTest.keyClick(composer, Qt.Key.Key_Escape)
    QTest.keyClicks(composer, " typed")
    before = composer.toPlainText()
    assert before == "use wide now kubectl cuddle typed"
    composer.refine(7, words("USED board know cuba castle"))
    assert composer.toPlainText() == "USED wide know kubectl cuddle typed"
    assert spoken(composer) == ["USED:s", "wide:c", "know:s", "kubectl:c", "cuddle:s", "typed:t"]


def test_the_same_text_has_new_guesses_and_no_step_of_undo(composer: Composer) -> None:
    say(composer, "use broad casting", probability=0.3)
    steps = composer.document().availableUndoSteps()
    better = Word(" broad", 1.0, 1.8, 0.95, alternatives=(Alternative("board"),), turn=7)
    composer.refine(7, (better,))
    assert composer.doubts == 2
    assert composer.words()[1] == better
    assert composer.document().availableUndoSteps() == steps


def test_words_of_another_recording_and_another_time_stay(composer: Composer) -> None:
    say(composer, "one two", turn=3)
    say(composer, "one two", turn=4)
    composer.refine(4, again((" too", 1.0, 1.8)))
    assert composer.toPlainText() == "one two one too"
    composer.refine(9, again((" xx", 1.0, 1.8)))
    composer.refine(4, again((" xx", 7.0, 8.8)))
    composer.refine(4, (Word(" untimed"),))
    assert composer.toPlainText() == "one two one too"


def test_a_full_stop_of_words_decoded_alone_does_not_come_along(composer: Composer) -> None:
    say(composer, "use broad casting for it")
    composer.refine(7, again((" broad-casting.", 1.0, 2.8)))
    assert composer.toPlainText() == "use broad-casting for it"


def test_a_better_guess_at_the_selected_word_is_shown_at_once(composer: Composer) -> None:
    say(composer, "use broad", probability=0.3)
    QTest.keyClick(composer, Qt.Key.Key_Tab)
    composer.refine(7, (Word("use", 0.0, 0.8, 0.3, alternatives=(Alternative("fuse"),)),))
    assert composer.mending.is_open
    QTest.keyClick(composer, Qt.Key.Key_1)
    assert composer.toPlainText() == "fuse broad"


def test_guesses_that_one_may_be_reading_keep_their_numbers(composer: Composer) -> None:
    near = Alternative("Sphinx", "corrections")
    composer.place(Transcript(7, (Word("six", 0.0, 0.8, 0.3, alternatives=(near,)),), "fake"), 0.5)
    composer.refine(7, (Word("six", 0.0, 0.8, 0.3, alternatives=(Alternative("sics"), near)),))
    assert composer.words()[0].alternatives == (near, Alternative("sics"))


def test_what_stood_there_is_offered(composer: Composer) -> None:
    say(composer, "use sicks, now", probability=0.3)
    composer.refine(7, again((" six", 1.0, 1.8)))
    assert composer.words()[1].alternatives == (Alternative("sicks"),)
    assert composer.words()[1].text.strip(" ,") == "six"


def test_a_term_beside_a_doubtful_word_stays_when_both_are_heard_again(composer: Composer) -> None:
    term = Word(" numpy", 1.0, 2.8, 0.9, Origin.REPLACED, "num pie", "python", (Alternative("num pie"),), 7)
    composer.place(Transcript(7, (Word("six", 0.0, 0.8, 0.3, turn=7), term), "fake"), 0.5)
    composer.refine(7, again(("six", 0.0, 0.8), (" num", 1.0, 1.8), (" pie", 2.0, 2.8)))
    assert composer.toPlainText() == "six numpy"
    assert composer.words()[1] == term


@pytest.mark.parametrize("origin", [Origin.SPOKEN, Origin.REPLACED])
def test_terms_come_with_a_later_pass(composer: Composer, origin: Origin) -> None:
    say(composer, "use num pie now")
    term = Word(" numpy", 1.0, 2.8, 0.9, origin, "num pie", "python", (Alternative("num pie"),), 7)
    composer.refine(7, (term,))
    assert composer.words()[1] == term
