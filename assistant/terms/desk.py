"""Where transcripts are put right: keeps the vocabulary and its matchers up to date on a thread of its own."""

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.ports import Emit
from assistant.settings import Terms
from assistant.terms.gleaning import gleaned
from assistant.terms.matcher import Matcher
from assistant.terms.term import Term
from assistant.terms.vocabulary import Kind, StandingVocabulary
from assistant.turn.events import Event, Fault, Noticed, Transcribed
from assistant.turn.transcript import Transcript, Word

_AROUND_CHARACTERS = 4000
_TEXTS = 40
_READ_WITHIN_S = 3.0
_NOT_PUT_RIGHT = Fault(
    "terms-fail", "Names were not put right; the text is as it was heard.", "The log says more."
)

log = logging.getLogger(__name__)


class TermDesk:
    """Puts terms right in what is heard, with the vocabulary that is chosen.

    The first text waits until the vocabulary has been read, but not long. What is talked about (`expect`) has a matcher of its own,
    so that the large one is made anew only when a list has changed.
    """

    def __init__(self, chosen: Terms, emit: Emit) -> None:
        self._chosen = chosen
        self._emit = emit
        self._acts: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="terms", daemon=True)
        self._vocabulary: StandingVocabulary
        self._version = -1
        self._around = ""
        self._standing: Matcher | None = None
        self._passing: Matcher | None = None
        self._talked_about: tuple[Term, ...] = ()
        self._ready = threading.Event()

    # What others call, on any thread

    def start(self) -> None:
        self._acts.put(self._read)
        self._thread.start()

    def stop(self) -> None:
        self._acts.put(None)
        self._thread.join()

    def use(self, chosen: Terms) -> None:
        """Use these sources from now on."""
        self._acts.put(lambda: self._use(chosen))

    def expect(self, conversation: Sequence[str]) -> None:
        """Somebody begins to speak, in a conversation with these texts, the newest last: take up what has changed."""
        self._acts.put(lambda: self._take_up(conversation[-_TEXTS:]))

    def put_right(self, event: Event) -> Event:
        """The event with its transcript put right, if it has one. A few milliseconds."""
        if not isinstance(event, Transcribed):
            return event
        try:
            return replace(event, transcript=self._fixed(event.transcript))
        except Exception:  # what was said is worth more than its spelling
            log.exception("a transcript was not put right")
            self._emit(Noticed(_NOT_PUT_RIGHT))
            return event

    def _fixed(self, transcript: Transcript) -> Transcript:
        self._ready.wait(_READ_WITHIN_S)
        words: tuple[Word, ...] = transcript.words
        for matcher in (self._passing, self._standing):
            if matcher is not None:
                words = matcher.fix(words, around=self._around)
        return replace(transcript, words=words)

    # The thread

    def _run(self) -> None:
        while (act := self._acts.get()) is not None:
            act()

    def _read(self) -> None:
        self._vocabulary = StandingVocabulary(self._chosen, lambda fault: self._emit(Noticed(fault)))
        self._renew()
        self._ready.set()

    def _use(self, chosen: Terms) -> None:
        moved = chosen.projects != self._chosen.projects
        self._chosen = chosen
        self._vocabulary.switch(chosen.off)
        if moved:
            self._vocabulary.use_projects(chosen.projects)
        self._renew()

    def _take_up(self, conversation: Sequence[str]) -> None:
        self._around = "\n".join(conversation)[-_AROUND_CHARACTERS:]
        heeded = Kind.CONVERSATION not in self._chosen.off
        terms = gleaned(reversed(conversation), Kind.CONVERSATION) if heeded else ()
        if terms != self._talked_about:
            self._talked_about = terms
            self._passing = Matcher(terms) if terms else None
        self._vocabulary.refresh()
        self._renew()

    def _renew(self) -> None:
        if self._version != self._vocabulary.version:
            self._version = self._vocabulary.version
            self._standing = Matcher(self._vocabulary.terms())
            log.info("%d terms", len(self._vocabulary.terms()))
