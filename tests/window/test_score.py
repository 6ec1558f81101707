"""A score of one's own is read, sentence by sentence, with the keyboard alone or with the talk key."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from assistant import paths
from assistant.terms.scores import kept
from assistant.turn.events import (
    Cancelled,
    DraftEdited,
    Fault,
    Goal,
    Noticed,
    Submitted,
    TalkAbandoned,
    TalkEnded,
    TalkStarted,
    TrialsBegan,
    TrialsEnded,
)
from assistant.window.score.panel import ScorePanel
from tests.window.conftest import Open, Opened, named, rest, until

COUNT = 8
OPENED = "Hold Right Ctrl and speak, or type"


class Reader:
    """Somebody who reads a score."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.panel: ScorePanel = opened.window.panels.score
        until(lambda: self.panel.course.ready, "the sentences")
        self.sentences = self.panel.course._sets[1]

    @property
    def go(self) -> QPushButton:
        return self.panel.findChildren(QPushButton)[-1]

    @property
    def told(self) -> str:
        labels = [one for one in self.panel.findChildren(QLabel) if one.isVisible()]
        return "\n".join(one.accessibleName() or one.text() for one in labels)

    def sees(self, text: str) -> None:
        until(lambda: text in self.told, f"“{text}” in\n{self.told}")

    def will_say(self, *sentences: int, wrongly: Callable[[str], str] = str) -> None:
        for sentence in sentences:
            said = wrongly(self.sentences[sentence])
            self.opened.controls.will_hear(*((f" {word}", 0.9) for word in said.split()))

    def says(self, sentence: int) -> None:
        """Read it and press Space."""
        until(self.listens, "the microphone")
        self.sees(f"Sentence {sentence + 1} of {COUNT}")
        self.opened.press("space")

    def listens(self) -> bool:
        listening = self.opened.controls.session.listening
        return listening is not None and listening.live and self.go.text() in ("Next", "Done")


@pytest.fixture
def opened(open_window: Open) -> Opened:
    opened = open_window()
    opened.focus()
    return opened


@pytest.fixture
def reader(opened: Opened) -> Reader:
    opened.window.panels.take_score()
    return Reader(opened)


def test_it_is_found_by_its_name_and_read_with_the_space_bar(opened: Opened) -> None:
    opened.press("ctrl+k")
    opened.screen.type("score of")
    until(lambda: named(opened.window.finder, "Found").isVisible())
    rest()
    opened.press("Return")
    reader = Reader(opened)
    reader.will_say(*range(COUNT), wrongly=lambda text: text.replace("pytest", "pie test"))
    opened.press("space")
    for sentence in range(COUNT):
        reader.says(sentence)
    reader.sees("Terms wrong: 8%")
    reader.sees("“pie test” instead of “pytest”")
    (score,) = kept(paths.scores_file())
    assert (score.whole, score.sentences, score.reader, score.put_right.term_errors) == (True, 8, "you", 1)
    assert score.wait_s >= 0
    assert opened.controls.session.conversation.messages == ()
    assert opened.text == ""
    assert not {DraftEdited, Submitted} & {type(event) for event in opened.controls.events}


def test_it_starts_as_soon_as_it_can(opened: Opened) -> None:
    opened.window.panels.take_score()
    QTest.keyClick(opened.window.panels.score, Qt.Key.Key_Space)
    until(lambda: opened.controls.session.listening is not None)


def test_the_settings_of_the_recogniser_lead_to_it(opened: Opened) -> None:
    opened.window.open_section("recogniser")
    page = opened.window.settings
    until(
        lambda: [
            one for one in page.findChildren(QPushButton) if one.text() == "Take a score" and one.isVisible()
        ]
    )
    button = next(one for one in page.findChildren(QPushButton) if one.text() == "Take a score")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    until(lambda: opened.window.panels.score.isVisible())


def test_what_is_read_is_not_shown_in_the_composer(reader: Reader) -> None:
    reader.opened.press("space")
    until(reader.listens, "the microphone")
    assert reader.opened.talk.card.state_text() == "Hold Right Ctrl"


def test_with_the_talk_key_each_sentence_is_read_by_itself(reader: Reader) -> None:
    reader.will_say(0, 1)
    controls = reader.opened.controls
    for sentence in (0, 1):
        controls.press("talk", down=True)
        reader.sees(f"Sentence {sentence + 1} of {COUNT}")
        until(reader.listens, "the microphone")
        controls.press("talk", down=False)
        reader.sees(f"Sentence {sentence + 2} of {COUNT}")
        reader.sees(f"Sentence {sentence + 1}: all right")
        assert controls.session.listening is None
    assert controls.session.draft == ""


def test_the_talk_key_pressed_while_it_listens_ends_the_sentence_and_the_next_follows(reader: Reader) -> None:
    reader.will_say(0)
    reader.opened.press("space")
    until(reader.listens, "the microphone")
    reader.opened.controls.press("talk", down=True)
    reader.opened.controls.press("talk", down=False)
    reader.sees(f"Sentence 2 of {COUNT}")
    until(reader.listens, "the microphone")


def test_escape_stops_and_what_was_read_is_counted_then_it_leaves(reader: Reader) -> None:
    opened = reader.opened
    reader.will_say(0, 1)
    opened.press("space")
    reader.says(0)
    reader.says(1)
    reader.sees("Sentence 2: all right")
    until(reader.listens, "the microphone")
    opened.press("Escape")
    opened.wait_for(TalkAbandoned)
    reader.sees("2 of 8 read")
    reader.sees("Terms wrong: 0%")
    until(lambda: kept(paths.scores_file()))
    assert not kept(paths.scores_file())[-1].whole
    opened.press("Escape")
    until(reader.panel.isHidden)
    opened.wait_for(TrialsEnded)
    until(lambda: not opened.controls.session.trying)
    assert opened.composer.hasFocus()


def test_reading_goes_on_where_it_was_stopped_and_is_one_score(reader: Reader) -> None:
    reader.will_say(*range(COUNT))
    reader.opened.press("space")
    reader.says(0)
    until(reader.listens, "the microphone")
    reader.opened.press("Escape")
    reader.sees("1 of 8 read")
    reader.opened.press("space")
    for sentence in range(1, COUNT):
        reader.says(sentence)
    reader.sees("Words wrong: 0%")
    until(lambda: kept(paths.scores_file())[-1].whole)
    assert len(kept(paths.scores_file())) == 1


def test_escape_before_anything_was_read_leads_back_to_the_beginning(reader: Reader) -> None:
    reader.opened.press("space")
    until(reader.listens, "the microphone")
    reader.opened.press("Escape")
    until(lambda: reader.go.text() == "Start")
    assert reader.panel.isVisible()
    assert kept(paths.scores_file()) == ()


def test_a_sentence_is_read_again_with_backspace(reader: Reader) -> None:
    reader.will_say(0)
    reader.opened.press("space")
    reader.says(0)
    reader.sees("Sentence 1: all right")
    until(reader.listens, "the microphone")
    reader.opened.press("BackSpace")
    reader.sees(f"Sentence 1 of {COUNT}")
    until(reader.listens, "the microphone")
    assert reader.opened.controls.session.trying


def test_a_sentence_is_read_again_from_the_result_and_counts_anew(reader: Reader) -> None:
    reader.will_say(*range(COUNT), wrongly=lambda text: text.replace("pytest", "pie test"))
    reader.opened.press("space")
    for sentence in range(COUNT):
        reader.says(sentence)
    reader.sees("Terms wrong: 8%")
    reader.will_say(1)
    reader.sees("Sentence 2: ")
    QTest.mouseClick(named(reader.panel, "Read sentence 2 again"), Qt.MouseButton.LeftButton)
    reader.says(1)
    reader.sees("Terms wrong: 0%")
    until(lambda: kept(paths.scores_file())[-1].put_right.term_errors == 0)
    assert len(kept(paths.scores_file())) == 1


def test_of_what_nothing_was_heard_is_said_so_and_read_again(reader: Reader) -> None:
    controls = reader.opened.controls
    controls.press("talk", down=True)
    until(reader.listens, "the microphone")
    controls.press("talk", down=False)
    reader.sees("No speech was heard. Read it again.")
    reader.sees(f"Sentence 1 of {COUNT}")


def test_what_goes_wrong_is_told_in_place_and_nothing_goes_on_by_itself(reader: Reader) -> None:
    reader.opened.press("space")
    until(reader.listens, "the microphone")
    reader.opened.controls.emit(Noticed(Fault("microphone-lost", "The microphone is gone.", "Connect it.")))
    reader.opened.controls.emit(Cancelled())
    reader.sees("The microphone is gone. Connect it.")
    until(lambda: reader.go.text() == "Go on")
    rest()
    starts = [one for one in reader.opened.controls.events if isinstance(one, TalkStarted)]
    assert [one.goal for one in starts] == [Goal.TRIAL]


def test_closing_it_while_somebody_reads_gives_the_sentence_up_and_keeps_the_rest(reader: Reader) -> None:
    reader.will_say(0)
    reader.opened.press("space")
    reader.says(0)
    reader.sees("Sentence 1: all right")
    until(reader.listens, "the microphone")
    QTest.mouseClick(reader.panel, Qt.MouseButton.LeftButton, pos=reader.panel.rect().bottomLeft())
    assert reader.panel.isVisible(), "a stray click ends nothing"
    QTest.mouseClick(named(reader.panel, "Close (Esc)"), Qt.MouseButton.LeftButton)
    until(lambda: reader.opened.controls.session.listening is None)
    until(lambda: kept(paths.scores_file()))
    assert kept(paths.scores_file())[0].sentences == 1


def test_scores_until_now_are_listed_and_the_new_one_is_compared(reader: Reader) -> None:
    opened = reader.opened
    for _ in range(2):
        reader.will_say(*range(COUNT))
        opened.press("space")
        for sentence in range(COUNT):
            reader.says(sentence)
        until(lambda: reader.go.text() == "Read again")
    reader.sees("last time 0%")
    reader.sees("Last time: fake")
    assert len(kept(paths.scores_file())) == 2
    opened.press("Escape")
    until(reader.panel.isHidden)
    opened.window.panels.take_score()
    reader.sees("Scores until now")
    opened.wait_for(TrialsBegan)


def test_everything_in_it_has_a_name_and_can_be_reached(reader: Reader) -> None:
    reader.will_say(0)
    reader.opened.press("space")
    reader.says(0)
    reader.sees("Sentence 1: all right")
    reader.opened.window.resize(340, 420)
    rest(0.1)
    seen: list[str] = []
    for _ in range(8):
        focused = reader.panel.focusWidget()
        assert isinstance(focused, QWidget)
        seen.append(focused.accessibleName() or getattr(focused, "text", lambda: "")())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert {"Next", "Again (Backspace)", "Stop (Esc)", "Close (Esc)", "Read sentence 1 again"} <= set(seen)
    for button in (reader.go, named(reader.panel, "Stop (Esc)")):
        corner = button.mapTo(reader.opened.window, button.rect().bottomRight())
        assert corner.x() < 340
        assert corner.y() < 420
    assert isinstance(reader.opened.wait_for(TalkEnded), TalkEnded)
