"""Whether a sentence is about programs: counted from words that programmers use and others hardly do."""

import functools
from collections.abc import Iterable

from assistant import paths
from assistant.terms.ordinary import ordinary

_WEIGHTS = {"[strong]": 2.0, "[weak]": 0.7, "[neutral]": 0.0}
_FOREIGN = -1.0
_PEOPLE = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
_ABOUT_PEOPLE = -3.0
_TOO_COMMON = 6.2
"""Words more common than that (decimal logarithm, in a billion) are in every sentence and tell nothing."""
_ENDINGS = (
    ("", ""),
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("d", ""),
    ("ing", ""),
    ("ing", "e"),
    ("er", ""),
    ("ly", ""),
)
_DOUBLED = 2


@functools.lru_cache(maxsize=4096)
def technical_weight(word: str) -> float:
    """How much `word` (lower case) tells that the talk is of programs, 2 to 0; less where it tells the contrary."""
    if word in _PEOPLE:
        return _ABOUT_PEOPLE
    known = _technical_words()
    weights = [known[stem] for stem in stems(word) if stem in known]
    if weights:
        return max(weights)
    return _FOREIGN if 0 < ordinary().commonness(word) < _TOO_COMMON and "'" not in word else 0.0


def stems(word: str) -> Iterable[str]:
    """What `word` (lower case) may be a form of."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            stem = word[: len(word) - len(ending)]
            yield stem + instead
            if ending in {"ed", "ing", "er"} and len(stem) > _DOUBLED and stem[-1] == stem[-2]:
                yield stem[:-1]


@functools.cache
def _technical_words() -> dict[str, float]:
    words: dict[str, float] = {}
    weight = 0.0
    file = paths.resources_folder() / "technical-words.txt"
    for line in file.read_text(encoding="utf-8").splitlines():
        if line in _WEIGHTS:
            weight = _WEIGHTS[line]
        elif not line.startswith("#"):
            words |= dict.fromkeys(line.split(), weight)
    return words
