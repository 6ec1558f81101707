"""Tables that are small: from words to numbers (8 bytes for each entry, where a dict takes 100 and more), and of short texts."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

_NUMBER_BITS = 24
_NUMBER = (1 << _NUMBER_BITS) - 1
_HASH = (1 << 40) - 1


class Lookup:
    """Built once, never changed. A word may have several numbers (each under 2**24).

    Two words may share a hash: with a million entries that befalls one look-up in a million.
    """

    def __init__(self, entries: Iterable[tuple[str, int]]) -> None:
        self._packed = array(
            "Q", sorted((hash(word) & _HASH) << _NUMBER_BITS | number for word, number in entries)
        )

    def numbers(self, word: str, most: int) -> list[int]:
        """The numbers of `word` in rising order, the first `most` of them."""
        prefix = hash(word) & _HASH
        first = bisect_left(self._packed, prefix << _NUMBER_BITS)
        if first == len(self._packed) or self._packed[first] >> _NUMBER_BITS != prefix:
            return []
        end = min(first + most, len(self._packed))
        last = bisect_left(self._packed, (prefix + 1) << _NUMBER_BITS, first, end)
        return [packed & _NUMBER for packed in self._packed[first:last]]


class Texts:
    """Many short texts by their number, as one: each takes its characters and 4 bytes, where a list takes 60 more."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._all = "".join(texts)
        self._ends = array("I", accumulate(map(len, texts), initial=0))

    def __getitem__(self, number: int) -> str:
        return self._all[self._ends[number] : self._ends[number + 1]]
