"""What is typed while the key is held stands at that moment of the sentence, letter by letter as it was typed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from assistant.turn.conversation import Conversation
from assistant.turn.events import Goal
from assistant.turn.states import Listening, Session
from assistant.turn.transcript import Transcript, Word
from assistant.window import islands
from assistant.window.composer import Composer
from tests.window.conftest import Open, until

SENTENCE = ("How", " do", " I", " use.", " For", " a", " batch?")


def said(*words: str, turn: int = 5) -> Transcript:
    """A word a second."""
    return Transcript(turn, tuple(Word(word, at, at + 0.8) for at, word in enumerate(words)), "fake", "en")


@pytest.fixture(autouse=True)
def no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(islands, "monotonic", lambda: 100.0)


def type_at(composer: Composer, at_s: float, text: str, turn: int = 5) -> None:
    composer.islands.listen(turn, at_s)
    QTest.keyClicks(composer, text)
    composer._typed_at = -1e9  # as if nobody had typed for a while


def test_an_island_stands_at_its_moment_and_speech_closes_up_around_it(composer: Composer) -> None:
    type_at(composer, 3.9, "np.einsum")
    composer.place(said(*SENTENCE), 0.5)
    assert composer.toPlainText() == "How do I use np.einsum for a batch?"
    assert [word.origin[0] for word in composer.words()] == list("sssstsss")
    assert composer.words()[5].start_s == 4


def test_several_islands_each_at_their_moment(composer: Composer) -> None:
    type_at(composer, 1.9, "np.dot")
    type_at(composer, 2.9, " ")
    type_at(composer, 3.9, "x.y ")
    composer.place(said("either", " this", " or", " that", " there."), 0.5)
    assert composer.toPlainText() == "either this np.dot or that x.y there."


def test_an_island_before_and_one_after_all_that_was_said(composer: Composer) -> None:
    type_at(composer, 0.0, "first")
    composer.place(said("then", " this"), 0.5)
    assert composer.toPlainText() == "first then this"
    type_at(composer, 9.0, " last", turn=6)
    composer.place(said("and", turn=6), 0.5)
    assert composer.toPlainText() == "first then this and last"


def test_what_was_typed_before_the_key_stays_before(composer: Composer) -> None:
    QTest.keyClicks(composer, "so ")
    type_at(composer, 1.9, "x")
    composer.place(said("Take", " one", " now."), 0.5)
    assert composer.toPlainText() == "so take one x now."


def test_who_is_still_typing_keeps_the_cursor(composer: Composer) -> None:
    composer.islands.listen(5, 1.9)
    QTest.keyClicks(composer, "np.ein")
    composer.place(said("use", " it", " now"), 0.5)
    QTest.keyClicks(composer, "sum")
    assert composer.toPlainText() == "use it np.einsum now"


def test_one_undo_takes_the_speech_and_leaves_the_island(composer: Composer) -> None:
    type_at(composer, 1.9, "np.dot")
    composer.place(said("use", " it", " now"), 0.5)
    composer.undo()
    assert composer.toPlainText() == "np.dot"
    composer.undo()
    assert composer.toPlainText() == ""


def test_speech_without_times_comes_after_what_was_typed(composer: Composer) -> None:
    type_at(composer, 1.9, "np.dot")
    composer.place(Transcript(5, (Word("use"), Word(" it")), "fake", "en"), 0.5)
    assert composer.toPlainText() == "np.dot use it"


def test_the_window_notes_the_moment_while_it_listens(open_window: Open) -> None:
    opened = open_window()
    opened.focus()
    listening = Listening(5, Goal.ASK, 0.0, live=True, duration_s=3.9)
    opened.show(Session(6, Conversation("c"), listening=listening))
    opened.write("np.einsum")
    opened.show(Session(6, Conversation("c"), listening=replace(listening, duration_s=7.0)))
    opened.composer.place(said(*SENTENCE), 0.5)
    until(lambda: opened.text == "How do I use np.einsum for a batch?")
    opened.show(Session(6, Conversation("c")))
    opened.composer.selectAll()
    QTest.keyClick(opened.composer, Qt.Key.Key_Delete)
    QTest.keyClicks(opened.composer, "typed")
    opened.composer.place(said("and", turn=5), 0.5)
    assert opened.text == "typed and"
