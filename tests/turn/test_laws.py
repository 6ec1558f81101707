"""Whatever happens, in whatever order: the promises of the turn hold."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from assistant.turn.commands import (
    AbandonReply,
    AbandonTranscription,
    Ask,
    CloseMicrophone,
    Command,
    FollowRecording,
    ForgetRecording,
    Insert,
    OpenMicrophone,
    Place,
    Remember,
    Silence,
    Speak,
    Transcribe,
)
from assistant.turn.conversation import Conversation, Role
from assistant.turn.events import (
    AnswerAgainAsked,
    AudioEnded,
    AudioHeard,
    AudioStarted,
    Cancelled,
    ConversationOpened,
    DraftEdited,
    Event,
    Fault,
    Goal,
    Habits,
    HabitsChanged,
    Inserted,
    Part,
    Placed,
    ReadAloudAsked,
    ReplyEnded,
    ReplyGrew,
    SendMode,
    SentenceSpoken,
    SentenceStarted,
    SpeechStopped,
    StageFailed,
    Submitted,
    TalkAbandoned,
    TalkEnded,
    TalkStarted,
    TimerFired,
    TranscribeAgainAsked,
    Transcribed,
    TrialsBegan,
    TrialsEnded,
)
from assistant.turn.machine import step
from assistant.turn.records import (
    QuestionAsked,
    RecordingEnded,
    RecordingSettled,
    TextInserted,
    TranscriptHeard,
)
from assistant.turn.states import Session, Stage
from tests.turn.script import recording, transcript

TURNS = st.integers(0, 12)
FAULT = Fault("x", "Something is wrong.")


class AnyOrder(RuleBasedStateMachine):
    """Users, devices, servers and voices do what they like; results may be late, doubled or never asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(1, Conversation("c"))
        self.microphone: int | None = None
        self.recorded: set[int] = set()
        self.settled: set[int] = set()
        self.followed: set[int] = set()
        self.speaking: dict[int, int] = {}
        self.left: set[int] = set()
        self.trials: set[int] = set()
        self.forgotten: set[int] = set()

    def take(self, event: Event) -> tuple[Command, ...]:
        before = self.session
        self.session, commands = step(before, event)
        for command in commands:
            self._check(command)
            assert self._is_no_trial(command), "what is tried is neither kept nor used"
        assert self.session.next_turn >= before.next_turn
        return commands

    def _is_no_trial(self, command: Command) -> bool:
        match command:
            case Place(heard) | Remember(TranscriptHeard(heard)):
                return heard.turn not in self.trials
            case Insert(turn, _) | Remember(RecordingEnded(turn, _) | RecordingSettled(turn, _)):
                return turn not in self.trials
        return True

    def _check(self, command: Command) -> None:
        match command:
            case OpenMicrophone(turn, trial):
                self.trials |= {turn} if trial else set()
                assert self.microphone is None
                assert not self.speaking, "the microphone would hear the voice"
                self.microphone = turn
            case CloseMicrophone(turn):
                assert self.microphone == turn
                self.microphone = None
            case FollowRecording(turn, trial):
                assert trial == (turn in self.trials)
                assert self.microphone == turn, "only what is being recorded can be followed"
                self.followed.add(turn)
            case Transcribe(turn, _) | AbandonTranscription(turn):
                self.followed.discard(turn)
            case Speak(turn, index, _):
                assert index == self.speaking.get(turn, 0), "sentences are spoken in order, none twice"
                assert self.session.listening is None
                self.speaking = {turn: index + 1}
            case Silence(turn):
                self.speaking.pop(turn, None)
            case ForgetRecording(turn):
                assert turn in self.trials
                self.forgotten.add(turn)
            case Remember(RecordingEnded(turn, _)):
                self.recorded.add(turn)
            case Remember(RecordingSettled(turn, _)):
                self.settled.add(turn)
            case _:
                pass

    @rule(goal=st.sampled_from(Goal))
    def press(self, goal: Goal) -> None:
        self.take(TalkStarted(goal, 0.0))

    @rule()
    def release(self) -> None:
        self.take(TalkEnded(1.0))

    @rule()
    def chord(self) -> None:
        self.take(TalkAbandoned(1.0))

    @rule(turn=TURNS)
    def limit(self, turn: int) -> None:
        self.take(TimerFired("longest recording", turn))

    @rule(turn=TURNS)
    def sound(self, turn: int) -> None:
        self.take(AudioStarted(turn, 0.0))
        self.take(AudioHeard(turn, 0.3, 1.0))

    @rule(lost=st.booleans(), duration_s=st.sampled_from([0.0, 3.0]))
    def recording_closes(self, lost: bool, duration_s: float) -> None:
        """The file of the last recording is closed: because it was asked for, or because the device is gone."""
        for turn in range(1, self.session.next_turn):
            known = turn in self.recorded | self.forgotten
            if not known and (turn != self.microphone or lost):
                self.microphone = None if turn == self.microphone else self.microphone
                ended = replace(recording(duration_s), fault=FAULT if lost else None)
                self.take(AudioEnded(turn, ended))
                return

    @rule(turn=TURNS, text=st.sampled_from(["", "two words"]))
    def text_arrives(self, turn: int, text: str) -> None:
        commands = self.take(Transcribed(turn, transcript(turn, text)))
        if turn in self.trials:
            assert commands in ((), (ForgetRecording(turn),))
        elif commands and text:
            assert isinstance(commands[0], Remember)
            assert isinstance(commands[0].record, TranscriptHeard)
            assert isinstance(commands[1], Place | Insert)

    @rule(turn=TURNS)
    def composer_has_it(self, turn: int) -> None:
        self.take(Placed(turn, f"{self.session.draft} two words".strip()))

    @rule(turn=TURNS)
    def program_has_it(self, turn: int) -> None:
        commands = self.take(Inserted(turn))
        assert not commands or isinstance(commands[0], Remember)
        assert not commands or any(
            isinstance(c, Remember) and isinstance(c.record, TextInserted) for c in commands
        )

    @rule(trying=st.booleans())
    def try_(self, *, trying: bool) -> None:
        self.take(TrialsBegan() if trying else TrialsEnded())
        assert trying or self.session.listening is None or self.session.listening.turn not in self.trials

    @rule(text=st.sampled_from(["", "typed"]))
    def type_text(self, text: str) -> None:
        self.take(DraftEdited(text))

    @rule(text=st.sampled_from(["", "question"]))
    def send(self, text: str) -> None:
        commands = self.take(Submitted(text))
        asks = [i for i, command in enumerate(commands) if isinstance(command, Ask)]
        written = [
            i
            for i, command in enumerate(commands)
            if isinstance(command, Remember) and isinstance(command.record, QuestionAsked)
        ]
        assert len(asks) == len(written)
        assert all(before < after for before, after in zip(written, asks, strict=True))

    @rule(turn=TURNS, text=st.sampled_from(["", "A sentence of some length. ", "end"]))
    def answer_grows(self, turn: int, text: str) -> None:
        self.take(ReplyGrew(turn, text, "thought"))

    @rule(reason=st.sampled_from(["stop", "length"]))
    def answer_ends(self, reason: str) -> None:
        if self.session.reply is not None:
            self.take(ReplyEnded(self.session.reply.turn, reason))

    @rule()
    def sentence_heard(self) -> None:
        speech = self.session.speech
        if speech is not None and speech.spoken < len(speech.sentences):
            self.take(SentenceStarted(speech.turn, speech.spoken))
            self.take(SentenceSpoken(speech.turn, speech.spoken))
            if self.session.speech is None:
                self.speaking.pop(speech.turn, None)

    @rule(turn=TURNS, part=st.sampled_from(Part))
    def part_fails(self, turn: int, part: Part) -> None:
        if part is Part.HEAR and turn == self.microphone:
            self.microphone = None
        self.take(StageFailed(turn, part, FAULT))

    @rule()
    def quiet(self) -> None:
        self.take(SpeechStopped())
        assert self.session.speech is None

    @rule()
    def read(self) -> None:
        self.take(ReadAloudAsked("This is read aloud. And this is as well."))

    @rule()
    def again(self) -> None:
        self.take(AnswerAgainAsked())

    @rule(turn=TURNS)
    def understand_again(self, turn: int) -> None:
        kept = turn < self.session.next_turn and turn not in self.trials  # only such a recording is offered
        commands = self.take(TranscribeAgainAsked(turn, recording() if kept else None))
        assert all(isinstance(command, Transcribe) for command in commands)

    @rule(draft=st.sampled_from([None, "", "kept"]))
    def open_conversation(self, draft: str | None) -> None:
        self.take(ConversationOpened(Conversation(f"c{self.session.next_turn}"), draft))

    @rule(send=st.sampled_from(SendMode), speak=st.booleans())
    def habits(self, send: SendMode, speak: bool) -> None:
        self.take(HabitsChanged(Habits(send=send, speak_replies=speak)))

    @rule()
    def cancel(self) -> None:
        draft, messages = self.session.draft, self.session.conversation.messages
        had = self.session.reply
        commands = self.take(Cancelled())
        assert self.session.stage is Stage.IDLE
        assert self.microphone is None
        assert self.session.draft == draft
        assert len(self.session.conversation.messages) >= len(messages)
        assert (had is not None) == any(isinstance(command, AbandonReply) for command in commands)

    @invariant()
    def the_microphone_is_open_exactly_while_it_is_listened_to(self) -> None:
        listening = self.session.listening
        assert self.microphone == (listening.turn if listening is not None else None)

    @invariant()
    def only_what_is_recorded_or_awaited_is_followed(self) -> None:
        assert self.followed <= {self.microphone} | {one.turn for one in self.session.transcribing}

    @invariant()
    def nobody_speaks_into_an_open_microphone(self) -> None:
        assert self.session.listening is None or self.session.speech is None

    @invariant()
    def what_was_spoken_is_a_prefix_of_the_text(self) -> None:
        speech = self.session.speech
        if speech is not None:
            assert 0 <= speech.spoken <= len(speech.sentences)
            assert speech.heard_to <= speech.cut <= len(speech.text)
            ends = [piece.end for piece in speech.sentences]
            assert ends == sorted(ends)

    @invariant()
    def every_recording_is_awaited_or_settled_or_can_be_tried_again(self) -> None:
        failed = {self.session.failed.turn} if self.session.failed is not None else set()
        awaited = {one.turn for one in self.session.transcribing}
        unsettled = self.recorded - self.settled
        assert all(turn in awaited | failed | self.left for turn in unsettled)
        self.left |= failed  # a newer failure takes the place of an older one, which the next start offers

    @invariant()
    def a_question_stands_before_every_answer(self) -> None:
        roles = [message.role for message in self.session.conversation.messages]
        assert not roles or roles[0] is Role.USER


AnyOrder.TestCase.settings = settings(max_examples=150, stateful_step_count=40)
TestAnyOrder = AnyOrder.TestCase
