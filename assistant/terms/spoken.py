"""How something written is said: words, letters, digits and signs, derived from the spelling alone."""

import functools
import re
import unicodedata

LONGEST = 80
"""Characters. What is longer is no name that anybody says."""

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z']+|[A-Z]+(?=[A-Z][a-z])|\d+|[^\sA-Za-z\d]")
_SIGNS = {
    ".": "dot",
    "-": "dash",
    "_": "underscore",
    "/": "slash",
    "@": "at",
    "+": "plus",
    "#": "sharp",
    "&": "and",
    "*": "star",
    "%": "percent",
    "=": "equals",
    "$": "dollar",
    ":": "colon",
}
_ALWAYS_SAID = frozenset("+#&")
UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = (
    "-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
_SYLLABLE = re.compile("[^aeiou]*[aeiouy][^aeiouwy]?e?", re.IGNORECASE)
_SHORT = 4
_VERY_SHORT = 3


@functools.lru_cache(maxsize=16384)
def words_of(written: str) -> tuple[str, ...]:
    """The words in which `written` is most plainly said, in lower case: "GitHub's S3" is git, hub's, s, three.

    Signs are left out but for those that nobody leaves out ("C++" is c, plus, plus).
    """
    return _said(parts_of(written), signs=False)


def parts_of(written: str) -> list[str]:
    """The words, runs of digits and signs of which `written` consists, in its own case."""
    return _PARTS.findall(_plain(written.replace("’", "'")))


def ways_said(written: str) -> tuple[tuple[str, ...], ...]:
    """Every likely way to say `written`, each as words in lower case, the likeliest first."""
    parts = parts_of(written)
    ways = [_said(parts, signs=False), _said(parts, signs=True)]
    spelt = [letter for part in parts for letter in (part if _may_be_spelt(part) else [part])]
    if spelt != parts:
        ways += [_said(spelt, signs=False), _said(spelt, signs=True)]
    whole = "".join(part for part in parts if part.isalpha()).lower()
    if len(parts) > 1 and all(map(str.isalpha, parts)):
        ways.append((whole,))
    return tuple(dict.fromkeys(way for way in ways if way))


def spelt(word: str) -> tuple[str, ...]:
    """The letters of a word that may be an abbreviation ("sql"), nothing for any other."""
    return tuple(word) if _may_be_spelt(word) else ()


def number_words(digits: str) -> tuple[str, ...]:
    """How a run of digits is said: "16" sixteen, "256" two fifty six, "2048" twenty forty eight."""
    if len(digits) == 1:
        return (UNITS[int(digits)],)
    if digits[0] == "0" or len(digits) > _SHORT:
        return tuple(UNITS[int(digit)] for digit in digits)
    if len(digits) > 2:
        return (*number_words(digits[:-2]), *number_words(digits[-2:]))
    value = int(digits)
    if value < len(UNITS):
        return (UNITS[value],)
    tens = TENS[value // 10]
    return (tens, UNITS[value % 10]) if value % 10 else (tens,)


def _said(parts: list[str], *, signs: bool) -> tuple[str, ...]:
    said: list[str] = []
    for part in parts:
        if part.isdigit():
            said += number_words(part)
        elif part[0] in _SIGNS:
            if signs or part in _ALWAYS_SAID:
                said.append(_SIGNS[part])
        elif part[0].isalpha():
            said.append(part.lower())
    return tuple(said)


def _may_be_spelt(part: str) -> bool:
    if not part.isalpha() or len(part) < 2:
        return False
    if not _VOWEL.search(part):
        return len(part) <= _SHORT
    if part.isupper():
        return len(part) <= _SHORT
    return len(part) <= _VERY_SHORT and not _SYLLABLE.fullmatch(part)


def _plain(text: str) -> str:
    """`text` without accents, and without anything that is not ASCII after that."""
    decomposed = unicodedata.normalize("NFKD", text)
    return decomposed.encode("ascii", "ignore").decode("ascii")
