"""Connects the composer with the program: what comes into it, what leaves it, and what is asked for its words."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QToolTip

from assistant.turn.states import Session
from assistant.turn.transcript import Transcript, Word
from assistant.window.announce import announce
from assistant.window.bridge import Bridge
from assistant.window.composer_card import ComposerCard
from assistant.window.wishes import Wishes


class Writing(QObject):
    """Words less probable than `doubt_below` are doubtful, until a session tells otherwise."""

    def __init__(self, card: ComposerCard, wishes: Wishes, bridge: Bridge, doubt_below: float) -> None:
        super().__init__(card)
        self._card = card
        self._wishes = wishes
        self._doubt_below = doubt_below
        self._spelling = False
        composer = card.composer
        bridge.placed.connect(self._put_in)
        bridge.refined.connect(self._refine)
        bridge.cleared.connect(composer.take_out)
        bridge.loaded.connect(composer.load)
        card.submitted.connect(self._submit)
        composer.edited.connect(wishes.edited)
        composer.focused.connect(wishes.composing)
        composer.taken.connect(wishes.taken)
        composer.sound_wanted.connect(wishes.play)
        composer.hearing_wanted.connect(wishes.listen_again)
        composer.term_wanted.connect(self._add_term)
        composer.spelling_wanted.connect(self._spell)

    def show_session(self, session: Session) -> None:
        self._doubt_below = session.habits.doubt_below

    def cancel(self) -> None:
        """What is said next is no spelling."""
        self._spelling = False

    def draft(self) -> tuple[str, tuple[Word, ...]]:
        """What stands in the composer, and its words."""
        composer = self._card.composer
        return composer.toPlainText(), composer.words()

    def edit(self, text: str) -> None:
        """Put a sent message into the composer again, unless something stands there."""
        composer = self._card.composer
        if composer.blank:
            composer.load(text)
            self._wishes.edited(text)
        composer.setFocus()

    @Slot(object)
    def _put_in(self, transcript: Transcript) -> None:
        composer = self._card.composer
        spelled, self._spelling = self._spelling and transcript.spelled, False
        if spelled:
            self._card.write_instead(transcript, spelled)
        else:
            self._card.place(transcript, self._doubt_below)
        text, words = self.draft()
        self._wishes.placed(transcript.turn, text, words, composer.doubts, hold=bool(spelled))

    @Slot(int, object)
    def _refine(self, turn: int, words: Sequence[Word]) -> None:
        self._card.composer.refine(turn, words)

    @Slot(str)
    def _submit(self, text: str) -> None:
        self._wishes.submit(text, self._card.composer.words())

    @Slot(object)
    def _spell(self, _: object) -> None:
        """What is said next is spelled, and takes the place of the selected word."""
        self._spelling = True
        self._say_at_cursor("Hold the key and spell it")

    @Slot(str)
    def _add_term(self, text: str) -> None:
        self._wishes.add_term(text, lambda term: self._say_at_cursor(f"{term} is one of your terms now"))

    def _say_at_cursor(self, text: str) -> None:
        composer = self._card.composer
        where = composer.viewport().mapToGlobal(composer.cursorRect().bottomRight())
        QToolTip.showText(where, text, composer)
        announce(composer, text)
