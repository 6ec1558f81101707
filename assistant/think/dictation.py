"""What the language model is told of how a message came to be: spoken, typed, doubtful, put in by the program."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from assistant.turn.transcript import Origin, Word

_MOST_NAMED = 12
_EDGES = ' \t\n.,;:!?…"“”()[]{}«»'


def note_on(words: Sequence[Word], doubt_below: float) -> str:
    """A line for the message that `words` make up; "" where nothing of it was spoken.

    Doubtful is what was spoken with a probability under `doubt_below` (0..1).
    """
    if all(word.origin is Origin.TYPED for word in words):
        return ""
    doubtful = [
        _bare(word.text) for word in words if word.origin is Origin.SPOKEN and word.probability < doubt_below
    ]
    typed = [
        _bare("".join(word.text for word in run))
        for origin, run in groupby(words, lambda word: word.origin)
        if origin is Origin.TYPED
    ]
    replaced = [
        f"{_quoted(_bare(word.text))} (heard {_quoted(_bare(word.heard))})"
        for word in words
        if word.origin is Origin.REPLACED and word.probability < doubt_below
    ]
    parts = [
        "Dictated.",
        _listed("Doubtful", map(_quoted, filter(None, doubtful))),
        _listed("Typed", map(_quoted, filter(None, typed))),
        _listed("Put in for what was heard", replaced),
        "Ask before acting on a doubtful name." if doubtful or replaced else "",
    ]
    return f"[{' '.join(filter(None, parts))}]"


def _listed(what: str, items: Iterable[str]) -> str:
    """Each once; what is too long to be told is counted."""
    names = list(dict.fromkeys(items))
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{what}: {', '.join(names[:_MOST_NAMED])}{more}." if names else ""


def _bare(text: str) -> str:
    return " ".join(text.strip(_EDGES).split())


def _quoted(text: str) -> str:
    return f"“{text}”"
