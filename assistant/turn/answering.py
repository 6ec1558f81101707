"""The other side of the turn: the question, its answer, and the voice that reads it out."""

from dataclasses import replace

from assistant.turn.commands import (
    AbandonReply,
    Ask,
    ClearComposer,
    Command,
    ExpectSpeech,
    Remember,
    Silence,
    Speak,
)
from assistant.turn.conversation import Message, Role
from assistant.turn.events import (
    AnswerAgainAsked,
    Fault,
    Part,
    QuestionSent,
    ReadAloudAsked,
    Remedy,
    ReplyEnded,
    ReplyGrew,
    SentenceSpoken,
    SentenceStarted,
    SpeechStopped,
    StageFailed,
)
from assistant.turn.mending import look_no_more
from assistant.turn.provenance import trace
from assistant.turn.records import (
    DraftKept,
    QuestionAsked,
    ReplyBegun,
    ReplyClosed,
    ReplyHeard,
    ReplyPiece,
)
from assistant.turn.sentences import cut, wording
from assistant.turn.states import Reply, Session, Speech
from assistant.turn.steps import Step, noticing, then
from assistant.turn.transcript import Word

CUT_SHORT = Fault(
    "answer-cut-short",
    "The answer reached the model's length limit.",
    "Ask it to go on, or choose a model with a longer limit.",
    Remedy.ANSWER_AGAIN,
)


def submit(session: Session, text: str, words: tuple[Word, ...] = ()) -> Step:
    """Send `text` as the next question. White space alone is not a question."""
    if not text.strip():
        return session, ()
    session, closed = close_reply(session)
    session, silenced = silence(session)
    session, ended_looks = look_no_more(session)
    question, asked = session.next_turn, question_of(session, text, words)
    words, conversation = asked.words, session.conversation.plus(asked)
    recordings = tuple(transcript.turn for transcript in session.heard)
    session = replace(
        session,
        next_turn=question + 1,
        conversation=conversation,
        draft="",
        heard=(),
        to_check=False,
    )
    record = QuestionAsked(question, conversation.id, conversation.title, asked.text, words, recordings)
    written = (Remember(record), Remember(DraftKept(conversation.id, "")), ClearComposer(text))
    return then((*closed, *silenced, *ended_looks, *written), _ask(session, question))


def question_of(session: Session, text: str, words: tuple[Word, ...] = ()) -> Message:
    """The next question, if `text` is sent as one.

    Where the `words` of the text are not told, they are found by comparing it with what was heard.
    """
    return Message(session.next_turn, Role.USER, text.strip(), words or trace(session.heard, text))


def answer_again(session: Session, _: AnswerAgainAsked) -> Step:
    session, closed = close_reply(session)
    session, silenced = silence(session)
    messages = session.conversation.messages
    questions = [index for index, message in enumerate(messages) if message.role is Role.USER]
    if not questions:
        return session, (*closed, *silenced)
    kept = messages[: questions[-1] + 1]
    session = replace(session, conversation=replace(session.conversation, messages=kept), notices=())
    return then((*closed, *silenced), _ask(session, kept[-1].turn))


def _ask(session: Session, question: int) -> Step:
    turn = session.next_turn
    reply = Reply(turn, question, aloud=session.habits.speak_replies and session.listening is None)
    begun = Remember(ReplyBegun(turn, session.conversation.id, question))
    aloud = (ExpectSpeech(),) if reply.aloud else ()
    session = replace(session, next_turn=turn + 1, reply=reply)
    return session, (begun, *aloud, Ask(turn, session.conversation))


def question_sent(session: Session, _: QuestionSent) -> Step:
    """It changes nothing; the time-line tells of it."""
    return session, ()


def reply_grew(session: Session, event: ReplyGrew) -> Step:
    if session.reply is None or session.reply.turn != event.turn:
        return session, ()
    reply = replace(
        session.reply,
        text=session.reply.text + event.text,
        reasoning=session.reply.reasoning + event.reasoning,
    )
    written = Remember(ReplyPiece(event.turn, event.text, event.reasoning))
    session = replace(session, reply=reply)
    if not reply.aloud:
        return session, (written,)
    return then((written,), _speak_on(session, reply.turn, reply.text, complete=False))


def reply_ended(session: Session, event: ReplyEnded) -> Step:
    reply = session.reply
    if reply is None or reply.turn != event.turn:
        return session, ()
    closed = ReplyClosed(event.turn, True, event.model, event.tokens_in, event.tokens_out)
    session = _keep(session, reply, whole=True, model=event.model)
    if event.finish_reason == "length":
        session = noticing(session, CUT_SHORT)
    return then((Remember(closed),), _speak_rest(session, reply))


def close_reply(session: Session) -> Step:
    """Break off the answer that is on its way; what there is of it is kept."""
    reply = session.reply
    if reply is None:
        return session, ()
    session = _keep(session, reply, whole=False, model="")
    return session, (AbandonReply(reply.turn), Remember(ReplyClosed(reply.turn, whole=False)))


def failed(session: Session, event: StageFailed) -> Step:
    if event.part is Part.SPEAK:
        if session.speech is None or session.speech.turn != event.turn:
            return session, ()
        return silence(noticing(session, event.fault))
    reply = session.reply
    if reply is None or reply.turn != event.turn:
        return session, ()
    session = noticing(_keep(session, reply, whole=False, model=""), event.fault)
    return then((Remember(ReplyClosed(reply.turn, whole=False)),), _speak_rest(session, reply))


def _keep(session: Session, reply: Reply, *, whole: bool, model: str) -> Session:
    if not (reply.text or reply.reasoning):
        return replace(session, reply=None)
    message = Message(
        reply.turn, Role.ASSISTANT, reply.text, reasoning=reply.reasoning, whole=whole, model=model
    )
    return replace(session, reply=None, conversation=session.conversation.plus(message))


def read_aloud(session: Session, event: ReadAloudAsked) -> Step:
    if session.listening is not None:  # the microphone would hear it
        return session, ()
    session, silenced = silence(session)
    turn = session.next_turn
    return then(silenced, _speak_on(replace(session, next_turn=turn + 1), turn, event.text, complete=True))


def speech_stopped(session: Session, _: SpeechStopped) -> Step:
    return silence(session)


def silence(session: Session) -> Step:
    """No more of what is being said, nor of what the present answer will still say."""
    if session.reply is not None:
        session = replace(session, reply=replace(session.reply, aloud=False))
    speech = session.speech
    if speech is None:
        return session, ()
    return _heard(replace(session, speech=None), speech), (
        Silence(speech.turn),
        Remember(ReplyHeard(speech.turn, speech.heard_to)),
    )


def sentence_started(session: Session, event: SentenceStarted) -> Step:
    if session.speech is None or session.speech.turn != event.turn:
        return session, ()
    return replace(session, speech=replace(session.speech, current=event.index)), ()


def sentence_spoken(session: Session, event: SentenceSpoken) -> Step:
    if session.speech is None or session.speech.turn != event.turn:
        return session, ()
    speech = replace(session.speech, spoken=max(session.speech.spoken, event.index + 1))
    return _end_speech_when_done(replace(session, speech=speech))


def _speak_rest(session: Session, reply: Reply) -> Step:
    if not reply.aloud:
        return session, ()
    return _speak_on(session, reply.turn, reply.text, complete=True)


def _speak_on(session: Session, turn: int, text: str, *, complete: bool) -> Step:
    """Give the voice the pieces of `text` that are certain by now."""
    speech = session.speech or Speech(turn)
    pieces = cut(text, speech.cut, complete=complete, waiting=speech.spoken == len(speech.sentences))
    if not pieces and not complete:
        return session, ()
    first = len(speech.sentences)
    speech = replace(
        speech,
        text=text,
        sentences=(*speech.sentences, *pieces),
        cut=pieces[-1].end if pieces else speech.cut,
        complete=complete,
    )
    spoken: tuple[Command, ...] = tuple(
        Speak(speech.turn, first + index, wording(text, piece)) for index, piece in enumerate(pieces)
    )
    return then(spoken, _end_speech_when_done(replace(session, speech=speech)))


def _end_speech_when_done(session: Session) -> Step:
    speech = session.speech
    if speech is None or not speech.complete or speech.spoken < len(speech.sentences):
        return session, ()
    heard = Remember(ReplyHeard(speech.turn, speech.heard_to))
    return _heard(replace(session, speech=None), speech), (heard,)


def _heard(session: Session, speech: Speech) -> Session:
    messages = tuple(
        replace(message, heard_to=speech.heard_to) if message.turn == speech.turn else message
        for message in session.conversation.messages
    )
    return replace(session, conversation=replace(session.conversation, messages=messages))
