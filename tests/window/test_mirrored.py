"""Who reads from right to left sees the controls the other way round: what begins a line stands at the right."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QSlider, QWidget

from assistant.window.bar import Bar
from assistant.window.conversation import SCROLLBAR
from assistant.window.elided import ElidedLabel
from assistant.window.look import Look
from assistant.window.offers import Offer
from assistant.window.offers_list import OffersList
from assistant.window.settings_page.choice import Choice
from assistant.window.settings_page.level import Level
from assistant.window.settings_page.parts import label
from assistant.window.settings_page.radio import Radio
from assistant.window.settings_page.rows import Row, Rows
from assistant.window.settings_page.switch import Switch
from assistant.window.style import palette, sheet
from tests.window.conftest import Open, Opened, named

WIDTH, HEIGHT = 240, 36


def choice(look: Look) -> QWidget:
    made = Choice(look)
    made.offer([(1, "l")], 1)
    return made


def checked(button: QAbstractButton) -> QWidget:
    button.setChecked(True)
    return button


def level(look: Look) -> QWidget:
    made = Level(look)
    made.show_level(0.2)
    return made


def a_list(look: Look, **parts: str) -> QWidget:
    made: Rows[str] = Rows(look, "l", lambda text: Row(text, **parts))
    made.show_values(["lll"])
    return made


def slider(look: Look) -> QWidget:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setValue(20)
    made.setStyleSheet(sheet(look))
    return made


def shortened(text: str) -> QWidget:
    made = ElidedLabel()
    made.say(text)
    return made


def guesses(look: Look) -> QWidget:
    made = QWidget()
    inside = OffersList(look, made)
    inside.fill([Offer("lll", "", "")], "", "")
    inside.setGeometry(0, 0, WIDTH, HEIGHT)
    inside.show()
    return made


def notice(look: Look) -> QWidget:
    made = QWidget()
    inside = Bar(look, made, ground="ground", icon="warning", colour="ink")
    inside.say("l", dismiss=False)
    inside.setGeometry(0, 0, WIDTH, HEIGHT)
    return made


MADE: dict[str, Callable[[Look], QWidget]] = {
    "a choice": choice,
    "a switch": lambda look: Switch(look, "l"),
    "a switch that is on": lambda look: checked(Switch(look, "l")),
    "one of a few": lambda look: checked(Radio(look, "l", "l")),
    "a level": level,
    "a list": a_list,
    "a list with icons": lambda look: a_list(look, icon="check-circle"),
    "a slider": slider,
    "guesses at a word": guesses,
    "a notice": notice,
    "a line of text": lambda look: label("l"),
    "a line that may be cut": lambda look: shortened("l"),
}


@pytest.fixture
def reading(application: QApplication) -> Iterator[Callable[[Qt.LayoutDirection], None]]:
    """Lets everything that is made from now on be for those who read this way."""
    yield application.setLayoutDirection
    application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def picture(made: QWidget, look: Look) -> QImage:
    made.setPalette(palette(look))
    made.resize(WIDTH, HEIGHT)
    return made.grab().toImage()


def middle(image: QImage) -> float:
    """Where, from 0 (left) to 1, what is painted has its centre."""
    ground = QColor(image.pixel(image.width() // 2, image.height() // 2)).lightness()
    weights = [
        sum(abs(QColor(image.pixel(x, y)).lightness() - ground) for y in range(2, image.height() - 2))
        for x in range(2, image.width() - 2)
    ]
    return sum(x * weight for x, weight in enumerate(weights)) / sum(weights) / (len(weights) - 1)


@pytest.mark.parametrize("kind", MADE)
def test_controls_are_painted_the_other_way_round(
    kind: str, look: Look, reading: Callable[[Qt.LayoutDirection], None]
) -> None:
    usual = middle(picture(MADE[kind](look), look))
    reading(Qt.LayoutDirection.RightToLeft)
    other = middle(picture(MADE[kind](look), look))
    assert abs(usual - 0.5) > 0.05, "nothing tells one side from the other"
    assert other == pytest.approx(1 - usual, abs=0.03)


def test_a_sheet_of_the_settings_is_laid_out_the_other_way_round(
    open_window: Open, reading: Callable[[Qt.LayoutDirection], None]
) -> None:
    usual = places(open_window())
    reading(Qt.LayoutDirection.RightToLeft)
    assert places(open_window()) == [(right, left) for left, right in usual]


def test_the_conversation_keeps_the_middle_of_the_window(
    open_window: Open, reading: Callable[[Qt.LayoutDirection], None]
) -> None:
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        reading(direction)
        opened = open_window()
        view = opened.window.talk.conversation
        middle_of_text = view.viewport().mapTo(view, view.column.center().toPoint()).x()
        assert abs(middle_of_text - view.rect().center().x()) < SCROLLBAR / 2


def places(opened: Opened) -> list[tuple[int, int]]:
    """What lies to the left and to the right of a section, and of the button that leads back."""
    opened.window.open_section("names")
    section = opened.window.settings.sections["names"]
    back = named(opened.window.settings.sheet_of("names"), "Back")
    found = []
    for part in (section, back):
        left = part.mapTo(opened.window, part.rect().topLeft()).x()
        found.append((left, opened.window.width() - left - part.width()))
    return found
