"""The words a span stands among: how ordinary each is, what they are about, what they call for."""

import math
import re
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate, pairwise

from assistant.terms.context import stems, technical_weight
from assistant.terms.ordinary import Ordinary, ordinary
from assistant.terms.spans import Piece, Span
from assistant.terms.spoken import words_of

_NEAR = 12
"""Words to each side that count."""
_AROUND_WORDS = 40
_AROUND_COUNTS = 0.5
_NAME = 2.0
"""A term as it should be written tells as much as the most technical word."""
_CODE = re.compile(r"[A-Z]{2,5}|[a-z]+[A-Z]\w*|[A-Z]+[a-z]+[A-Z]\w*|\w+_\w+|[A-Za-z]+\d+")
_LIKE_CODE = 1.0
"""So does half as much what is written as only names in code are: "MQ", "ctx2"."""
_CAPITAL_COUNTS = 0.5
"""Names of people and places are in every talk."""
_MOST_FOREIGN = 5.0
_STRONGEST = 3.0
_MOST_COMMON = 8.0
_LITTLE = 6.5
_CALLERS = frozenset((
    "use", "using", "uses", "used", "with", "in", "install", "run", "import", "via", "write", "learn",
    "called", "from", "into", "to", "for", "and", "or", "on", "than", "like",
))  # fmt: skip

_ARTICLES = frozenset(
    ("the", "a", "an", "this", "that", "our", "my", "your", "every", "each", "another", "new")
)
_OWNERS = frozenset((
    "the", "a", "an", "my", "your", "his", "her", "its", "our", "their", "this", "that", "these", "those", "some",
    "any", "no", "every", "each",
))  # fmt: skip
_VERBS = frozenset((
    "is", "isn't", "has", "hasn't", "does", "doesn't", "was", "wasn't", "can", "can't", "could", "couldn't", "will",
    "won't", "would", "wouldn't", "should", "shouldn't", "did", "didn't", "had", "needs", "wants", "says", "shows",
    "tells", "returns", "throws", "raises", "gives", "takes", "gets", "runs", "fails", "failed", "crashes", "crashed",
    "keeps", "uses", "supports", "works", "prints", "complains", "finds", "reads", "writes", "loads", "starts",
    "stops", "hangs", "ignores", "turns", "makes", "moves", "eats", "answers", "times", "swallows", "thinks", "puts",
    "sends", "sees", "looks", "comes", "goes", "adds", "refuses", "reports", "lets", "sets", "calls", "asks",
    "expects", "handles", "removes", "creates", "builds", "requires", "stores", "changes", "breaks", "opens",
    "closes", "exits", "connects", "installs", "generates", "converts", "compiles", "treats", "warns", "renders",
    "and", "or",
))  # fmt: skip
"""What a name does that a sentence begins with; or another name follows."""


class Setting:
    """All that can be said of the words of a text before any term is considered. Linear in the words."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        counts: Ordinary,
        *,
        names: Collection[int] = (),
        suspect: Collection[int] = (),
        around: str = "",
    ) -> None:
        """`names` are the places of terms as they stand, `suspect` those of words that may be misheard.

        `around` is text before these words.
        """
        self.pieces = pieces
        self._ordinary = counts
        self._lower = [piece.core.lower() for piece in pieces]
        self._common = [counts.commonness(word) for word in self._lower]
        self._weights = [
            _NAME if place in names else _weight(piece, common)
            for place, (piece, common) in enumerate(zip(pieces, self._common, strict=True))
        ]
        self._places: dict[str, list[int]] = {}
        for place, word in enumerate(self._lower):
            for stem in stems(word):
                self._places.setdefault(stem, []).append(place)
        before = [
            technical_weight(word) for heard in around.split()[-_AROUND_WORDS:] for word in words_of(heard)
        ]
        foreign = (0.0 if place in suspect else -weight for place, weight in enumerate(self._weights))
        self._technical = _sums(self._weights, _AROUND_COUNTS * sum(map(_positive, before)))
        self._foreign = _sums(foreign, _AROUND_COUNTS * sum(_positive(-weight) for weight in before))

    def heard(self, span: Span) -> str:
        """The words without the punctuation around them."""
        return " ".join(piece.core for piece in self.pieces[span.start : span.stop])

    def numbers(self, span: Span) -> dict[str, float]:
        """Everything of `Evidence` that does not depend on the term."""
        common = self._common[span.start : span.stop]
        weights = self._weights[span.start : span.stop]
        words = self._lower[span.start : span.stop]
        technical, foreign = self._near(self._technical, span), self._near(self._foreign, span)
        talk = 1 / (1 + math.exp(-1.5 * (technical - 0.7 * foreign - 0.7)))
        several = len(words) > 1
        before, after = self._neighbours(span)
        inner = [self._ordinary.attraction(*pair) for pair in pairwise(words)]
        edge = float((common[0] > _LITTLE) + (common[-1] > _LITTLE)) if several else 0.0
        lonely = 0.0 if several else common[0] / _MOST_COMMON
        calling = before in _CALLERS or span.start == 1
        subject = not before and after in _VERBS and words[0] not in _OWNERS
        outer = self._ordinary.attraction(before, words[0]), self._ordinary.attraction(words[-1], after)
        return {
            "several": float(several),
            "lonely": lonely,
            "talk_lonely": talk * lonely,
            "usual_pairs": min(inner, default=0.0) / _STRONGEST,
            "usual_around": min(max(outer), _STRONGEST) / _STRONGEST,
            "edge": edge,
            "talk_edge": talk * edge,
            "technical": talk,
            "foreign": min(foreign, _MOST_FOREIGN) / _MOST_FOREIGN,
            "odd": talk * sum(map(self._is_odd, range(span.start, span.stop))) / len(words),
            "apt": max(map(_positive, weights)) / _NAME,
            "called": float(before in _CALLERS),
            "subject": talk * subject,
            "qualifies": talk * (before in _ARTICLES) * self._told_by(span.stop, after),
            "apt_before": 0.0 if calling else self._told_by(span.start - 1, before),
            "begins": float(not before),
        }

    def among(self, words: Iterable[str], span: Span) -> bool:
        """Whether one of these words stands somewhere else than in the span."""
        return any(
            not span.start <= place < span.stop for word in words for place in self._places.get(word, ())
        )

    def _is_odd(self, place: int) -> bool:
        """Whether the word has no place in talk about programs: it is of other talk, or no word at all."""
        weight = self._weights[place]
        return weight < 0 or (weight == 0 and self._common[place] == 0)

    def _told_by(self, place: int, word: str) -> float:
        """How technical the word at `place` is, if there is one."""
        return _positive(self._weights[place]) / _NAME if word else 0.0

    def _neighbours(self, span: Span) -> tuple[str, str]:
        """The words right before and after, "" where there is none or punctuation lies between."""
        before = after = ""
        if span.start and not self.pieces[span.start].before and not self.pieces[span.start - 1].after:
            before = self._lower[span.start - 1]
        if (
            span.stop < len(self.pieces)
            and not self.pieces[span.stop - 1].after
            and not self.pieces[span.stop].before
        ):
            after = self._lower[span.stop]
        return before, after

    @staticmethod
    def _near(sums: Sequence[float], span: Span) -> float:
        """The sum of what is near the span, and of what was before all words, without the span itself."""
        start, stop = max(0, span.start - _NEAR), min(len(sums) - 1, span.stop + _NEAR)
        return sums[stop] - sums[span.stop] + sums[span.start] - sums[start] + sums[0]


def warm_up() -> None:
    """Load the word lists, so that the first text need not wait for them."""
    technical_weight("")
    ordinary()


def _weight(piece: Piece, common: float) -> float:
    if not common and _CODE.fullmatch(piece.core):
        return _LIKE_CODE
    weight = max(map(technical_weight, piece.said), default=0.0)
    return weight * _CAPITAL_COUNTS if weight < 0 and piece.core[0].isupper() else weight


def _positive(weight: float) -> float:
    return max(0.0, weight)


def _sums(weights: Iterable[float], before: float) -> list[float]:
    return list(accumulate(map(_positive, weights), initial=before))
