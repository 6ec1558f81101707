"""The recordings whose text is awaited, from the release of the key on."""

from dataclasses import replace

from assistant.turn.states import Session, Transcribing


def find(session: Session, turn: int) -> Transcribing | None:
    return next((one for one in session.transcribing if one.turn == turn), None)


def put(session: Session, changed: Transcribing) -> Session:
    """With `changed` in the place of what is known of its turn."""
    transcribing = tuple(changed if one.turn == changed.turn else one for one in session.transcribing)
    return replace(session, transcribing=transcribing)


def without(session: Session, turn: int) -> Session:
    return replace(session, transcribing=tuple(one for one in session.transcribing if one.turn != turn))
