"""Trials: what is said is understood, and neither kept, sent nor learned from. A sentence that is read for a score is one.

While trials are made (`Session.trying`) the key to ask begins one. A recording of a trial is deleted as soon as nothing is to be
understood in it any more.
"""

from dataclasses import replace

from assistant.turn.awaited import find, put, without
from assistant.turn.commands import (
    AbandonTranscription,
    CloseMicrophone,
    Command,
    Cue,
    ForgetRecording,
    OpenMicrophone,
    StartTimer,
    Transcribe,
)
from assistant.turn.events import (
    AudioEnded,
    Goal,
    Part,
    Remedy,
    StageFailed,
    TalkStarted,
    TrialsBegan,
    TrialsEnded,
)
from assistant.turn.states import Listening, Session, Transcribing
from assistant.turn.steps import LONGEST_RECORDING, SHORTEST_RECORDING_S, Step, cue, noticing, then
from assistant.turn.transcript import Transcript

_MOST_AT_A_TIME = 64


def begin(session: Session, _: TrialsBegan) -> Step:
    return replace(session, trying=True, tried=()), ()


def end(session: Session, _: TrialsEnded) -> Step:
    session, commands = give_up(session)
    return replace(session, trying=False, tried=()), commands


def start(session: Session, event: TalkStarted) -> Step:
    turn = session.next_turn
    session = replace(
        session,
        next_turn=turn + 1,
        listening=Listening(turn, Goal.TRIAL, event.at),
        notices=(),
        trials=(*session.trials, turn)[-_MOST_AT_A_TIME:],
    )
    limit = StartTimer(LONGEST_RECORDING, turn, session.habits.longest_recording_s)
    return session, (OpenMicrophone(turn, trial=True), limit)


def key_pressed(session: Session, event: TalkStarted) -> Session:
    """A key that is pressed while a trial is listened to has it from now on: its release ends it, and the key is told
    where something else does.
    """
    if session.listening is None or session.listening.goal is not Goal.TRIAL:
        return session
    return replace(session, listening=replace(session.listening, since=event.at))


def recorded(session: Session, event: AudioEnded) -> Step:
    """The recording of a trial is closed."""
    one = find(session, event.turn)
    if one is None:
        return session, (ForgetRecording(event.turn),)
    if event.recording.fault is not None:
        session = noticing(session, event.recording.fault)
    if event.recording.duration_s < SHORTEST_RECORDING_S:
        unheard = (AbandonTranscription(event.turn), *cue(session, Cue.FAILED))
        return then(unheard, understood(session, _nothing(event.turn)))
    session = put(session, replace(one, recording=event.recording))
    return session, (*cue(session, Cue.HEARD), Transcribe(event.turn, event.recording))


def understood(session: Session, transcript: Transcript) -> Step:
    session = replace(without(session, transcript.turn), tried=(*session.tried, transcript))
    return session, (ForgetRecording(transcript.turn),)


def failed(session: Session, event: StageFailed) -> Step:
    """Nothing was understood; there is no recording with which that could be tried again."""
    again = event.fault.remedy is Remedy.TRANSCRIBE_AGAIN
    session = noticing(session, replace(event.fault, hint="", remedy=None) if again else event.fault)
    commands = cue(session, Cue.FAILED)
    if event.part is Part.HEAR:
        commands = (AbandonTranscription(event.turn), *commands)
    return then(commands, understood(session, _nothing(event.turn)))


def give_up(session: Session) -> Step:
    """No trial is listened to or awaited any more."""
    commands: list[Command] = []
    if session.listening is not None and session.listening.goal is Goal.TRIAL:
        turn = session.listening.turn
        commands += [CloseMicrophone(turn), AbandonTranscription(turn)]
        session = replace(session, listening=None)
    for one in filter(_is_trial, session.transcribing):
        commands.append(AbandonTranscription(one.turn))
        if one.recording is not None:
            commands.append(ForgetRecording(one.turn))
        session = without(session, one.turn)
    return session, tuple(commands)


def _is_trial(one: Transcribing) -> bool:
    return one.goal is Goal.TRIAL


def _nothing(turn: int) -> Transcript:
    return Transcript(turn, (), "")
