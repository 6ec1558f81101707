"""A world in which everything works at once: what is said comes back as text, questions are answered, nothing waits."""

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.errors import AssistantError
from assistant.ports import Emit, Excerpt, Found, Unfinished
from assistant.turn.commands import Cue
from assistant.turn.conversation import Conversation
from assistant.turn.events import (
    AudioEnded,
    AudioStarted,
    HeardAgain,
    Inserted,
    Placed,
    Recording,
    ReplyEnded,
    ReplyGrew,
    SentenceSpoken,
    SentenceStarted,
    Transcribed,
)
from assistant.turn.records import Record
from assistant.turn.states import Session
from assistant.turn.transcript import Transcript, Word


class _Started:
    def __init__(self) -> None:
        self.emit: Emit = _nobody

    def start(self, emit: Emit) -> None:
        self.emit = emit

    def stop(self) -> None:
        self.emit = _nobody


def _nobody(event: object) -> None:
    raise AssertionError(f"{event} was emitted by a part that is not started")


class FakeMicrophone(_Started):
    """Opens for one turn at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.turn: int | None = None
        self.path = Path()
        self.fail: AssistantError | None = None

    def open(self, turn: int, path: Path) -> None:
        if self.fail is not None:
            raise self.fail
        assert self.turn is None, "the microphone is open already"
        self.turn, self.path = turn, path
        self.emit(AudioStarted(turn, 0.0))

    def close(self, turn: int) -> None:
        assert self.turn == turn, "another recording is closed than was opened"
        self.turn = None
        self.emit(AudioEnded(turn, Recording(str(self.path), 2.0, 0.5)))

    def use(self, device: str, *, pre_roll: bool = False) -> None:
        pass

    def devices(self) -> list[str]:
        return ["fake microphone"]


class FakeTranscriber(_Started):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.given_up: list[int] = []
        self.followed: list[int] = []

    def follow(self, turn: int, path: Path) -> None:
        self.followed.append(turn)

    def transcribe(self, turn: int, recording: Recording) -> None:
        words = tuple(Word(f" {word}") for word in self.text.split())
        self.emit(Transcribed(turn, Transcript(turn, words, "fake")))

    def abandon(self, turn: int) -> None:
        self.given_up.append(turn)

    def listen_again(
        self, turn: int, path: Path, start_s: float, end_s: float, near: Sequence[str], look: int = 0
    ) -> None:
        self.emit(HeardAgain(turn, (Word(" again", start_s, end_s),), look))

    def use(self, model: str, language: str, device: str) -> None:
        pass


class FakeChat(_Started):
    def __init__(self, pieces: tuple[str, ...]) -> None:
        super().__init__()
        self.pieces = pieces
        self.given_up: list[int] = []
        self.endless = False
        self.expecting = False

    def expect(self) -> None:
        self.expecting = True

    def ask(self, turn: int, conversation: Conversation) -> None:
        for piece in self.pieces:
            self.emit(ReplyGrew(turn, piece))
        if not self.endless:
            self.emit(ReplyEnded(turn))

    def abandon(self, turn: int) -> None:
        self.given_up.append(turn)

    def use(self, base_url: str, model: str, instructions: str, *, doubt_below: float | None = None) -> None:
        pass


class FakeVoice(_Started):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.cues: list[Cue] = []
        self.silenced: list[int] = []
        self.endless = False
        self.expected = 0
        self.played: list[tuple[str, float, float]] = []

    def expect(self) -> None:
        self.expected += 1

    def speak(self, turn: int, index: int, text: str) -> None:
        self.said.append(text)
        self.emit(SentenceStarted(turn, index))
        if not self.endless:
            self.emit(SentenceSpoken(turn, index))

    def silence(self, turn: int) -> None:
        self.silenced.append(turn)

    def cue(self, cue: Cue) -> None:
        self.cues.append(cue)

    def play(self, excerpts: Sequence[Excerpt]) -> None:
        self.played += [(path.name, start_s, end_s) for path, start_s, end_s in excerpts]

    def use(self, voice: str, rate_wpm: int) -> None:
        pass

    def voices(self) -> list[str]:
        return ["fake voice"]


class FakeInserter(_Started):
    def __init__(self) -> None:
        super().__init__()
        self.noted: list[int] = []
        self.inserted: list[str] = []

    def note_target(self, turn: int) -> None:
        self.noted.append(turn)

    def insert(self, turn: int, text: str) -> None:
        assert turn in self.noted, "text for a target that was not noted"
        self.inserted.append(text)
        self.emit(Inserted(turn))


class FakeHistory:
    def __init__(self) -> None:
        self.records: list[Record] = []
        self.fail: AssistantError | None = None

    def save(self, record: Record) -> None:
        if self.fail is not None:
            raise self.fail
        self.records.append(record)

    def next_turn(self) -> int:
        return 1

    def unfinished(self) -> list[Unfinished]:
        return []

    def conversation(self, conversation_id: str) -> Conversation:
        return Conversation(conversation_id)

    def find(self, query: str = "", limit: int = 200) -> list[Found]:
        return []

    def close(self) -> None:
        pass


class FakeView:
    """A composer, and every session that was shown. `watch` is called with each."""

    def __init__(self) -> None:
        self.emit: Emit = _nobody
        self.composer = ""
        self.refined: list[tuple[int, tuple[Word, ...]]] = []
        self.sessions: list[Session] = []
        self.watch: Callable[[Session], None] = lambda _: None

    def show(self, session: Session) -> None:
        self.sessions.append(session)
        self.watch(session)

    def place(self, transcript: Transcript) -> None:
        self.composer = f"{self.composer} {transcript.text}".strip()
        self.emit(Placed(transcript.turn, self.composer))

    def refine(self, turn: int, words: Sequence[Word]) -> None:
        self.refined.append((turn, tuple(words)))

    def clear(self, text: str) -> None:
        self.composer = self.composer.removeprefix(text)

    def load(self, text: str) -> None:
        self.composer = text
