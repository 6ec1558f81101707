"""Formulas as TeX writes them, said simply."""

import re

_DELIMITED = re.compile(r"\$\$([^$]+)\$\$|\$(?!\s)([^$\n]{0,200}[^$\s])\$(?!\d)")
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\{([^{}]*)\}")
_WORDS_IN = re.compile(r"\\(?:text|mathrm|mathbf|mathit|operatorname)\{([^{}]*)\}")
_POWER = re.compile(r"\^(?:\{([^{}]*)\}|(\w))")
_INDEX = re.compile(r"(?<=\w)_(?:\{([^{}]*)\}|(\w)(?!\w))")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_SPACING = re.compile(r"\\[,;:!> ]")

_NAMES = {
    "times": "times",
    "cdot": "times",
    "div": "divided by",
    "le": "is at most",
    "leq": "is at most",
    "ge": "is at least",
    "geq": "is at least",
    "ne": "is not equal to",
    "neq": "is not equal to",
    "approx": "is about",
    "pm": "plus or minus",
    "infty": "infinity",
    "rightarrow": "to",
    "to": "to",
    "sum": "the sum of",
    "prod": "the product of",
    "int": "the integral of",
    "ldots": "and so on",
    "cdots": "and so on",
    "dots": "and so on",
}
_UNSAID = frozenset(
    ["left", "right", "big", "Big", "quad", "qquad", "begin", "end", "displaystyle", "limits"]
)
_DEPTH = 4  # fractions within fractions


def say_formulas(text: str) -> str:
    """`text` with its TeX formulas in words. Text that has none comes back as it is."""
    text = _DELIMITED.sub(_say_delimited, text)
    return _say(text) if "\\" in text else text


def _say_delimited(found: re.Match[str]) -> str:
    return f" {_say(found[1] or found[2])} "


def _say(formula: str) -> str:
    formula = _SPACING.sub(" ", formula)
    for _ in range(_DEPTH):
        formula = _WORDS_IN.sub(r" \1 ", formula)
        formula = _POWER.sub(_say_power, formula)
        formula = _INDEX.sub(lambda found: f" {found[1] or found[2]} ", formula)
        formula = _ROOT.sub(r" the square root of \1 ", formula)
        formula = _FRACTION.sub(r" \1 over \2 ", formula)
    return _COMMAND.sub(_say_command, formula)


def _say_power(found: re.Match[str]) -> str:
    exponent = (found[1] if found[1] is not None else found[2]).strip()
    if exponent in {"2", "3"}:
        return " squared " if exponent == "2" else " cubed "
    return f" to the power of {exponent} "


def _say_command(found: re.Match[str]) -> str:
    name = found[1]
    return " " if name in _UNSAID else f" {_NAMES.get(name, name)} "
