"""The words a span stands among: how ordinary each is, what they are about, what they call for."""

import functools
import math
import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate, pairwise
from operator import add

from assistant.terms.context import stems, technical_weight
from assistant.terms.frames import ARTICLES, CALLERS, NO_SUBJECTS, OWNERS, VERBS
from assistant.terms.ordinary import Ordinary, ordinary
from assistant.terms.renown import fame, tells
from assistant.terms.spans import Piece, Span
from assistant.terms.spoken import words_of
from assistant.terms.topics import NOWHERE, Point, direction, topic_of_word

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
_COMMON = 5.4
_LITTLE = 6.5
"""From there on a word is one of the few hundred commonest, or one of the two dozen that are in every sentence."""


class Setting:
    """All that can be said of the words of a text before any term is considered. Linear in the words."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        counts: Ordinary,
        *,
        names: AbstractSet[int] = frozenset(),
        suspect: AbstractSet[int] = frozenset(),
        expected: frozenset[str] = frozenset(),
        around: str = "",
    ) -> None:
        """`names` are the places of terms as they stand, `suspect` those of words that may be misheard.

        `expected` are words that those terms are often met with. `around` is text before these words.
        """
        self.pieces = pieces
        self._ordinary = counts
        self._names = names
        self._lower = [piece.core.lower() for piece in pieces]
        self._common = [counts.commonness(word) for word in self._lower]
        self._weights = [
            _NAME if place in names else _weight(piece, common)
            for place, (piece, common) in enumerate(zip(pieces, self._common, strict=True))
        ]
        self._places: dict[str, list[int]] = {}
        self._expected: set[int] = set()
        for place, word in enumerate(self._lower):
            for stem in stems(word):
                self._places.setdefault(stem, []).append(place)
                if stem in expected:
                    self._expected.add(place)
        heard_before = [word for heard in around.split()[-_AROUND_WORDS:] for word in words_of(heard)]
        self._before = frozenset(stem for word in heard_before for stem in stems(word))
        self._met = self._before.union(self._places)
        before = list(map(technical_weight, heard_before))
        foreign = (0.0 if place in suspect else -weight for place, weight in enumerate(self._weights))
        self._topics = _topic_sums(self._lower, heard_before)
        self._technical = _sums(self._weights, _AROUND_COUNTS * sum(map(_positive, before)))
        self._no_words = list(accumulate(map(self._is_no_word, range(len(pieces))), initial=0))
        self._foreign = _sums(foreign, _AROUND_COUNTS * sum(_positive(-weight) for weight in before))

    def heard(self, span: Span) -> str:
        """The words without the punctuation around them."""
        return " ".join(piece.core for piece in self.pieces[span.start : span.stop])

    def common(self, span: Span) -> float:
        """Whether it is a single one of the commonest words."""
        return float(span.stop - span.start == 1 and self._common[span.start] > _COMMON)

    def numbers(self, span: Span) -> dict[str, float]:
        """Everything of `Evidence` that does not depend on the term."""
        common = self._common[span.start : span.stop]
        words = self._lower[span.start : span.stop]
        technical, foreign = self._near(self._technical, span), self._near(self._foreign, span)
        talk = 1 / (1 + math.exp(-1.5 * (technical - 0.7 * foreign - 0.7)))
        several = len(words) > 1
        before, after = self._neighbours(span)
        odd = sum(map(self._is_odd, range(span.start, span.stop)))
        inner = [self._ordinary.attraction(*pair) for pair in pairwise(words)]
        edge = float((common[0] > _LITTLE) + (common[-1] > _LITTLE)) if several else 0.0
        lonely = 0.0 if several else common[0] / _MOST_COMMON
        calling = before in CALLERS or span.start == 1
        subject = not before and after in VERBS and words[0] not in (OWNERS if several else NO_SUBJECTS)
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
            "odd": talk * self._known_around(span) * odd / len(words) if odd else 0.0,
            "called": float(before in CALLERS),
            "subject": talk * subject,
            "qualifies": talk * (before in ARTICLES) * self._told_by(span.stop, after),
            "owned": (before in OWNERS) * (1 - self._told_by(span.stop, after)),
            "apt_before": 0.0 if calling else self._told_by(span.start - 1, before),
            "begins": float(not before),
            "brief": 1 / (1 + self._others(span)),
            "no_word": sum(map(self._is_no_word, range(span.start, span.stop))) / len(words),
            "expected": len(self._expected.intersection(range(span.start, span.stop))) / len(words),
        }

    def about(self, span: Span) -> Point:
        """What the words near the span are about."""
        start, stop = self._nearby(span)
        sums = self._topics
        near = zip(sums[start], sums[span.start], sums[span.stop], sums[stop], sums[0], strict=True)
        return direction(
            [before - first + last - after + around for first, before, after, last, around in near]
        )

    def fame(self, span: Span) -> float:
        """How well known the best known name is that stands in the span."""
        places = range(span.start, span.stop)
        if self._names.isdisjoint(places):
            return 0.0
        return max((fame(self.pieces[at].core) for at in places if at in self._names), default=0.0)

    def company(self, companions: Iterable[str], span: Span) -> float:
        """How much those of a term's companions tell that stand near the span, or in the text before."""
        if self._met.isdisjoint(companions):
            return 0.0
        near = sum(
            tells(word)
            for word in companions
            if word in self._places and self._is_near(self._places[word], span)
        )
        return near + _AROUND_COUNTS * sum(tells(word) for word in companions if word in self._before)

    def _known_around(self, span: Span) -> float:
        """How many of the words near are words: among what is none, nothing is odd."""
        others = self._others(span)
        return 1 - (self._near(self._no_words, span) / others if others else 0.0)

    def _others(self, span: Span) -> int:
        """How many words stand near the span."""
        start, stop = self._nearby(span)
        return stop - start - (span.stop - span.start)

    def _is_no_word(self, place: int) -> bool:
        return self._weights[place] == 0 and self._common[place] == 0

    def _is_odd(self, place: int) -> bool:
        """Whether the word has no place in talk about programs: it is of other talk, or no word at all."""
        return self._weights[place] < 0 or self._is_no_word(place)

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

    def _is_near(self, places: Iterable[int], span: Span) -> bool:
        """Whether one of the places is near the span, but not in it."""
        start, stop = self._nearby(span)
        return any(start <= place < span.start or span.stop <= place < stop for place in places)

    def _near(self, sums: Sequence[float], span: Span) -> float:
        """The sum of what is near the span, and of what was before all words, without the span itself."""
        start, stop = self._nearby(span)
        return sums[stop] - sums[span.stop] + sums[span.start] - sums[start] + sums[0]

    def _nearby(self, span: Span) -> tuple[int, int]:
        return max(0, span.start - _NEAR), min(len(self.pieces), span.stop + _NEAR)


def warm_up() -> None:
    """Load the word lists, so that the first text need not wait for them."""
    technical_weight("")
    topic_of_word("")
    tells("")
    ordinary()


def _weight(piece: Piece, common: float) -> float:
    if not common and _CODE.fullmatch(piece.core):
        return _LIKE_CODE
    weight = max(map(technical_weight, piece.said), default=0.0)
    return weight * _CAPITAL_COUNTS if weight < 0 and piece.core[0].isupper() else weight


def _positive(weight: float) -> float:
    return max(0.0, weight)


def _topic_sums(words: Iterable[str], before: Iterable[str]) -> list[Point]:
    """Where the words lie together, up to each of them; what was before all of them comes first."""
    known = functools.reduce(_plus, map(topic_of_word, before), NOWHERE)
    start: Point = [_AROUND_COUNTS * one for one in known]
    return list(accumulate(map(topic_of_word, words), _plus, initial=start))


def _plus(first: Point, second: Point) -> Point:
    return list(map(add, first, second))


def _sums(weights: Iterable[float], before: float) -> list[float]:
    return list(accumulate(map(_positive, weights), initial=before))
