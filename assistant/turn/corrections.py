"""What people put right, again and again: how corrections add up, when one is a rule, and what it would change.

Sightings of the same correction are counted. One that was seen three times, with nothing against it, is a rule; so is
one that the user has confirmed. A rule that is not used for 90 days is none any more. A correction that means what was
heard says that it shall be left alone.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from assistant.turn.dataclass import dataclass
from assistant.turn.transcript import Origin, Word

SOURCE = "corrections"
MOST_WORDS = 4
SEEN_FOR_A_RULE = 3
UNUSED_FOR_S = 90 * 86_400.0
PREVIEWED = 200
"""Dictations that are looked through before a correction becomes a rule."""
_AROUND_WORDS = 6
_TOKEN = re.compile(r"\s*\S+")
_OPENS = "\"'“”‘’«»„`([{"
_CLOSES = ".,;:!?…\"'“”‘’«»`)]}"
_SIGNS = _OPENS + _CLOSES + " \n\t"
_PAIRS = {")": "(", "]": "[", "}": "{"}


class Sighting(NamedTuple):
    """Where `heard` stood (a phrase, see `phrase`), a person wanted `meant`."""

    heard: str
    meant: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One that was seen, or confirmed. `last_at_s` is when it was last seen or used (Unix time).

    `seen` counts messages since something last spoke against it, `against` those in which something did, `used` those
    in which it was applied and let stand.
    """

    heard: str
    meant: str
    last_at_s: float
    seen: int = 0
    used: int = 0
    against: int = 0
    confirmed: bool = False

    @property
    def leaves_alone(self) -> bool:
        return self.meant == self.heard

    @property
    def always(self) -> bool:
        """Whether it holds wherever the phrase is heard, and not only where the words around speak for it."""
        return self.leaves_alone or (self.confirmed and not self.against)

    def is_rule(self, now_s: float) -> bool:
        return (self.confirmed or self.seen >= SEEN_FOR_A_RULE) and not self.expired(now_s)

    def expired(self, now_s: float) -> bool:
        return now_s - self.last_at_s > UNUSED_FOR_S


@dataclass(frozen=True, slots=True)
class Dictation:
    """What was heard in the recording of `turn`, which was transcribed at `at_s` (Unix time)."""

    turn: int
    at_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """In a dictation, `meant` would stand for `heard`, right between `before` and `after` (some words of it)."""

    turn: int
    at_s: float
    before: str
    heard: str
    meant: str
    after: str


class Place(NamedTuple):
    """The words from `start` up to `stop` are `phrase`."""

    start: int
    stop: int
    phrase: str


def core(text: str) -> str:
    """`text` without the punctuation around it; what belongs to a name stays (".env", "C#", "print()")."""
    inner = text.strip()
    while inner and (inner[0] in _OPENS or inner[0].isspace()):
        inner = inner[1:]
    while inner and (inner[-1].isspace() or (inner[-1] in _CLOSES and not _is_closed(inner))):
        inner = inner[:-1]
    return inner or text.strip()


def phrase(text: str) -> str:
    """The form in which what was heard is compared: its words in lower case, with nothing around them."""
    return " ".join(_plain(word) for word in core(text).split())


def heard_text(words: Iterable[Word]) -> str:
    """What the recogniser wrote, before the program put anything in its place."""
    return "".join(_as_heard(word) if word.origin is Origin.REPLACED else word.text for word in words).strip()


def find(texts: Sequence[str], phrases: Collection[str]) -> Iterator[Place]:
    """Where one of `phrases` stands in words, never across punctuation; of two that overlap the first, then the longest."""
    cores = [_plain(text) for text in texts]
    start = 0
    while start < len(texts):
        place = next(_places_at(start, texts, cores, phrases), None)
        if place is not None:
            yield place
        start = place.stop if place is not None else start + 1


def put(texts: Sequence[str], meant: str) -> str:
    """`meant` in the place of these words, with the space and the punctuation around them."""
    before, after = _around(texts)
    return before + meant + after


def preview(sighting: Sighting, dictations: Iterable[Dictation]) -> list[Change]:
    """What a rule would change, were it applied wherever the phrase stands."""
    changes: list[Change] = []
    if sighting.heard == sighting.meant:
        return changes
    for one in dictations:
        tokens = _TOKEN.findall(one.text)
        for start, stop, _ in find(tokens, (sighting.heard,)):
            stood = core("".join(tokens[start:stop]))
            if stood != sighting.meant:
                left, right = _around(tokens[start:stop])
                before = "".join((*tokens[max(0, start - _AROUND_WORDS) : start], left)).lstrip()
                after = "".join((right, *tokens[stop : stop + _AROUND_WORDS])).rstrip()
                changes.append(Change(one.turn, one.at_s, before, stood, sighting.meant, after))
    return changes


def learned(
    known: Iterable[Correction], found: Iterable[Sighting], sent: Sequence[Word], at_s: float
) -> list[Correction]:
    """The corrections that a message changes, as they are from then on.

    `found` are the sightings in the message, `sent` its words. A sighting speaks against every other meaning of the same
    phrase. What merely stands in the message (a phrase that was left as it was heard, a replacement that was let stand)
    speaks against those that are no rules yet: of a rule it tells only that the words around decided.
    """
    sightings = dict.fromkeys(found)
    before = {Sighting(one.heard, one.meant): one for one in known if not one.expired(at_s)}
    applied = {
        Sighting(phrase(word.heard), core(word.text)) for word in sent if word.origin is Origin.REPLACED
    }
    standing = applied | _left_alone(sent, {one.heard for one in before})
    after: dict[Sighting, Correction] = {}
    for key, one in before.items():
        grown = replace(one, used=one.used + 1, last_at_s=at_s) if key in applied else one
        speaks = sightings if one.is_rule(at_s) else {*sightings, *standing}
        if any(_contradicts(other, key) for other in speaks):
            grown = replace(grown, seen=0, against=one.against + 1)
        elif key in sightings:
            grown = replace(grown, seen=one.seen + 1, last_at_s=at_s)
        if grown != one:
            after[key] = grown
    new = (Correction(*key, at_s, seen=1) for key in sightings if key not in before)
    return [*after.values(), *new]


def agreed(known: Iterable[Correction], sighting: Sighting, at_s: float) -> list[Correction]:
    """What changes when the user confirms one: it is a rule, and every other meaning of the phrase is none."""
    same = [one for one in known if one.heard == sighting.heard]
    others = [replace(one, seen=0, confirmed=False) for one in same if one.meant != sighting.meant]
    there = next((one for one in same if one.meant == sighting.meant), Correction(*sighting, at_s))
    return [replace(there, confirmed=True, against=0, last_at_s=at_s), *others]


def rules(corrections: Iterable[Correction], now_s: float) -> tuple[Correction, ...]:
    """The rules, one for each phrase, by phrase."""
    valid = sorted(
        (one for one in corrections if one.is_rule(now_s)),
        key=lambda one: (one.heard, one.confirmed and not one.against, one.seen, one.last_at_s),
    )
    return tuple(list(same)[-1] for _, same in groupby(valid, key=lambda one: one.heard))


def meanings(corrections: Iterable[Correction], now_s: float) -> dict[str, list[str]]:
    """What was wanted for each phrase, the likeliest first, whether that is a rule or not."""
    valid = [
        one
        for one in corrections
        if (one.seen or one.confirmed) and not one.leaves_alone and not one.expired(now_s)
    ]
    found: dict[str, list[str]] = {}
    for one in sorted(valid, key=lambda one: (one.confirmed, one.seen, one.last_at_s), reverse=True):
        found.setdefault(one.heard, []).append(one.meant)
    return found


def _is_closed(text: str) -> bool:
    """Whether the bracket at the end belongs to one within."""
    opening = _PAIRS.get(text[-1])
    return opening is not None and text.count(opening) >= text.count(text[-1])


def _plain(text: str) -> str:
    return core(text).replace("’", "'").casefold()


def _around(texts: Sequence[str]) -> tuple[str, str]:
    """What stands before and after the core of these words."""
    whole = "".join(texts)
    inner = core(whole)
    at = whole.find(inner)
    return whole[:at], whole[at + len(inner) :]


def _as_heard(word: Word) -> str:
    return put((word.text,), word.heard)


def _places_at(
    start: int, texts: Sequence[str], cores: Sequence[str], phrases: Collection[str]
) -> Iterator[Place]:
    longest = start + 1
    while longest < min(len(texts), start + MOST_WORDS) and _joined(texts[longest - 1], texts[longest]):
        longest += 1
    for stop in range(longest, start, -1):
        here = " ".join(cores[start:stop])
        if here in phrases:
            yield Place(start, stop, here)


def _joined(left: str, right: str) -> bool:
    """Whether nothing but space is between two words, neither of which is punctuation alone."""
    both_are_words = all(text.strip(_SIGNS) for text in (left, right))
    return both_are_words and left.endswith(core(left)) and right.lstrip().startswith(core(right))


def _left_alone(sent: Sequence[Word], phrases: Collection[str]) -> set[Sighting]:
    """The phrases that stand as they were heard."""
    return {
        Sighting(place.phrase, place.phrase)
        for place in find([word.text for word in sent], phrases)
        if all(word.origin is Origin.SPOKEN for word in sent[place.start : place.stop])
    }


def _contradicts(other: Sighting, one: Sighting) -> bool:
    """Capitals alone are no contradiction: they may be those of a sentence's beginning."""
    return other.heard == one.heard and other.meant.casefold() != one.meant.casefold()
