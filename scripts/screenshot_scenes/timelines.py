"""The time-line of the last turn, in the developer panel."""

from assistant.turn.timeline import Moment, Timeline
from assistant.window.main_window import MainWindow
from scripts.screenshot_scenes.scene import Scene
from scripts.screenshot_scenes.talks import EMPTY, talk

WHEN = (
    (Moment.PRESS, 0.0),
    (Moment.FIRST_BLOCK, 0.031),
    (Moment.LAST_WORD, 4.19),
    (Moment.RELEASE, 4.569),
    (Moment.TEXT, 4.581),
    (Moment.SENT, 4.582),
    (Moment.REQUEST, 4.584),
    (Moment.FIRST_TOKEN, 4.779),
    (Moment.FIRST_SAMPLE, 4.919),
)
SPOKEN = Timeline(1, dict(WHEN), 1, 2)
LOOKED_AT = Timeline(1, {moment: at + (6.2 if at > 4.5815 else 0) for moment, at in WHEN}, 1, 2)
DICTATED = Timeline(1, dict(WHEN[:5]))
TYPED = Timeline(2, {moment: at - 4.582 for moment, at in WHEN[5:8]}, 1, 2)


def times(window: MainWindow) -> None:
    window.talk.show_timeline(True)


SCENES = {
    "times": Scene(talk(timelines=(SPOKEN,)), times, sizes=True, twice=True, big_text=True),
    "times-looked": Scene(talk(timelines=(LOOKED_AT,)), times),
    "times-dictated": Scene(talk(timelines=(DICTATED,)), times),
    "times-typed": Scene(talk(timelines=(TYPED,)), times),
    "times-none": Scene(EMPTY, times),
}
