"""Spelt words: letters spoken one by one, by their names or the words of radio operators."""

import re
from collections.abc import Sequence

from assistant.turn.transcript import Word

_LETTERS = {
    "a": "ay eh ey hey alpha alfa",
    "b": "be bee bravo",
    "c": "see sea cee si charlie charley",
    "d": "dee delta",
    "e": "ee echo",
    "f": "ef eff foxtrot fox-trot",
    "g": "gee jee golf",
    "h": "aitch haitch age hotel",
    "i": "eye aye india",
    "j": "jay juliet juliett juliette",
    "k": "kay okay cay kilo",
    "l": "el ell elle lima leema",
    "m": "em mike",
    "n": "en an november",
    "o": "oh owe oscar",
    "p": "pee pea papa",
    "q": "queue cue kew quebec",
    "r": "are ar our romeo",
    "s": "es ess sierra",
    "t": "tee tea tango",
    "u": "you ewe yu uniform",
    "v": "vee ve victor",
    "w": "double-u double-you doubleyou whiskey whisky",
    "x": "ex x-ray xray",
    "y": "why wye yankee",
    "z": "zed zee zulu",
}
_OTHERS = {
    "0": "zero", "1": "one", "2": "two to too", "3": "three", "4": "four for fore", "5": "five", "6": "six",
    "7": "seven", "8": "eight ate", "9": "nine niner",
    ".": "dot point", "-": "dash hyphen", "_": "underscore", " ": "space", "/": "slash", "+": "plus",
    "@": "at-sign", "#": "hash", ":": "colon",
}  # fmt: skip
_NAMES = {
    name: sign
    for sign, names in (_LETTERS | _OTHERS).items()
    for name in (sign, *names.split())
    if name != " "
}
_CAPITALS = {("capital",), ("cap",), ("uppercase",), ("upper", "case"), ("big",)}
_SMALL = {("lowercase",), ("lower", "case"), ("small",)}
_DOUBLE = {"double": 2, "triple": 3}
_UNSURE = frozenset((
    "be", "see", "sea", "you", "are", "why", "our", "an", "to", "too", "for", "at", "age", "ate", "okay", "oh",
    "hey", "eye", "point", "big", "small",
))  # fmt: skip
"""Names of letters that are more often just words: alone they spell nothing."""
_INITIALS = re.compile(r"(?:[A-Za-z][.-]){1,}[A-Za-z]?")
_LONGEST_RUN = 5


def spell(words: Sequence[Word]) -> str | None:
    """What `words` spell ("see ay tee", "capital n, p", "b as in bravo, double l"); None where they spell nothing."""
    said = [part for word in words for part in _parts(word.text)]
    spelt = ""
    place = 0
    sure = len(said) > 1
    while place < len(said):
        capital, taken = _case(said[place:])
        at = place + taken
        name = "-".join(said[at : at + 2])  # "double u" is one
        times = _DOUBLE.get(said[at], 0) if at < len(said) and name not in _NAMES else 0
        letter, more = _letter(said[at + 1 :]) if times else ("", 0)
        if letter:
            taken += 1
        else:
            times = 1
            letter, more = _letter(said[place + taken :])
        if not letter:
            return None
        sure = sure or said[place] not in _UNSURE
        spelt += times * (letter.upper() if capital else letter)
        place += taken + more
    return spelt if spelt and sure else None


def _parts(text: str) -> list[str]:
    """The words of a word as it was written: "N.P." and "N-P" are two."""
    core = text.strip().strip("\"'“”‘’«»,;!?…()").lower()
    if _INITIALS.fullmatch(core):
        return re.findall("[a-z]", core)
    core = core.rstrip(".:")
    if core in _NAMES or "-" not in core:
        return [core] if core else []
    return [part for part in core.split("-") if part]


def _case(said: Sequence[str]) -> tuple[bool, int]:
    """Whether a capital is asked for, and how many words say so."""
    for length in (2, 1):
        start = tuple(said[:length])
        if len(said) > length and start in _CAPITALS | _SMALL:
            return start in _CAPITALS, length
    return False, 0


def _letter(said: Sequence[str]) -> tuple[str, int]:
    """The letter, digit or sign that `said` begins with, and how many words it takes; ("", 0) where there is none."""
    if not said:
        return "", 0
    sign, taken = _NAMES.get("-".join(said[:2]), ""), 2
    if not sign or len(said) < 2:
        sign, taken = _NAMES.get(said[0], "") or _run(said[0]), 1
    if tuple(said[taken : taken + 2]) in {("as", "in"), ("like", "in")} or said[taken : taken + 1] == ["for"]:
        extra = 1 if said[taken] == "for" else 2
        example = said[taken + extra] if taken + extra < len(said) else ""
        if len(example) > 1 and (example.startswith(sign) if sign else extra == 2):
            return sign or example[0], taken + extra + 1
    return sign, taken if sign else 0


def _run(word: str) -> str:
    """Letters that the recogniser wrote as one word ("np"), or digits."""
    if word.isdigit():
        return word
    few = 1 < len(word) <= _LONGEST_RUN and word.isascii() and word.isalpha()
    return word if few and not re.search("[aeiouy]", word) else ""
