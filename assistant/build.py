"""The one file that knows every adapter: makes the parts, joins them, starts them, and stops them in reverse."""

import logging
import os
import sys
import traceback
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from assistant import paths, settings
from assistant.controls import ProgramControls, habits_of
from assistant.engine import Engine, Ports
from assistant.errors import AssistantError
from assistant.hear import EarMicrophone, FileMicrophone
from assistant.insert import this_inserter
from assistant.keys import GlobalKeys
from assistant.ports import Microphone, View
from assistant.remember import SqliteHistory
from assistant.settings import Settings
from assistant.speak.saving import save_speech
from assistant.speak.voice import ChildVoice
from assistant.think import Keys, OpenAIChat, Patience, normalised
from assistant.transcribe.installed import Models
from assistant.transcribe.tally import Tally
from assistant.transcribe.transcriber import ScribeTranscriber
from assistant.turn.conversation import Conversation
from assistant.turn.events import Event, Fault, Noticed, Part, PartChanged, Readiness
from assistant.turn.press import Timing
from assistant.turn.states import Session
from assistant.turn.transcript import Transcript

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The parts that are started beside the recogniser and the language model.

    `audio` is a sound file that stands for the microphone; `desktop` is what a window needs: keys and insertion.
    """

    microphone: bool = False
    audio: Path | None = None
    voice: bool = False
    desktop: bool = False


def models() -> Models:
    """The speech models on this machine, and those that can be had."""
    return Models(paths.downloaded_models_folder(), paths.shipped_models_folder())


def api_keys(chosen: Settings) -> Keys:
    return Keys(chosen.chat.base_url)


def keep_api_key(base_url: str, key: str) -> None:
    """Keep `key` in the keyring for the server at `base_url`. Raises AssistantError."""
    Keys().keep(normalised(base_url), key)


def history(tell: Callable[[Fault], None], *, keep_days: int | None = None) -> SqliteHistory:
    return SqliteHistory(paths.history_file(), paths.recordings_folder(), tell, keep_days=keep_days)


class Program:
    """Everything, wired. `start` starts the parts that are `wanted`, `close` stops them in reverse.

    What is emitted before the start is not lost. `microphone` takes the place of the ear, for measurements.
    """

    def __init__(self, wanted: Wanted, microphone: Microphone | None = None) -> None:
        self.settings = chosen = settings.load(paths.settings_file())
        self._wanted = wanted
        self._stack = ExitStack()
        damage: list[Fault] = []
        self.history = history(damage.append, keep_days=chosen.history.keep_recordings_days)
        self._stack.callback(self.history.close)
        self.microphone = microphone or (FileMicrophone(wanted.audio) if wanted.audio else EarMicrophone())
        self.models = models()
        self.transcriber = ScribeTranscriber(self.models, tally=Tally(paths.recogniser_tally_file()))
        self.api_keys = api_keys(chosen)
        self.chat = OpenAIChat(
            self.api_keys, Patience(chosen.chat.first_token_timeout_s, chosen.chat.stall_timeout_s)
        )
        self.voice = ChildVoice()
        self.inserter = this_inserter()
        self.hotkeys = GlobalKeys(
            Timing(hold_after_s=chosen.keys.hold_after_ms / 1000, longest_s=chosen.keys.longest_recording_s)
        )
        ports = Ports(self.microphone, self.transcriber, self.chat, self.voice, self.inserter, self.history)
        self.watched = Watched(self.hotkeys.over)
        habits = habits_of(chosen, voice=wanted.voice, window=wanted.desktop)
        session = Session(self.history.next_turn(), Conversation(uuid.uuid4().hex), habits)
        self._engine = Engine(ports, self.watched, session, paths.recordings_folder(), _end_on_bug)
        self.controls = ProgramControls(self)
        for fault in damage:
            self.emit(Noticed(fault))

    def emit(self, event: Event) -> None:
        self._engine.emit(event)

    def say_to(self, text: str, file: Path) -> None:
        """Write `text` (Markdown), spoken, to a WAV file. Raises AssistantError."""
        save_speech(text, file, self.settings.speaking.voice, self.settings.speaking.rate_wpm)

    def start(self, view: View) -> None:
        self.watched.view = view
        self._begin(self._engine.start, self._engine.stop)
        chosen = self.settings
        if self._wanted.desktop:
            self._use_keys(chosen)
            self._begin(lambda: self.hotkeys.start(self.emit), self.hotkeys.stop)
            self._begin(lambda: self.inserter.start(self.emit), self.inserter.stop)
        if self._wanted.microphone or self._wanted.audio is not None:
            self.microphone.use(chosen.hearing.microphone, pre_roll=chosen.hearing.pre_roll)
            self._begin(lambda: self.microphone.start(self.emit), self.microphone.stop)
            recogniser = chosen.recogniser
            self.transcriber.use(recogniser.model, recogniser.language, recogniser.device)
            self.transcriber.rest_after(60 * recogniser.rest_after_min)
            self._begin(lambda: self.transcriber.start(self.emit), self.transcriber.stop)
        self.chat.use(chosen.chat.base_url, chosen.chat.model, chosen.chat.instructions)
        self._begin(lambda: self.chat.start(self.emit), self.chat.stop)
        self.voice.use(chosen.speaking.voice, chosen.speaking.rate_wpm)
        if self._wanted.voice:
            self._begin(lambda: self.voice.start(self.emit), self.voice.stop)

    def close(self) -> None:
        self._stack.close()

    def _begin(self, start: Callable[[], None], stop: Callable[[], None]) -> None:
        start()
        self._stack.callback(stop)

    def _use_keys(self, chosen: Settings) -> None:
        try:
            self.hotkeys.use(chosen.keys.talk, chosen.keys.dictate)
        except AssistantError as error:
            self.emit(PartChanged(Part.KEYS, Readiness.BROKEN, chosen.keys.talk, error.fault))


class Watched:
    """The view, and beside it who follows the session: the keys, which must know when a talk is over, and
    `aloud status`.
    """

    def __init__(self, talk_over: Callable[[float], None]) -> None:
        self.view: View
        self._talk_over = talk_over
        self.session: Session | None = None

    def show(self, session: Session) -> None:
        before = self.session.listening if self.session is not None else None
        if before is not None and (session.listening is None or session.listening.turn != before.turn):
            self._talk_over(before.since)
        self.session = session
        self.view.show(session)

    def place(self, transcript: Transcript) -> None:
        self.view.place(transcript)

    def clear(self, text: str) -> None:
        self.view.clear(text)

    def load(self, text: str) -> None:
        self.view.load(text)


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
