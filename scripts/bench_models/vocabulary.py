"""Whisper's English vocabulary, with the few tokens of the small model in it and the rest dead.

The places are those of the published models, which whisper.cpp takes for granted: text from 0, the end of the text at
50,256, then the start, 99 languages, the tasks and the times. The small model's tokens stand in the same order.
"""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

SIZE = 51_864
TEXT = 50_256
_LANGUAGES = 99
_TO_FIRST_LANGUAGE = 3
"""The end, the start, and the one language of the small model."""

_FIRST_UNUSED = 0xE000
"""From here on are characters for private use: byte-level BPE writes no byte with them."""

_PRINTABLE = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
_REST = sorted({*range(256)} - {*_PRINTABLE})
_BYTES = {chr(byte): bytes([byte]) for byte in _PRINTABLE} | {
    chr(256 + index): bytes([byte]) for index, byte in enumerate(_REST)
}


def places(text_tokens: int) -> npt.NDArray[np.intp]:
    """Where the tokens of a small model stand, of which so many are text."""
    other_languages = TEXT + _TO_FIRST_LANGUAGE
    tasks = other_languages + _LANGUAGES - 1
    return np.concatenate([np.arange(text_tokens), np.arange(TEXT, other_languages), np.arange(tasks, SIZE)])


def fill(tokenizer: dict[str, Any]) -> dict[str, Any]:
    """The content of a tokenizer.json with its tokens in their places and dead ones between.

    The dead ones are pairs of characters, each with its merge, so that it takes as long to load as a published one.
    """
    model, special = tokenizer["model"], tokenizer["added_tokens"]
    dead = TEXT - len(model["vocab"])
    letters = [chr(_FIRST_UNUSED + index) for index in range(math.isqrt(dead) + 1)]
    pairs = [[one, other] for one in letters for other in letters][: dead - len(letters)]
    text = [*sorted(model["vocab"], key=model["vocab"].get), *letters, *map("".join, pairs)]
    language = special[_TO_FIRST_LANGUAGE - 1]
    others = [language | {"content": f"<|language {number}|>"} for number in range(1, _LANGUAGES)]
    added = [*special[:_TO_FIRST_LANGUAGE], *others, *special[_TO_FIRST_LANGUAGE:]]
    return tokenizer | {
        "added_tokens": [token | {"id": TEXT + index} for index, token in enumerate(added)],
        "model": model
        | {
            "vocab": {token: index for index, token in enumerate(text)},
            "merges": model["merges"] + pairs,
        },
    }


def tokens_of(tokenizer: dict[str, Any]) -> list[str]:
    """All tokens of a tokenizer.json, by their numbers."""
    return [*tokenizer["model"]["vocab"], *(token["content"] for token in tokenizer["added_tokens"])]


def as_bytes(token: str) -> bytes:
    """What a text token of byte-level BPE stands for: printable characters are themselves, the rest are from 256 on."""
    return b"".join(_BYTES.get(letter) or letter.encode() for letter in token)
