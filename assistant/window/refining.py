"""Words that were decoded again: they take the place of those that no person has touched."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtGui import QTextCursor

from assistant.turn.transcript import Alternative, Origin, Word
from assistant.window.junction import core, joined, shares
from assistant.window.placing import is_doubtful
from assistant.window.units import units
from assistant.window.worded import Known, bare
from assistant.window.wording import Spot, Wording

_BEFORE, _AFTER = 200, 100  # characters around a place that decide how words are joined to it


class Change(NamedTuple):
    """Words `first` to `last` (exclusive) of what was heard are now thought to be `words`."""

    first: int
    last: int
    words: Sequence[Word]


def changes(heard: Sequence[Word], again: Sequence[Word]) -> Iterator[Change]:
    """What `again` says of the words that were `heard` at the same time, as small as can be told apart."""
    from difflib import SequenceMatcher  # the window is there sooner without it

    timed = [word for word in again if word.start_s is not None and word.end_s is not None]
    if not timed:
        return
    start_s, end_s = min(word.start_s or 0.0 for word in timed), max(word.end_s or 0.0 for word in timed)
    spoken = [index for index, word in enumerate(heard) if start_s <= _middle(word) <= end_s]
    if not spoken:
        return
    base = spoken[0]
    old = [bare(word.text) for word in heard[base : spoken[-1] + 1]]
    matcher = SequenceMatcher(None, old, [bare(word.text) for word in timed], autojunk=False)
    for _, first, last, from_, to in matcher.get_opcodes():
        if last - first == to - from_:
            pairs = zip(range(first, last), timed[from_:to], strict=True)
            yield from (Change(base + index, base + index + 1, (word,)) for index, word in pairs)
        else:
            yield Change(base + first, base + last, timed[from_:to])


def _middle(word: Word) -> float:
    return -1.0 if word.start_s is None or word.end_s is None else (word.start_s + word.end_s) / 2


def refine(
    wording: Wording, cursor: QTextCursor, turn: int, again: Sequence[Word], places: tuple[int, int]
) -> tuple[int, int]:
    """Put what was decoded `again` into the text. Where the user's cursor, anchor and position, is then."""
    heard = list(wording.heard.get(turn, ()))
    found = list(changes(heard, again))
    standing = wording.of({(turn, index) for one in found for index in range(one.first, one.last)})
    for change in reversed(found):
        numbered = [
            (at, spot)
            for at, spot in standing
            if spot.known and change.first <= spot.known.first < change.last
        ]
        spots = [spot for _, spot in numbered]
        if not _untouched(spots, change) or any(b - a != 1 for (a, _), (b, _) in pairwise(numbered)):
            continue
        texts = [word.text for word in change.words]
        if [bare(wording.text(spot.start, spot.end)) for spot in spots] == [bare(text) for text in texts]:
            _learn(wording, spots, change.words)
        else:
            places = _write(wording, cursor, turn, spots, change, places)
        if change.last - change.first == len(change.words) == 1:
            heard[change.first] = change.words[0]
    if turn in wording.heard:
        wording.hear(turn, heard, wording.doubt_below(turn))
    return places


def _untouched(spots: Sequence[Spot], change: Change) -> bool:
    """Do all of these words stand there as they were heard? A term that was put in gives way to another term only."""
    known = [spot.known for spot in spots if spot.known]
    with_terms = any(word.origin is Origin.REPLACED for word in change.words)
    open_to_change = (Origin.SPOKEN, Origin.REPLACED) if with_terms else (Origin.SPOKEN,)
    covered = {index for one in known for index in range(one.first, one.last + 1)}
    return (
        bool(spots)
        and covered == set(range(change.first, change.last))
        and all(not one.settled and one.word.origin in open_to_change for one in known)
    )


def _learn(wording: Wording, spots: Sequence[Spot], words: Sequence[Word]) -> None:
    """The same text: what is known of it is new."""
    for spot, word in zip(spots, words, strict=True):
        if spot.known is not None:
            offered = spot.known.word.alternatives  # somebody may be reading them: they keep their numbers
            offered += tuple(other for other in word.alternatives if other not in offered)
            known = replace(spot.known, word=replace(word, text=spot.known.word.text, alternatives=offered))
            below = wording.doubt_below(known.turn)
            wording.learn(spot.keys[0], replace(known, doubtful=is_doubtful(word, below)))


def _with_what_stood_there(words: Sequence[Word], spots: Sequence[Spot]) -> Sequence[Word]:
    """A word that takes another's place offers it, so that a key brings it back."""
    if len(words) != 1 or len(spots) != 1 or spots[0].known is None or spots[0].known.word.heard:
        return words
    text = spots[0].known.word.text.strip()
    start, end = core(text)
    before, offered = Alternative(text[start:end]), words[0].alternatives
    return (replace(words[0], alternatives=(*offered, *(before,) * (before not in offered))),)


def _write(
    wording: Wording,
    cursor: QTextCursor,
    turn: int,
    spots: Sequence[Spot],
    change: Change,
    places: tuple[int, int],
) -> tuple[int, int]:
    start, end = spots[0].start, spots[-1].end
    if any(start < place < end for place in places):  # somebody is at it
        return places
    texts = [word.text for word in change.words]
    before, after = wording.text(start - _BEFORE, start), wording.text(end, end + _AFTER)
    spoken = "".join(texts).strip()
    if spoken.endswith(".") and not wording.text(start, end).endswith("."):  # decoded alone, not a sentence
        spoken = spoken.removesuffix(".")
    _, spoken, _ = joined(before, spoken, after)
    if not spoken:
        start -= before.endswith(" ")
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    below = wording.doubt_below(turn)
    new = _with_what_stood_there(change.words, spots)
    for word, text in zip(new, shares(texts, spoken), strict=True):
        known = Known(turn, change.first, change.last - 1, replace(word, text=text), is_doubtful(word, below))
        cursor.insertText(text, wording.written(wording.add(known)))
    longer = units(spoken) - (end - start)
    anchor, position = (place + longer if place >= end else min(place, start) for place in places)
    return anchor, position
