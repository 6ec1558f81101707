"""Tables that are small: from words to numbers (9 bytes for each entry, where a dict takes 100 and more), and of short texts."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

_NUMBER_BITS = 24
_NUMBER = (1 << _NUMBER_BITS) - 1
_HASH_BITS = 40
_HASH = (1 << _HASH_BITS) - 1
_SHELF_BITS = 4
"""So many entries (as a power of two) stand on a shelf, about: hashes are spread evenly."""


class Lookup:
    """Built once, never changed. A word may have several numbers (each under 2**24).

    Two words may share a hash: with a million entries that befalls one look-up in a million.
    """

    def __init__(self, entries: Iterable[tuple[str, int]]) -> None:
        self._packed = array(
            "Q", sorted((hash(word) & _HASH) << _NUMBER_BITS | number for word, number in entries)
        )
        shelves = max(0, len(self._packed).bit_length() - _SHELF_BITS)
        self._shelf_shift = _HASH_BITS - shelves
        starts = (shelf << self._shelf_shift + _NUMBER_BITS for shelf in range(1, 1 << shelves))
        self._shelves = array(
            "I", (0, *(bisect_left(self._packed, start) for start in starts), len(self._packed))
        )

    def numbers(self, word: str, most: int) -> list[int]:
        """The numbers of `word` in rising order, the first `most` of them."""
        prefix = hash(word) & _HASH
        shelf = prefix >> self._shelf_shift
        end = self._shelves[shelf + 1]
        first = bisect_left(self._packed, prefix << _NUMBER_BITS, self._shelves[shelf], end)
        if first == end or self._packed[first] >> _NUMBER_BITS != prefix:
            return []
        last = bisect_left(self._packed, (prefix + 1) << _NUMBER_BITS, first, min(first + most, end))
        return [packed & _NUMBER for packed in self._packed[first:last]]


class Texts:
    """Many short texts by their number, as one: each takes its characters and 4 bytes, where a list takes 60 more."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._all = "".join(texts)
        self._ends = array("I", accumulate(map(len, texts), initial=0))

    def __getitem__(self, number: int) -> str:
        return self._all[self._ends[number] : self._ends[number + 1]]

    def at(self, numbers: Iterable[int]) -> list[str]:
        """Those with these numbers."""
        texts, ends = self._all, self._ends
        return [texts[ends[number] : ends[number + 1]] for number in numbers]
