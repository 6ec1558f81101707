"""Which words stand in a text, of whose letters some are known to belong to words that were heard. No Qt.

Each letter carries the number of the word it was put there with, 0 where a person typed it. What a word is now is read
from that alone, so it is right after any edit, undo and redo: nothing has to be told of changes.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.turn.dataclass import dataclass
from assistant.turn.transcript import Origin, Stretch, Word
from assistant.window.junction import is_unspaced

_AROUND = ".,;:!?…()[]{}<>«»\"'“”‘’„`¿¡。、！？，；：「」『』"  # may be put around a word without changing it
_OPENS = "([{<«“‘„\"'`/\\@#$"
_CHUNK = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Known:
    """A word as the program put it into the text: words `first` to `last` of what was heard in the recording of `turn`.

    `settled` tells that a person has chosen it, or found it right.
    `first` is -1 for an island: something that was typed `word.start_s` seconds into that recording.
    """

    turn: int
    first: int
    last: int
    word: Word
    doubtful: bool = False
    settled: bool = False

    @property
    def island(self) -> bool:
        return self.first < 0

    @property
    def heard(self) -> str:
        """What the recogniser wrote."""
        return self.word.heard or self.word.text.strip()


Place = tuple[int, int]
"""The turn of a recording, and which of its words."""


def places(known: Known) -> list[Place]:
    if known.first == known.last:
        return [(known.turn, known.first)]
    return [(known.turn, index) for index in range(known.first, known.last + 1)]


class Run(NamedTuple):
    """Letters `start` to `end` belong to the word of this number."""

    start: int
    end: int
    key: int


class Piece(NamedTuple):
    """A word that stands there now, without space around it.

    `keys` are the known words its letters are from; `whole` tells that it is one of them, unchanged but for its case
    and the punctuation around it.
    """

    start: int
    end: int
    keys: tuple[int, ...]
    whole: bool


class Said(NamedTuple):
    """A word, and the turn of its recording; 0 where it is from none."""

    turn: int
    word: Word


class Paragraph(NamedTuple):
    """What is said in a paragraph, word by word, and which known words each word is from."""

    words: Sequence[Said]
    keys: Sequence[tuple[int, ...]]
    space: str
    """What follows its last word."""


def bare(text: str) -> str:
    """What must be the same for a word to be the same."""
    stripped = text.strip()
    return (stripped.strip(_AROUND) or stripped).casefold()


def read(text: str, runs: Sequence[Run], known: Sequence[Known]) -> list[Piece]:
    """The words of a paragraph. `runs` cover it from its beginning to its end."""
    pieces: list[Piece] = []
    at = 0
    for start, end in _chunks(text, runs, known):
        while runs[at].end <= start:
            at += 1
        last = at
        while last + 1 < len(runs) and runs[last + 1].start < end:
            last += 1
        if last == at:
            pieces.append(_piece(text, start, end, (runs[at].key,), known))
        else:
            pieces += _parted(text, start, end, runs[at : last + 1], known)
    return pieces


def _chunks(text: str, runs: Sequence[Run], known: Sequence[Known]) -> list[tuple[int, int]]:
    """What stands between white space; a known word with space in it stays together while it is whole."""
    chunks = [match.span() for match in _CHUNK.finditer(text)]
    whole = [run for run in runs if run.key and _of_several(text, run, known[run.key])]
    if not whole:
        return chunks
    together: list[tuple[int, int]] = []
    for start, end in chunks:
        if together and any(run.start < together[-1][1] and start < run.end for run in whole):
            together[-1] = (together[-1][0], end)
        else:
            together.append((start, end))
    return together


def _of_several(text: str, run: Run, known: Known) -> bool:
    words = known.word.text.split()
    return len(words) > 1 and text[run.start : run.end].split() == words


def _parted(text: str, start: int, end: int, runs: Sequence[Run], known: Sequence[Known]) -> list[Piece]:
    """Words without space between them, each by itself where that is how they were heard or are written."""
    pieces: list[Piece] = []
    last_of = {run.key: number for number, run in enumerate(runs) if run.key}
    begun, keys, holds = start, [runs[0].key], last_of.get(runs[0].key, 0)
    for number, after in enumerate(runs[1:], 1):
        before = runs[number - 1].key
        apart = holds < number  # no word has letters on both sides
        if apart and _seam(text[begun : after.start], text[after.start], before, after.key, known):
            pieces.append(_piece(text, begun, after.start, keys, known))
            begun, keys = after.start, []
        keys.append(after.key)
        holds = max(holds, last_of.get(after.key, 0))
    pieces.append(_piece(text, begun, end, keys, known))
    return pieces


def _seam(left: str, letter: str, before: int, after: int, known: Sequence[Known]) -> bool:
    """Is there a boundary between `left`, whose last letters are of word `before`, and the next letter?"""
    one, other = known[before], known[after]
    neighbours = one.last + 1 == other.first or (one.first, one.last) == (other.first, other.last)
    if before and after and one.turn == other.turn and neighbours:
        return not other.word.text[:1].isspace()
    if is_unspaced(left[-1]) or is_unspaced(letter):
        return True
    opened = left[-1] in _OPENS and any(sign.isalnum() for sign in left)
    return bool(after) and not before and opened


def _piece(text: str, start: int, end: int, keys: Sequence[int], known: Sequence[Known]) -> Piece:
    heard = keys if len(keys) == 1 else tuple(dict.fromkeys(keys))
    heard = tuple([key for key in heard if key and not known[key].island])
    if len(heard) != 1:
        return Piece(start, end, heard, whole=False)
    here, there = text[start:end], known[heard[0]].word.text
    return Piece(start, end, heard, here == there.lstrip() or bare(here) == bare(there))


def paragraph(text: str, pieces: Sequence[Piece], known: Sequence[Known]) -> Paragraph:
    """`pieces` are the words of `text`, as `read` tells them."""
    words, at = [], 0
    for piece in pieces:
        words.append(_said(text[at : piece.end], piece, known))
        at = piece.end
    return Paragraph(words, [piece.keys for piece in pieces], text[at:])


def said(
    paragraphs: Iterable[Paragraph],
    known: Sequence[Known],
    heard: Mapping[int, Sequence[Word]],
    present: Container[Place],
) -> list[Said]:
    """Every word with its origin; joined, their texts are the text (but for white space at its end).

    `heard` are the words of each recording; those that are `present` stand somewhere in the text. A word with letters
    of others than itself is corrected, and so is one that stands between two known words where others are missing.
    What else was typed is typed.
    """
    words: list[Said] = []
    keys: list[tuple[int, ...]] = []
    space = ""
    for one in paragraphs:
        begun = len(words)
        words += one.words
        keys += one.keys
        if one.words and space:
            turn, first = words[begun]
            words[begun] = Said(turn, _spaced(first, space, known, one.keys[0]))
            space = ""
        space += one.space + "\n"
    _find_corrected(words, keys, known, heard, present)
    return words


def _spaced(word: Word, space: str, known: Sequence[Known], keys: Sequence[int]) -> Word:
    """The first word of a paragraph, with what precedes it."""
    text = space + word.text
    if len(keys) == 1 and known[keys[0]].word.text == text and known[keys[0]].word.origin is word.origin:
        return known[keys[0]].word
    return replace(word, text=text)


def _said(text: str, piece: Piece, known: Sequence[Known]) -> Said:
    if not piece.keys:
        return Said(0, Word(text, origin=Origin.TYPED))
    first = known[piece.keys[0]]
    if piece.whole:
        return Said(first.turn, first.word if first.word.text == text else replace(first.word, text=text))
    same = {known[key].first: known[key].word for key in piece.keys if known[key].turn == first.turn}
    return Said(first.turn, corrected(text, list(same.values())))


def corrected(text: str, instead_of: Sequence[Word]) -> Word:
    """What a person wrote in the place of these words of one recording."""
    heard = "".join(" " + word.heard if word.heard else word.text for word in instead_of).strip()
    first, last = instead_of[0], instead_of[-1]
    return Word(text, first.start_s, last.end_s, 1.0, Origin.CORRECTED, heard, turn=first.turn)


def _find_corrected(
    words: list[Said],
    keys: Sequence[tuple[int, ...]],
    known: Sequence[Known],
    heard: Mapping[int, Sequence[Word]],
    present: Container[Place],
) -> None:
    """Typed words that stand where others were heard: those take their place."""
    if all(keys) or not any(keys):
        return
    typed = [number for number, here in enumerate(keys) if not here]
    for at in typed:
        if at and not keys[at - 1]:
            continue
        end = at
        while end < len(words) and not keys[end]:
            end += 1
        left = known[keys[at - 1][-1]] if at else None
        right = known[keys[end][0]] if end < len(words) else None
        turn, missing = _missing(left, right, present, heard)
        if missing and _alike(end - at, len(missing)):
            for number in range(at, end):
                words[number] = Said(turn, corrected(words[number].word.text, missing))


def _missing(
    left: Known | None,
    right: Known | None,
    present: Container[Place],
    heard: Mapping[int, Sequence[Word]],
) -> tuple[int, list[Word]]:
    """The recording whose words are missing between these two, and the words."""
    if left is not None:
        all_, index, found = heard[left.turn], left.last + 1, []
        while index < len(all_) and (left.turn, index) not in present:
            found.append(all_[index])
            index += 1
        if found:
            return left.turn, found
    if right is not None:
        all_, index, found = heard[right.turn], right.first - 1, []
        while index >= 0 and (right.turn, index) not in present:
            found.insert(0, all_[index])
            index -= 1
        return right.turn, found
    return 0, []


def _alike(one: int, other: int) -> bool:
    """A correction is about as long as what it corrects."""
    return max(one, other) <= 2 * min(one, other) + 2


def stretches(words: Iterable[Said]) -> tuple[Stretch, ...]:
    """Where these words are heard, one stretch for each recording."""
    found: dict[int, Stretch] = {}
    for turn, word in words:
        if not turn or word.start_s is None or word.end_s is None:
            continue
        so_far = found.get(turn, Stretch(turn, word.start_s, word.end_s))
        found[turn] = Stretch(turn, min(so_far.start_s, word.start_s), max(so_far.end_s, word.end_s))
    return tuple(found.values())
