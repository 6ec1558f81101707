"""Names put together of words as a case command wants them."""

from collections.abc import Callable, Sequence

from assistant.terms.code_numbers import number

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
    "screaming snake|screaming snake case|screaming case|constant case|upper snake case|snake case all caps|all caps snake case": lambda parts: (
        "_".join(parts).upper()
    ),
    "all caps|all capitals": lambda parts: " ".join(parts).upper(),
    "dunder": lambda parts: f"__{'_'.join(parts)}__",
    "no space|no spaces|one word": "".join,
}
CASES: dict[Phrase, Join] = {
    tuple(said.split()): join for ways, join in _JOINS.items() for said in ways.split("|")
}


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
