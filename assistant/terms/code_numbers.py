"""Numbers that were spoken, in digits."""

from collections.abc import Sequence

from assistant.terms.spoken import TENS, UNITS

_NUMBERS = {word: value for value, word in enumerate(UNITS)} | {
    word: 10 * value for value, word in enumerate(TENS[2:], 2)
}
_MULTIPLES = {"hundred": 100, "thousand": 1000}
_DIGITS = UNITS[:10]


def is_number(word: str) -> bool:
    return word.isdigit() or word in _NUMBERS


def number(words: Sequence[str]) -> tuple[str, int]:
    """The number that `words` begin with, in digits, and how many words it takes: ("23", 2); ("", 0) where none does."""
    if not words or not is_number(words[0]):
        return "", 0
    if words[0].isdigit():
        return words[0], 1
    value, taken = _below_hundred(words)
    for multiple in ("thousand", "hundred"):
        value, taken = _multiplied(words, value, taken, multiple)
    point = taken + 1
    while point < len(words) and words[taken] == "point" and words[point] in _DIGITS:
        point += 1
    if point > taken + 1:
        return f"{value}." + "".join(str(_NUMBERS[word]) for word in words[taken + 1 : point]), point
    return str(value), taken


def number_in_groups(words: Sequence[str]) -> tuple[str, int]:
    """The same where it may be told in groups of digits, as in an address: "one two seven", "eighty eighty"."""
    found, taken = number(words)
    group, more = found, taken
    while group.isdigit() and len(group) <= 2 and more:
        group, more = number(words[taken:])
        if not group.isdigit() or len(group) > 2:
            break
        found, taken = found + group, taken + more
    return found, taken


def _below_hundred(words: Sequence[str]) -> tuple[int, int]:
    value = _NUMBERS[words[0]]
    if value >= 20 and len(words) > 1 and 0 < _NUMBERS.get(words[1], 99) < 10:
        return value + _NUMBERS[words[1]], 2
    return value, 1


def _multiplied(words: Sequence[str], value: int, taken: int, multiple: str) -> tuple[int, int]:
    """As in "eight thousand eighty": times the multiple, and what is less than that behind it."""
    if len(words) <= taken or words[taken] != multiple:
        return value, taken
    value, taken = value * _MULTIPLES[multiple], taken + 1
    if len(words) > taken and words[taken] in _NUMBERS and words[taken] != "zero":
        rest, more = _below_hundred(words[taken:])
        if multiple == "thousand":
            rest, more = _multiplied(words[taken:], rest, more, "hundred")
        value, taken = value + rest, taken + more
    return value, taken
