"""A score of one's own: the beginning, a sentence that is read, the result."""

import time
from dataclasses import replace

from assistant import paths
from assistant.terms.score import Errors
from assistant.terms.scores import Score, keep
from assistant.turn.events import Goal
from assistant.turn.states import Listening
from assistant.turn.timeline import Moment, Timeline
from assistant.turn.transcript import Transcript, Word
from assistant.window.main_window import MainWindow
from scripts.screenshot_scenes.scene import Scene, from_right, settle
from scripts.screenshot_scenes.talks import EMPTY, talk

_DAY_S = 86_400.0
_MISHEARD = {"pandas": "pandas", "pytest": "pie test", "Docker": "docker", "kubectl": "cube cuddle"}


def files() -> None:
    now_s = time.time()
    for days, model, reader, wrong, sentences in (
        (40, "tiny.en", "you", 5, 8),
        (3, "small.en", "en-us", 2, 8),
        (1, "a-recogniser-with-a-rather-long-name-large-v3-turbo", "you", 1, 3),
    ):
        heard, right = Errors(134, wrong + 8, 12, wrong + 3), Errors(134, wrong + 4, 12, wrong)
        keep(
            paths.scores_file(),
            Score(now_s - days * _DAY_S, model, 1, reader, sentences, sentences == 8, heard, right, 0.41),
        )


def begun(window: MainWindow) -> None:
    window.panels.take_score()
    settle()


def read(window: MainWindow, count: int) -> None:
    """So many sentences are understood, and the next one is listened to."""
    begun(window)
    course = window.panels.score.course
    course.start(1, 5)
    sentences = course.sentences
    tried: tuple[Transcript, ...] = ()
    for turn, text in enumerate(sentences[: count + 1], 5):
        listening = Listening(turn, Goal.TRIAL, 0.0, live=True, level=0.4, duration_s=3.4)
        session = replace(EMPTY, trying=True, tried=tried, next_turn=turn + 1)
        if turn - 5 < len(sentences):
            window.show_session(replace(session, listening=listening))
        words = tuple(Word(f" {_MISHEARD.get(word, word)}", 0, 0.4, 0.9) for word in text.split())
        tried = (*tried, Transcript(turn, words, "base.en", "en"))
    if count == len(sentences):
        lines = tuple(Timeline(one.turn, {Moment.RELEASE: 0.0, Moment.TEXT: 0.18}) for one in tried)
        window.show_session(replace(EMPTY, trying=True, tried=tried, next_turn=40, timelines=lines))


def a_sentence(window: MainWindow) -> None:
    read(window, 2)


def the_result(window: MainWindow) -> None:
    read(window, 8)


_PANEL = {
    "score": Scene(talk(), begun, files, sizes=True, big_text=True),
    "score-none": Scene(EMPTY, begun),
    "score-sentence": Scene(talk(), a_sentence, files, sizes=True, big_text=True),
    "score-result": Scene(talk(), the_result, files, sizes=True, big_text=True),
}
SCENES = _PANEL | {f"{name}-rtl": from_right(scene) for name, scene in _PANEL.items()}
