"""Doubtful words: they are listened to again while the person reads, and whenever they ask for it."""

from dataclasses import replace

from assistant.turn.commands import AbandonTranscription, Command, ListenAgain, PlaySound, Refine
from assistant.turn.events import HeardAgain, ListenAgainAsked, LooksAbandoned, SoundAsked
from assistant.turn.states import Session
from assistant.turn.steps import Step
from assistant.turn.transcript import Origin, Transcript, Word

_MOST_AGAIN = 8
_MOST_NEAR = 12
_SAME_STRETCH_S = 0.7


def play(session: Session, event: SoundAsked) -> Step:
    return session, (PlaySound(event.stretches),)


def listen_again(session: Session, event: ListenAgainAsked) -> Step:
    """A look that is asked for has a number, as everything has that can be given up."""
    look = session.next_turn
    session = replace(session, next_turn=look + 1, looks=(*session.looks, look))
    return session, (ListenAgain(event.turn, event.start_s, event.end_s, event.near, look),)


def heard_again(session: Session, event: HeardAgain) -> Step:
    """It concerns only what still stands in the composer, and no look that was given up."""
    if event.look and event.look not in session.looks:
        return session, ()
    session = replace(session, looks=tuple(look for look in session.looks if look != event.look))
    waits = any(transcript.turn == event.turn for transcript in session.heard)
    return session, (Refine(event.turn, event.words),) if waits and event.words else ()


def abandon_looks(session: Session, _: LooksAbandoned) -> Step:
    return look_no_more(session)


def look_no_more(session: Session) -> Step:
    """Give up what was asked for."""
    return replace(session, looks=()), tuple(AbandonTranscription(look) for look in session.looks)


def second_look(transcript: Transcript, below: float) -> tuple[Command, ...]:
    """What to do about the words less probable than `below`; neighbours are listened to together."""
    if transcript.basic:
        return ()
    stretches: list[list[Word]] = []
    for word in transcript.words:
        if word.origin is not Origin.SPOKEN or word.probability >= below or word.start_s is None:
            continue
        if stretches and word.start_s - (stretches[-1][-1].end_s or 0.0) <= _SAME_STRETCH_S:
            stretches[-1].append(word)
        else:
            stretches.append([word])
    return tuple(_again(transcript.turn, words) for words in stretches[:_MOST_AGAIN])


def _again(turn: int, words: list[Word]) -> ListenAgain:
    near = dict.fromkeys(other.text for word in words for other in word.alternatives if other.source)
    return ListenAgain(turn, words[0].start_s or 0.0, words[-1].end_s or 0.0, tuple(near)[:_MOST_NEAR])
