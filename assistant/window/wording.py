"""The words of a text box's document: each letter carries the number of its word, through edits, undo and redo."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from assistant.turn.dataclass import dataclass
from assistant.turn.transcript import Origin, Word
from assistant.window.junction import core
from assistant.window.units import units
from assistant.window.worded import Known, Piece, Place, Run, Said, paragraph, places, read, said

_KEY = QTextFormat.Property.UserProperty + 1
_NOBODYS = Known(0, -1, -1, Word("", origin=Origin.TYPED))
_AS_TOLD = str.maketrans("\u2028\xa0", "\n ")  # how a text box tells its own text


class Spot(NamedTuple):
    """A word where it stands: positions in the document, and the known word, None where a person changed it."""

    start: int
    end: int
    keys: tuple[int, ...]
    known: Known | None


@dataclass(frozen=True, slots=True)
class _Read:
    """A paragraph. `starts` are Qt's positions of its characters, where they are not the same."""

    text: str
    runs: Sequence[Run]
    pieces: Sequence[Piece]
    present: frozenset[Place]
    marked: Sequence[Piece]
    doubts: int
    starts: Sequence[int] = ()

    def unit(self, index: int) -> int:
        """Qt's position of a character."""
        return self.starts[index] if self.starts else index

    def spot(self, piece: Piece, at: int, known: Sequence[Known]) -> Spot:
        """`piece` of the paragraph that begins at position `at`."""
        start, end = at + self.unit(piece.start), at + self.unit(piece.end)
        return Spot(start, end, piece.keys, known[piece.keys[0]] if piece.whole else None)


class Wording(QObject):
    """Reads a paragraph again when it has changed, and only then.

    `heard` are the words of each recording whose words stand, or stood, in the text.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__()
        self._document = document
        self._known = [_NOBODYS]
        self._heard: dict[int, Sequence[Word]] = {}
        self._doubt_below: dict[int, float] = {}
        self._blocks: list[_Read | None] = [None] * document.blockCount()
        document.contentsChange.connect(self._changed)

    # what is known

    def add(self, known: Known) -> int:
        """The word's number."""
        self._known.append(known)
        return len(self._known) - 1

    def written(self, key: int) -> QTextCharFormat:
        """What letters of this word are to be written with."""
        form = QTextCharFormat()
        form.setProperty(_KEY, key)
        return form

    def known(self, key: int) -> Known:
        return self._known[key]

    def hear(self, turn: int, words: Sequence[Word], doubt_below: float) -> None:
        """What was heard in the recording of `turn`, where words less probable than `doubt_below` (0..1) are doubtful."""
        self._heard[turn] = words
        self._doubt_below[turn] = doubt_below

    def doubt_below(self, turn: int) -> float:
        return self._doubt_below[turn]

    @property
    def heard(self) -> Mapping[int, Sequence[Word]]:
        return self._heard

    def learn(self, key: int, known: Known) -> None:
        """More is known of a word, wherever it stands."""
        self._known[key] = known
        changed = set(places(known))
        for number, one in enumerate(self._blocks):
            if one is not None and not one.present.isdisjoint(changed):
                self._blocks[number] = None

    # what stands there

    def said(self) -> list[Said]:
        return self._said(0, len(self._blocks))

    def said_at(self, spots: Sequence[Spot]) -> list[Said]:
        """What these words are now, which stand one after another."""
        if all(spot.known for spot in spots):
            return [Said(spot.known.turn, spot.known.word) for spot in spots if spot.known]
        numbers = [self._document.findBlock(spot.start).blockNumber() for spot in spots]
        first, last = max(0, numbers[0] - 1), min(len(self._blocks), numbers[-1] + 2)
        words = self._said(first, last)  # what a word was is told by the words around it
        every = [
            spot.start
            for number in range(first, last)
            for spot in self.spots(self._document.findBlockByNumber(number))
        ]
        here = {spot.start for spot in spots}
        return [word for start, word in zip(every, words, strict=True) if start in here]

    def _said(self, first: int, last: int) -> list[Said]:
        every = (self._read(number) for number in range(first, last))
        paragraphs = (paragraph(one.text, one.pieces, self._known) for one in every)
        return said(paragraphs, self._known, self._heard, self)

    def __contains__(self, place: object) -> bool:
        """Does this word of that recording stand in the text, as it was or changed?"""
        return any(place in self._read(number).present for number in range(len(self._blocks)))

    def of(self, wanted: Collection[Place]) -> list[tuple[int, Spot]]:
        """The known words that are these, each with its number in the text."""
        found, before = [], 0
        for number in range(len(self._blocks)):
            one = self._read(number)
            if not one.present.isdisjoint(wanted):
                spots = enumerate(self.spots(self._document.findBlockByNumber(number)), before)
                found += [
                    (at, spot)
                    for at, spot in spots
                    if spot.known and not set(places(spot.known)).isdisjoint(wanted)
                ]
            before += len(one.pieces)
        return found

    def read_on(self, most: int = 3) -> bool:
        """Read so many paragraphs that were not read yet; tells whether more are left."""
        unread = [number for number, one in enumerate(self._blocks) if one is None]
        for number in unread[:most]:
            self._read(number)
        return len(unread) > most

    def count_doubts(self) -> int:
        """How many there are in what is read."""
        return sum(one.doubts for one in self._blocks if one is not None)

    def at(self, position: int) -> Spot | None:
        """The word that position lies in or at the edge of; the one after it rather than the one before."""
        found = None
        for spot in self.spots(self._document.findBlock(position)):
            if spot.start <= position <= spot.end:
                found = spot
        return found

    def between(self, start: int, end: int) -> list[Spot]:
        """The words that have letters there; the one at `start` where the two are the same."""
        if start == end:
            spot = self.at(start)
            return [spot] if spot else []
        block, found = self._document.findBlock(start), []
        while block.isValid() and block.position() < end:
            found += [spot for spot in self.spots(block) if spot.start < end and start < spot.end]
            block = block.next()
        return found

    def everything(self) -> Iterator[Spot]:
        block = self._document.begin()
        while block.isValid():
            yield from self.spots(block)
            block = block.next()

    def spots(self, block: QTextBlock) -> Iterator[Spot]:
        one, at = self._read(block.blockNumber(), block), block.position()
        return (one.spot(piece, at, self._known) for piece in one.pieces)

    def marked(self, block: QTextBlock) -> Iterator[Spot]:
        """The doubtful words of a paragraph, and those that were replaced."""
        one, at = self._read(block.blockNumber(), block), block.position()
        return (one.spot(piece, at, self._known) for piece in one.marked)

    def next_doubt(self, position: int) -> Spot | None:
        """The first doubtful word that begins at `position` or later, or else the first."""
        block = self._document.findBlock(position)
        for number in [*range(block.blockNumber(), len(self._blocks)), *range(block.blockNumber() + 1)]:
            for spot in self._doubts(number):
                if spot.start >= position or number < block.blockNumber():
                    return spot
        return next(self._doubts(block.blockNumber()), None)

    def previous_doubt(self, position: int) -> Spot | None:
        """The last doubtful word that ends at `position` or earlier, or else the last."""
        here, count = self._document.findBlock(position).blockNumber(), len(self._blocks)
        for number in [*range(here, -1, -1), *range(count - 1, here - 1, -1)]:
            for spot in reversed(list(self._doubts(number))):
                if spot.end <= position or number > here:
                    return spot
        return next(reversed(list(self._doubts(here))), None)

    def _doubts(self, number: int) -> Iterator[Spot]:
        if not self._read(number).doubts:
            return iter(())
        marked = self.marked(self._document.findBlockByNumber(number))
        return (spot for spot in marked if spot.known and spot.known.doubtful)

    def runs(self, start: int = 0, end: int | None = None) -> Iterator[tuple[int, str, int]]:
        """(position, text, number of the word) of everything between two positions."""
        end = self._document.characterCount() - 1 if end is None else end
        block = self._document.findBlock(start)
        while block.isValid() and block.position() < end:
            at, one = block.position(), self._read(block.blockNumber(), block)
            for run in one.runs:
                begun, ended = (at + one.unit(index) for index in (run.start, run.end))
                if begun < end and start < ended:
                    whole = start <= begun and ended <= end
                    text = (
                        one.text[run.start : run.end]
                        if whole
                        else self.text(max(start, begun), min(end, ended))
                    )
                    yield max(start, begun), text, run.key
            block = block.next()
            if block.isValid() and start < block.position() <= end:
                yield block.position() - 1, "\n", 0

    def text(self, start: int, end: int) -> str:
        cursor = QTextCursor(self._document)
        cursor.setPosition(max(0, start))
        cursor.setPosition(min(end, self._document.characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText().replace("\u2029", "\n").translate(_AS_TOLD)

    def core(self, spot: Spot) -> tuple[int, int]:
        """From where to where the word itself goes, without the punctuation around it."""
        standing = self.text(spot.start, spot.end)
        start, end = core(standing)
        return spot.start + units(standing[:start]), spot.end - units(standing[end:])

    # reading

    @Slot(int, int, int)
    def _changed(self, position: int, _: int, added: int) -> None:
        document, count = self._document, self._document.blockCount()
        first = document.findBlock(position).blockNumber()
        end = document.findBlock(min(position + added, document.characterCount() - 1)).blockNumber() + 1
        more = count - len(self._blocks)
        self._blocks[first : max(first, end - more)] = [None] * (end - first)
        if len(self._blocks) != count:
            self._blocks = [None] * count

    def _read(self, number: int, block: QTextBlock | None = None) -> _Read:
        one = self._blocks[number]
        if one is None:
            one = self._blocks[number] = self._read_anew(block or self._document.findBlockByNumber(number))
        return one

    def _read_anew(self, block: QTextBlock) -> _Read:
        text = block.text()
        runs = [
            Run(form.start, form.start + form.length, form.format.intProperty(_KEY))
            for form in block.textFormats()
        ]
        starts: list[int] = []
        if len(text) != block.length() - 1:
            starts = _starts(text)
            index = {unit: at for at, unit in enumerate(starts)}
            runs = [Run(index[run.start], index[run.end], run.key) for run in runs]
        pieces = read(text, runs, self._known)
        marked = [piece for piece in pieces if piece.whole and _is_marked(self._known[piece.keys[0]])]
        doubts = sum(self._known[piece.keys[0]].doubtful for piece in marked)
        present = frozenset(place for one in pieces for key in one.keys for place in places(self._known[key]))
        return _Read(text.translate(_AS_TOLD), runs, pieces, present, marked, doubts, starts)


def _is_marked(known: Known) -> bool:
    return known.doubtful or known.word.origin is Origin.REPLACED


def _starts(text: str) -> list[int]:
    """Qt's position of each character, and of the end."""
    starts = [0]
    for letter in text:
        starts.append(starts[-1] + units(letter))
    return starts
