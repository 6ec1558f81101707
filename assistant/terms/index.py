"""Terms by the way they sound: which of them may be meant by what was heard, however many there are.

Every way of saying a term is entered under its letters, and under its consonants: as they are, and with each one left
out, so that two that differ in one consonant meet (the symmetric deletions of SymSpell). Few consonants tell little:
those ways are entered under all their coarse sounds instead. A look-up reads a handful of entries.
"""

import functools
from array import array
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from assistant.terms.lookup import Lookup, Texts
from assistant.terms.renown import fame
from assistant.terms.sound import (
    Pronunciations,
    closeness,
    coarse,
    flowing,
    not_far,
    pronunciations,
    skeleton,
)
from assistant.terms.spoken import LONGEST, ways_said, words_of
from assistant.terms.term import Term
from assistant.turn.dataclass import dataclass

_SAID, _MISHEARD, _SOUND, _CONSONANTS, _FEWER = "=", "!", "~", "%", "-"
"""What the keys begin with."""
_FEW_CONSONANTS = 3
_FEW_SOUNDS = 2
_MANY_CONSONANTS = 12
_MOST_ENTRIES = 16
_MOST_READINGS = 4
_FAR = 0.7


@dataclass(frozen=True, slots=True)
class Match:
    """A term that may be meant. `closeness` is 0..1.

    `written` means that the very words are known for it, `listed` that they are known as a mis-hearing.
    """

    term: int
    closeness: float
    written: bool
    listed: bool
    sounds: int
    """How many phones the term has, said this way."""
    other_letters: float
    """How much of the letters differs, 0..1; 0 where the words are known for it."""


class SoundIndex:
    """Built once, never changed. About 0.5 KB for each term."""

    def __init__(self, terms: Iterable[Term]) -> None:
        sayable = (term for term in terms if 0 < len(term.text) <= LONGEST)
        self.terms = tuple(sorted(sayable, key=lambda term: -fame(term.text)))
        self.looked_at = 0
        """How many entries all look-ups together have read."""
        self._pronunciations = pronunciations() if self.terms else Pronunciations(b"")
        self._term_of = array("I")
        sounds: list[str] = []
        self._entries = Lookup(
            (key, entry)
            for number, term in enumerate(self.terms)
            for key, entry in self._enter(number, term, sounds)
        )
        self._sounds = Texts(sounds)

    def search(self, said: Sequence[str]) -> list[Match]:
        """The terms that may be meant by these words (`spoken.words_of`), the nearest first, each once."""
        best: dict[int, Match] = {}
        for match in (*self._same_sounds(said), *self._same_letters(said)):
            known = best.get(match.term)
            if known is None or match.written or match.closeness > known.closeness:
                best[match.term] = match
        return sorted(best.values(), key=lambda match: (not match.written, -match.closeness, match.term))

    def same_letters(self, said: Sequence[str]) -> list[Match]:
        """Only the terms that are known for these very words."""
        return list({match.term: match for match in self._same_letters(said)}.values())

    def _same_letters(self, said: Sequence[str]) -> Iterator[Match]:
        letters = "".join(said)
        for mark in (_MISHEARD, _SAID):
            for entry in self._under(mark + letters):
                sounds = len(self._sounds[entry])
                yield Match(self._term_of[entry], 1.0, True, mark == _MISHEARD, sounds, 0.0)

    def _same_sounds(self, said: Sequence[str]) -> Iterator[Match]:
        letters = "".join(said)
        under: dict[str, list[int]] = {}  # a word's readings have most of their keys in common
        for sound in _readings(self._pronunciations, said):
            keys = _sound_keys(sound)
            under |= {key: self._under(key) for key in keys if key not in under}
            entries = list(set[int]().union(*map(under.__getitem__, keys)))
            sounds = self._sounds.at(entries)
            for place in not_far(sound, sounds):
                entry, near = entries[place], closeness(sound, sounds[place])
                term = self._term_of[entry]
                alike = self._alike(letters, term)
                if (near := max(near, alike)) >= _FAR:
                    yield Match(term, near, False, False, len(self._sounds[entry]), 1 - alike)

    def _alike(self, letters: str, term: int) -> float:
        """How much of the letters agrees: a recogniser that guesses a spelling often gets most of it right."""
        return Levenshtein.normalized_similarity(letters, "".join(words_of(self.terms[term].text)))

    def _under(self, key: str) -> list[int]:
        entries = self._entries.numbers(key, _MOST_ENTRIES)
        self.looked_at += len(entries)
        return entries

    def _enter(self, number: int, term: Term, all_sounds: list[str]) -> Iterator[tuple[str, int]]:
        said = dict.fromkeys((*ways_said(term.text), *_ways(term.spoken)), _SAID)
        misheard = {way: _MISHEARD for way in _ways(term.heard) if way not in said}
        entries: dict[str, int] = {}
        written: set[str] = set()
        for way, mark in (said | misheard).items():
            readings = _readings(self._pronunciations, way)
            for sound in readings:
                if sound not in entries:
                    entries[sound] = len(all_sounds)
                    all_sounds.append(sound)
                    self._term_of.append(number)
                    for key in _sound_keys(sound, guessed=mark == _SAID):
                        yield key, entries[sound]
            letters = mark + "".join(way)
            if letters not in written:
                written.add(letters)
                yield letters, entries[readings[0]]


def _ways(forms: Iterable[str]) -> list[tuple[str, ...]]:
    ways = (words_of(form) for form in forms if len(form) <= LONGEST)
    return [way for way in ways if way]


def _readings(pronunciations: Pronunciations, said: Sequence[str]) -> tuple[str, ...]:
    """How these words may sound in a row: all at their likeliest, then each in turn otherwise."""
    each = [pronunciations.of(word) for word in said]
    usual = [sounds[0] for sounds in each]
    others = (
        (*usual[:place], other, *usual[place + 1 :])
        for place, sounds in enumerate(each)
        for other in sounds[1:]
    )
    readings: dict[str, None] = {}
    for way in (usual, *others):
        readings[flowing(way)] = None
        if len(readings) == _MOST_READINGS:
            break
    return tuple(readings)


def _sound_keys(sound: str, *, guessed: bool = True) -> tuple[str, ...]:
    """What a sound is entered and looked up under. Of what is itself misheard (not `guessed`) nothing is guessed."""
    if not sound:
        return ()
    coarse_sound = coarse(sound)
    consonants = skeleton(coarse_sound)
    if not guessed:
        return (_SOUND + coarse_sound,)
    if len(consonants) < _FEW_CONSONANTS:
        return _near(_SOUND, coarse_sound)
    if len(consonants) == _FEW_CONSONANTS:
        return (*_near(_SOUND, coarse_sound), _CONSONANTS + consonants, _FEWER + _CONSONANTS + consonants)
    return (_SOUND + coarse_sound, *_near(_CONSONANTS, consonants[:_MANY_CONSONANTS]))


@functools.lru_cache(256)  # the readings of some words mostly have the same consonants
def _near(mark: str, sounds: str) -> tuple[str, ...]:
    """Keys that two sequences share if they are the same, or differ in one place and are not very short."""
    if len(sounds) <= _FEW_SOUNDS:
        return (mark + sounds,)
    left_out = {sounds[:place] + sounds[place + 1 :] for place in range(len(sounds))}
    return (mark + sounds, *(_FEWER + mark + key for key in {sounds, *left_out}))
