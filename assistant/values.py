"""Values of settings: what may stand in one, and how it is read from a file, the environment or the command line.

By hand, because the window waits for its settings: a library that checks data takes a tenth of a second to begin.
"""

import tomllib
from dataclasses import Field, field
from enum import StrEnum
from math import nan
from typing import Any, get_args, get_origin

Texts = tuple[str, ...]
"""The kind of a setting that is a list of texts."""

_WORDS = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}


def between(least: float, default: float, most: float) -> Any:
    """A field of a dataclass: a number that has limits."""
    return field(default=default, metadata={"least": least, "most": most})


def read_value(about: Field[Any], value: object) -> Any:
    """`value` as the field holds it; a text may stand for any kind. Raises ValueError, which says what it may be."""
    if about.type is bool:
        return _yes_or_no(value)
    if about.type is int or about.type is float:
        return _number(about, value)
    if about.type == Texts:
        return _texts(value)
    allowed = _allowed(about.type)
    if not isinstance(value, str) or (allowed and value not in allowed):
        raise ValueError(
            f"it must be one of {', '.join(map(repr, allowed))}" if allowed else "it must be a text"
        )
    return about.type(value) if isinstance(about.type, type) else value


def plain(value: object) -> Any:
    """The value as TOML and JSON have it."""
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, StrEnum) else value


def _yes_or_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() not in _WORDS:
        raise ValueError("it must be true or false")
    return _WORDS[str(value).lower()]


def _number(about: Field[Any], value: object) -> float:
    whole = about.type is int
    least, most = about.metadata["least"], about.metadata["most"]
    try:
        number = nan if isinstance(value, bool) else float(str(value))
    except ValueError:
        number = nan
    if not least <= number <= most or (whole and not number.is_integer()):
        kind = "a whole number" if whole else "a number"
        raise ValueError(f"it must be {kind} from {least:g} to {most:g}")
    return int(number) if whole else number


def _texts(value: object) -> Texts:
    """A list as it is; one text has them with commas between, or as TOML writes a list."""
    if isinstance(value, str):
        value = _listed(value)
    if not isinstance(value, list | tuple) or not all(isinstance(text, str) for text in value):
        raise ValueError("it must be a list of texts")
    return tuple(value)


def _listed(text: str) -> object:
    if not text.lstrip().startswith("["):
        return [part.strip() for part in text.split(",") if part.strip()]
    try:
        return tomllib.loads(f"list = {text}")["list"]
    except tomllib.TOMLDecodeError as error:
        raise ValueError("it must be a list of texts") from error


def _allowed(kind: Any) -> tuple[str, ...]:
    """The texts that are allowed; none where any is."""
    if get_origin(kind) is not None:
        return tuple(get_args(kind))
    return tuple(map(str, kind)) if issubclass(kind, StrEnum) else ()
