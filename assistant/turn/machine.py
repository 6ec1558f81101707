"""The law of the turn: `step(session, event)` gives the next session and what is to be done, in order.

what the user is saying                         what is answered
-----------------------                         ----------------
TalkStarted      listening, microphone open;    Submitted        question written down, asked
                 a voice falls silent           ReplyGrew        text grows, sentences are spoken
TalkEnded        microphone closed, awaited     ReplyEnded       answer kept, rest is spoken
TalkAbandoned    microphone closed, unused      StageFailed      what there is is kept, and it is said
AudioEnded       recording on disk, transcribed SentenceSpoken   so much was heard
Transcribed      to the composer, or inserted   SpeechStopped    silent, the answer goes on
Placed           sent at once, when sure, or    AnswerAgainAsked asked once more
                 waiting for a look             ReadAloudAsked   spoken
DraftEdited      it waits for a look            ConversationOpened
TrialsBegan      said to try it: understood,
TrialsEnded      and neither kept nor used

Cancelled ends both sides from every state. What carries the turn of something that is no longer under way changes
nothing but the fate of its recording. Nothing the user said or wrote is dropped: it is in the composer, in the
conversation, or written down.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from assistant.turn import answering, mending, saying, trying
from assistant.turn.events import (
    AnswerAgainAsked,
    AudioEnded,
    AudioHeard,
    AudioStarted,
    Cancelled,
    ConversationOpened,
    DraftEdited,
    Event,
    Goal,
    HabitsChanged,
    HeardAgain,
    Inserted,
    ListenAgainAsked,
    LooksAbandoned,
    Noticed,
    NoticeDismissed,
    Part,
    PartChanged,
    Placed,
    QuestionSent,
    ReadAloudAsked,
    ReplyEnded,
    ReplyGrew,
    SentenceSpoken,
    SentenceStarted,
    SoundAsked,
    SpeechStopped,
    StageFailed,
    Submitted,
    TalkAbandoned,
    TalkEnded,
    TalkStarted,
    TimerFired,
    TranscribeAgainAsked,
    Transcribed,
    TranscriptGrew,
    TrialsBegan,
    TrialsEnded,
)
from assistant.turn.states import Session
from assistant.turn.steps import Step, noticing, then


def step(session: Session, event: Event) -> Step:
    """The next session, and the commands to carry out, in order."""
    return _LAW[type(event)](session, event)


def _cancelled(session: Session, _: Cancelled) -> Step:
    session, ended_saying = saying.cancel(session)
    session, ended_answer = answering.close_reply(session)
    session, silenced = answering.silence(session)
    session, ended_looks = mending.look_no_more(session)
    return session, (*ended_saying, *ended_answer, *silenced, *ended_looks)


def _talk_started(session: Session, event: TalkStarted) -> Step:
    if session.listening is not None:
        return trying.key_pressed(session, event), ()
    session, silenced = answering.silence(session)
    if event.goal is Goal.TRIAL or (session.trying and event.goal is Goal.ASK):
        return then(silenced, trying.start(session, event))
    return then(silenced, saying.start(session, event))


def _placed(session: Session, event: Placed) -> Step:
    session, commands, ready = saying.placed(session, event)
    return (
        then(commands, answering.submit(session, event.text, event.words)) if ready else (session, commands)
    )


def _submitted(session: Session, event: Submitted) -> Step:
    session = replace(session, notices=())
    waiting = saying.send_when_placed(session, event)
    return waiting if waiting is not None else answering.submit(session, event.text, event.words)


def _stage_failed(session: Session, event: StageFailed) -> Step:
    if event.part in {Part.HEAR, Part.TRANSCRIBE, Part.INSERT}:
        return saying.failed(session, event)
    if event.part in {Part.THINK, Part.SPEAK}:
        return answering.failed(session, event)
    return noticing(session, event.fault), ()


def _conversation_opened(session: Session, event: ConversationOpened) -> Step:
    session, closed = answering.close_reply(session)
    session, silenced = answering.silence(session)
    return then((*closed, *silenced), saying.open_conversation(session, event))


def _part_changed(session: Session, event: PartChanged) -> Step:
    others = tuple(change for change in session.parts if change.part != event.part)
    return replace(session, parts=(*others, event)), ()


def _noticed(session: Session, event: Noticed) -> Step:
    return noticing(session, event.fault), ()


def _notice_dismissed(session: Session, _: NoticeDismissed) -> Step:
    return replace(session, notices=session.notices[:-1]), ()


def _habits_changed(session: Session, event: HabitsChanged) -> Step:
    return replace(session, habits=event.habits), ()


_LAW: dict[type, Callable[[Session, Any], Step]] = {
    TalkStarted: _talk_started,
    TalkEnded: saying.end,
    TalkAbandoned: saying.abandon,
    TimerFired: saying.timer_fired,
    AudioStarted: saying.audio_started,
    AudioHeard: saying.audio_heard,
    AudioEnded: saying.audio_ended,
    TranscriptGrew: saying.transcript_grew,
    Transcribed: saying.transcribed,
    Placed: _placed,
    DraftEdited: saying.draft_edited,
    Inserted: saying.inserted,
    TranscribeAgainAsked: saying.transcribe_again,
    SoundAsked: mending.play,
    ListenAgainAsked: mending.listen_again,
    LooksAbandoned: mending.abandon_looks,
    HeardAgain: mending.heard_again,
    Submitted: _submitted,
    QuestionSent: answering.question_sent,
    ReplyGrew: answering.reply_grew,
    ReplyEnded: answering.reply_ended,
    SentenceStarted: answering.sentence_started,
    SentenceSpoken: answering.sentence_spoken,
    SpeechStopped: answering.speech_stopped,
    ReadAloudAsked: answering.read_aloud,
    AnswerAgainAsked: answering.answer_again,
    ConversationOpened: _conversation_opened,
    StageFailed: _stage_failed,
    Cancelled: _cancelled,
    PartChanged: _part_changed,
    Noticed: _noticed,
    NoticeDismissed: _notice_dismissed,
    HabitsChanged: _habits_changed,
    TrialsBegan: trying.begin,
    TrialsEnded: trying.end,
}
