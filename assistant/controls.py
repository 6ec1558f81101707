"""What the window and the command line may ask of the program outside the turn."""

import os
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from assistant import paths, settings
from assistant.errors import AssistantError
from assistant.ports import ChatModel, Found, Unfinished
from assistant.ports_controls import ChatServer, RecogniserOffer, Request
from assistant.settings import Settings
from assistant.turn.conversation import Conversation
from assistant.turn.events import (
    ConversationOpened,
    Event,
    Habits,
    HabitsChanged,
    Noticed,
    SendMode,
    TranscribeAgainAsked,
)
from assistant.turn.transcript import Word

if TYPE_CHECKING:
    from assistant.build import Program
    from assistant.controls_terms import ProgramTerms
    from assistant.ports_score import ScoreControls

_HOW_IT_WAS_SAID = {"doubt_below", "tell_model"}


def habits_of(chosen: Settings, *, voice: bool = True, window: bool = True) -> Habits:
    """The habits that the settings ask for; without a window there is nobody to look at a message first."""
    return Habits(
        send=chosen.chat.send if window else SendMode.AT_ONCE,
        speak_replies=voice and (chosen.speaking.replies or not window),
        cues=chosen.hearing.cue and window,
        doubt_below=chosen.window.doubt_below,
        longest_recording_s=chosen.keys.longest_recording_s,
    )


def use_model(chat: ChatModel, chosen: Settings) -> None:
    """Ask whom the settings name, and tell as much of how a question was said as they want."""
    below = chosen.window.doubt_below if chosen.terms.tell_model else None
    chat.use(chosen.chat.base_url, chosen.chat.model, chosen.chat.instructions, doubt_below=below)


class ProgramControls:
    """The port `Controls` of a program. What needs its parts waits until they are there."""

    def __init__(self, program: "Program") -> None:
        self._program = program

    @cached_property
    def terms(self) -> "ProgramTerms":
        from assistant.controls_terms import ProgramTerms

        return ProgramTerms(
            lambda: self._program.terms,
            lambda: self._program.parts.history,
            lambda name, value: self.change("terms", name, value),
            self._program.copied,
            lambda fault: self.emit(Noticed(fault)),
        )

    def settings(self) -> Settings:
        return self._program.settings

    def change(self, section: str, name: str, value: object) -> Settings:
        if section == "keys" and name in {"talk", "dictate"}:
            self._try_keys(name, str(value))
        chosen = settings.change(paths.settings_file(), section, name, value)
        self._program.settings = chosen
        self._follow(section, chosen)
        if name in _HOW_IT_WAS_SAID:
            use_model(self._program.parts.chat, chosen)
            self._program.use_terms(chosen)
        return chosen

    @property
    def scores(self) -> "ScoreControls":
        from assistant.terms.score_book import ScoreBook

        return ScoreBook(paths.score_sentences_file(), paths.scores_file())

    def microphones(self) -> list[str]:
        return self._program.parts.microphone.devices()

    def voices(self) -> list[str]:
        return self._program.parts.voice.voices()

    def recognisers(self) -> list[RecogniserOffer]:
        from assistant.transcribe.offers import offers

        return offers(self._program.parts.models)

    def get_recogniser(self, name: str) -> None:
        self._program.parts.transcriber.get(name)

    def stop_download(self) -> None:
        self._program.parts.transcriber.stop_download()

    def chat_servers(self) -> list[ChatServer]:
        from assistant.think import normalised
        from assistant.think.servers import find_servers, try_server

        found = find_servers()
        chosen = self._program.settings.chat.base_url
        if chosen and all(server.base_url != normalised(chosen) for server in found):
            try:
                found.append(try_server(chosen, keys=self._program.parts.api_keys))
            except AssistantError:
                return found  # the line at the top of the window says what is wrong with it
        return found

    def connect(self, base_url: str, api_key: str, model: str) -> ChatServer:
        from assistant.think import normalised
        from assistant.think.servers import try_server

        program = self._program
        address = normalised(base_url)
        server = try_server(address, api_key, program.parts.api_keys)
        if api_key:
            program.parts.api_keys.use(address, api_key)
        settings.change(paths.settings_file(), "chat", "base_url", address)
        self.change("chat", "model", model)
        if api_key:
            program.parts.api_keys.keep(address, api_key)
        return server

    def what_the_model_sees(self, draft: str, words: tuple[Word, ...]) -> Request:
        from assistant.think.seen import seen
        from assistant.turn.answering import question_of

        session, chat = self._program.watched.session, self._program.parts.chat
        if session is None:
            raise AssistantError("starting", "Aloud is still starting.", "Try again in a second.")
        conversation = session.conversation
        if session.reply is None and draft.strip():
            conversation = conversation.plus(question_of(session, draft, words))
        server = self._program.settings.chat.base_url
        return seen(chat.request(conversation), server, sent=session.reply is not None)

    def add_term(self, text: str) -> str:
        from assistant.terms.own import OwnTerms
        from assistant.terms.term import Term

        OwnTerms(paths.own_terms_file(), lambda fault: self.emit(Noticed(fault))).add([Term(text.strip())])
        return text.strip()

    def capture_key(self, done: Callable[[str], None]) -> None:
        self._program.hotkeys.capture(done)

    def conversations(self, query: str = "") -> Sequence[Found]:
        return self._program.parts.history.find(query)

    def open_conversation(self, conversation_id: str) -> None:
        if not conversation_id:
            self.emit(ConversationOpened(Conversation(os.urandom(16).hex())))
            return
        drafts = (one.draft for one in self.unfinished() if one.conversation == conversation_id and one.draft)
        conversation = self._program.parts.history.conversation(conversation_id)
        self.emit(ConversationOpened(conversation, next(drafts, "")))

    def unfinished(self) -> Sequence[Unfinished]:
        return self._program.parts.history.unfinished()

    def take_up(self, unfinished: Unfinished) -> None:
        if unfinished.conversation:
            self.open_conversation(unfinished.conversation)
        if unfinished.recording is not None:
            self.emit(TranscribeAgainAsked(unfinished.turn, unfinished.recording))

    def correct_dictation(self) -> None:
        last = self._program.parts.history.last_dictation()
        if last is None:
            message = "There is no dictation whose recording is still kept."
            raise AssistantError("no-dictation", message, "Dictate something first.")
        self.emit(TranscribeAgainAsked(*last))

    def taken(self, words: tuple[Word, ...]) -> None:
        self._program.learn_from(words)

    def press(self, key: str, down: bool) -> None:
        self._program.hotkeys.press(key, down, time.monotonic())

    def composing(self, focused: bool) -> None:
        self._program.tell_composing(focused)

    def emit(self, event: Event) -> None:
        self._program.emit(event)

    def _try_keys(self, name: str, value: str) -> None:
        """A key that cannot be used is not saved. Raises AssistantError."""
        keys = settings.changed(self._program.settings, "keys", name, value).keys
        self._program.hotkeys.use(keys.talk, keys.dictate)

    def _follow(self, section: str, chosen: Settings) -> None:
        program = self._program
        match section:
            case "hearing":
                program.parts.microphone.use(chosen.hearing.microphone, pre_roll=chosen.hearing.pre_roll)
            case "recogniser":
                recogniser = chosen.recogniser
                program.parts.transcriber.use(recogniser.model, recogniser.language, recogniser.device)
                program.parts.transcriber.rest_after(60 * recogniser.rest_after_min)
            case "chat":
                from assistant.think import Patience

                program.parts.chat.patience = Patience(
                    chosen.chat.first_token_timeout_s, chosen.chat.stall_timeout_s
                )
                use_model(program.parts.chat, chosen)
            case "speaking":
                program.parts.voice.use(chosen.speaking.voice, chosen.speaking.rate_wpm)
            case "terms":
                program.use_terms(chosen)
            case "history":
                program.parts.history.keep_recordings(chosen.history.keep_recordings_days)
            case _:
                pass
        self.emit(HabitsChanged(habits_of(chosen)))
