"""Where transcripts are put right: keeps the vocabulary and its matchers up to date on a thread of its own."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.errors import AssistantError
from assistant.memory import give_back
from assistant.ports import Emit
from assistant.settings import Terms
from assistant.terms.corrections import sightings
from assistant.terms.corrections import terms as terms_of
from assistant.terms.fixing import by_sentence, put_right
from assistant.terms.gleaning import gleaned
from assistant.terms.matcher import Matcher
from assistant.terms.sentences import BySentence
from assistant.terms.spelling import spell
from assistant.terms.table import merged
from assistant.terms.term import Term
from assistant.terms.vocabulary import Kind, Source, StandingVocabulary, project_index
from assistant.turn.corrections import Correction, learned, meanings, phrase, rules
from assistant.turn.events import Event, Fault, HeardAgain, Noticed, Remedy, Transcribed, TranscriptGrew
from assistant.turn.transcript import Alternative, Origin, Transcript, Word

_AROUND_CHARACTERS = 4000
_TEXTS = 40
_READ_WITHIN_S = 3.0
_CHANGED_WITHIN_S = 5.0
_PROJECTS_EVERY_S = 30.0
_MOST_NEAR = 4
_NEAR = 0.7
_NOT_PUT_RIGHT = Fault(
    "terms-fail", "Names were not put right; the text is as it was heard.", "The log says more."
)

log = logging.getLogger(__name__)


class Memory(Protocol):
    """Where corrections are kept."""

    def corrections(self) -> Sequence[Correction]: ...

    def correct(self, learn: Callable[[Sequence[Correction]], Sequence[Correction]]) -> object:
        """Keep what `learn` makes of them, in one step. Raises AssistantError."""


class TermDesk:
    """Puts terms right in what is heard, with the vocabulary that is chosen.

    The first text waits until the vocabulary has been read, but not long. What is talked about (`expect`) has a matcher of its own,
    so that the large one is made anew only when a list has changed.
    """

    def __init__(self, chosen: Terms, doubt_below: float, emit: Emit, memory: Memory) -> None:
        self._chosen = chosen
        self._doubt_below = doubt_below
        self._emit = emit
        self._memory = memory
        self._rules: tuple[Correction, ...] = ()
        self._rules_used: tuple[Correction, ...] = ()
        self._wanted: Mapping[str, Sequence[str]] = {}
        self._projects_at = -_PROJECTS_EVERY_S
        self._acts: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="terms", daemon=True)
        self._vocabulary: StandingVocabulary
        self._version = -1
        self._around = ""
        self._standing: Matcher | None = None
        self._passing: Matcher | None = None
        self._talked_about: tuple[Term, ...] = ()
        self._copied: tuple[Term, ...] = ()
        self._by_sentence = self._fixing()
        self._ready = threading.Event()
        self._stopping = threading.Event()

    # What others call, on any thread

    def start(self) -> None:
        self._acts.put(self._look_at_projects)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._acts.put(None)
        self._thread.join()

    def use(self, chosen: Terms, doubt_below: float) -> None:
        """Use these sources from now on; less probable words than this are doubtful."""
        self._doubt_below = doubt_below
        self._acts.put(lambda: self._use(chosen))

    def expect(self, conversation: Sequence[str]) -> None:
        """Somebody begins to speak, in a conversation with these texts, the newest last: take up what has changed."""
        self._acts.put(lambda: self._take_up(conversation[-_TEXTS:]))

    def copied(self, text: str) -> None:
        """Somebody begins to speak, and this is on the clipboard. It is kept nowhere but for the names in it."""
        self._acts.put(lambda: self._take_up_copied(text))

    def changed(self) -> None:
        """The user's own list, the projects' indexes or the rules were changed: use them. Waits for it, but not long."""
        done = threading.Event()
        self._acts.put(lambda: self._take_up_changes(done))
        done.wait(_CHANGED_WITHIN_S)

    def sources(self) -> tuple[Source, ...]:
        """Every source, with the terms that it has now; waits until the vocabulary has been read."""
        self._ready.wait()
        passing = {Kind.CONVERSATION: len(self._talked_about), Kind.CLIPBOARD: len(self._copied)}
        return tuple(replace(it, terms=passing.get(it.kind, it.terms)) for it in self._vocabulary.sources())

    def sent(self, words: Sequence[Word]) -> None:
        """A message with these words was sent: learn from what was changed in it."""
        self._acts.put(lambda: self._learn(words))

    def dictated(self, words: Sequence[Word]) -> None:
        """These words went into another program, and nobody looked at them: they tell which rules are in use."""
        used = [word for word in words if word.source == Kind.CORRECTIONS]
        if used:
            self._acts.put(lambda: self._learn(used))

    def put_right(self, event: Event) -> Event:
        """The event with its words put right: a transcript's, or those somebody wanted listened to again. Takes milliseconds."""
        try:
            if isinstance(event, TranscriptGrew) and self._ready.is_set():
                self._by_sentence.prepare(event.turn, event.transcript.words[: event.firm], self._around)
            if isinstance(event, Transcribed):
                return replace(event, transcript=self._fixed(event.transcript))
            if isinstance(event, HeardAgain) and event.look:  # others are too short to tell
                return replace(event, words=tuple(map(self._with_alternatives, self._put_right(event.words))))
        except Exception:  # what was said is worth more than its spelling
            log.exception("a transcript was not put right")
            self._emit(Noticed(_NOT_PUT_RIGHT))
        return event

    def _fixed(self, transcript: Transcript) -> Transcript:
        self._ready.wait(_READ_WITHIN_S)
        words = put_right(transcript.words, self._put_right, spoken_code=self._chosen.spoken_code)
        return replace(
            transcript,
            words=tuple(map(self._with_alternatives, words)),
            spelled=spell(transcript.words) or "",
        )

    def _put_right(self, words: Sequence[Word]) -> tuple[Word, ...]:
        return self._by_sentence(words, self._around)

    def _fixing(self) -> BySentence:
        """With the rules and matchers of now."""
        self._rules_used = self._rules
        matchers = [it for it in (self._passing, self._standing) if it is not None]
        return by_sentence(self._rules, matchers)

    def _with_alternatives(self, word: Word) -> Word:
        """A doubtful word with what was wanted for it before, and the terms that sound like it."""
        if (
            word.origin is not Origin.SPOKEN
            or word.probability >= self._doubt_below
            or self._standing is None
        ):
            return word
        before = (Alternative(meant, Kind.CORRECTIONS) for meant in self._wanted.get(phrase(word.text), ()))
        near = self._standing.nearest((word,), _MOST_NEAR)
        offered = (Alternative(term.text, term.source) for term, close in near if close >= _NEAR)
        return replace(word, alternatives=(*before, *word.alternatives, *offered))

    # The thread

    def _run(self) -> None:
        """What cannot be read or kept is told; the rest goes on."""
        self._vocabulary = StandingVocabulary(self._chosen, self._tell)
        try:
            self._recall()
        except AssistantError as error:
            self._tell(error.fault)
            self._renew()
        self._ready.set()
        while (act := self._acts.get()) is not None:
            try:
                act()
            except AssistantError as error:
                self._tell(error.fault)

    def _use(self, chosen: Terms) -> None:
        moved = chosen.projects != self._chosen.projects
        self._chosen = chosen
        self._vocabulary.switch(chosen.unused)
        if Kind.CLIPBOARD in chosen.unused:
            self._use_passing(self._talked_about, ())
        self._recall()
        if moved:
            self._projects_at = -_PROJECTS_EVERY_S
            self._look_at_projects()

    def _take_up(self, conversation: Sequence[str]) -> None:
        self._around = "\n".join(conversation)[-_AROUND_CHARACTERS:]
        heeded = Kind.CONVERSATION not in self._chosen.unused
        terms = gleaned(reversed(conversation), Kind.CONVERSATION) if heeded else ()
        self._use_passing(terms, self._copied)
        self._vocabulary.refresh()
        self._recall()
        self._look_at_projects()

    def _take_up_copied(self, text: str) -> None:
        heeded = Kind.CLIPBOARD not in self._chosen.unused
        self._use_passing(self._talked_about, gleaned((text,), Kind.CLIPBOARD) if heeded else ())

    def _use_passing(self, talked_about: tuple[Term, ...], copied: tuple[Term, ...]) -> None:
        """Use these terms, which are of interest for a while, from now on."""
        if (talked_about, copied) == (self._talked_about, self._copied):
            return
        self._talked_about, self._copied = talked_about, copied
        terms = merged((*talked_about, *copied))
        self._passing = Matcher(terms) if terms else None
        self._by_sentence = self._fixing()

    def _take_up_changes(self, done: threading.Event) -> None:
        try:
            self._vocabulary.refresh()
            self._vocabulary.use_projects(self._chosen.projects)
            self._recall()
        finally:
            done.set()

    def _look_at_projects(self) -> None:
        """Read what has changed in the chosen folders, in a process of its own, and not too often."""
        if not self._chosen.projects or time.monotonic() - self._projects_at < _PROJECTS_EVERY_S:
            return
        for folder in self._chosen.projects:
            try:
                project_index(folder).refresh(cancelled=self._stopping.is_set)
            except AssistantError as error:
                self._tell(error.fault)
        self._vocabulary.use_projects(self._chosen.projects)
        self._projects_at = time.monotonic()
        self._renew()

    def _recall(self) -> None:
        """Take up the rules that are in force."""
        corrections, now_s = self._memory.corrections(), time.time()
        valid = rules(corrections, now_s)
        self._wanted = {} if Kind.CORRECTIONS in self._chosen.unused else meanings(corrections, now_s)
        self._vocabulary.put(Kind.CORRECTIONS, Kind.CORRECTIONS, terms_of(valid))
        self._rules = () if Kind.CORRECTIONS in self._chosen.unused else valid
        self._renew()

    def _learn(self, words: Sequence[Word]) -> None:
        if all(word.origin is Origin.TYPED for word in words):
            return
        found, before = sightings(words), {(one.heard, one.meant) for one in self._rules}
        self._memory.correct(lambda known: learned(known, found, words, time.time()))
        self._recall()
        for one in self._rules:
            if (one.heard, one.meant) not in before:
                self._tell(_rule_learned(one))

    def _tell(self, fault: Fault) -> None:
        self._emit(Noticed(fault))

    def _renew(self) -> None:
        """Make anew what depends on what has changed."""
        if self._version != self._vocabulary.version:
            self._version = self._vocabulary.version
            self._standing = Matcher(self._vocabulary.terms())
            give_back()
            log.info("%d terms", len(self._vocabulary.terms()))
        elif self._rules == self._rules_used:
            return
        self._by_sentence = self._fixing()


def _rule_learned(rule: Correction) -> Fault:
    if rule.leaves_alone:
        message = f"“{rule.heard}” is left as it is heard from now on."
    else:
        message = f"“{rule.heard}” is written “{rule.meant}” from now on."
    return Fault("rule-learned", message, "It can be undone there.", Remedy.LOOK_AT_RULE)
