"""The pictures that README and docs show."""

from dataclasses import replace
from typing import NamedTuple

from scripts.screenshot_scenes.composing import guesses_at, term_card
from scripts.screenshot_scenes.heard import HEARD_SHOWN, HEARD_TERMS
from scripts.screenshot_scenes.scene import Scene
from scripts.screenshot_scenes.talks import EMPTY, SHOWN_ANSWER, talk


class Picture(NamedTuple):
    """A scene in a window of this size (px), of which so many pixels, from below, are shown."""

    scene: Scene
    size: tuple[int, int]
    lower: int


_ASKED = "How do I run the tests of a numpy package in Docker?"
PICTURES = {
    "screenshot": Picture(
        Scene(talk(SHOWN_ANSWER, _ASKED, to_check=True), guesses_at(HEARD_SHOWN)), (440, 640), 640
    ),
    "guesses": Picture(Scene(replace(EMPTY, to_check=True), guesses_at(HEARD_TERMS)), (440, 900), 296),
    "term": Picture(Scene(replace(EMPTY, to_check=True), term_card), (440, 900), 296),
}
