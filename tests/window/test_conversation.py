"""Conversations of any length are read, scrolled, selected and copied without waiting."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.sentences import cut
from assistant.turn.states import Reply, Speech
from assistant.turn.transcript import Origin, Word
from assistant.window.conversation import ConversationView
from assistant.window.item import Item
from assistant.window.look import Look
from tests.window.conftest import LaidOut, named, rest, until

ANSWER = """Some words **here**.

```python
print("hello")
```

- one
- two

The last line of it."""


def message(turn: int, text: str, *, mine: bool = False, **more: object) -> Message:
    return replace(Message(turn, Role.USER if mine else Role.ASSISTANT, text), **more)  # type: ignore[arg-type]


def long(count: int) -> Conversation:
    pairs = [
        one
        for turn in range(0, 2 * count, 2)
        for one in (message(turn, f"Question {turn}?", mine=True), message(turn + 1, ANSWER))
    ]
    return Conversation("long", tuple(pairs), "Long")


@pytest.fixture
def view(application: QApplication, look: Look) -> Iterator[ConversationView]:
    made = ConversationView(look)
    made.resize(440, 500)
    made.show()
    QTest.qWaitForWindowExposed(made)
    made.activateWindow()
    yield made
    made.hide()
    made.deleteLater()


def show(
    view: ConversationView, *messages: Message, reply: Reply | None = None, speech: Speech | None = None
) -> None:
    view.show_turn(Conversation("c", messages, "Title"), reply, speech)
    rest(0.03)


def point_in(view: ConversationView, item: Item, x: float, y: float) -> QPoint:
    return QPointF(view.column.left() + x, item.top - view.offset + y).toPoint()


def at_end(view: ConversationView) -> bool:
    return view.offset == view.verticalScrollBar().maximum()


def last_line(view: ConversationView) -> tuple[Item, float]:
    """The lowest message that is seen, and where."""
    item = view.visible()[-1]
    return item, item.top - view.offset


def test_a_thousand_messages_open_at_the_end_and_only_what_is_seen_is_laid_out(
    view: ConversationView, laid_out: list[LaidOut]
) -> None:
    conversation = long(500)
    view.show_turn(conversation, None, None)
    QApplication.processEvents()
    assert at_end(view)
    assert view.visible()[-1].message is conversation.messages[-1]
    assert len(laid_out) < 20
    assert len([item for item in view.items if item._flow._parts]) < 20, "hidden text is cut into pieces"


def test_scrolling_through_a_long_conversation_lays_out_only_what_comes_into_sight(
    view: ConversationView, laid_out: list[LaidOut]
) -> None:
    view.show_turn(long(500), None, None)
    for _ in range(80):
        before = len(laid_out)
        view.verticalScrollBar().setValue(view.offset - 120)
        QApplication.processEvents()
        assert len(laid_out) - before <= 3
    assert len(laid_out) > 80
    assert len(set(laid_out)) == len(laid_out), "what was seen a moment ago is laid out again"


def test_what_is_read_stays_in_place_while_what_is_above_is_measured(view: ConversationView) -> None:
    view.show_turn(long(200), None, None)
    for _ in range(40):
        item, before = last_line(view)
        view.verticalScrollBar().setValue(view.offset - 50)
        assert abs((item.top - view.offset) - (before + 50)) <= 2


def test_the_view_stays_at_the_end_while_an_answer_grows(view: ConversationView) -> None:
    question = message(1, "Why?", mine=True)
    for length in range(0, 4000, 250):
        show(view, question, reply=Reply(2, 1, aloud=False, text="words and more words " * (length // 20)))
        assert at_end(view)


def test_a_reader_who_has_scrolled_up_is_left_there(view: ConversationView) -> None:
    question, text = message(1, "Why?", mine=True), "A line of text.\n\n" * 60
    show(view, question, reply=Reply(2, 1, aloud=False, text=text))
    view.verticalScrollBar().setValue(200)
    show(view, question, reply=Reply(2, 1, aloud=False, text=text * 2))
    assert view.offset == 200
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    show(view, question, reply=Reply(2, 1, aloud=False, text=text * 3))
    assert at_end(view)


def test_a_new_question_is_seen_wherever_the_reader_was(view: ConversationView) -> None:
    conversation = long(20)
    view.show_turn(conversation, None, None)
    view.verticalScrollBar().setValue(0)
    asked = replace(conversation, messages=(*conversation.messages, message(900, "Another?", mine=True)))
    view.show_turn(asked, None, None)
    assert at_end(view)


def test_a_narrower_window_keeps_everything_within_it(view: ConversationView) -> None:
    show(view, message(1, "x" * 400, mine=True), message(2, "y" * 400 + " https://example.org/" + "z" * 200))
    view.resize(340, 420)
    rest(0.03)
    assert all(item.bubble.left() >= 0 for item in view.items if item.mine)
    assert view.column.right() <= view.viewport().width() + 1


def test_a_finished_answer_is_the_same_message_that_was_growing(view: ConversationView) -> None:
    question = message(1, "Why?", mine=True)
    show(view, question, reply=Reply(2, 1, aloud=False, text="Because."))
    growing = view.items[1]
    show(view, question, message(2, "Because."))
    assert view.items[1] is growing
    assert not growing.shown.live


def test_three_dots_wait_where_the_answer_will_be(view: ConversationView) -> None:
    show(view, message(1, "Why?", mine=True), reply=Reply(2, 1, aloud=False))
    assert view.items[-1].shown.waiting_s is not None
    until(lambda: (view.items[-1].shown.waiting_s or 0) > 0.2, "the time to be counted")
    show(view, message(1, "Why?", mine=True), reply=Reply(2, 1, aloud=False, text="Because"))
    assert view.items[-1].shown.waiting_s is None


def test_the_spoken_sentence_is_marked(view: ConversationView, look: Look) -> None:
    sentences = cut(ANSWER, 0, complete=True)
    messages = (message(1, "Why?", mine=True), message(2, ANSWER))
    heard = look.colour("heard").rgb()

    def marked() -> bool:
        image = view.viewport().grab().toImage()
        return any(
            image.pixel(x, y) == heard
            for y in range(0, image.height(), 2)
            for x in range(0, image.width(), 3)
        )

    show(view, *messages)
    assert not marked()
    show(view, *messages, speech=Speech(2, ANSWER, sentences, current=0))
    assert marked()
    show(view, *messages, speech=Speech(2, ANSWER, sentences, current=None))
    assert not marked()


def test_reading_an_older_message_marks_that_one(view: ConversationView) -> None:
    messages = (message(1, "Read me.", mine=True), message(2, "Fine."))
    show(view, *messages, speech=Speech(99, "Read me.", cut("Read me.", 0, complete=True), current=0))
    assert view.spoken_item() is view.items[0]
    assert view.mark_of(view.items[0]).end == len("Read me.")
    assert view.mark_of(view.items[1]).end == 0


def test_an_interrupted_answer_says_so(view: ConversationView) -> None:
    show(view, message(1, "Why?", mine=True), message(2, "Because", whole=False))
    assert view.items[1].note == "Stopped here."
    show(view, message(1, "Why?", mine=True), message(2, "Because"))
    assert view.items[1].note == ""


def test_reasoning_is_folded_until_it_is_wanted(view: ConversationView) -> None:
    show(view, message(1, "Why?", mine=True), message(2, "Because.", reasoning="Let me think. " * 30))
    item, folded = view.items[1], view.items[1].height
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point_in(view, item, 20, 14))
    assert item.unfolded
    assert item.height > folded + 40
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point_in(view, item, 20, 14))
    assert item.height == pytest.approx(folded)


def test_typed_words_among_spoken_ones_are_set_apart(view: ConversationView) -> None:
    words = (Word("use"), Word(" np.einsum", origin=Origin.TYPED), Word(" here"))
    show(view, message(1, "use np.einsum here", mine=True, words=words))
    show(view, message(1, "use np.einsum here", mine=True, words=words))
    typed = tuple(replace(word, origin=Origin.TYPED) for word in words)
    assert list(view.items[0]._flow._islands) == [(4, 13)]
    show(view, message(3, "use np.einsum here", mine=True, words=typed))
    assert not view.items[0]._flow._islands


def test_words_are_selected_across_messages_and_copied(view: ConversationView) -> None:
    show(view, message(1, "First question", mine=True), message(2, "Some **bold** answer."))
    mine, answer = view.items
    bubble = mine.bubble
    start = point_in(view, mine, bubble.left() + 14, 20)
    end = point_in(view, answer, 60, 12)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view.viewport(), start + QPoint(5, 5))
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("First question\n\nSome b")
    assert "**" not in copied


def test_a_double_click_selects_a_word(view: ConversationView) -> None:
    show(view, message(2, "Some words here."))
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point_in(view, view.items[0], 55, 12))
    assert view.selection.text() == "words"


def test_everything_selected_is_copied_as_it_was_written(view: ConversationView) -> None:
    show(view, message(1, "Why?", mine=True), message(2, ANSWER))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == f"Why?\n\n{ANSWER}"


class _Browser:
    def __init__(self) -> None:
        self.opened: list[str] = []

    def openUrl(self, url: QUrl) -> bool:
        self.opened.append(url.toString())
        return True


def test_a_link_opens_only_when_it_is_clicked(
    view: ConversationView, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = _Browser()
    monkeypatch.setattr(QDesktopServices, "openUrl", browser.openUrl)
    show(view, message(2, "[a link to it](https://example.org/a) and words"))
    where = point_in(view, view.items[0], 20, 12)
    QTest.mouseMove(view.viewport(), where)
    rest(0.02)
    assert browser.opened == []
    assert view.viewport().toolTip() == "https://example.org/a"
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert browser.opened == ["https://example.org/a"]
    view.open_link("file:///etc/passwd")
    assert len(browser.opened) == 1


def test_code_is_copied_by_its_button(view: ConversationView) -> None:
    show(view, message(2, ANSWER))
    button = next(
        one
        for one in view.findChildren(QToolButton)
        if one.accessibleName() == "Copy code" and one.isVisible() and one.property("oncode")
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == 'print("hello")'


def test_the_actions_of_a_message_are_reached_by_keyboard(view: ConversationView) -> None:
    asked: list[str] = []
    view.read_aloud.connect(asked.append)
    show(view, message(1, "Why?", mine=True), message(2, ANSWER))
    view.setFocus()
    until(view.hasFocus)
    assert view.current is view.items[1]
    QTest.keyClick(view, Qt.Key.Key_Return)
    until(lambda: named(view, "Copy").hasFocus(), "the first action to have the focus")
    QTest.keyClick(named(view, "Copy"), Qt.Key.Key_Tab)
    QTest.keyClick(named(view, "Copy all code"), Qt.Key.Key_Tab)
    assert named(view, "Read aloud").hasFocus()
    QTest.keyClick(named(view, "Read aloud"), Qt.Key.Key_Space)
    assert asked == [ANSWER]


def test_arrows_go_from_message_to_message(view: ConversationView) -> None:
    conversation = long(5)
    view.show_turn(conversation, None, None)
    view.setFocus()
    until(view.hasFocus)
    for at in (8, 7, 6):
        QTest.keyClick(view, Qt.Key.Key_Up)
        assert view.current is view.items[at]
        assert view.current in view.visible()


def test_home_and_end_go_to_the_first_and_the_last_message(view: ConversationView) -> None:
    view.show_turn(long(50), None, None)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.visible()[0] is view.items[0]
    QTest.keyClick(view, Qt.Key.Key_End)
    assert at_end(view)
    assert view.visible()[-1] is view.items[-1]


def test_a_tall_message_is_scrolled_before_the_next_one_is_taken(view: ConversationView) -> None:
    show(view, message(1, "Why?", mine=True), message(2, "A line.\n\n" * 100))
    view.setFocus()
    until(view.hasFocus)
    before = view.offset
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.current is view.items[1]
    assert view.offset < before


def test_again_is_offered_for_the_last_answer_alone(view: ConversationView) -> None:
    asked: list[bool] = []
    view.answer_again.connect(lambda: asked.append(True))
    show(view, message(1, "Why?", mine=True), message(2, "Because."))
    QTest.mouseClick(named(view, "Answer again"), Qt.MouseButton.LeftButton)
    assert asked == [True]


def test_wide_code_is_scrolled_sideways(view: ConversationView) -> None:
    show(view, message(2, "```\n" + "x = 1; " * 60 + "\n```\n"))
    item = view.items[0]
    inside = QPointF(20, 20)
    assert item.scroll_sideways(inside, 50)
    assert not item.scroll_sideways(QPointF(20, 500), 50)


def test_colours_change_with_the_system_at_once(view: ConversationView, look: Look) -> None:
    show(view, message(2, "`code` and [a link](https://example.org)"))
    light = view.viewport().grab().toImage()
    look.use("dark")
    rest(0.03)
    dark = view.viewport().grab().toImage()
    assert dark.pixelColor(2, 2) == look.colour("ground")
    assert light.pixelColor(2, 2) != dark.pixelColor(2, 2)


def test_screen_readers_find_every_visible_message(view: ConversationView) -> None:
    show(view, message(1, "Why?", mine=True), message(2, "Because."))
    assert named(view, "You: Why?")
    assert named(view, "Answer: Because.")
