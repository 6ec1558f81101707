"""The session as the rest of the program follows it, beside the view."""

from collections.abc import Callable, Sequence

from assistant.ports import View
from assistant.turn.conversation import Conversation, Message
from assistant.turn.events import Goal
from assistant.turn.states import Session
from assistant.turn.transcript import Transcript, Word


class Watched:
    """The view, and beside it who follows the session: the keys, which must know when a talk is over, the terms, which
    must know what is talked about, and `aloud status`.
    """

    def __init__(
        self,
        talk_begins: Callable[[Conversation], None],
        talk_over: Callable[[float], None],
        asked: Callable[[Message, Sequence[Transcript]], None],
        dictated: Callable[[Transcript], None],
    ) -> None:
        self.view: View
        self._dictated = dictated
        self._asked = asked
        self._newest = -1  # question; those of before the start are not asked now
        self._talk_begins = talk_begins
        self._talk_over = talk_over
        self.session: Session | None = None

    def show(self, session: Session) -> None:
        before = self.session.listening if self.session is not None else None
        if before is not None and (session.listening is None or session.listening.turn != before.turn):
            self._talk_over(before.since)
        if session.listening is not None and before is None:
            self._talk_begins(session.conversation)
        if self.session is None:
            self._newest = session.next_turn - 1
        if session.reply is not None and session.reply.question > self._newest:
            self._newest = session.reply.question
            looked_at = self.session.heard if self.session is not None and self.session.to_check else ()
            for message in session.conversation.messages:
                if message.turn == self._newest:
                    self._asked(message, looked_at)
        waiting = {one.turn for one in session.transcribing}
        for one in self.session.transcribing if self.session is not None else ():
            if one.goal is Goal.DICTATE and one.transcript is not None and one.turn not in waiting:
                self._dictated(one.transcript)
        self.session = session
        self.view.show(session)

    def place(self, transcript: Transcript) -> None:
        self.view.place(transcript)

    def refine(self, turn: int, words: Sequence[Word]) -> None:
        self.view.refine(turn, words)

    def clear(self, text: str) -> None:
        self.view.clear(text)

    def load(self, text: str) -> None:
        self.view.load(text)
