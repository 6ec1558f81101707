"""The developer panel shows when what happened in the last turn: as a bar in proportion, and in figures."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QLabel

from assistant.settings import Settings, Window
from assistant.turn.conversation import Conversation
from assistant.turn.states import Session
from assistant.turn.timeline import Moment, Span, Timeline
from assistant.window.timeline_strip import EMPTY, TimelineView, pieces
from tests.fakes.controls import FakeControls
from tests.window.conftest import Open, Opened, named, until

SPOKEN = Timeline(
    1,
    {
        Moment.PRESS: 0.0,
        Moment.FIRST_BLOCK: 0.03,
        Moment.LAST_WORD: 4.2,
        Moment.RELEASE: 4.5,
        Moment.TEXT: 4.512,
        Moment.SENT: 4.513,
        Moment.REQUEST: 4.515,
        Moment.FIRST_TOKEN: 4.7,
        Moment.FIRST_SAMPLE: 4.85,
    },
    1,
    2,
)
TYPED = Timeline(2, {Moment.SENT: 0.0, Moment.REQUEST: 0.002, Moment.FIRST_TOKEN: 0.2}, 1, 2)
DICTATED = Timeline(1, dict(list(SPOKEN.moments.items())[:5]))
SESSION = Session(3, Conversation("c"), timelines=(SPOKEN,))
SHOWN = Settings(window=Window(developer_panel=True))


@pytest.fixture
def opened(open_window: Open) -> Opened:
    opened = open_window(settings=SHOWN)
    opened.show(SESSION)
    return opened


def view(opened: Opened) -> TimelineView:
    return opened.talk.timeline.view


def figures(opened: Opened) -> dict[str, str]:
    return {moment.words: view(opened)._figures[moment] for moment in view(opened).shown()}


def test_a_key_shows_it_and_hides_it_and_that_is_remembered(open_window: Open) -> None:
    opened = open_window()
    opened.focus()
    strip = opened.talk.timeline
    assert not strip.isVisible()
    opened.press("ctrl+shift+d")
    until(strip.isVisible, "the panel")
    until(lambda: opened.controls.changes == [("window", "developer_panel", True)], "the setting")
    assert opened.composer.hasFocus()
    named(opened.window, "Hide the developer panel (Ctrl+Shift+D)").click()  # type: ignore[attr-defined]
    until(lambda: not strip.isVisible(), "the panel to go")
    until(lambda: opened.controls.changes[-1] == ("window", "developer_panel", False), "the setting")


def test_it_is_there_at_the_next_start(opened: Opened) -> None:
    assert opened.talk.timeline.isVisible()


def test_it_can_be_found_and_its_key_is_on_the_sheet(open_window: Open) -> None:
    window = open_window().window
    assert [entry.aside for entry in window._entries() if entry.title == "Developer panel"] == [
        "Ctrl+Shift+D"
    ]
    window.keys.show_keys("Right Ctrl", "")
    assert "Ctrl+Shift+D" in [label.text() for label in window.keys.findChildren(QLabel)]


def test_before_the_first_turn_it_says_what_will_be_here(open_window: Open) -> None:
    opened = open_window(settings=SHOWN)
    assert opened.talk.timeline._caption.full == EMPTY


def test_a_spoken_turn_is_told_in_ms_from_the_release(opened: Opened) -> None:
    assert opened.talk.timeline._caption.full == "Last turn, ms from release"
    assert figures(opened) == {
        "press": "−4,500",
        "first block": "−4,470",
        "last word": "−300",
        "release": "0",
        "text": "12",
        "sent": "13",
        "request": "15",
        "first token": "200",
        "first sample": "350",
    }


def test_a_typed_turn_is_told_from_the_sending_and_what_is_not_yet_is_a_dash(opened: Opened) -> None:
    opened.show(replace(SESSION, timelines=(SPOKEN, TYPED)))
    assert opened.talk.timeline._caption.full == "Last turn, ms from sent"
    assert figures(opened) == {"sent": "0", "request": "2", "first token": "200", "first sample": "–"}


def test_a_dictation_is_told_up_to_its_text(opened: Opened) -> None:
    opened.show(replace(SESSION, timelines=(DICTATED,)))
    assert list(figures(opened)) == ["press", "first block", "last word", "release", "text"]


def test_where_there_is_little_room_what_tells_most_stays(opened: Opened) -> None:
    opened.window.resize(340, 420)
    until(lambda: len(figures(opened)) < 9, "fewer figures")
    assert {"text", "first token", "first sample"} <= set(figures(opened))
    strip = opened.talk.timeline
    assert strip.geometry().bottom() < opened.talk.height()
    assert opened.conversation.isHidden() or opened.conversation.height() > 40


def test_screen_readers_find_the_figures(opened: Opened) -> None:
    found = QAccessible.queryAccessibleInterface(view(opened))
    assert found.text(QAccessible.Text.Name).startswith("press −4,500, first block −4,470, ")


def test_the_release_is_marked_in_the_bar(opened: Opened) -> None:
    image, ink = view(opened).grab().toImage(), opened.window._desk.look.colour("ink").rgb()
    column = [x for x in range(image.width()) if QColor(image.pixel(x, 1)).rgb() == ink]
    begun = next(
        one for one in pieces(SPOKEN.spans, view(opened).width(), 2) if one.span.begins is Moment.RELEASE
    )
    assert column
    assert abs(column[0] - begun.left) <= 2


def test_a_turn_that_is_really_spoken_fills_it(open_window: Open) -> None:
    controls = FakeControls(SHOWN)
    opened = open_window(controls, SHOWN)
    controls.will_hear(("What", 0.9), (" now?", 0.9))
    controls.will_answer("This is now, and it is a sentence. ")
    controls.press("talk", True)
    controls.press("talk", False)
    until(lambda: figures(opened).get("first sample", "–") != "–", "the first sample")
    assert figures(opened)["request"] == "–"  # the model of this test sends nothing
    assert figures(opened)["release"] == "0"


def waits(*seconds: float) -> list[Span]:
    """Spans one after another; what is negative is the user's own time."""
    at, spans = 0.0, []
    for one in seconds:
        spans.append(Span(Moment.PRESS, at, at + abs(one), one > 0))
        at += abs(one)
    return spans


def lengths(spans: list[Span], shortest: float = 0) -> list[int]:
    return [round(piece.right - piece.left) for piece in pieces(spans, 100, shortest)]


def test_the_bar_is_in_proportion() -> None:
    assert lengths(waits(1, 2, 1)) == [25, 50, 25]
    assert lengths(waits(1, -1, 2)) == [25, 25, 50]
    assert [piece.cut for piece in pieces(waits(1, -1, 2), 100, 0)] == [False, False, False]


def test_long_speech_is_cut_short_so_that_the_waits_can_be_seen() -> None:
    drawn = pieces(waits(0.03, -30, 0.01, -10, 0.02), 100, 0)
    assert [round(piece.right - piece.left) for piece in drawn] == [30, 30, 10, 10, 20]
    assert [piece.cut for piece in drawn] == [False, True, False, True, False]


def test_a_wait_is_never_too_short_to_be_seen() -> None:
    assert min(lengths(waits(0.0001, 5, 5), shortest=2)) == 2


def test_without_a_wait_or_without_time_the_bar_is_still_drawn() -> None:
    assert lengths(waits(-1, -3)) == [25, 75]
    assert lengths(waits(0.0)) == [0]
    assert pieces((), 100, 2) == []
