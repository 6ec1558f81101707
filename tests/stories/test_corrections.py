"""What was learned is looked at, changed, forgotten and known again, and each time the next sentence is written that way."""

import time
from pathlib import Path

import pytest

from assistant import paths
from assistant.remember import SqliteHistory
from assistant.turn.corrections import Correction
from tests.rig import Desktop, wait_until
from tests.rig.speech import synthesise
from tests.stories import screen
from tests.stories.program import Talk

SPOKEN = "The script needs sphinx, num pie and cube cuddle."
WRITTEN = "The script needs {}, numpy and kubectl."


@pytest.fixture
def learned(desktop: Desktop) -> None:
    """A person has put "six" right three times, and agreed that this is a rule."""
    history = SqliteHistory(
        paths.history_file(), paths.recordings_folder(), lambda fault: pytest.fail(fault.message)
    )
    history.correct(lambda _: [Correction("six", "Sphinx", time.time() - 60, seen=3, confirmed=True)])
    history.close()


def until_rules(talk: Talk, *rules: tuple[str, str]) -> None:
    def kept() -> tuple[tuple[str, str], ...]:
        return tuple((rule["heard"], rule["meant"]) for rule in talk.command("terms", "rules"))

    wait_until(lambda: kept() == rules, 20, f"{rules} to be kept")


def test_a_rule_is_seen_at_work_changed_with_the_keyboard_forgotten_and_brought_back_with_the_mouse(
    learned: None, talk: Talk, tmp_path: Path
) -> None:
    display, window, names = talk.desktop.display, talk.window, synthesise(SPOKEN, tmp_path / "names.wav")

    def says(word: str) -> None:
        talk.say(names)
        talk.until_it_reads(WRITTEN.format(word))
        display.key("Return")
        talk.until_sent()
        talk.begin_anew()

    says("Sphinx")
    talk.open_page("what was learned")
    screen.tinted(display, window, "heard")  # what it would change in that dictation

    display.key("Return")
    display.type("SphinxDoc")
    display.key("Return")
    until_rules(talk, ("six", "SphinxDoc"))
    display.key("Escape")
    says("SphinxDoc")

    talk.open_page("what was learned")
    screen.tinted(display, window, "heard")
    display.key("Delete")
    until_rules(talk)
    undo = screen.link(display, window)
    display.click(*undo.middle)
    until_rules(talk, ("six", "SphinxDoc"))
    display.key("Escape")
    says("SphinxDoc")
