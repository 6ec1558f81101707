"""Names put together of words as a case command wants them, and numbers in digits."""

from collections.abc import Callable, Sequence

Phrase = tuple[str, ...]
Join = Callable[[Sequence[str]], str]


def _capital(part: str) -> str:
    return part[:1].upper() + part[1:]


def _camel(parts: Sequence[str]) -> str:
    return parts[0] + "".join(map(_capital, parts[1:]))


def _pascal(parts: Sequence[str]) -> str:
    return "".join(map(_capital, parts))


_JOINS: dict[str, Join] = {
    "snake case|snakecase|snake kase": "_".join,
    "camel case|camelcase|lower camel case": _camel,
    "pascal case|pascalcase|upper camel case|title camel case": _pascal,
    "kebab case|kebabcase|dash case|cabab case": "-".join,
    "screaming snake|screaming snake case|screaming case|constant case|upper snake case": lambda parts: (
        "_".join(parts).upper()
    ),
    "all caps|all capitals": lambda parts: " ".join(parts).upper(),
    "no space|no spaces|one word": "".join,
}
CASES: dict[Phrase, Join] = {
    tuple(said.split()): join for ways, join in _JOINS.items() for said in ways.split("|")
}

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * value for value, word in enumerate(_TENS, 2)
}
_MULTIPLES = {"hundred": 100, "thousand": 1000}


def is_number(word: str) -> bool:
    return word.isdigit() or word in _NUMBERS


def number(words: Sequence[str]) -> tuple[str, int]:
    """The number that `words` begin with, in digits, and how many words it takes: ("23", 2); ("", 0) where none does."""
    if not words or not is_number(words[0]):
        return "", 0
    if words[0].isdigit():
        return words[0], 1
    value, taken = _NUMBERS[words[0]], 1
    if value >= 20 and len(words) > 1 and 0 < _NUMBERS.get(words[1], 99) < 10:
        value, taken = value + _NUMBERS[words[1]], 2
    if len(words) > taken and words[taken] in _MULTIPLES:
        value, taken = value * _MULTIPLES[words[taken]], taken + 1
    if len(words) > taken + 1 and words[taken] == "point" and words[taken + 1] in _UNITS[:10]:
        return f"{value}.{_NUMBERS[words[taken + 1]]}", taken + 2
    return str(value), taken


def parts(words: Sequence[str]) -> list[str]:
    """`words` (lower case) as the parts of a name: numbers in digits, letters that follow each other as one part."""
    found: list[str] = []
    spelling = False
    place = 0
    while place < len(words):
        digits, taken = number(words[place:])
        letter = not taken and len(words[place]) == 1
        part = digits or words[place]
        if letter and spelling:
            found[-1] += part
        else:
            found.append(part)
        spelling = letter
        place += taken or 1
    return found
