"""What is missing, wrong or unfinished is said where the eye is, with a button that helps."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from assistant.errors import AssistantError
from assistant.ports import Unfinished
from assistant.turn.events import (
    AnswerAgainAsked,
    Fault,
    Noticed,
    NoticeDismissed,
    Part,
    PartChanged,
    Readiness,
    Recording,
    Remedy,
    TranscribeAgainAsked,
)
from assistant.window.bar import Bar
from tests.fakes.controls import FakeControls
from tests.window.conftest import Open, Opened, named, rest, until


@pytest.fixture
def opened(open_window: Open) -> Opened:
    return open_window()


def press(bar: Bar) -> None:
    QTest.mouseClick(bar.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)


def said(bar: Bar) -> str:
    return " ".join(one.text() for one in bar.findChildren(QLabel) if one.isVisible())


def test_what_went_wrong_is_said_with_what_to_do(opened: Opened) -> None:
    fault = Fault("stalled", "The model stopped answering.", "The question is kept.", Remedy.ANSWER_AGAIN)
    opened.show(replace(opened.controls.session, notices=(fault,)))
    bar = opened.talk.notice
    assert said(bar) == "The model stopped answering. The question is kept."
    assert bar.accessibleName() == "The model stopped answering. The question is kept."
    press(bar)
    opened.wait_for(AnswerAgainAsked)


def test_a_notice_is_dismissed_and_the_one_before_it_is_seen(opened: Opened) -> None:
    first, second = Fault("a", "The first."), Fault("b", "The second.")
    opened.show(replace(opened.controls.session, notices=(first, second)))
    assert said(opened.talk.notice) == "The second."
    QTest.mouseClick(named(opened.talk.notice, "Dismiss"), Qt.MouseButton.LeftButton)
    opened.wait_for(NoticeDismissed)
    until(lambda: said(opened.talk.notice) == "The first.")


@pytest.mark.parametrize("remedy", list(Remedy))
def test_every_remedy_leads_somewhere(opened: Opened, remedy: Remedy) -> None:
    opened.show(replace(opened.controls.session, notices=(Fault("a", "It is broken.", "", remedy),)))
    press(opened.talk.notice)
    if remedy is Remedy.ANSWER_AGAIN:
        opened.wait_for(AnswerAgainAsked)
    elif remedy is Remedy.TRANSCRIBE_AGAIN:
        assert opened.wait_for(TranscribeAgainAsked).recording is None
    elif remedy is Remedy.OPEN_CONVERSATION:
        assert opened.window.finder.isVisible()
    else:
        until(lambda: opened.window.settings.isVisible(), "the settings")


def test_a_missing_part_is_told_at_the_top_until_it_is_there(opened: Opened) -> None:
    fault = Fault("no-model", "No language model is connected.")
    opened.controls.tell(PartChanged(Part.THINK, Readiness.MISSING, fault=fault))
    bar = opened.talk.missing
    until(lambda: bar.isVisible() and said(bar) == "No language model is connected.")
    press(bar)
    until(lambda: opened.window.settings.isVisible())
    opened.window.back()
    opened.controls.tell(PartChanged(Part.THINK, Readiness.READY, "llama3.2"))
    until(lambda: not bar.isVisible(), "the line to go")
    assert opened.talk.chips.model.toolTip() == "Model: llama3.2"


def test_what_does_not_work_at_all_is_told_before_what_works_in_part(opened: Opened) -> None:
    opened.controls.tell(
        PartChanged(
            Part.TRANSCRIBE, Readiness.LIMITED, fault=Fault("basic", "Only the basic recogniser is here.")
        )
    )
    opened.controls.tell(
        PartChanged(Part.SPEAK, Readiness.BROKEN, fault=Fault("no-voice", "There is no voice."))
    )
    until(lambda: said(opened.talk.missing) == "There is no voice.")


def test_a_download_is_seen_and_stopped(opened: Opened) -> None:
    opened.controls.tell(PartChanged(Part.TRANSCRIBE, Readiness.LIMITED, "base.en", progress=0.43))
    until(lambda: said(opened.talk.missing) == "base.en is being downloaded, 43%.")
    press(opened.talk.missing)
    until(lambda: opened.controls.downloads == [""])


def test_a_part_that_is_only_starting_is_not_worth_a_line(opened: Opened) -> None:
    opened.controls.tell(PartChanged(Part.TRANSCRIBE, Readiness.STARTING, "base.en"))
    rest()
    assert not opened.talk.missing.isVisible()


def test_an_unfinished_recording_is_offered_at_the_start(open_window: Open) -> None:
    controls, recording = FakeControls(), Recording("7.wav", 12.0, 0.5)
    controls.left_over = [
        Unfinished(7, "12 seconds of speech were not written down.", recording, "c"),
        Unfinished(9, "A question was not answered.", conversation="c"),
    ]
    opened = open_window(controls)
    bar = opened.talk.recovery
    until(bar.isVisible, "the offer")
    assert said(bar) == "12 seconds of speech were not written down. 1 more after this."
    press(bar)
    until(lambda: controls.taken_up == controls.left_over[:1], "the first to be taken up")
    until(lambda: said(bar) == "A question was not answered.")
    press(bar)
    until(lambda: controls.taken_up == controls.left_over, "the second to be taken up")
    until(lambda: not bar.isVisible())


def test_an_offer_may_be_left_alone(open_window: Open) -> None:
    controls = FakeControls()
    controls.left_over = [Unfinished(9, "A question was not answered.", conversation="c")]
    opened = open_window(controls)
    until(opened.talk.recovery.isVisible)
    QTest.mouseClick(named(opened.talk.recovery, "Dismiss"), Qt.MouseButton.LeftButton)
    assert not opened.talk.recovery.isVisible()
    assert controls.events == []


def test_a_change_from_a_chip_that_fails_is_noticed(opened: Opened) -> None:
    opened.controls.refusals["hearing", "microphone"] = AssistantError("gone", "That microphone is gone.")
    chip = opened.talk.chips.microphone
    chip.menu().aboutToShow.emit()
    until(lambda: "USB Headset" in [one.text() for one in chip.menu().actions()])
    next(one for one in chip.menu().actions() if one.text() == "USB Headset").trigger()
    assert opened.wait_for(Noticed).fault.code == "gone"
    until(lambda: said(opened.talk.notice) == "That microphone is gone.")
