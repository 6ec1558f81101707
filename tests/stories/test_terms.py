"""Names that the recogniser does not know come right: real sound, a real model, the shipped dictionaries, real keys.

"Sphinx" stays wrong and doubtful; the other two names are put right by the program itself.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.paths import recordings_folder
from tests.cli.command import aloud as command
from tests.rig.sound import SAMPLE_RATE_HZ, Samples
from tests.rig.speech import read_wav, synthesise
from tests.stories import screen
from tests.stories.program import TALK, Talk

SPOKEN = "The script needs sphinx, num pie and cube cuddle."
HEARD = "The script needs six, numpy and kubectl."
RIGHT = "The script needs Sphinx, numpy and kubectl."
FIRST_ROW_PX = 46  # from the upper edge of the list of guesses


def origins(words: Sequence[dict[str, Any]]) -> dict[str, tuple[str, str, str]]:
    """What became of the words that were not right: origin, what was heard, source."""
    return {
        word["text"].strip(" ,."): (word["origin"], word.get("heard", "").strip(",."), word.get("source", ""))
        for word in words
        if word["origin"] != "spoken"
    }


def test_misheard_names_are_put_right_by_keys_by_mouse_and_then_by_themselves(
    talk: Talk, tmp_path: Path
) -> None:
    display, names = talk.desktop.display, synthesise(SPOKEN, tmp_path / "names.wav")

    # by keys: what is typed takes the place of the doubtful word
    talk.say(names)
    talk.until_it_reads(HEARD)
    display.key("Tab")
    display.type("Sphinx")
    talk.until_it_reads(RIGHT)
    display.key("Return")
    assert origins(talk.until_sent()) == {
        "Sphinx": ("corrected", "six", ""),
        "numpy": ("replaced", "num pie", "data-science"),
        "kubectl": ("replaced", "cube cuddle", "commands"),
    }

    # by two keys: it is offered from now on
    talk.begin_anew()
    talk.say(names)
    talk.until_it_reads(HEARD)
    display.key("Tab", "1")
    talk.until_it_reads(RIGHT)
    display.key("Return")
    assert origins(talk.until_sent())["Sphinx"] == ("chosen", "six", "corrections")

    # by mouse: the word is heard as it was said, and the right one chosen from the list
    talk.begin_anew()
    talk.say(names)
    talk.until_it_reads(HEARD)
    dots = screen.dots(display)
    word = (dots.middle[0], dots.top - 8)
    with talk.desktop.sound.record_speaker() as speaker:
        display.key_down("Control_L")
        display.click(*word)
        display.key_up("Control_L")
        speaker.wait_for_sound()
        speaker.wait_for_silence(0.3)
        played = loud(speaker.samples)
    before = display.pixels()
    display.click(*word)
    guesses = screen.appeared(display, before)
    display.click(word[0], guesses.top + FIRST_ROW_PX)
    talk.until_it_reads(RIGHT)
    display.click(*screen.send_button(display, talk.window).middle)
    words = talk.until_sent()
    assert origins(words)["Sphinx"] == ("chosen", "six", "corrections")
    six = next(word for word in words if word["text"].strip() == "Sphinx,")
    assert_is_the_sound_of(played, six["start_s"], six["end_s"])

    # after three times it is written by itself, and can be taken back
    talk.begin_anew()
    talk.say(names)
    talk.until_it_reads(RIGHT)
    display.key("Home", "ctrl+Right", "ctrl+Right", "ctrl+Right", "alt+Down", "ctrl+BackSpace")
    talk.until_it_reads(HEARD)
    display.key("ctrl+z")
    talk.until_it_reads(RIGHT)
    display.key("Return")
    assert origins(talk.until_sent())["Sphinx"] == ("replaced", "six", "corrections")

    # without the rule it is heard as before
    assert [rule["meant"] for rule in talk.command("terms", "rules")] == ["Sphinx"]
    command("terms", "rules", "remove", "six")
    talk.begin_anew()
    talk.say(names)
    talk.until_it_reads(HEARD)


def test_what_is_typed_while_one_speaks_stands_at_that_moment_of_the_sentence(
    talk: Talk, tmp_path: Path
) -> None:
    display, sound = talk.desktop.display, talk.desktop.sound
    talk.hold()
    sound.speak_into_microphone(synthesise("Write a program that prints", tmp_path / "before.wav"))
    talk.until(lambda s: s["understood"]["words"] >= 5, "what was said so far")
    display.type("np.einsum")
    sound.speak_into_microphone(synthesise("the numbers from sixty to two.", tmp_path / "after.wav"))
    display.key_up(TALK)
    # at a pause in mid-sentence this model guesses on, and the times that it gives to words are rough
    whole = re.compile(r"Write a program that prints( the)? np\.einsum( the)? numbers from [\w ]+\.")
    talk.until(lambda s: s["stage"] == "editing" and whole.fullmatch(s["draft"]), "the sentence")


def loud(samples: Samples) -> Samples:
    """From the first sound to the last."""
    heard = np.flatnonzero(np.abs(samples) > 0.01)
    return samples[heard[0] : heard[-1] + 1]


def assert_is_the_sound_of(played: Samples, start_s: float, end_s: float) -> None:
    """What was played is what was recorded between these times of the newest recording."""
    newest = max(recordings_folder().rglob("*.wav"), key=lambda file: file.stat().st_mtime)
    recorded = read_wav(newest)
    likeness = np.correlate(recorded, played)
    at_s = float(np.argmax(likeness)) / SAMPLE_RATE_HZ
    there = recorded[np.argmax(likeness) :][: len(played)]
    assert likeness.max() > 0.9 * np.linalg.norm(there) * np.linalg.norm(played)
    assert start_s - 0.15 < at_s
    assert at_s + len(played) / SAMPLE_RATE_HZ < end_s + 0.15
