"""What the user wants of the program, passed on from the window's parts."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot

from assistant.ports import Unfinished
from assistant.turn.events import (
    AnswerAgainAsked,
    Cancelled,
    DraftEdited,
    Event,
    Fault,
    ListenAgainAsked,
    LooksAbandoned,
    Noticed,
    NoticeDismissed,
    Placed,
    ReadAloudAsked,
    SoundAsked,
    SpeechStopped,
    Submitted,
    TranscribeAgainAsked,
)
from assistant.turn.transcript import Stretch, Word
from assistant.window.desk import Desk


class Wishes(QObject):
    """Each becomes an event for the engine, or an errand where it may take time."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def _emit(self, event: Event) -> None:
        self._desk.controls.emit(event)

    @Slot(bool)
    def talk(self, down: bool) -> None:
        self._desk.controls.press("talk", down)

    @Slot(bool)
    def composing(self, focused: bool) -> None:
        self._desk.controls.composing(focused)

    def placed(self, turn: int, text: str, words: tuple[Word, ...], doubtful: int, *, hold: bool) -> None:
        """The transcript of that turn stands in the composer, which holds `text` now."""
        self._emit(Placed(turn, text, words, doubtful, hold))

    @Slot(str)
    def edited(self, text: str) -> None:
        self._emit(DraftEdited(text))

    def submit(self, text: str, words: tuple[Word, ...]) -> None:
        self._emit(Submitted(text, words))

    @Slot(object)
    def play(self, stretches: tuple[Stretch, ...]) -> None:
        """Let the user hear how it was said."""
        self._emit(SoundAsked(stretches))

    @Slot(object)
    def listen_again(self, stretches: Sequence[Stretch]) -> None:
        for stretch in stretches:
            self._emit(ListenAgainAsked(*stretch))

    def listen_no_more(self) -> None:
        """What is listened to again is no longer waited for."""
        self._emit(LooksAbandoned())

    def add_term(self, text: str, done: Callable[[str], None]) -> None:
        """Take `text` up into the user's own terms; `done` gets what was taken up."""
        controls = self._desk.controls
        self._desk.errands.run(lambda: controls.add_term(text), done)

    @Slot()
    def cancel(self) -> None:
        self._emit(Cancelled())

    @Slot()
    def transcribe_again(self) -> None:
        self._emit(TranscribeAgainAsked())

    @Slot()
    def answer_again(self) -> None:
        self._emit(AnswerAgainAsked())

    @Slot(str)
    def read_aloud(self, text: str) -> None:
        self._emit(ReadAloudAsked(text))

    @Slot()
    def stop_speaking(self) -> None:
        self._emit(SpeechStopped())

    @Slot(object)
    def notice(self, fault: Fault) -> None:
        self._emit(Noticed(fault))

    @Slot()
    def dismiss(self) -> None:
        self._emit(NoticeDismissed())

    @Slot(object)
    def take_up(self, unfinished: Unfinished) -> None:
        """Go on with what was under way when the program ended."""
        controls = self._desk.controls
        self._desk.errands.run(lambda: controls.take_up(unfinished))

    @Slot()
    def correct_dictation(self) -> None:
        """Let the last dictation stand in the composer, to be put right."""
        self._desk.errands.run(self._desk.controls.correct_dictation)

    @Slot(object)
    def taken(self, words: tuple[Word, ...]) -> None:
        """The whole text was cut out."""
        self._desk.controls.taken(words)

    @Slot()
    def stop_download(self) -> None:
        self._desk.errands.run(self._desk.controls.stop_download)

    def open_conversation(self, identifier: str) -> None:
        """A stored one, or a new one where `identifier` is ""."""
        controls = self._desk.controls
        self._desk.errands.run_in_order(lambda: controls.open_conversation(identifier))
