"""A long talk is put right sentence by sentence, each of them once, so that its end costs no more than its last one."""

from collections.abc import Callable, Iterator, Sequence

from assistant.turn.transcript import Word

Fix = Callable[[Sequence[Word], str], Sequence[Word]]
"""Puts words right, which follow a text."""

_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟")
_MOST_WORDS = 60
_MOST_KEPT = 50_000


def sentences(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """The words in runs that end with a sentence; a very long one is divided."""
    start = 0
    for at, word in enumerate(words, 1):
        ends = word.text.rstrip("\"'”’)] ").endswith(_ENDS)
        if ends or at - start >= _MOST_WORDS or at == len(words):
            yield tuple(words[start:at])
            start = at


class BySentence:
    """Puts right with `fix`, and remembers what became of each sentence."""

    def __init__(self, fix: Fix) -> None:
        self._fix = fix
        self._known: dict[tuple[tuple[Word, ...], str], tuple[Word, ...]] = {}
        self._turn = self._done = 0
        self._before = ""

    def __call__(self, words: Sequence[Word], around: str) -> tuple[Word, ...]:
        """`words`, which follow the text `around`, put right."""
        fixed: list[Word] = []
        before = ""
        for sentence in sentences(words):
            fixed += self._once(sentence, around if not before else f"{around}\n{before}")
            before = "".join(word.text for word in sentence)
        return tuple(fixed)

    def prepare(self, turn: int, words: Sequence[Word], around: str) -> None:
        """Put right what is complete of a talk that goes on: the first words of `turn`, which no longer change."""
        if self._turn != turn:
            self._turn, self._done, self._before = turn, 0, ""
        complete = list(sentences(words[self._done :]))[:-1]
        for sentence in complete:
            self._once(sentence, around if not self._before else f"{around}\n{self._before}")
            self._done += len(sentence)
            self._before = "".join(word.text for word in sentence)

    def _once(self, sentence: tuple[Word, ...], around: str) -> tuple[Word, ...]:
        known = self._known.get((sentence, around))
        if known is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            known = self._known[sentence, around] = tuple(self._fix(sentence, around))
        return known
