"""The user's side of the turn: listening, transcribing, the draft."""

from dataclasses import replace

from assistant.turn import trying
from assistant.turn.awaited import find, put, without
from assistant.turn.commands import (
    AbandonTranscription,
    CloseMicrophone,
    Command,
    Cue,
    ExpectQuestion,
    FollowRecording,
    Insert,
    LoadDraft,
    NoteTarget,
    OpenMicrophone,
    Place,
    Remember,
    StartTimer,
    Transcribe,
)
from assistant.turn.events import (
    AudioEnded,
    AudioHeard,
    AudioStarted,
    ConversationOpened,
    DraftEdited,
    Fault,
    Goal,
    Inserted,
    Part,
    Placed,
    SendMode,
    StageFailed,
    Submitted,
    TalkAbandoned,
    TalkEnded,
    TalkStarted,
    TimerFired,
    TranscribeAgainAsked,
    Transcribed,
    TranscriptGrew,
)
from assistant.turn.mending import second_look
from assistant.turn.records import (
    DraftKept,
    Fate,
    RecordingBegun,
    RecordingEnded,
    RecordingSettled,
    TextInserted,
    TranscriptHeard,
)
from assistant.turn.states import Listening, Session, Transcribing
from assistant.turn.steps import LONGEST_RECORDING, SHORTEST_RECORDING_S, Step, cue, noticing

LONGEST_CHORD_S = 2.0

NOTHING_HEARD = Fault("nothing-heard", "No speech was heard.", "Hold the key while you speak.")
TOO_LONG = Fault(
    "recording-limit",
    "The recording reached its limit and was ended.",
    "The limit can be changed in the settings.",
)


def start(session: Session, event: TalkStarted) -> Step:
    turn = session.next_turn
    listening = Listening(turn, event.goal, event.at)
    session = replace(session, next_turn=turn + 1, listening=listening, notices=())
    first: Command = NoteTarget(turn) if event.goal is Goal.DICTATE else ExpectQuestion()
    return session, (
        first,
        Remember(RecordingBegun(turn, session.conversation.id, event.goal)),
        OpenMicrophone(turn),
        StartTimer(LONGEST_RECORDING, turn, session.habits.longest_recording_s),
    )


def end(session: Session, _: TalkEnded) -> Step:
    if session.listening is None:
        return session, ()
    closed = CloseMicrophone(session.listening.turn)
    # The connection that was opened at the press may be gone after long speech.
    expected = (ExpectQuestion(),) if session.listening.goal is Goal.ASK else ()
    return _awaited(session, session.listening, send=False), (closed, *expected)


def abandon(session: Session, _: TalkAbandoned) -> Step:
    if session.listening is None:
        return session, ()
    turn = session.listening.turn
    closed = (CloseMicrophone(turn),)
    spoken = session.listening.goal is not Goal.TRIAL and session.listening.duration_s > LONGEST_CHORD_S
    if spoken:  # a key touched by mistake must not cost that
        kept = replace(session.listening, goal=Goal.ASK, touched=True)
        return _awaited(session, kept, send=False), closed
    return replace(session, listening=None), (*closed, AbandonTranscription(turn))


def timer_fired(session: Session, event: TimerFired) -> Step:
    if session.listening is None or session.listening.turn != event.turn:
        return session, ()
    return end(noticing(session, TOO_LONG), TalkEnded(0.0))


def audio_started(session: Session, event: AudioStarted) -> Step:
    if session.listening is None or session.listening.turn != event.turn:
        return session, ()
    session = replace(session, listening=replace(session.listening, live=True))
    followed = FollowRecording(event.turn, trial=event.turn in session.trials)
    return session, (followed, *cue(session, Cue.LISTENING))


def audio_heard(session: Session, event: AudioHeard) -> Step:
    if session.listening is None or session.listening.turn != event.turn:
        return session, ()
    heard = replace(session.listening, level=event.level, duration_s=event.duration_s)
    return replace(session, listening=heard), ()


def audio_ended(session: Session, event: AudioEnded) -> Step:
    if session.listening is not None and session.listening.turn == event.turn:  # the device was lost
        session = _awaited(session, session.listening, send=False)
    if event.turn in session.trials:
        return trying.recorded(session, event)
    written = Remember(RecordingEnded(event.turn, event.recording))
    awaited = find(session, event.turn)
    if awaited is None:
        return session, (written, Remember(RecordingSettled(event.turn, Fate.CANCELLED)))
    if event.recording.fault is not None:
        session = noticing(session, event.recording.fault)
    if event.recording.duration_s < SHORTEST_RECORDING_S:
        settled = Remember(RecordingSettled(event.turn, Fate.EMPTY))
        unheard = AbandonTranscription(event.turn)
        return without(session, event.turn), (written, settled, unheard, *cue(session, Cue.FAILED))
    session = put(session, replace(awaited, recording=event.recording))
    return session, (written, *cue(session, Cue.HEARD), Transcribe(event.turn, event.recording))


def transcript_grew(session: Session, event: TranscriptGrew) -> Step:
    if session.listening is not None and session.listening.turn == event.turn:
        heard = replace(session.listening, tentative=event.transcript, firm=event.firm)
        return replace(session, listening=heard), ()
    awaited = find(session, event.turn)
    if awaited is not None:
        session = put(session, replace(awaited, tentative=event.transcript, firm=event.firm))
    return session, ()


def transcribed(session: Session, event: Transcribed) -> Step:
    awaited = find(session, event.turn)
    if awaited is None or awaited.recording is None or awaited.transcript is not None:
        return session, ()
    if awaited.goal is Goal.TRIAL:
        return trying.understood(session, event.transcript)
    if not event.transcript.text:
        if awaited.recording.fault is None:  # else that has been told
            session = noticing(session, NOTHING_HEARD)
        return without(session, event.turn), (Remember(RecordingSettled(event.turn, Fate.EMPTY)),)
    session = put(session, replace(awaited, transcript=event.transcript))
    onward: Command = Place(event.transcript)
    if awaited.goal is Goal.DICTATE:
        onward = Insert(event.turn, event.transcript.text)
    return session, (Remember(TranscriptHeard(event.transcript)), onward)


def placed(session: Session, event: Placed) -> tuple[Session, tuple[Command, ...], bool]:
    """The step, and whether the draft is to be sent now."""
    awaited = find(session, event.turn)
    session = replace(session, draft=event.text)
    kept = Remember(DraftKept(session.conversation.id, event.text))
    if awaited is None or awaited.transcript is None:
        return session, (kept,), False
    session = without(session, event.turn)
    session = replace(session, heard=(*session.heard, awaited.transcript), to_check=True)
    settled = Remember(RecordingSettled(event.turn, Fate.TRANSCRIBED))
    wanted = awaited.send or (not (awaited.hold or event.hold) and _send_mode_agrees(session, event))
    if wanted and (
        session.listening is not None or _asking(session)
    ):  # more of the same message is under way
        session = _send_with_last(session) if awaited.send and session.listening is None else session
        return session, (kept, settled), False
    looked = () if wanted else second_look(awaited.transcript, session.habits.doubt_below)
    return session, (kept, settled, *looked), wanted


def send_when_placed(session: Session, event: Submitted) -> Step | None:
    """The user sends while speech is still on its way: it belongs to the message. None where there is none."""
    session = replace(session, draft=event.text)
    if session.listening is not None and session.listening.goal is Goal.ASK:
        turn = session.listening.turn
        return _awaited(session, session.listening, send=True), (CloseMicrophone(turn),)
    if _asking(session):
        return _send_with_last(session), ()
    return None


def draft_edited(session: Session, event: DraftEdited) -> Step:
    expected = (ExpectQuestion(),) if event.text and not session.draft else ()
    session = replace(
        session, draft=event.text, transcribing=tuple(_held(one) for one in session.transcribing)
    )
    if session.listening is not None:
        session = replace(session, listening=replace(session.listening, touched=True))
    if not event.text.strip():
        session = replace(session, heard=(), to_check=False)
    return session, (Remember(DraftKept(session.conversation.id, event.text)), *expected)


def inserted(session: Session, event: Inserted) -> Step:
    awaited = find(session, event.turn)
    if awaited is None or awaited.transcript is None:
        return session, ()
    session = without(session, event.turn)
    if event.note is not None:
        session = noticing(session, event.note)
    return session, (
        Remember(TextInserted(event.turn, awaited.transcript.text)),
        Remember(RecordingSettled(event.turn, Fate.TRANSCRIBED)),
    )


def transcribe_again(session: Session, event: TranscribeAgainAsked) -> Step:
    again = session.failed
    if event.recording is not None:
        again = Transcribing(event.turn, Goal.ASK, event.recording)
    if again is None or again.recording is None or find(session, again.turn) is not None:
        return session, ()
    awaited = Transcribing(again.turn, Goal.ASK, again.recording, hold=True)
    session = replace(session, failed=None, notices=(), transcribing=(*session.transcribing, awaited))
    return session, (Transcribe(again.turn, again.recording),)


def failed(session: Session, event: StageFailed) -> Step:
    if event.part is Part.HEAR and session.listening is not None and session.listening.turn == event.turn:
        session = _awaited(session, session.listening, send=False)
    awaited = find(session, event.turn)
    if event.part is Part.INSERT and (awaited is None or awaited.transcript is None):
        return noticing(session, event.fault), ()  # no target was found; the text is not even there yet
    if awaited is None or (event.part is Part.TRANSCRIBE and awaited.recording is None):
        return session, ()
    if awaited.goal is Goal.TRIAL:
        return trying.failed(session, event)
    session = noticing(without(session, event.turn), event.fault)
    commands = cue(session, Cue.FAILED)
    if event.part is Part.TRANSCRIBE:
        return replace(session, failed=awaited), commands
    if event.part is Part.HEAR:
        settled = Remember(RecordingSettled(event.turn, Fate.FAILED))
        return session, (settled, AbandonTranscription(event.turn), *commands)
    return session, (Remember(RecordingSettled(event.turn, Fate.TRANSCRIBED)), *commands)


def cancel(session: Session) -> Step:
    """Nothing is listened to or awaited any more; what stands in the composer stays."""
    session, given_up = trying.give_up(session)
    commands = list(given_up)
    if session.listening is not None:
        turn = session.listening.turn
        commands += [CloseMicrophone(turn), AbandonTranscription(turn)]
    for one in session.transcribing:
        commands.append(AbandonTranscription(one.turn))
        if one.recording is not None:
            commands.append(Remember(RecordingSettled(one.turn, Fate.CANCELLED)))
    return replace(session, listening=None, transcribing=(), to_check=False), tuple(commands)


def open_conversation(session: Session, event: ConversationOpened) -> Step:
    """Unsent text moves along into a new conversation; a stored one brings its own."""
    left = session.conversation.id
    session = replace(session, conversation=event.conversation, notices=())
    if event.draft is not None:
        session = replace(session, draft=event.draft, heard=(), to_check=False)
        expected = (ExpectQuestion(),) if event.draft else ()
        return session, (LoadDraft(event.draft), *expected)
    if not session.draft:
        return session, ()
    moved = DraftKept(event.conversation.id, session.draft)
    return session, (Remember(moved), Remember(DraftKept(left, "")))


def _send_mode_agrees(session: Session, placed: Placed) -> bool:
    if session.habits.send is SendMode.WHEN_SURE:
        if placed.doubtful is not None:
            return not placed.doubtful and not any(one.basic for one in session.heard)
        below = session.habits.doubt_below
        return not any(one.basic or one.doubtful(below) for one in session.heard)
    return session.habits.send is SendMode.AT_ONCE


def _awaited(session: Session, listening: Listening, *, send: bool) -> Session:
    awaited = Transcribing(
        listening.turn,
        listening.goal,
        tentative=listening.tentative,
        firm=listening.firm,
        send=send,
        hold=listening.touched,
    )
    return replace(session, listening=None, transcribing=(*session.transcribing, awaited))


def _asking(session: Session) -> bool:
    return any(one.goal is Goal.ASK for one in session.transcribing)


def _send_with_last(session: Session) -> Session:
    last = [one for one in session.transcribing if one.goal is Goal.ASK][-1]
    return put(session, replace(last, send=True))


def _held(one: Transcribing) -> Transcribing:
    return replace(one, hold=True)
