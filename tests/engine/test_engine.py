"""The engine carries a sentence the whole way, in order, and says what fails."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.engine import Engine, Ports
from assistant.engine.timers import Timers
from assistant.errors import AssistantError
from assistant.turn.commands import Cue
from assistant.turn.conversation import Conversation
from assistant.turn.events import (
    AudioHeard,
    Cancelled,
    ConversationOpened,
    DraftEdited,
    Event,
    Goal,
    Habits,
    HabitsChanged,
    Part,
    StageFailed,
    Submitted,
    TalkEnded,
    TalkStarted,
    TimerFired,
    TrialsBegan,
)
from assistant.turn.records import DraftKept, QuestionAsked, ReplyClosed, TimesTaken, TranscriptHeard
from assistant.turn.saying import TOO_LONG
from assistant.turn.states import Session, Stage
from assistant.turn.timeline import Moment
from tests.fakes.ports import (
    FakeChat,
    FakeHistory,
    FakeInserter,
    FakeMicrophone,
    FakeTranscriber,
    FakeView,
    FakeVoice,
)

FULL = AssistantError("disk-full", "The disk is full.", "Make room.")


class World:
    """An engine among fakes that work."""

    def __init__(self, recordings: Path) -> None:
        self.microphone = FakeMicrophone()
        self.transcriber = FakeTranscriber("what time is it")
        self.chat = FakeChat(("It is ", "ten o'clock."))
        self.voice = FakeVoice()
        self.inserter = FakeInserter()
        self.history = FakeHistory()
        self.view = FakeView()
        self.bugs: list[BaseException] = []
        self.broken = threading.Event()
        ports = Ports(self.microphone, self.transcriber, self.chat, self.voice, self.inserter, self.history)
        self.engine = Engine(ports, self.view, Session(1, Conversation("c1")), recordings, self._bug)
        self.view.emit = self.engine.emit
        for part in (self.microphone, self.transcriber, self.chat, self.voice, self.inserter):
            part.start(self.engine.emit)

    def _bug(self, error: BaseException) -> None:
        self.bugs.append(error)
        self.broken.set()

    def until(self, right: Callable[[Session], bool], *events: Event) -> Session:
        """Emit `events` and wait for a session that is `right`."""
        found: list[Session] = []
        seen = threading.Event()

        def watch(session: Session) -> None:
            if not found and right(session):
                found.append(session)
                seen.set()

        self.view.watch = watch
        for event in events:
            self.engine.emit(event)
        assert seen.wait(20), self.view.sessions[-1]
        return found[0]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    world.engine.start()
    yield world
    world.engine.stop()
    assert world.bugs == []


def answered(session: Session) -> bool:
    return session.stage is Stage.IDLE and len(session.conversation.messages) == 2


def test_a_spoken_question_is_answered_and_read_aloud(world: World) -> None:
    world.until(
        lambda session: session.listening is not None and session.listening.level == 0.4,
        TalkStarted(Goal.ASK, 0.0),
        AudioHeard(1, 0.4, 0.1),
    )
    session = world.until(answered, TalkEnded(1.0))
    assert [message.text for message in session.conversation.messages] == [
        "what time is it",
        "It is ten o'clock.",
    ]
    assert world.voice.expected == 1
    assert world.voice.said == ["It is ten o'clock."]
    assert world.voice.cues == [Cue.LISTENING, Cue.HEARD]
    assert world.view.composer == ""
    assert world.microphone.path.name == "1.wav"
    kinds = [type(record) for record in world.history.records]
    assert kinds.index(TranscriptHeard) < kinds.index(QuestionAsked) < kinds.index(ReplyClosed)


def test_of_what_is_said_to_try_it_no_recording_remains(world: World, tmp_path: Path) -> None:
    world.until(lambda session: session.listening is not None, TrialsBegan(), TalkStarted(Goal.ASK, 0.0))
    path = world.microphone.path
    assert tmp_path in path.parents
    assert path.parent != tmp_path
    path.parent.mkdir()
    path.write_bytes(b"sound")
    session = world.until(lambda session: session.tried != (), TalkEnded(1.0))
    assert [one.text for one in session.tried] == ["what time is it"]
    world.until(lambda session: session.draft == "next", DraftEdited("next"))
    assert list(path.parent.iterdir()) == []
    assert [record for record in world.history.records if not isinstance(record, DraftKept)] == []


def test_the_moments_of_a_turn_are_timed_as_they_come_and_written_down(world: World) -> None:
    session = world.until(lambda session: answered(session) and session.speech is None, Submitted("why"))
    assert session.timeline is not None
    moments = session.timeline.moments
    assert list(moments) == [Moment.SENT, Moment.FIRST_TOKEN, Moment.FIRST_SAMPLE]
    assert sorted(moments.values()) == list(moments.values())
    assert TimesTaken(session.timeline, "c1") in world.history.records


def test_a_dictation_reaches_the_program_in_focus(world: World) -> None:
    world.until(
        lambda session: session.next_turn == 2 and session.stage is Stage.IDLE,
        TalkStarted(Goal.DICTATE, 0.0),
        TalkEnded(1.0),
    )
    assert world.inserter.inserted == ["what time is it"]


def test_cancelling_ends_answer_and_voice(world: World) -> None:
    world.chat.endless = world.voice.endless = True
    world.chat.pieces = ("This is quite a long sentence. ",)
    world.until(lambda session: session.stage is Stage.SPEAKING, Submitted("go on"))
    world.until(lambda session: session.stage is Stage.IDLE, Cancelled())
    assert world.chat.given_up == [2]
    assert world.voice.silenced == [2]


def test_opening_a_conversation_loads_its_draft(world: World) -> None:
    opened = ConversationOpened(Conversation("c2"), draft="unsent")
    world.until(lambda session: session.conversation.id == "c2", opened)
    assert world.view.composer == "unsent"


def test_cancelling_a_transcription_reaches_the_recogniser(world: World) -> None:
    world.transcriber.transcribe = lambda turn, recording: None  # type: ignore[method-assign]
    world.until(
        lambda session: any(one.recording for one in session.transcribing),
        TalkStarted(Goal.ASK, 0.0),
        TalkEnded(1.0),
    )
    world.until(lambda session: session.stage is Stage.IDLE, Cancelled())
    assert world.transcriber.given_up == [1]


def test_a_microphone_that_fails_to_open_is_said(world: World) -> None:
    world.microphone.fail = FULL
    session = world.until(lambda session: session.notices != (), TalkStarted(Goal.ASK, 0.0))
    assert session.notices == (FULL.fault,)


def test_a_full_disk_is_said_and_the_question_is_answered_all_the_same(world: World) -> None:
    world.history.fail = FULL
    session = world.until(lambda session: answered(session) and session.notices != (), Submitted("why"))
    assert session.notices == (FULL.fault,)


def test_a_recording_ends_at_its_limit(world: World) -> None:
    short = HabitsChanged(Habits(longest_recording_s=0.05))
    session = world.until(lambda session: session.notices != (), short, TalkStarted(Goal.ASK, 0.0))
    assert session.notices == (TOO_LONG,)


def test_an_event_that_changes_nothing_shows_nothing(world: World) -> None:
    world.until(lambda session: session.draft == "x", DraftEdited("x"))
    shown = len(world.view.sessions)
    world.engine.emit(TalkEnded(0.0))
    world.until(lambda session: session.draft == "y", DraftEdited("y"))
    assert len(world.view.sessions) == shown + 1


def test_a_bug_ends_the_engine_and_is_told(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.engine.start()
    world.voice.cue = None  # type: ignore[method-assign, assignment]
    world.engine.emit(TalkStarted(Goal.ASK, 0.0))
    assert world.broken.wait(20)
    assert isinstance(world.bugs[0], TypeError)
    world.engine.stop()


def test_a_failure_that_belongs_to_no_turn_is_said(world: World) -> None:
    world.until(lambda session: session.notices == (FULL.fault,), StageFailed(0, Part.REMEMBER, FULL.fault))


def test_timers_come_due_in_order_and_not_early() -> None:
    timers = Timers()
    assert timers.wait_s(0.0) is None
    timers.start(2.0, TimerFired("late", 1))
    timers.start(1.0, TimerFired("early", 2))
    assert timers.wait_s(0.5) == 0.5
    assert timers.due(0.5) is None
    assert timers.due(1.0) == TimerFired("early", 2)
    assert timers.wait_s(3.0) == 0.0
    assert timers.due(time.monotonic() + 3.0) == TimerFired("late", 1)
