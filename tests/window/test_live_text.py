"""What is understood so far grows while one speaks: calmly, readably, and as cheaply after an hour as after a word."""

import math
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QColor, QFont
from PySide6.QtWidgets import QApplication, QWidget

from assistant.turn.conversation import Conversation
from assistant.turn.events import Goal, Recording
from assistant.turn.states import Listening, Session, Transcribing
from assistant.turn.transcript import Transcript, Word
from assistant.window import live_text
from assistant.window.live_text import Line, LiveText, broken
from assistant.window.look import Look
from tests.window.conftest import Open, Opened, named, until

SENTENCE = "there are nine blue books on the table and nobody knows who put them there"
WIDTH = 300


@pytest.fixture
def live(application: QApplication, look: Look) -> Iterator[LiveText]:
    parent = QWidget()
    parent.resize(WIDTH, 120)
    made = LiveText(look, parent)
    made.setGeometry(parent.rect())
    parent.show()
    yield made
    parent.hide()
    parent.deleteLater()


@pytest.fixture
def broken_up(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many characters were broken into lines, each time."""
    counted: list[int] = []

    def counting(text: str, font: QFont, width: float) -> list[Line]:
        counted.append(len(text))
        return broken(text, font, width)

    monkeypatch.setattr(live_text, "broken", counting)
    return counted


def lines(live: LiveText) -> list[str]:
    return [line.text.strip() for line in live._lines]


def words(count: int) -> str:
    return " ".join((SENTENCE.split() * (count // 15 + 1))[:count])


def said(text: str, firm: int = 0, turn: int = 5) -> Listening:
    pieces = tuple(Word(piece) for piece in re.findall(r"\s*\S+", text))
    return Listening(
        turn, Goal.ASK, 0.0, live=True, tentative=Transcript(turn, pieces, "fake", "en"), firm=firm
    )


def show(opened: Opened, listening: Listening) -> None:
    opened.show(Session(9, Conversation("c"), listening=listening))


def ink(widget: QWidget, look: Look, colour: str) -> int:
    """How many pixels have exactly this colour."""
    image, wanted = widget.grab().toImage(), look.colour(colour).rgb()
    return sum(
        QColor(image.pixel(x, y)).rgb() == wanted for x in range(image.width()) for y in range(image.height())
    )


def test_after_two_thousand_words_a_new_one_costs_no_more_than_after_twenty(
    live: LiveText, broken_up: list[int]
) -> None:
    live.show_words(words(20), 0)
    broken_up.clear()
    live.show_words(words(21), 0)
    few = max(broken_up)
    live.show_words(words(2000), 0)
    for count in range(2001, 2100):
        broken_up.clear()
        live.show_words(words(count), len(words(count - 5)))
        assert sum(broken_up) <= 2 * few + 20
    assert lines(live) == [line.text.strip() for line in broken(words(2099), live.font(), live.width())]


@pytest.mark.parametrize("count", range(2000, 2015))  # so that the change falls anywhere in a line
def test_a_change_of_the_last_words_lays_out_the_line_before_them_and_what_follows(
    live: LiveText, broken_up: list[int], count: int
) -> None:
    before, after = f"{words(count)} {'extraordinarily' * 2}", f"{words(count)} a b"
    live.show_words(before, 0)
    broken_up.clear()
    live.show_words(after, 0)
    assert sum(broken_up) < 200
    assert lines(live) == [line.text.strip() for line in broken(after, live.font(), live.width())]


def test_what_did_not_change_is_not_laid_out_at_all(live: LiveText, broken_up: list[int]) -> None:
    live.show_words(words(100), 10)
    broken_up.clear()
    live.show_words(words(100), 60)
    assert broken_up == []


def test_firm_words_are_in_ink_and_those_that_may_change_are_fainter(live: LiveText, look: Look) -> None:
    live.show_words(SENTENCE, 0)
    assert ink(live, look, "ink") == 0
    assert ink(live, look, "tentative") > 0
    live.show_words(SENTENCE, len(SENTENCE))
    assert ink(live, look, "ink") > 0
    assert ink(live, look, "tentative") == 0
    live.show_words(SENTENCE, 30)
    assert ink(live, look, "ink") > 0
    assert ink(live, look, "tentative") > 0


def test_the_height_stays_while_words_change_and_goes_with_them(live: LiveText) -> None:
    live.show_words(words(40), 0)
    tall = live.wanted_height
    live.show_words(words(20), 0)
    assert live.wanted_height == tall
    live.show_words("", 0)
    assert live.wanted_height == 0
    assert not live.isVisible()


def test_it_takes_no_more_than_whole_lines(live: LiveText) -> None:
    live.show_words(words(100), 0)
    line = live._lines[0].height
    assert live.fitting(10_000, 2) == math.ceil(live.wanted_height)
    assert live.fitting(int(3.9 * line), 2) == math.ceil(3 * line)
    assert live.fitting(0, 2) == math.ceil(2 * line)
    live.show_words("", 0)
    assert live.fitting(0, 2) == 0
    live.show_words("one", 0)
    assert live.fitting(0, 2) == math.ceil(line)


def test_the_newest_words_are_seen_where_there_is_no_room_for_all(live: LiveText) -> None:
    live.show_words(words(400), len(words(400)))
    end = live.grab(QRect(0, 60, WIDTH, 60)).toImage()
    live.show_words("x " * 300 + words(400), 5000)
    assert live.grab(QRect(0, 60, WIDTH, 60)).toImage() == end


def test_a_narrower_window_breaks_the_lines_anew(live: LiveText) -> None:
    live.show_words(words(60), 0)
    live.setFixedWidth(150)
    assert lines(live) == [line.text.strip() for line in broken(words(60), live.font(), 150)]


@pytest.mark.parametrize(
    "text", ["日本語の文章がここにあります。" * 9, "🙂👩‍💻 " * 40 + "end", "في بايثون يمكنك " * 12]
)
def test_every_script_is_broken_as_a_text_box_does(live: LiveText, text: str) -> None:
    for end in range(1, len(text), 7):
        live.show_words(text[:end], end // 2)
        live.grab()
    live.show_words(text, 0)
    assert "".join(line.text for line in live._lines) == text
    assert lines(live) == [line.text.strip() for line in broken(text, live.font(), live.width())]


def test_screen_readers_find_what_is_understood_so_far(live: LiveText) -> None:
    live.show_words(SENTENCE, 5)
    found = QAccessible.queryAccessibleInterface(live)
    assert found.text(QAccessible.Text.Name) == f"Understood so far: {SENTENCE}"
    assert found.role() == QAccessible.Role.StaticText


def test_nothing_moves_when_the_words_become_text(open_window: Open) -> None:
    opened = open_window()
    text = words(30)
    live = opened.composer.live
    show(opened, said(text, firm=30))
    until(lambda: live.height() >= live.wanted_height, "the words to be seen")
    height, seen = opened.composer.height(), lines(live)
    listening = said(text, firm=30)
    assert listening.tentative is not None
    transcribing = Transcribing(5, Goal.ASK, Recording("5.wav", 3.0, 0.5), tentative=listening.tentative)
    opened.show(Session(9, Conversation("c"), transcribing=(transcribing,)))
    opened.bridge.place(listening.tentative)
    until(lambda: opened.text == text, "the text")
    assert opened.composer.height() == height
    layout = opened.composer.document().firstBlock().layout()
    placed = [layout.lineAt(number) for number in range(layout.lineCount())]
    assert [text[line.textStart() :][: line.textLength()].strip() for line in placed] == seen
    assert not live.isVisible()
    assert not opened.talk.card._beside.isVisible(), "the same words are not shown twice"


def test_the_composer_grows_with_what_is_said_up_to_its_share(open_window: Open) -> None:
    opened = open_window()
    heights = []
    for count in range(1, 300, 10):
        show(opened, said(words(count)))
        heights.append(opened.composer.height())
    assert heights == sorted(heights)
    assert heights[0] < heights[-1] <= 0.4 * opened.window.height()


def test_a_letter_typed_into_what_is_being_said_leaves_it_to_be_seen_below(open_window: Open) -> None:
    opened = open_window()
    opened.focus()
    show(opened, said(words(60)))
    card, line = opened.talk.card, opened.composer.fontMetrics().lineSpacing()
    until(lambda: card.height() > 5 * line, "the words to be seen")
    before = card.height()
    opened.write("x")
    until(lambda: abs(card.height() - before) <= 2 * line, "it to keep its height")
    below = named(card, f"Understood so far: {words(60)}")
    assert below.geometry().top() > opened.composer.geometry().bottom()
    assert not opened.composer.live.isVisible()
    show(opened, replace(said("x"), tentative=None))
    assert not below.isVisible()
