"""Whisper's tokens: what its decoder is given, and what becomes of what it gives back."""

from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

from assistant.turn.dataclass import dataclass

_WITHOUT_SPACES = frozenset({"zh", "ja", "th", "lo", "my", "yue"})
_UNDECODED = "\ufffd"
_PREPENDED = "\"'“¿([{-"
_APPENDED = "\"'.。,，!！?？:：”)]}、"


@dataclass(frozen=True, slots=True)
class Part:
    """The smallest run of tokens that decodes to whole characters."""

    text: str
    tokens: int


class Tokens:
    """The vocabulary in `folder` (tokenizer.json). A model of English alone is told no language and no task."""

    def __init__(self, folder: Path, *, multilingual: bool) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._multilingual = multilingual
        self.end = self._special("endoftext")

    def start(self, language: str) -> list[int]:
        """How a transcript begins. Raises ValueError where the model does not know the language."""
        begin = [self._special("startoftranscript")]
        return [*begin, self._special(language), self._special("transcribe")] if self._multilingual else begin

    def given(self, said_before: str, language: str, longest: int) -> list[int]:
        """The prompt of a decoding without timestamps: the last tokens of what was said before, then the start."""
        before = self.encode(said_before)[-longest:] if said_before and longest else []
        previous = [self._special("startofprev"), *before] if before else []
        return [*previous, *self.start(language), self._special("notimestamps")]

    def encode(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(" " + text.strip(), add_special_tokens=False).ids
        return ids

    def text(self, tokens: Sequence[int]) -> str:
        decoded: str = self._tokenizer.decode([token for token in tokens if token < self.end])
        return decoded

    def words(self, tokens: Sequence[int], language: str) -> list[list[Part]]:
        """The words of a text, in their parts; punctuation belongs to the word it touches."""
        spaced = language not in _WITHOUT_SPACES
        words: list[list[Part]] = []
        for part in self._parts(tokens):
            begins = part.text.startswith(" ") if spaced else not _touching(words[-1:], part)
            if begins or not words:
                words.append([part])
            else:
                words[-1].append(part)
        return words

    def _parts(self, tokens: Sequence[int]) -> list[Part]:
        whole = self.text(tokens)
        parts: list[Part] = []
        run: list[int] = []
        length = 0
        for token in tokens:
            run.append(token)
            text = self.text(run)
            broken = text.find(_UNDECODED)
            # What the model gives need not be whole characters at all.
            if broken < 0 or whole[length + broken : length + broken + 1] == _UNDECODED:
                parts.append(Part(text, len(run)))
                length += len(text)
                run = []
        if run:
            parts.append(Part(self.text(run), len(run)))
        return parts

    def _special(self, name: str) -> int:
        token = self._tokenizer.token_to_id(f"<|{name}|>")
        if token is None:
            raise ValueError(f"this model does not know {name}")
        return int(token)


def _touching(before: Sequence[Sequence[Part]], part: Part) -> bool:
    """Whether the part belongs to the word before it, where words have no spaces between them."""
    opened = any(all(one.text.strip() in _PREPENDED for one in word) for word in before)
    return opened or (bool(part.text.strip()) and part.text.strip() in _APPENDED)
