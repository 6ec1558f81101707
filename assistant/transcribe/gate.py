"""Which words are let through: rules against text that nobody said. Pure; no list of phrases."""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from assistant.transcribe.recogniser import Heard
from assistant.turn.transcript import Word

_NO_SPEECH = 0.6
_UNLIKELY = -1.0
_FASTEST_CHARACTERS_PER_S = 45.0
_SPARE_CHARACTERS = 10
_ECHO_SHARE = 0.75
_ECHO_RUN = 3
_SHORTEST_ECHO = 4
_MOST_REPEATS = 5
_LONGEST_LOOP_WORDS = 30
_SHORTEST_DOUBLE_WORDS, _LONGEST_DOUBLE_WORDS = 3, 12


def let_through(heard: Heard, voiced_s: float, prompt: str = "") -> Heard:
    """What is believed of `heard`, in which somebody spoke for `voiced_s` seconds."""
    if nobody_spoke(heard) or too_fast(heard.text, voiced_s) or echoes(heard.text, prompt):
        return replace(heard, words=())
    return replace(heard, words=without_doubles(without_loops(heard.words)))


def nobody_spoke(heard: Heard) -> bool:
    """Whether the recogniser itself thinks so, and does not believe its own words (as in Whisper's own rule)."""
    return heard.no_speech > _NO_SPEECH and heard.mean_log_probability < _UNLIKELY


def too_fast(text: str, voiced_s: float) -> bool:
    """Whether nobody can say so much in this time: a sentence from a click or a cough."""
    return len(text) > _SPARE_CHARACTERS + _FASTEST_CHARACTERS_PER_S * voiced_s


def echoes(text: str, prompt: str) -> bool:
    """Whether the text is mostly the prompt: runs of words that stand there in the same order."""
    said, given = _plain(text), _plain(prompt)
    if not given or len(said) < _SHORTEST_ECHO:
        return False
    runs = SequenceMatcher(None, said, given, autojunk=False).get_matching_blocks()
    return sum(run.size for run in runs if run.size >= _ECHO_RUN) >= _ECHO_SHARE * len(said)


def without_loops(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words, where a phrase that is repeated more than five times in a row stands once."""
    plain = ["".join(_plain(word.text)) for word in words]
    kept: list[Word] = []
    at = 0
    while at < len(words):
        length, repeats = _loop_at(plain, at)
        kept += words[at : at + length]
        at += length * repeats
    return tuple(kept)


def without_doubles(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words, where a phrase that stands there twice in a row stands once, if nobody can have said it twice."""
    plain = ["".join(_plain(word.text)) for word in words]
    for length in range(min(_LONGEST_DOUBLE_WORDS, len(words) // 2), _SHORTEST_DOUBLE_WORDS - 1, -1):
        for at in range(len(words) - 2 * length + 1):
            middle, last = at + length, at + 2 * length
            if plain[at:middle] == plain[middle:last]:
                first_s, second_s = _spoken_s(words[at:middle]), _spoken_s(words[middle:last])
                if min(first_s, second_s) * _FASTEST_CHARACTERS_PER_S < sum(map(len, plain[at:middle])):
                    kept = words[:at] if first_s < second_s else words[:middle]
                    return without_doubles((*kept, *words[len(kept) + length :]))
    return tuple(words)


def _spoken_s(words: Sequence[Word]) -> float:
    """How long these words took, without what is between them."""
    return sum((word.end_s or 0) - (word.start_s or 0) for word in words)


def _loop_at(words: Sequence[str], at: int) -> tuple[int, int]:
    """Length and number of the repeats that begin here; (1, 1) where there are not enough for a loop."""
    for length in range(1, min(_LONGEST_LOOP_WORDS, (len(words) - at) // 2) + 1):
        phrase = words[at : at + length]
        repeats = 1
        while words[at + repeats * length : at + (repeats + 1) * length] == phrase:
            repeats += 1
        if repeats > _MOST_REPEATS:
            return length, repeats
    return 1, 1


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
