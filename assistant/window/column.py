"""The column of text in which a conversation stands."""

from assistant.window.look import Look

MARGIN = 16  # px at 100 %, beside the column
_CHARACTERS = 68


def measure(look: Look) -> float:
    """The widest that text may be, in px."""
    return look.letter * _CHARACTERS
