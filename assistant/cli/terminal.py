"""The session as a terminal shows it: the answer as it comes, and at the end what there is to say."""

import sys
import threading
from collections.abc import Sequence

from assistant.ports import Emit
from assistant.turn.conversation import Message, Role
from assistant.turn.events import Placed
from assistant.turn.states import Session, Stage
from assistant.turn.transcript import Transcript, Word


class TerminalView:
    """A view without a composer: a transcript is taken as it is. With `quiet` nothing is printed.

    `wait` returns when the question has been answered, or cannot be.
    """

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._emit: Emit | None = None
        self._done = threading.Event()
        self._printed = 0
        self.transcripts: list[Transcript] = []
        self.session: Session | None = None

    def attach(self, emit: Emit) -> None:
        self._emit = emit

    def show(self, session: Session) -> None:
        self.session = session
        if session.reply is not None:
            self._print(session.reply.text)
        elif (answer := self.answer) is not None:
            self._print(answer.text)
        begun = session.conversation.messages or session.notices
        if begun and session.stage in {Stage.IDLE, Stage.EDITING}:
            self._done.set()

    def place(self, transcript: Transcript) -> None:
        self.transcripts.append(transcript)
        if not self._quiet:
            label = " (basic recogniser)" if transcript.basic else ""
            print(f"You said{label}: {transcript.text}", file=sys.stderr)
        if self._emit is not None:
            self._emit(Placed(transcript.turn, transcript.text))

    def refine(self, turn: int, words: Sequence[Word]) -> None:
        """What was said has been printed."""

    def clear(self, text: str) -> None:
        """Nothing stands in a terminal's composer."""

    def load(self, text: str) -> None:
        """Nothing stands in a terminal's composer."""

    def wait(self) -> None:
        while not self._done.wait(0.5):  # so that Ctrl+C is seen on every platform
            pass

    @property
    def question(self) -> Message | None:
        return self._last(Role.USER)

    @property
    def answer(self) -> Message | None:
        return self._last(Role.ASSISTANT)

    def _last(self, role: Role) -> Message | None:
        messages = self.session.conversation.messages if self.session is not None else ()
        return next((message for message in reversed(messages) if message.role is role), None)

    def _print(self, text: str) -> None:
        if not self._quiet and len(text) > self._printed:
            print(text[self._printed :], end="", flush=True)
            self._printed = len(text)
