"""The one file that knows every adapter: makes the parts, joins them, starts them, and stops them in reverse.

The window is on the screen before the parts are made: each is imported where it is made.
"""

from __future__ import annotations

import logging
import os
import queue
import shutil
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import paths, settings
from assistant.controls import ProgramControls, habits_of, use_model
from assistant.errors import AssistantError
from assistant.ports import Inserter, Microphone, View
from assistant.recordings import trials_folder
from assistant.settings import Settings
from assistant.turn.conversation import Conversation, Message
from assistant.turn.dataclass import dataclass
from assistant.turn.events import Event, Fault, Noticed, Part, PartChanged, Readiness
from assistant.turn.states import Session
from assistant.turn.transcript import Transcript, Word
from assistant.watched import Watched

if TYPE_CHECKING:
    from assistant.keys.hotkeys import GlobalKeys
    from assistant.remember import SqliteHistory
    from assistant.speak.voice import ChildVoice
    from assistant.terms.desk import TermDesk
    from assistant.think import Keys, OpenAIChat
    from assistant.transcribe.installed import Models
    from assistant.transcribe.transcriber import ScribeTranscriber

log = logging.getLogger(__name__)

# Two threads that import hold each other up, and so do processes that start: what is needed first goes ahead so long.
_KEYS_FIRST_S = 0.1
_RECOGNISER_FIRST_S = 1.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """The parts that are started beside the recogniser and the language model.

    `audio` is a sound file that stands for the microphone; `desktop` is what a window needs: keys and insertion.
    """

    microphone: bool = False
    audio: Path | None = None
    voice: bool = False
    desktop: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """What the program is made of, besides its keys and its window."""

    history: SqliteHistory
    microphone: Microphone
    models: Models
    transcriber: ScribeTranscriber
    api_keys: Keys
    chat: OpenAIChat
    voice: ChildVoice
    inserter: Inserter


def models() -> Models:
    """The speech models on this machine, and those that can be had."""
    from assistant.transcribe.installed import Models

    return Models(paths.downloaded_models_folder(), paths.shipped_models_folder())


def api_keys(chosen: Settings) -> Keys:
    from assistant.think import Keys

    return Keys(chosen.chat.base_url)


def keep_api_key(base_url: str, key: str) -> None:
    """Keep `key` in the keyring for the server at `base_url`. Raises AssistantError."""
    from assistant.think import Keys, normalised

    Keys().keep(normalised(base_url), key)


def history(tell: Callable[[Fault], None], *, keep_days: int | None = None) -> SqliteHistory:
    from assistant.remember import SqliteHistory

    return SqliteHistory(paths.history_file(), paths.recordings_folder(), tell, keep_days=keep_days)


def _transcriber() -> ScribeTranscriber:
    from assistant.transcribe.tally import Tally
    from assistant.transcribe.transcriber import ScribeTranscriber

    return ScribeTranscriber(
        models(), tally=Tally(paths.recogniser_tally_file()), doubt_file=paths.doubt_file()
    )


class Program:
    """Everything, wired. `start` makes and starts the parts that are `wanted`, `close` stops them in reverse.

    What is emitted before the start is not lost. `microphone` takes the place of the ear, for measurements.
    """

    def __init__(self, wanted: Wanted, microphone: Microphone | None = None) -> None:
        self.settings = settings.load(paths.settings_file())
        self.controls = ProgramControls(self)
        self.watched = Watched(self._talk_begins, self._talk_over, self._asked, self._dictated)
        self._wanted = wanted
        self._microphone = microphone
        self._inbox: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._hotkeys: Future[GlobalKeys] = Future()
        self._transcriber: ScribeTranscriber | None = None
        self._terms: TermDesk | None = None
        self._terms_started: Future[TermDesk] = Future()
        self._parts: Future[Parts] = Future()
        self._settled = {part: threading.Event() for part in Part}
        self._stack = ExitStack()

    @property
    def hotkeys(self) -> GlobalKeys:
        """The keys; waits until they are made, which they are first of all."""
        return self._hotkeys.result()

    @property
    def parts(self) -> Parts:
        """The parts; waits until they are started. Raises what went wrong in starting them."""
        return self._parts.result()

    @property
    def _listens(self) -> bool:
        return self._wanted.microphone or self._wanted.audio is not None

    def tell_composing(self, focused: bool) -> None:
        """Tell the keys whether the composer has the keyboard, as soon as there are keys."""

        def tell(made: Future[GlobalKeys]) -> None:
            if made.exception() is None:
                made.result().composing(focused)

        self._hotkeys.add_done_callback(tell)

    def emit(self, event: Event) -> None:
        self._inbox.put(event)
        if isinstance(event, PartChanged):
            log.info("%s: %s", event.part, event.readiness)
            if event.readiness is not Readiness.STARTING:
                self._settled[event.part].set()

    def say_to(self, text: str, file: Path) -> None:
        """Write `text` (Markdown), spoken, to a WAV file. Raises AssistantError."""
        from assistant.speak.saving import save_speech

        save_speech(text, file, self.settings.speaking.voice, self.settings.speaking.rate_wpm)

    def start_keys(self) -> None:
        """Listen to the keys, unless that was begun; what they tell waits for `start`."""
        if self._hotkeys.done():
            return
        from assistant.keys.hotkeys import GlobalKeys
        from assistant.turn.press import Timing

        chosen = self.settings.keys
        hotkeys = GlobalKeys(
            Timing(hold_after_s=chosen.hold_after_ms / 1000, longest_s=chosen.longest_recording_s)
        )
        try:
            hotkeys.use(chosen.talk, chosen.dictate)
        except AssistantError as error:
            self.emit(PartChanged(Part.KEYS, Readiness.BROKEN, chosen.talk, error.fault))
        self._hotkeys.set_result(hotkeys)
        self._begin(lambda: hotkeys.start(self.emit), hotkeys.stop)
        self._settled[Part.KEYS].wait(_KEYS_FIRST_S)

    def start_recogniser(self) -> None:
        """Let it load, which takes longest of all; what it tells waits for `start`."""
        chosen = self.settings.recogniser
        transcriber = self._transcriber = _transcriber()
        transcriber.use(chosen.model, chosen.language, chosen.device)
        transcriber.rest_after(60 * chosen.rest_after_min)
        self._begin(lambda: transcriber.start(self._heard), transcriber.stop)

    def start(self, view: View) -> None:
        """Make the parts and start them. Takes a tenth of a second or more. Raises AssistantError."""
        self.watched.view = view
        try:
            if self._wanted.desktop:
                self.start_keys()
            if self._listens and self._transcriber is None:
                self.start_recogniser()
            parts = self._make()
            self._start_engine(parts)
            self._start_parts(parts)
        except BaseException as error:
            if not self._hotkeys.done():
                self._hotkeys.set_exception(error)
            self._parts.set_exception(error)
            self._terms_started.set_exception(error)
            raise
        self._parts.set_result(parts)
        if self._wanted.desktop:
            self._settled[Part.TRANSCRIBE].wait(_RECOGNISER_FIRST_S)
        self._start_answering(parts)

    def close(self) -> None:
        self._stack.close()

    def _make(self) -> Parts:
        from assistant.hear import EarMicrophone, FileMicrophone
        from assistant.insert import this_inserter
        from assistant.speak.voice import ChildVoice
        from assistant.think import OpenAIChat, Patience

        chosen, audio = self.settings, self._wanted.audio
        kept = history(lambda fault: self.emit(Noticed(fault)), keep_days=chosen.history.keep_recordings_days)
        self._stack.callback(kept.close)
        keys = api_keys(chosen)
        patience = Patience(chosen.chat.first_token_timeout_s, chosen.chat.stall_timeout_s)
        return Parts(
            kept,
            self._microphone or (FileMicrophone(audio) if audio else EarMicrophone()),
            models(),
            self._transcriber or _transcriber(),
            keys,
            OpenAIChat(keys, patience),
            ChildVoice(),
            this_inserter(),
        )

    def _start_engine(self, parts: Parts) -> None:
        from assistant.engine import Engine, Ports

        ports = Ports(
            parts.microphone, parts.transcriber, parts.chat, parts.voice, parts.inserter, parts.history
        )
        habits = habits_of(self.settings, voice=self._wanted.voice, window=self._wanted.desktop)
        session = Session(parts.history.next_turn(), Conversation(os.urandom(16).hex()), habits)
        if self._wanted.desktop:  # there is one such program; what a crash left of its trials is nobody's
            shutil.rmtree(trials_folder(paths.recordings_folder()), ignore_errors=True)
        engine = Engine(
            ports, self.watched, session, paths.recordings_folder(), _end_on_bug, inbox=self._inbox
        )
        self._begin(engine.start, engine.stop)

    def _start_parts(self, parts: Parts) -> None:
        wanted, chosen = self._wanted, self.settings
        if self._listens:
            parts.microphone.use(chosen.hearing.microphone, pre_roll=chosen.hearing.pre_roll)
            self._begin(lambda: parts.microphone.start(self.emit), parts.microphone.stop)
        if wanted.desktop:
            self._begin(lambda: parts.inserter.start(self.emit), parts.inserter.stop)

    def _start_answering(self, parts: Parts) -> None:
        chosen = self.settings
        use_model(parts.chat, chosen)
        self._begin(lambda: parts.chat.start(self.emit), parts.chat.stop)
        parts.voice.use(chosen.speaking.voice, chosen.speaking.rate_wpm)
        if self._wanted.voice:
            self._begin(lambda: parts.voice.start(self.emit), parts.voice.stop)
        if self._listens:
            self._start_terms(parts.history)

    def _start_terms(self, kept: SqliteHistory) -> None:
        from assistant.terms.desk import TermDesk

        self._terms = desk = TermDesk(self.settings.terms, self.settings.window.doubt_below, self.emit, kept)
        self._begin(desk.start, desk.stop)
        self._terms_started.set_result(desk)

    @property
    def terms(self) -> TermDesk:
        """Where transcripts are put right; waits until it is there."""
        return self._terms_started.result()

    def use_terms(self, chosen: Settings) -> None:
        """Put the terms that were chosen right from now on."""
        if self._terms is not None:
            self._terms.use(chosen.terms, chosen.window.doubt_below)

    def _heard(self, event: Event) -> None:
        """What the recogniser tells; a transcript is put right before anybody sees it."""
        self.emit(event if self._terms is None else self._terms.put_right(event))

    def copied(self, text: str) -> None:
        """What is on the clipboard while somebody begins to speak."""
        if self._terms is not None:
            self._terms.copied(text)

    def _talk_begins(self, conversation: Conversation) -> None:
        if self._terms is not None:
            self._terms.expect([message.text for message in conversation.messages])

    def _asked(self, question: Message, looked_at: Sequence[Transcript]) -> None:
        """A question was sent; what was heard for it and waited for a look tells what the recogniser's doubts are worth."""
        if looked_at and self._transcriber is not None:
            self._transcriber.learn(looked_at, question.words)
        if self._terms is not None:
            self._terms.sent(question.words)

    def learn_from(self, words: Sequence[Word]) -> None:
        """These words, which nobody sends, were put right."""
        if self._terms is not None:
            self._terms.sent(words)

    def _dictated(self, dictation: Transcript) -> None:
        if self._terms is not None:
            self._terms.dictated(dictation.words)

    def _begin(self, start: Callable[[], None], stop: Callable[[], None]) -> None:
        start()
        self._stack.callback(stop)

    def _talk_over(self, since: float) -> None:
        if self._wanted.desktop:
            self.hotkeys.over(since)


def _end_on_bug(error: BaseException) -> None:
    """A bug in the engine: nothing works from here on, and everything is written down."""
    traceback.print_exception(error)
    where = paths.log_folder() / "aloud.log"
    print(
        f"Aloud met a bug and ends. The next start offers what was under way; {where} says more.",
        file=sys.stderr,
    )
    sys.stderr.flush()
    os._exit(1)
