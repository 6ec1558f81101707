"""A program behind the window that keeps the ports' promises: the real law of the turn, with a scripted world.

What is said into its microphone, and what its model answers, is told beforehand (`will_hear`, `will_answer`).
"""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from assistant import paths
from assistant.errors import AssistantError
from assistant.ports import Found, Unfinished, View
from assistant.ports_controls import ChatServer, RecogniserOffer, Request
from assistant.settings import Settings, changed
from assistant.terms.score_book import ScoreBook
from assistant.think.prompt import Prompt, request_body
from assistant.think.seen import seen
from assistant.turn.answering import question_of
from assistant.turn.commands import (
    Ask,
    ClearComposer,
    CloseMicrophone,
    Command,
    LoadDraft,
    OpenMicrophone,
    Place,
    Speak,
    Transcribe,
)
from assistant.turn.conversation import Conversation
from assistant.turn.events import (
    AudioEnded,
    AudioHeard,
    AudioStarted,
    ConversationOpened,
    Event,
    Goal,
    HabitsChanged,
    PartChanged,
    Recording,
    ReplyEnded,
    ReplyGrew,
    SentenceStarted,
    TalkEnded,
    TalkStarted,
    Transcribed,
)
from assistant.turn.machine import step
from assistant.turn.states import Session
from assistant.turn.timekeeping import timed
from assistant.turn.transcript import Transcript, Word
from tests.fakes.terms import FakeTerms, not_on_the_windows_thread


class FakeControls:
    """`Controls`, and the engine behind it. Start it with the view, stop it at the end.

    A method that may take seconds fails when the window's own thread calls it.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self.session = Session(next_turn=1, conversation=Conversation("first"))
        self.events: list[Event] = []
        self.presses: list[tuple[str, bool]] = []
        self.added_terms: list[str] = []
        self.terms = FakeTerms(self.change)
        self.changes: list[tuple[str, str, object]] = []
        self.refusals: dict[tuple[str, str], AssistantError] = {}
        self.connections: list[tuple[str, str, str]] = []
        self.connecting_fails: AssistantError | None = None
        self.downloads: list[str] = []
        self.stored: dict[str, Conversation] = {}
        self.left_over: list[Unfinished] = []
        self.dictations_corrected = 0
        self.taken_out: list[tuple[Word, ...]] = []
        self.taken_up: list[Unfinished] = []
        self.microphone_names = ["Built-in Audio", "USB Headset"]
        self.voice_names = ["Anna", "Daniel"]
        self.offers = [
            RecogniserOffer("tiny.en", "Tiny", "English", 75_000_000, "very fast", "MIT", False),
            RecogniserOffer("base.en", "Base", "English", 145_000_000, "fast", "MIT", True),
            RecogniserOffer("small", "Small", "99 languages", 480_000_000, "moderate", "MIT", False),
        ]
        self.servers = [ChatServer("Ollama", "http://localhost:11434/v1", ("llama3.2", "qwen3:8b"))]
        self._heard: deque[Transcript] = deque()
        self._answers: deque[tuple[str, ...]] = deque()
        self._capturing: Callable[[str], None] | None = None
        self._view: View | None = None
        self._inbox: queue.SimpleQueue[Event | Session | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="fake engine", daemon=True)

    # the world

    def will_hear(self, *words: tuple[str, float]) -> None:
        """The next recording contains these words (as written, with the space before), each with its probability."""
        said = tuple(
            Word(text, at / 2, at / 2 + 0.4, probability) for at, (text, probability) in enumerate(words)
        )
        self._heard.append(Transcript(0, said, "fake", "en"))

    def will_answer(self, *pieces: str) -> None:
        """The next question is answered by these pieces; without any it waits for an answer."""
        self._answers.append(pieces)

    # the engine

    def start(self, view: View) -> None:
        self._view = view
        view.show(self.session)
        self._thread.start()

    def stop(self) -> None:
        if self._thread.is_alive():
            self._inbox.put(None)
            self._thread.join()
        self.terms.close()

    def emit(self, event: Event) -> None:
        self._inbox.put(event)

    def show(self, session: Session) -> None:
        """Let the window show this session, after everything that happened before."""
        self._inbox.put(session)

    def _run(self) -> None:
        while (event := self._inbox.get()) is not None:
            commands: tuple[Command, ...] = ()
            if isinstance(event, Session):
                self.session = event
            else:
                self.session, commands = timed(step(self.session, event), event, time.monotonic())
                self.events.append(event)
            for command in commands:
                self._carry_out(command)
            if self._view is not None:
                self._view.show(self.session)

    def _carry_out(self, command: Command) -> None:
        assert self._view is not None
        if isinstance(command, OpenMicrophone):
            self.emit(AudioStarted(command.turn, time.monotonic()))
            self.emit(AudioHeard(command.turn, 0.4, 0.02))
        elif isinstance(command, CloseMicrophone):
            self.emit(AudioEnded(command.turn, Recording(f"{command.turn}.wav", 2.0, 0.5)))
        elif isinstance(command, Transcribe):
            heard = self._heard.popleft() if self._heard else Transcript(0, (), "fake")
            self.emit(Transcribed(command.turn, Transcript(command.turn, heard.words, "fake", "en")))
        elif isinstance(command, Place):
            self._view.place(command.transcript)
        elif isinstance(command, ClearComposer):
            self._view.clear(command.text)
        elif isinstance(command, LoadDraft):
            self._view.load(command.text)
        elif isinstance(command, Ask) and self._answers:
            for piece in self._answers.popleft():
                self.emit(ReplyGrew(command.turn, piece))
            self.emit(ReplyEnded(command.turn, model="fake"))
        elif isinstance(command, Speak):
            self.emit(SentenceStarted(command.turn, command.index))

    # controls that answer at once

    def press(self, key: str, down: bool) -> None:
        self.presses.append((key, down))
        goal = Goal.ASK if key == "talk" else Goal.DICTATE
        self.emit(TalkStarted(goal, time.monotonic()) if down else TalkEnded(time.monotonic()))

    def composing(self, focused: bool) -> None:
        self.composer_focused = focused

    # controls that may take seconds

    def settings(self) -> Settings:
        not_on_the_windows_thread()
        return self._settings

    def change(self, section: str, name: str, value: object) -> Settings:
        not_on_the_windows_thread()
        if (section, name) in self.refusals:
            raise self.refusals[section, name]
        self._settings = changed(self._settings, section, name, value)
        self.changes.append((section, name, value))
        chat, speaking, window = self._settings.chat, self._settings.speaking, self._settings.window
        habits = self.session.habits
        self.emit(HabitsChanged(type(habits)(chat.send, speaking.replies, doubt_below=window.doubt_below)))
        return self._settings

    @property
    def scores(self) -> ScoreBook:
        not_on_the_windows_thread()
        return ScoreBook(paths.score_sentences_file(), paths.scores_file())

    def microphones(self) -> list[str]:
        not_on_the_windows_thread()
        return list(self.microphone_names)

    def voices(self) -> list[str]:
        not_on_the_windows_thread()
        return list(self.voice_names)

    def recognisers(self) -> list[RecogniserOffer]:
        not_on_the_windows_thread()
        return list(self.offers)

    def get_recogniser(self, name: str) -> None:
        not_on_the_windows_thread()
        self.downloads.append(name)

    def stop_download(self) -> None:
        not_on_the_windows_thread()
        self.downloads.append("")

    def chat_servers(self) -> list[ChatServer]:
        not_on_the_windows_thread()
        return list(self.servers)

    def connect(self, base_url: str, api_key: str, model: str) -> ChatServer:
        not_on_the_windows_thread()
        self.connections.append((base_url, api_key, model))
        if self.connecting_fails is not None:
            raise self.connecting_fails
        self.change("chat", "base_url", base_url)
        self.change("chat", "model", model)
        return ChatServer("The server", base_url, (model, "another"))

    def what_the_model_sees(self, draft: str, words: tuple[Word, ...]) -> Request:
        not_on_the_windows_thread()
        session, chosen = self.session, self._settings
        conversation = session.conversation
        if session.reply is None and draft.strip():
            conversation = conversation.plus(question_of(session, draft, words))
        below = chosen.window.doubt_below if chosen.terms.tell_model else None
        messages = Prompt().json(conversation, chosen.chat.instructions, below)
        body = request_body(chosen.chat.model, messages, {})
        return seen(body, chosen.chat.base_url, sent=session.reply is not None)

    def add_term(self, text: str) -> str:
        self.added_terms.append(text)
        return text

    def capture_key(self, done: Callable[[str], None]) -> None:
        not_on_the_windows_thread()
        self._capturing = done

    def press_captured(self, key: str) -> bool:
        """Press the key that is waited for; False while none is."""
        if self._capturing is None:
            return False
        done, self._capturing = self._capturing, None
        threading.Thread(target=done, args=(key,), name="fake keys").start()
        return True

    def conversations(self, query: str = "") -> Sequence[Found]:
        not_on_the_windows_thread()
        wanted = query.lower()
        return [
            Found(identifier, talk.title, time.time() - 3600 * at, len(talk.messages))
            for at, (identifier, talk) in enumerate(self.stored.items())
            if wanted in talk.title.lower()
        ]

    def open_conversation(self, conversation_id: str) -> None:
        not_on_the_windows_thread()
        if not conversation_id:
            self.emit(ConversationOpened(Conversation(f"new {len(self.events)}")))
            return
        self.emit(ConversationOpened(self.stored[conversation_id], ""))

    def unfinished(self) -> Sequence[Unfinished]:
        not_on_the_windows_thread()
        return list(self.left_over)

    def take_up(self, unfinished: Unfinished) -> None:
        not_on_the_windows_thread()
        self.taken_up.append(unfinished)

    def correct_dictation(self) -> None:
        not_on_the_windows_thread()
        self.dictations_corrected += 1

    def taken(self, words: tuple[Word, ...]) -> None:
        self.taken_out.append(words)

    def tell(self, change: PartChanged) -> None:
        """A part of the program has something to say about itself."""
        self.emit(change)
