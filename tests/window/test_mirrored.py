"""Who reads from right to left sees the controls the other way round: what begins a line stands at the right."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QWidget

from assistant.window.look import Look
from assistant.window.settings_page.choice import Choice
from assistant.window.settings_page.level import Level
from assistant.window.settings_page.radio import Radio
from assistant.window.settings_page.switch import Switch
from assistant.window.style import palette

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


MADE: dict[str, Callable[[Look], QWidget]] = {
    "a choice": choice,
    "a switch": lambda look: Switch(look, "l"),
    "a switch that is on": lambda look: checked(Switch(look, "l")),
    "one of a few": lambda look: checked(Radio(look, "l", "l")),
    "a level": level,
}


def picture(made: QWidget, look: Look, way: Qt.LayoutDirection) -> QImage:
    made.setLayoutDirection(way)
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
def test_controls_are_painted_the_other_way_round(kind: str, look: Look) -> None:
    made = MADE[kind](look)
    usual = middle(picture(made, look, Qt.LayoutDirection.LeftToRight))
    other = middle(picture(made, look, Qt.LayoutDirection.RightToLeft))
    assert abs(usual - 0.5) > 0.05, "nothing tells one side from the other"
    assert other == pytest.approx(1 - usual, abs=0.03)
