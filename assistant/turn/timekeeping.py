"""Keeping the time of each turn. Pure: the time at which an event was taken up is an argument."""

from dataclasses import replace

from assistant.turn.commands import Ask, CloseMicrophone, Command, OpenMicrophone, Remember
from assistant.turn.events import (
    AudioStarted,
    Event,
    QuestionSent,
    ReplyGrew,
    SentenceStarted,
    TalkEnded,
    TalkStarted,
    Transcribed,
)
from assistant.turn.records import QuestionAsked, TimesTaken, TranscriptHeard
from assistant.turn.steps import Step
from assistant.turn.timeline import Moment, Timeline
from assistant.turn.transcript import Transcript

_KEPT = 8  # a turn that is spoken into another one is still timed

Lines = tuple[Timeline, ...]


def timed(step: Step, event: Event, at: float) -> Step:
    """`step`, which `event` caused, taken up `at` (monotonic): its moments are in the session, and written down last."""
    session, commands = step
    before = session.timelines
    lines = _happened(before, event, at)
    for command in commands:
        lines = _commanded(lines, command, event, at)
    if lines is before:
        return step
    taken = tuple(
        Remember(TimesTaken(line, session.conversation.id))
        for line in lines
        if line not in before and line.tells
    )
    return replace(session, timelines=lines[-_KEPT:]), (*commands, *taken)


def _happened(lines: Lines, event: Event, at: float) -> Lines:
    match event:
        case AudioStarted(turn, block_at, sound_from):
            return tuple(
                replace(line, sound_from=block_at if sound_from is None else sound_from).marked(
                    Moment.FIRST_BLOCK, block_at
                )
                if line.turn == turn
                else line
                for line in lines
            )
        case Transcribed(turn, transcript):  # what is kept is timed when it is written down
            return tuple(
                _understood(line, transcript, at) if line.trial and line.turn == turn else line
                for line in lines
            )
        case QuestionSent(turn, sent_at):
            return _answered(lines, turn, Moment.REQUEST, sent_at)
        case ReplyGrew(turn, text, reasoning) if text or reasoning:
            return _answered(lines, turn, Moment.FIRST_TOKEN, at)
        case SentenceStarted(turn, 0, began_at):
            return _answered(lines, turn, Moment.FIRST_SAMPLE, at if began_at is None else began_at)
    return lines


def _commanded(lines: Lines, command: Command, event: Event, at: float) -> Lines:
    match command:
        case OpenMicrophone(turn, trial):
            return (*lines, Timeline(turn, {Moment.PRESS: 0.0}, since=_key_time(event, at), trial=trial))
        case CloseMicrophone(turn):
            released = _key_time(event, at)
            return tuple(
                line.marked(Moment.RELEASE, released) if line.turn == turn else line for line in lines
            )
        case Remember(TranscriptHeard(transcript)):
            return tuple(
                _understood(line, transcript, at) if line.turn == transcript.turn else line for line in lines
            )
        case Remember(QuestionAsked(question, recordings=recordings)):
            spoken = [line for line in lines if line.turn in recordings]
            return _with(lines, replace(spoken[-1], question=question)) if spoken else lines
        case Ask(answer, conversation):
            return _sent(lines, conversation.messages[-1].turn, answer, at)
    return lines


def _key_time(event: Event, at: float) -> float:
    """A key's press or release happened before it was taken up; a talk that the window or a limit ends, ends now."""
    return event.at if isinstance(event, TalkStarted | TalkEnded) else at


def _understood(line: Timeline, transcript: Transcript, at: float) -> Timeline:
    ends = [word.end_s for word in transcript.words if word.end_s is not None]
    if ends and line.sound_from is not None:
        line = line.marked(Moment.LAST_WORD, line.sound_from + ends[-1])
    return line.marked(Moment.TEXT, at)


def _sent(lines: Lines, question: int, answer: int, at: float) -> Lines:
    spoken = [line for line in lines if line.question == question and not line.answer]
    if spoken:
        return _with(lines, replace(spoken[-1], answer=answer).marked(Moment.SENT, at))
    return (*lines, Timeline(answer, {Moment.SENT: 0.0}, question, answer, since=at))


def _answered(lines: Lines, answer: int, moment: Moment, at: float) -> Lines:
    line = next((line for line in lines if line.answer == answer), None)
    if line is None or moment in line.moments:
        return lines
    return _with(lines, line.marked(moment, at))


def _with(lines: Lines, changed: Timeline) -> Lines:
    return tuple(changed if line.turn == changed.turn else line for line in lines)
