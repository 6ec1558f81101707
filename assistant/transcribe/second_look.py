"""A second look at some words: what else they may be, told from the likeliest readings of the sound around them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from assistant.recordings import read_seconds
from assistant.transcribe.recogniser import Samples
from assistant.turn.transcript import Alternative, Word

_AROUND_S = 1.5
"""So much before and after the words is listened to with them: a word alone is hard to understand."""
_ROUGHLY_S = 0.3
_MOST = 4
_EDGES = " .,;:!?…\"'()"


def around(path: Path, start_s: float, end_s: float) -> tuple[Samples, float]:
    """The sound to listen to for words from `start_s` to `end_s`, and where in the recording it begins. Raises OSError."""
    from_s = max(0.0, start_s - _AROUND_S)
    pcm = np.frombuffer(read_seconds(path, from_s, end_s + _AROUND_S), "<i2")
    return pcm.astype(np.float32) / np.float32(32768), from_s


def with_alternatives(words: Sequence[Word], others: Iterable[Sequence[str]]) -> tuple[Word, ...]:
    """`words`, each with what stands in its place in the other readings, the likeliest first."""
    found: list[dict[str, None]] = [{} for _ in words]
    plain = [_plain(word.text) for word in words]
    for other in others:
        matcher = SequenceMatcher(None, plain, [_plain(text) for text in other], autojunk=False)
        for kind, first, last, from_, to in matcher.get_opcodes():
            if kind != "replace":
                continue
            if last - first == to - from_:
                for index, text in zip(range(first, last), other[from_:to], strict=True):
                    found[index].setdefault(text.strip(_EDGES))
            elif last - first == 1:
                found[first].setdefault("".join(other[from_:to]).strip(_EDGES))
    return tuple(
        replace(word, alternatives=tuple(Alternative(text) for text in list(texts)[:_MOST] if text))
        for word, texts in zip(words, found, strict=True)
    )


def within(words: Iterable[Word], start_s: float, end_s: float, from_s: float) -> tuple[Word, ...]:
    """Of words with times from `from_s` on, those in the stretch or next to it, at their times in the recording.

    Which word it is tells the text, not the time: that is rough.
    """
    moved = (
        replace(word, start_s=from_s + (word.start_s or 0.0), end_s=from_s + (word.end_s or 0.0))
        for word in words
    )
    return tuple(
        word
        for word in moved
        if (word.end_s or 0.0) >= start_s - _ROUGHLY_S and (word.start_s or 0.0) <= end_s + _ROUGHLY_S
    )


def _plain(text: str) -> str:
    return text.strip(_EDGES).casefold()
