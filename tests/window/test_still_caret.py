"""The cursor stops blinking when nobody is there, and blinks again with the next key."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assistant.window import still_caret
from assistant.window.composer import Composer
from assistant.window.look import Look
from tests.window.conftest import until


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(still_caret, "STILL_AFTER_MS", 30)
    before = QApplication.cursorFlashTime()
    yield
    QApplication.setCursorFlashTime(before)


def test_it_stands_still_and_a_key_lets_it_blink(composer: Composer, look: Look) -> None:
    rate = QApplication.cursorFlashTime()
    assert rate > 0
    until(lambda: QApplication.cursorFlashTime() == 0, "the cursor to be still")
    QTest.keyClick(composer, Qt.Key.Key_Left)
    assert QApplication.cursorFlashTime() == rate
    until(lambda: QApplication.cursorFlashTime() == 0, "the cursor to be still again")


def test_other_fields_blink_as_ever(composer: Composer) -> None:
    rate = QApplication.cursorFlashTime()
    until(lambda: QApplication.cursorFlashTime() == 0, "the cursor to be still")
    composer.clearFocus()
    assert QApplication.cursorFlashTime() == rate
    composer.setFocus()
    until(lambda: QApplication.cursorFlashTime() == 0, "the cursor to be still")
