"""Dictate into another program: what is said stands at its cursor, and the clipboard is as it was."""

from pathlib import Path

import pytest

from tests.insert.inserting import clipboard, copy
from tests.rig import Desktop, wait_until
from tests.rig.editor import Editor
from tests.rig.speech import synthesise, wer
from tests.rig.terminal import Terminal
from tests.stories.program import DICTATE, Aloud, settings

SENTENCE = "There are nine blue books on the table."
BEFORE = "λ 日本語 🙂 "


@pytest.fixture
def sentence(tmp_path: Path) -> Path:
    return synthesise(SENTENCE, tmp_path / "sentence.wav")


def test_what_is_said_is_added_to_what_stands_in_a_text_field(desktop: Desktop, sentence: Path) -> None:
    with Aloud(desktop, settings()) as aloud, Editor(desktop.display) as editor:
        aloud.until_ready("keys", "hear", "transcribe", "insert")
        copy(desktop.display, BEFORE)
        desktop.display.key("ctrl+v")
        editor.wait_for(BEFORE)
        aloud.say(sentence, DICTATE)
        wait_until(lambda: len(editor.text) > len(BEFORE), 30, "the dictation")
        assert editor.text.startswith(BEFORE)
        assert wer(SENTENCE, editor.text.removeprefix(BEFORE)) <= 0.25
        assert not editor.text.endswith("\n")
        wait_until(lambda: clipboard(desktop.display) == BEFORE, 20, "the clipboard as it was")
        assert aloud.status()["messages"] == []


def test_what_is_said_stands_on_a_terminal_s_command_line(desktop: Desktop, sentence: Path) -> None:
    with Aloud(desktop, settings()) as aloud, Terminal(desktop.display) as terminal:
        aloud.until_ready("keys", "hear", "transcribe", "insert")
        aloud.say(sentence, DICTATE)
        aloud.until(lambda s: s["stage"] == "idle", "the dictation")
        assert terminal.text == "", "nothing is entered that the user did not enter"
        desktop.display.key("Return")
        wait_until(lambda: terminal.text.endswith("\n"), 20, "the line")
        assert wer(SENTENCE, terminal.text) <= 0.25


def test_when_the_focus_has_moved_the_text_waits_on_the_clipboard(desktop: Desktop, sentence: Path) -> None:
    with Aloud(desktop, settings()) as aloud, Editor(desktop.display) as editor:
        aloud.until_ready("keys", "hear", "transcribe", "insert")
        aloud.hold(DICTATE)
        desktop.sound.speak_into_microphone(sentence)
        desktop.display.focus(aloud.window)
        aloud.let_go(DICTATE)
        status = aloud.until(lambda s: s["notices"], "the notice")
        assert status["notices"][-1]["hint"]
        wait_until(lambda: wer(SENTENCE, clipboard(desktop.display) or "") <= 0.25, 20, "the text")
        assert editor.text == ""
