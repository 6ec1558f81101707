"""Speaking, typing, sending, stopping: with real keys on a real display."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from assistant.settings import Chat, Keys, Settings
from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.events import (
    AnswerAgainAsked,
    Cancelled,
    DraftEdited,
    Fault,
    Goal,
    Habits,
    LooksAbandoned,
    Placed,
    ReadAloudAsked,
    Recording,
    SendMode,
    SpeechStopped,
    Submitted,
)
from assistant.turn.sentences import cut
from assistant.turn.states import Listening, Session, Speech, Stage, Transcribing
from assistant.turn.transcript import Transcript, Word
from tests.fakes.controls import FakeControls
from tests.window.conftest import Open, Opened, named, rest, until

LOOK_FIRST = Habits(send=SendMode.AFTER_LOOK)


@pytest.fixture
def opened(open_window: Open) -> Opened:
    opened = open_window()
    opened.focus()
    return opened


def after_a_look(open_window: Open) -> Opened:
    controls = FakeControls(Settings(chat=Chat(send=SendMode.AFTER_LOOK)))
    controls.session = replace(controls.session, habits=LOOK_FIRST)
    opened = open_window(controls)
    opened.focus()
    return opened


def texts(opened: Opened) -> list[str]:
    return [item.message.text for item in opened.conversation.items if item.message.text]


def test_one_may_type_at_once(opened: Opened) -> None:
    opened.write("Hello")
    assert opened.text == "Hello"
    assert opened.wait_for(DraftEdited).text == "Hello"


def test_a_typed_question_is_sent_answered_and_the_box_is_empty(opened: Opened) -> None:
    opened.controls.will_answer("Because ", "of **this**.")
    opened.write("Why?")
    opened.press("Return")
    assert opened.wait_for(Submitted).text == "Why?"
    until(lambda: texts(opened) == ["Why?", "Because of **this**."], "the answer")
    assert opened.text == ""


def test_the_button_held_and_let_go_is_the_key_held_and_let_go(open_window: Open) -> None:
    opened = after_a_look(open_window)
    opened.controls.will_hear(("What", 0.9), (" is", 0.9), (" it?", 0.9))
    mic = opened.talk.card.mic
    QTest.mousePress(mic, Qt.MouseButton.LeftButton)
    until(lambda: opened.window.session and opened.window.session.stage is Stage.LISTENING, "listening")
    until(lambda: named(opened.window, "Talk").accessibleDescription() == "Listening")
    QTest.mouseRelease(mic, Qt.MouseButton.LeftButton)
    until(lambda: opened.text == "What is it?", "the transcript")
    assert opened.controls.presses == [("talk", True), ("talk", False)]
    assert opened.wait_for(Placed).text == "What is it?"
    opened.press("Return")
    until(lambda: texts(opened) == ["What is it?"], "the question")


def test_the_space_bar_holds_the_button_too_and_repeats_do_not_count(opened: Opened) -> None:
    opened.talk.card.mic.setFocus()
    opened.screen.key_down("space")
    until(lambda: opened.controls.presses == [("talk", True)])
    rest(0.8)  # the key repeats by now
    opened.screen.key_up("space")
    until(lambda: opened.controls.presses[-1] == ("talk", False))
    assert opened.controls.presses == [("talk", True), ("talk", False)]


def test_a_repeat_that_comes_as_a_release_and_a_press_is_none(opened: Opened) -> None:
    mic, presses = opened.talk.card.mic, opened.controls.presses
    QTest.keyPress(mic, Qt.Key.Key_Space)
    for _ in range(3):
        QTest.keyRelease(mic, Qt.Key.Key_Space)
        QTest.keyPress(mic, Qt.Key.Key_Space)
    rest(0.3)
    assert presses == [("talk", True)]
    QTest.keyRelease(mic, Qt.Key.Key_Space)
    until(lambda: presses[-1] == ("talk", False))
    assert presses == [("talk", True), ("talk", False)]


def test_what_was_spoken_is_sent_at_once_where_that_is_wanted(opened: Opened) -> None:
    opened.controls.will_hear(("What", 0.9), (" now?", 0.9))
    opened.controls.press("talk", True)
    opened.controls.press("talk", False)
    until(lambda: texts(opened) == ["What now?"], "the question")
    assert opened.text == ""


def test_typing_while_speech_comes_in_is_kept_and_nothing_is_sent(opened: Opened) -> None:
    opened.controls.will_hear(("About", 0.9), (" that.", 0.9))
    opened.controls.press("talk", True)
    until(lambda: opened.window.session and opened.window.session.listening)
    opened.write("np.einsum")
    opened.controls.press("talk", False)
    until(lambda: "np.einsum" in opened.text and "about that." in opened.text, "both")
    rest()
    assert texts(opened) == []


def test_doubtful_words_are_gone_through_by_tab_and_typed_over(open_window: Open) -> None:
    opened = after_a_look(open_window)
    opened.controls.will_hear(("use", 0.9), (" broad", 0.2), (" casting", 0.3))
    opened.controls.press("talk", True)
    opened.controls.press("talk", False)
    until(lambda: opened.text == "use broad casting")
    until(lambda: "2 doubtful words" in opened.talk.card.state_text())
    opened.press("Tab")
    opened.write("broadcasting")
    opened.press("Tab", "Delete", "BackSpace")
    until(lambda: opened.text == "use broadcasting")
    assert opened.talk.card.state_text() == "Hold Right Ctrl"


def test_undo_brings_back_what_was_sent(opened: Opened) -> None:
    opened.write("one")
    opened.press("Return")
    until(lambda: opened.text == "")
    opened.press("ctrl+z")
    until(lambda: opened.text == "one")


def test_what_is_typed_after_sending_is_not_cleared(opened: Opened) -> None:
    opened.write("one")
    opened.press("Return")
    opened.write("two")
    until(lambda: opened.text == "two")


def test_shift_enter_is_a_line(opened: Opened) -> None:
    opened.write("a")
    opened.press("shift+Return")
    opened.write("b")
    until(lambda: opened.text == "a\nb")
    assert not any(isinstance(event, Submitted) for event in opened.controls.events)


def test_an_empty_box_sends_nothing(opened: Opened) -> None:
    opened.press("Return")
    rest()
    assert not any(isinstance(event, Submitted) for event in opened.controls.events)


def test_enter_while_listening_sends_what_is_being_said(opened: Opened) -> None:
    opened.controls.will_hear(("Go", 0.9))
    opened.controls.press("talk", True)
    until(lambda: opened.window.session and opened.window.session.listening)
    opened.press("Return")
    until(lambda: texts(opened) == ["Go"], "the question")


def test_escape_cancels_then_dismisses(opened: Opened) -> None:
    opened.write("Why?")
    opened.press("Return")
    until(lambda: opened.window.session and opened.window.session.reply)
    opened.press("Escape")
    opened.wait_for(Cancelled)
    until(lambda: opened.window.session and opened.window.session.reply is None)
    notice = Fault("code", "It is broken.")
    opened.show(replace(opened.controls.session, notices=(notice,)))
    assert opened.talk.notice.isVisible()
    opened.press("Escape")
    until(lambda: not opened.talk.notice.isVisible(), "the notice to go")


def test_one_sees_that_words_are_listened_to_again_and_escape_ends_it(opened: Opened) -> None:
    opened.show(replace(opened.controls.session, looks=(7,)))
    assert opened.talk.card.state_text() == "Listening again, Esc stops"
    opened.press("Escape")
    opened.wait_for(LooksAbandoned)
    assert not any(isinstance(event, Cancelled) for event in opened.controls.events)


def test_the_button_stops_an_answer_and_sends_again_afterwards(opened: Opened) -> None:
    opened.write("Why?")
    QTest.mouseClick(named(opened.window, "Send"), Qt.MouseButton.LeftButton)
    until(lambda: opened.window.session and opened.window.session.reply)
    until(lambda: opened.talk.card.send.accessibleName() == "Stop")
    opened.write("And")
    assert opened.talk.card.send.accessibleName() == "Send"
    opened.press("ctrl+a", "BackSpace")
    QTest.mouseClick(named(opened.window, "Stop"), Qt.MouseButton.LeftButton)
    opened.wait_for(Cancelled)


def reading(conversation: str = "c") -> Session:
    text = "First sentence here. Second sentence here."
    messages = (Message(1, Role.USER, "Why?"), Message(2, Role.ASSISTANT, text))
    speech = Speech(2, text, cut(text, 0, complete=True), current=0)
    return Session(3, Conversation(conversation, messages, "Why?"), speech=speech)


def test_speech_is_stopped_by_its_key_and_by_its_button(opened: Opened) -> None:
    opened.show(reading())
    opened.press("ctrl+period")
    opened.wait_for(SpeechStopped)
    opened.controls.events.clear()
    opened.show(reading())
    QTest.mouseClick(named(opened.window, "Stop reading"), Qt.MouseButton.LeftButton)
    opened.wait_for(SpeechStopped)


def test_a_message_is_read_aloud_and_answered_again_on_request(opened: Opened) -> None:
    opened.show(replace(reading(), speech=None))
    QTest.mouseClick(named(opened.window, "Read aloud"), Qt.MouseButton.LeftButton)
    assert opened.wait_for(ReadAloudAsked).text.startswith("First sentence")
    opened.show(replace(reading("d"), speech=None))
    QTest.mouseClick(named(opened.window, "Answer again"), Qt.MouseButton.LeftButton)
    opened.wait_for(AnswerAgainAsked)


def test_the_last_message_is_edited_unless_something_is_being_written(opened: Opened) -> None:
    opened.show(replace(reading(), speech=None))
    opened.press("ctrl+Up")
    until(lambda: opened.text == "Why?")
    assert opened.wait_for(DraftEdited).text == "Why?"
    opened.press("ctrl+a")
    opened.write("Else")
    opened.press("ctrl+Up")
    rest()
    assert opened.text == "Else"


def heard(*words: str) -> Transcript:
    return Transcript(5, tuple(Word(word) for word in words), "fake", "en")


def test_it_is_seen_that_one_is_heard(opened: Opened) -> None:
    listening = Listening(5, Goal.ASK, 0.0, live=False)
    card = opened.talk.card
    opened.show(Session(6, Conversation("c"), listening=listening))
    assert card.state_text() == "Opening the microphone"
    quiet = replace(listening, live=True, level=0.01, duration_s=3.2)
    opened.show(Session(6, Conversation("c"), listening=quiet))
    assert card.state_text() == "Listening 0:03"
    before = card.mic.grab().toImage()
    opened.show(Session(6, Conversation("c"), listening=replace(quiet, level=0.8)))
    assert card.mic.grab().toImage() != before
    written = Transcribing(5, Goal.ASK, Recording("5.wav", 3.0, 0.5), tentative=heard("hello"))
    opened.show(Session(6, Conversation("c"), transcribing=(written,)))
    assert card.state_text() == "Writing it down"


def test_what_is_understood_so_far_is_shown_beside_what_is_typed(opened: Opened) -> None:
    opened.write("typed")
    listening = Listening(5, Goal.ASK, 0.0, live=True, tentative=heard("and", " spoken"))
    opened.show(Session(6, Conversation("c"), listening=listening))
    assert named(opened.talk.card, "Understood so far: and spoken").y() > opened.composer.geometry().bottom()
    assert opened.text == "typed"


def test_the_hint_names_the_key_of_the_settings(open_window: Open) -> None:
    opened = open_window(settings=Settings(keys=Keys(talk="ctrl+alt+space")))
    assert opened.composer.placeholderText() == "Hold Ctrl+Alt+Space and speak, or type"


def test_another_conversation_brings_its_draft(opened: Opened) -> None:
    opened.write("unsent")
    opened.bridge.load("the draft of the other")
    until(lambda: opened.text == "the draft of the other")
    opened.press("ctrl+z")
    until(lambda: opened.text == "unsent")


def test_the_composer_takes_no_more_than_its_share_of_the_window(opened: Opened) -> None:
    opened.composer.load("line\n" * 60)
    rest(0.05)
    assert opened.composer.height() <= opened.window.height() * 0.4
    opened.window.resize(440, 480)
    rest(0.05)
    assert opened.composer.height() <= 480 * 0.4


def test_the_last_dictation_is_asked_for_with_a_key_and_what_is_cut_out_is_learned_from(
    opened: Opened,
) -> None:
    QTest.keyClick(
        opened.composer,
        Qt.Key.Key_Up,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    until(lambda: opened.controls.dictations_corrected == 1, "the dictation to be asked for")
    opened.composer.place(Transcript(7, (Word("use", 0.0, 0.4), Word(" it", 0.4, 0.6)), "fake", "en"), 0.5)
    opened.composer.selectAll()
    QTest.keyClick(opened.composer, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert [[word.text for word in words] for words in opened.controls.taken_out] == [["use", " it"]]
