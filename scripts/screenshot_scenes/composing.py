"""Speaking and writing: the composer, its doubts and the guesses at them."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from assistant.turn.events import Goal, Recording
from assistant.turn.states import Listening, Transcribing
from assistant.turn.transcript import Transcript
from assistant.window.main_window import MainWindow
from scripts.screenshot_scenes.heard import HEARD, HEARD_RTL, HEARD_TERMS
from scripts.screenshot_scenes.scene import Arrange, Scene, from_right
from scripts.screenshot_scenes.talks import EMPTY, RTL, talk


def typed(window: MainWindow) -> None:
    window.talk.card.composer.setPlainText("In numpy 2,")
    window.talk.card.composer.moveCursor(window.talk.card.composer.textCursor().MoveOperation.End)


def placed(window: MainWindow) -> None:
    typed(window)
    window.talk.card.composer.place(HEARD, 0.5)


def guesses_at(heard: Transcript) -> Arrange:
    """The list of guesses at its first doubtful word."""

    def arrange(window: MainWindow) -> None:
        composer = window.talk.card.composer
        composer.place(heard, 0.5)
        QTest.keyClick(composer, Qt.Key.Key_Tab)

    return arrange


def term_card(window: MainWindow) -> None:
    composer = window.talk.card.composer
    composer.place(HEARD_TERMS, 0.5)
    place = composer.toPlainText().index("numpy")
    composer.go_to(place, place)
    QTest.keyClick(composer, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)


def long_draft(window: MainWindow) -> None:
    window.talk.card.composer.setPlainText("A line of a long message that goes on.\n" * 14)


_LISTENING = Listening(5, Goal.ASK, 0.0, live=True, level=0.5, duration_s=3.4, tentative=HEARD, firm=3)
_WRITTEN = Transcribing(5, Goal.ASK, Recording("5.wav", 3.4, 0.5), tentative=HEARD)

SCENES = {
    "empty": Scene(EMPTY, sizes=True, twice=True, big_text=True),
    "listening": Scene(replace(EMPTY, listening=_LISTENING), twice=True),
    "listening-typed": Scene(talk(listening=_LISTENING), typed),
    "transcribing": Scene(talk(transcribing=(_WRITTEN,))),
    "doubt": Scene(talk(to_check=True), placed, sizes=True, twice=True, big_text=True),
    "guesses": Scene(talk(to_check=True), guesses_at(HEARD_TERMS), sizes=True, twice=True, big_text=True),
    "guesses-rtl": from_right(
        Scene(talk(RTL, "كيف أستخدم np.einsum؟", to_check=True), guesses_at(HEARD_RTL))
    ),
    "term": Scene(talk(to_check=True), term_card, sizes=True),
    "term-rtl": from_right(Scene(talk(to_check=True), term_card)),
    "draft": Scene(talk(), long_draft),
}
