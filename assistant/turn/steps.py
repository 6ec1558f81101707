"""What steps are made of, on either side of the turn."""

from dataclasses import replace

from assistant.turn.commands import Command, Cue, PlayCue
from assistant.turn.events import Fault
from assistant.turn.states import Session

Step = tuple[Session, tuple[Command, ...]]

LONGEST_RECORDING = "longest recording"
SHORTEST_RECORDING_S = 0.1

_MOST_NOTICES = 5


def then(before: tuple[Command, ...], step: Step) -> Step:
    """`step`, with the commands `before` it."""
    session, commands = step
    return session, (*before, *commands)


def noticing(session: Session, fault: Fault) -> Session:
    """The session in which the user is told of `fault`, once."""
    others = tuple(notice for notice in session.notices if notice != fault)
    return replace(session, notices=(*others, fault)[-_MOST_NOTICES:])


def cue(session: Session, which: Cue) -> tuple[Command, ...]:
    """The sound, where the user wants one."""
    return (PlayCue(which),) if session.habits.cues else ()
