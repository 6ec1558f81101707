"""Everything can be reached, named and read: by keyboard, by screen readers, large and small."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QWidget,
)

from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.events import Fault, Part, PartChanged, Readiness, Remedy
from assistant.turn.states import Session
from tests.rig import Display
from tests.window.conftest import Open, Opened, rest, until

CODE = "Words.\n\n```\ncode\n```\n"
FULL = Session(
    3,
    Conversation(
        "c", (Message(1, Role.USER, "Why?"), Message(2, Role.ASSISTANT, CODE, reasoning="So.")), "Why?"
    ),
    notices=(Fault("a", "It is broken.", "Mend it.", Remedy.ANSWER_AGAIN),),
    parts=(PartChanged(Part.THINK, Readiness.MISSING, fault=Fault("m", "No model is connected.")),),
)


SECTIONS = ("keys", "microphone", "recogniser", "model", "voice", "sending", "words", "names", "rules")


@pytest.fixture
def opened(open_window: Open) -> Opened:
    opened = open_window()
    opened.focus()
    opened.show(FULL)
    return opened


def takes_focus(root: QWidget) -> list[QWidget]:
    return [
        one
        for one in root.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()
    ]


def name_of(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else ""


@pytest.mark.parametrize("page", ["talk", "settings", "names", "rules", "finder", "keys"])
def test_everything_that_takes_the_focus_has_a_name(opened: Opened, page: str) -> None:
    if page in ("settings", "names", "rules"):
        opened.window.open_section("keys" if page == "settings" else page)
    elif page == "finder":
        opened.window.finder.search(everything=True)
    elif page == "keys":
        opened.window.keys.show_keys("Right Ctrl", "")
    rest(0.2)
    nameless = [
        one
        for one in takes_focus(opened.window)
        if not name_of(one) and not isinstance(one.parentWidget(), (QComboBox, QAbstractSpinBox))
    ]
    assert [f"{type(one).__name__} in {type(one.parentWidget()).__name__}" for one in nameless] == []


def test_tab_goes_round_everything_in_reading_order(opened: Opened) -> None:
    opened.composer.setFocus()
    seen: list[QWidget] = []
    for _ in range(60):
        focused = QApplication.focusWidget()
        assert focused is not None
        if seen and focused is seen[0]:
            break
        seen.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    names = [one.accessibleName() or type(one).__name__ for one in seen]
    order = ["Message", "Talk", "Microphone: Default", "Conversations", "Conversation"]
    places = [names.index(name) for name in order]
    assert places == sorted(places), names
    assert "Send" in names or not opened.talk.card.send.isEnabled()
    assert "Answer again" in names


def test_the_focus_is_seen(opened: Opened) -> None:
    for widget in (opened.talk.card.mic, opened.talk.header.new, opened.talk.chips.model):
        opened.composer.setFocus()
        rest(0.05)
        without = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        rest(0.05)
        assert widget.grab().toImage() != without, widget.accessibleName()


@pytest.mark.parametrize("size", [(340, 420), (440, 680), (1270, 780)])
def test_nothing_is_cut_off_at_any_size(opened: Opened, size: tuple[int, int]) -> None:
    opened.window.resize(*size)
    rest(0.1)
    assert (opened.window.width(), opened.window.height()) == size
    for widget in takes_focus(opened.window):
        corner = widget.mapTo(opened.window, widget.rect().bottomRight())
        if opened.conversation.isAncestorOf(widget):
            continue  # scrolled into view when it is reached
        assert corner.x() < size[0], widget.accessibleName()
        assert corner.y() < size[1], widget.accessibleName()


@pytest.mark.parametrize("section", SECTIONS)
def test_settings_fit_a_narrow_window(opened: Opened, section: str) -> None:
    opened.window.resize(340, 420)
    opened.window.open_section(section)
    rest(0.2)
    for widget in takes_focus(opened.window.settings):
        left = widget.mapTo(opened.window, widget.rect().topLeft()).x()
        right = widget.mapTo(opened.window, widget.rect().bottomRight()).x()
        assert left >= 0
        assert right < 340, widget.accessibleName()


class _Still(QProxyStyle):
    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        answer: object = None,
    ) -> int:
        if hint is QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, option, widget, answer)  # type: ignore[arg-type]


def test_nothing_moves_where_that_is_unwanted(opened: Opened, application: QApplication) -> None:
    from assistant.turn.states import Reply

    asked = replace(FULL, reply=Reply(4, 1, aloud=False), notices=())
    before = application.style().objectName()
    application.setStyle(_Still(before))
    try:
        opened.show(asked)
        item = opened.conversation.items[-1]
        until(lambda: (item.shown.waiting_s or 0) > 0.1)
        first = opened.conversation.viewport().grab().toImage()
        until(lambda: (item.shown.waiting_s or 0) > 0.6)
        assert opened.conversation.viewport().grab().toImage() == first
    finally:
        application.setStyle(before)


@pytest.mark.parametrize("scale", ["1", "1.5", "2"])
def test_it_works_at_twice_the_size_of_text(screen: Display, private_environment: Path, scale: str) -> None:
    """In a process of its own: the size of text is read when a program starts."""
    script = Path(__file__).with_name("large_text.py")
    env = screen.env | {"HOME": str(private_environment), "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, script, scale], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "fits\n", "")
