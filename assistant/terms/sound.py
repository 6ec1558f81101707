"""How words sound, and how near two sounds are.

A sound is a string with one character for each phone (ER is two: a vowel and r). Pronunciations are from the CMU
dictionary that comes with the basic recogniser; other words are taken apart into words that it has, or sounded by
their letters.
"""

import functools
import importlib.util
import mmap
import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from assistant.terms.letter_sounds import sound_of_letters
from assistant.terms.lookup import Lookup
from assistant.terms.spoken import spelt

_PHONES = {
    "IY": "i", "IH": "I", "EH": "E", "EY": "e", "AE": "&", "AA": "a", "AH": "A", "AO": "c", "UH": "U", "UW": "u",
    "OW": "o", "AY": "1", "AW": "2", "OY": "3", "ER": "Ar", "P": "p", "B": "b", "T": "t", "D": "d", "K": "k", "G": "g",
    "F": "f", "V": "v", "TH": "T", "DH": "D", "S": "s", "Z": "z", "SH": "S", "ZH": "Z", "CH": "C", "JH": "J", "M": "m",
    "N": "n", "NG": "N", "L": "l", "R": "r", "W": "w", "Y": "y", "HH": "h",
}  # fmt: skip
_COARSE = str.maketrans("iIEe&aAcUuo123pbtdkgfvTDszSZCJmnNlrwyh", "iieeeaaaooo1a1ppttkkffttssSSSSmnnlrwyh")
_SKELETON = str.maketrans("SCJZ", "ssss", "ieao1wyh")
_LETTERS = {
    "a": "e", "b": "bi", "c": "si", "d": "di", "e": "i", "f": "Ef", "g": "Ji", "h": "eC", "i": "1",
    "j": "Je", "k": "ke", "l": "El", "m": "Em", "n": "En", "o": "o", "p": "pi", "q": "kyu", "r": "ar",
    "s": "Es", "t": "ti", "u": "yu", "v": "vi", "w": "dAbAlyu", "x": "Eks", "y": "w1", "z": "zi",
}  # fmt: skip
_SHORTEST_PART = 3
_LONGEST_WORD = 60
"""Letters: nobody says a longer word, and taking one apart takes long."""
_MOST_LISTED = 2
_CODA_R = re.compile(r"r(?<=[ieao1]r)(?![ieao1])")
"""In many accents an r is only heard before a vowel."""
_RUN = re.compile(r"(.)(?=\1)")
_FAR = 0.5
"""Of the phones of the longer of two sounds; where more differ they are far."""


def coarse(sound: str) -> str:
    """`sound` with what is easily taken for each other made the same: voiced and unvoiced, vowels that are near."""
    return sound.translate(_COARSE)


def skeleton(coarse_sound: str) -> str:
    """The consonants of a coarse sound, each run of the same one once."""
    return _RUN.sub("", coarse_sound.translate(_SKELETON))


def flowing(sounds: Iterable[str]) -> str:
    """Sounds one after the other, as they are when nobody pauses: what one ends and the next begins with is heard once."""
    return _RUN.sub("", "".join(sounds))


def closeness(first: str, second: str) -> float:
    """How near two sounds are: 1 is the same, 0 stands for everything that is far.

    The mean of three edit distances: all phones, coarse phones, consonants. So a vowel taken for a near one costs
    least, a consonant taken for quite another one most.
    """
    longest = max(len(first), len(second), 1)
    edits = Levenshtein.distance(first, second, score_cutoff=longest // 2)
    if not edits or edits > longest // 2:
        return 0.0 if edits else 1.0
    coarse_first, bones_first = _outlines(first)
    coarse_second, bones_second = _outlines(second)
    edits += Levenshtein.distance(coarse_first, coarse_second) + Levenshtein.distance(
        bones_first, bones_second
    )
    return 1 - edits / (2 * longest + max(len(bones_first), len(bones_second)))


def not_far(sound: str, others: Sequence[str]) -> list[int]:
    """The places of those to which `sound` has any closeness: few of many, and found all at once."""
    differ = Levenshtein.normalized_distance
    found = process.extract(sound, others, scorer=differ, score_cutoff=_FAR, limit=None)
    return sorted(place for _, _, place in found)


@functools.lru_cache(maxsize=4096)
def _outlines(sound: str) -> tuple[str, str]:
    """Its coarse phones and its consonants, as they are compared."""
    outline = _CODA_R.sub("", coarse(sound))
    return outline, skeleton(outline)


class Pronunciations:
    """How words are said. Keeps where in the dictionary each word's line begins: 1 MB, not 30."""

    def __init__(self, dictionary: bytes | mmap.mmap) -> None:
        """`dictionary` has lines of a word and its phones, "cat K AE T"; a word's second line begins "cat(2)"."""
        self._dictionary = dictionary
        lines = bytes(dictionary).split(b"\n")
        starts = accumulate((len(line) + 1 for line in lines), initial=0)
        self._starts = Lookup(
            (line.partition(b" ")[0].partition(b"(")[0].decode(), start)
            for line, start in zip(lines, starts, strict=False)
            if line
        )
        self._of = functools.lru_cache(maxsize=4096)(self._look_up)

    def knows(self, word: str) -> bool:
        return bool(self._starts.numbers(word, 1))

    def of(self, word: str) -> tuple[str, ...]:
        """The sounds of a word in lower case, at most three, the likeliest first; never none. One too long is silent."""
        return self._of(word) if len(word) <= _LONGEST_WORD else ("",)

    def _look_up(self, word: str) -> tuple[str, ...]:
        if len(word) == 1:
            return (_LETTERS.get(word, ""), "A") if word == "a" else (_LETTERS.get(word, ""),)
        listed = self._listed(word)
        letters = "".join(_LETTERS[letter] for letter in spelt(word))
        if not listed and word.endswith("'s"):
            return tuple(sound + "z" for sound in self.of(word[:-2]))
        guessed = () if listed else (self._compound(word) or sound_of_letters(word),)
        return tuple(dict.fromkeys(filter(None, (*listed, *guessed, letters)))) or ("",)

    def _listed(self, word: str) -> tuple[str, ...]:
        return tuple(self._sound_at(start) for start in self._starts.numbers(word, _MOST_LISTED))

    def _sound_at(self, start: int) -> str:
        line = self._dictionary[start : self._dictionary.find(b"\n", start)].decode()
        return "".join(_PHONES[phone] for phone in line.split()[1:])

    def _compound(self, word: str) -> str:
        """The sound of a word made of two that the dictionary has ("webpack"); "" where there are none."""
        middle = len(word) / 2
        cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        for cut in sorted(cuts, key=lambda cut: abs(cut - middle)):
            if self.knows(word[:cut]) and self.knows(word[cut:]):
                return flowing((self._listed(word[:cut])[0], self._listed(word[cut:])[0]))
        return ""


@functools.cache
def pronunciations() -> Pronunciations:
    """Of American English; loaded at the first call (0.2 s)."""
    spec = importlib.util.find_spec("pocketsphinx")
    if spec is None or spec.origin is None:
        return Pronunciations(b"")
    file = Path(spec.origin).with_name("model") / "en-us" / "cmudict-en-us.dict"
    with file.open("rb") as opened:
        dictionary = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    known = Pronunciations(dictionary)
    if hasattr(mmap, "MADV_DONTNEED"):
        dictionary.madvise(mmap.MADV_DONTNEED)  # few of its pages will be looked at again
    return known
