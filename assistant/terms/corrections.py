"""Corrections: which of a message's changes put something misheard right, and how the rules made of them are applied.

How they add up is told in `turn.corrections`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, product

from rapidfuzz.distance import Levenshtein

from assistant.terms.ordinary import ordinary
from assistant.terms.sound import closeness, pronunciations
from assistant.terms.spoken import ways_said, words_of
from assistant.terms.table import made, merged
from assistant.terms.term import Term
from assistant.turn.corrections import (
    MOST_WORDS,
    SOURCE,
    Correction,
    Sighting,
    core,
    find,
    phrase,
    put,
)
from assistant.turn.transcript import Alternative, Origin, Word

_NEAR = 0.5
"""Closeness of sounds, or of letters: nine in ten mis-hearings are nearer, and hardly any rephrasing is."""
_NEAR_EVERYDAY = 0.8
"""The same where everyday words are meant, which mostly rephrase."""
_EVERYDAY = 4.5
"""How common the words of everyday English are (decimal logarithm, in a billion)."""
_ENDING = 3
_OFFERED_WHEN_SEEN = 2
_MOST_READINGS = 16
_SENTENCE_ENDS = (".", "!", "?", "…", ":")

Fix = Callable[[Sequence[Word]], tuple[Word, ...]]


def sightings(words: Sequence[Word]) -> list[Sighting]:
    """What the words of a sent message tell was misheard. The first call takes half a second.

    A change counts where it is short, sounds or is written like what was heard, and is more than another ending or the
    capital of a sentence's beginning. What was heard and brought back in the place of a term is a sighting, too: it
    means what was heard.
    """
    found = []
    before = ""
    for changed, together in groupby(words, _change):
        group = list(together)
        if changed is not None and (sighting := _sighting(group, before)) is not None:
            found.append(sighting)
        before = group[-1].text
    return found


def candidates(corrections: Iterable[Correction], now_s: float) -> tuple[Correction, ...]:
    """Those that are no rules yet and worth a question: everyday words, and capitals of such, were seen twice."""
    return tuple(
        one
        for one in corrections
        if one.seen
        and not (one.is_rule(now_s) or one.expired(now_s))
        and (one.seen >= _OFFERED_WHEN_SEEN or not _is_everyday(one.meant.lower()))
    )


def terms(rules: Iterable[Correction]) -> tuple[Term, ...]:
    """The rules as terms with what is heard for them; those that leave something alone are none."""
    return merged(
        Term(rule.meant, source=SOURCE, heard=(rule.heard,)) for rule in rules if not rule.leaves_alone
    )


def applied(words: Sequence[Word], rules: Iterable[Correction], fix: Fix) -> tuple[Word, ...]:
    """`words` put right by `fix`, after those rules that hold always. What is to be left alone is kept from it.

    `fix` must leave alone what was not spoken, as the matcher does.
    """
    by_phrase = {rule.heard: rule for rule in rules if rule.always}
    shown: list[Word] = []
    kept: dict[int, Word] = {}
    done = 0
    for start, stop, heard in find([word.text for word in words], by_phrase):
        here = words[start:stop]
        shown += words[done:start]
        done = stop
        if any(word.origin is not Origin.SPOKEN for word in here):
            shown += here
        elif by_phrase[heard].leaves_alone:
            shields = [replace(word, origin=Origin.TYPED) for word in here]
            kept |= {id(shield): word for shield, word in zip(shields, here, strict=True)}
            shown += shields
        else:
            shown.append(_replaced(here, by_phrase[heard].meant))
    shown += words[done:]
    return tuple(kept.get(id(word), word) for word in fix(shown))


def _change(word: Word) -> tuple[Origin, str, int, float | None, float | None] | None:
    """What is the same for neighbours that were changed together; None for a word that nobody changed."""
    if not word.heard or word.origin not in (Origin.CORRECTED, Origin.CHOSEN):
        return None
    return word.origin, word.heard, word.turn, word.start_s, word.end_s


def _sighting(group: Sequence[Word], before: str) -> Sighting | None:
    written = "".join(word.text for word in group)
    heard, meant = core(group[0].heard), core(written)
    chosen = group[0].origin is Origin.CHOSEN
    if heard == meant:
        taken_back = chosen or written.strip() == group[0].heard
        return Sighting(phrase(heard), phrase(heard)) if taken_back and _is_phrase(heard) else None
    heard, meant = _without_same_ends(heard, meant)
    if not (_is_phrase(heard) and _is_phrase(meant)):
        return None
    offered_term = chosen and bool(group[0].source)
    if phrase(heard) == phrase(meant):
        begins = not before.strip() or before.rstrip().endswith(_SENTENCE_ENDS) or "\n" in written
        only_begins = meant == meant.lower() or (begins and meant[1:] == meant[1:].lower())
        return None if only_begins else Sighting(phrase(heard), meant)
    if offered_term or (_is_near(heard, meant) and not _is_inflected(heard, meant)):
        return Sighting(phrase(heard), meant)
    return None


def _is_phrase(text: str) -> bool:
    """Whether it is one to four words with nothing between them, and may be a term."""
    words = text.split()
    inside = all(word.endswith(core(word)) for word in words[:-1])
    try:
        made(text)
    except ValueError:
        return False
    return len(words) <= MOST_WORDS and inside


def _without_same_ends(heard: str, meant: str) -> tuple[str, str]:
    """Both without the words that they begin or end with alike."""
    one, other = heard.split(), meant.split()
    for end in (0, -1):
        while min(len(one), len(other)) > 1 and one[end] == other[end]:
            del one[end], other[end]
    return " ".join(one), " ".join(other)


def _is_near(heard: str, meant: str) -> bool:
    sounds = list(_sounds(ways_said(meant)))
    nearest = max(
        (closeness(one, other) for one in _sounds([words_of(heard)]) for other in sounds), default=0.0
    )
    if _is_everyday(meant):
        return nearest >= _NEAR_EVERYDAY
    letters = (phrase(text).replace(" ", "") for text in (heard, meant))
    return max(nearest, Levenshtein.normalized_similarity(*letters)) >= _NEAR


def _sounds(ways: Iterable[Sequence[str]]) -> Iterator[str]:
    known = pronunciations()
    for way in ways:
        readings = product(*(known.of(word) for word in way))
        yield from ("".join(reading) for reading, _ in zip(readings, range(_MOST_READINGS), strict=False))


def _is_everyday(text: str) -> bool:
    """Whether it is written in everyday English words alone."""
    return all(word.isalpha() and ordinary().commonness(word) >= _EVERYDAY for word in text.split())


def _is_inflected(heard: str, meant: str) -> bool:
    """Whether one everyday word became the other by an ending: that is grammar."""
    short, long = sorted((heard.lower(), meant.lower()), key=len)
    return _is_everyday(short) and long.startswith(short) and len(long) - len(short) <= _ENDING


def _replaced(words: Sequence[Word], meant: str) -> Word:
    heard = core("".join(word.text for word in words))
    return replace(
        words[0],
        text=put([word.text for word in words], meant),
        end_s=words[-1].end_s,
        probability=1.0,
        origin=Origin.REPLACED,
        heard=heard,
        source=SOURCE,
        alternatives=(Alternative(heard),),
    )
