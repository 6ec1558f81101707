"""Which sentence is read, and what was understood of those before. Nothing of Qt."""

from assistant.ports_score import Reading
from assistant.turn.events import Goal
from assistant.turn.states import Listening, Session
from assistant.turn.timeline import Moment
from assistant.turn.transcript import Transcript


class Readings:
    """Follows the session; turns before `first_turn` are none of its own.

    A turn belongs to the sentence that was shown when it began. When a sentence has been said the next one that was not is
    shown; one of which nothing was understood (`unheard`) is to be said again.
    """

    def __init__(self, count: int, first_turn: int) -> None:
        self.count = count
        self.heard: dict[int, Reading] = {}
        self.unheard: set[int] = set()
        self.listening: Listening | None = None
        self._first_turn = first_turn
        self._following = 0
        self._of: dict[int, int] = {}
        self._said: dict[int, int] = {}  # the newest turn of each sentence that was said to its end
        self._done: set[int] = set()
        self._left: set[int] = set()

    @property
    def current(self) -> int:
        """The index of the sentence that is being said, or is to be said; `count` where all are."""
        return self._of[self.listening.turn] if self.listening is not None else self._following

    @property
    def awaited(self) -> bool:
        """Whether the text of a sentence is on its way."""
        return any(turn not in self._done for turn in self._said.values())

    @property
    def complete(self) -> bool:
        return len(self.heard) == self.count and not self.awaited

    @property
    def said(self) -> int:
        """How many sentences have been said, and may have been understood."""
        return len(self._said)

    def leave(self) -> None:
        """What is listened to now is given up."""
        if self.listening is not None:
            self._following = self.current
            self._left.add(self.listening.turn)
            self.listening = None

    def go_to(self, sentence: int) -> None:
        """Let this one be said next, perhaps once more."""
        self._following = sentence

    def show_session(self, session: Session) -> list[int]:
        """Take in what has happened; the sentences of which something was understood since."""
        tried = [one for one in session.tried if one.turn >= self._first_turn]
        under_way = [one.turn for one in session.transcribing if one.goal is Goal.TRIAL]
        self.listening = None
        for turn in (*(one.turn for one in tried), *under_way):
            self._say(turn)
        listening = session.listening
        if listening is not None and listening.goal is Goal.TRIAL and listening.turn not in self._left:
            self._of.setdefault(listening.turn, min(self._following, self.count - 1))
            self.listening = listening
        self._give_up({*under_way, *(one.turn for one in tried)})
        return [self._of[one.turn] for one in tried if self._understand(one, session)]

    def _say(self, turn: int) -> None:
        sentence = self._of.setdefault(turn, min(self._following, self.count - 1))
        if turn > self._said.get(sentence, 0) and turn not in self._done:
            self._said[sentence] = turn
            self.unheard.discard(sentence)
            self._go_on()

    def _give_up(self, known: set[int]) -> None:
        """What was awaited, and is not any more, was cancelled."""
        for sentence, turn in list(self._said.items()):
            if turn not in known and turn not in self._done:
                del self._said[sentence]
                self._go_on()

    def _understand(self, transcript: Transcript, session: Session) -> bool:
        turn, sentence = transcript.turn, self._of[transcript.turn]
        if turn in self._done or self._said.get(sentence) != turn:
            return False
        self._done.add(turn)
        if transcript.text:
            self.heard[sentence] = Reading(transcript, _wait_s(session, turn))
            return True
        self.heard.pop(sentence, None)
        self.unheard.add(sentence)
        del self._said[sentence]
        self._go_on()
        return False

    def _go_on(self) -> None:
        left = (at for at in range(self.count) if at not in self._said)
        self._following = next(left, self.count)


def _wait_s(session: Session, turn: int) -> float | None:
    """From the release to the text."""
    line = next((line for line in session.timelines if line.turn == turn), None)
    if line is None or Moment.RELEASE not in line.moments:
        return None
    return line.after(Moment.RELEASE).get(Moment.TEXT)
