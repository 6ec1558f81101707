"""What may stand instead of a word, and the word when one of them was taken. No Qt."""

from dataclasses import replace
from typing import NamedTuple

from assistant.turn.transcript import Alternative, Origin
from assistant.window.junction import core
from assistant.window.worded import Known

_LONGEST_QUOTE = 24  # characters of a word in a sentence about it
_SOURCES = {
    "own": "your names",
    "corrections": "your corrections",
    "conversation": "this conversation",
    "clipboard": "what you copied",
}


class Offer(NamedTuple):
    """What a word may be replaced by. `aside` is where it is from, in words."""

    text: str
    source: str
    aside: str


def offers(known: Known) -> list[Offer]:
    """What may stand instead of a word, the best first: what was heard, where something else stands there now."""
    word = known.word
    found: list[Offer] = []
    if word.heard:
        found.append(Offer(word.heard, "", "as heard"))
    found += [Offer(other.text.strip(), other.source, _named(other.source)) for other in word.alternatives]
    # a term may differ from what was heard in nothing but its case
    seen, different = {_core(word.text)}, []
    for offer in found:
        if offer.text and offer.text not in seen:
            seen.add(offer.text)
            different.append(offer)
    return different[:9]


def _core(text: str) -> str:
    start, end = core(text.strip())
    return text.strip()[start:end]


def chosen(known: Known, offer: Offer, text: str) -> Known:
    """The word when a person has taken `offer`, written as `text`. What stood there is offered from now on."""
    before = Alternative(_core(known.word.text), known.word.source)
    others = known.word.alternatives
    if known.word.heard and before not in others:
        others = (*others, before)
    word = replace(
        known.word,
        text=text,
        probability=1.0,
        origin=Origin.CHOSEN,
        heard=known.heard,
        source=offer.source,
        alternatives=others,
    )
    return replace(known, word=word, doubtful=False, settled=True)


def title_about(known: Known) -> str:
    """How it was heard."""
    word = known.word
    if word.heard:
        source = f", from {_named(word.source)}" if word.source else ""
        return f"Heard as {_quoted(word.heard)}{source}"
    return f"Heard with {word.probability:.0%} certainty"


def _named(source: str) -> str:
    """A source of terms, in words."""
    return _SOURCES.get(source, source.replace("-", " "))


def hint_about(known: Known, word: str, *, offered: bool) -> str:
    """What can be done besides taking an offer; `word` is what stands there."""
    if not known.doubtful:
        return ""
    keeps = f"Esc keeps {_quoted(word)}"
    return keeps if offered else f"Type over it, or {keeps}"


def _quoted(word: str) -> str:
    return f"“{word}”" if len(word) <= _LONGEST_QUOTE else f"“{word[: _LONGEST_QUOTE - 1]}…”"
