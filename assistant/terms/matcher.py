"""Putting terms right: which of them were meant by the words that were heard."""

import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.terms.code_numbers import is_number
from assistant.terms.evidence import Evidence, likelihood
from assistant.terms.index import Match, SoundIndex
from assistant.terms.ordinary import ordinary
from assistant.terms.renown import renown
from assistant.terms.setting import Setting, warm_up
from assistant.terms.spans import Piece, Span, pieces_of, spans_of
from assistant.terms.spoken import words_of
from assistant.terms.term import Term
from assistant.terms.weighing import weighed
from assistant.turn.dataclass import dataclass
from assistant.turn.transcript import Alternative, Origin, Word

SURE_ENOUGH = 0.2
"""The least score of a replacement: as low as ordinary sentences allow, of which 98 in 100 shall be left alone."""
_SURE_ELSEWHERE = 0.34
"""The same where nothing tells that the talk is about programs."""
_NOTHING_TOLD = 0.3
"""As technical is talk that tells nothing, at most."""
_WORD_MORE_COUNTS = 3.0
_UNLIKE_COUNTS = 8.0
"""Of two that overlap, one that explains more words may have so many points less for each; one that sounds less like them
must have more."""
_CONSIDERED = 4
_OFFERED = 5
_REMEMBERED = 8192
_SUSPECT = 0.95
_LONE_AT_LEAST = 0.85
"""So close must be what has letters or numbers in it."""
_ORDINARY = 4.5
"""A word this common (decimal logarithm, in a billion) is no name unless it is written like one."""
_MULTIPLES = frozenset(("hundred", "thousand", "million"))
_PUNCTUATION = ".,;:!?"


@dataclass(frozen=True, slots=True)
class Replacement:
    """`text` in the place of the words from `start` up to `stop`, where `heard` stood. `score` is 0..1.

    `alternatives` begin with what was heard; the other terms that may be meant follow, the likeliest first.
    """

    start: int
    stop: int
    text: str
    heard: str
    term: Term
    score: float
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term that may be meant by the words of `span`; `text` is what would stand there."""

    span: Span
    heard: str
    term: Term
    text: str
    evidence: Evidence
    points: float
    """Of all the evidence together."""


class Matcher:
    """Knows a set of terms. Making it takes a second for 10,000 terms; using it takes as long for any number of them.

    May be used by several threads.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._index = SoundIndex(terms)
        self._texts = frozenset(term.text for term in self._index.terms)
        self._spelt = frozenset(text.casefold() for text in self._texts)
        if self._index.terms:
            warm_up()
        self._search = functools.lru_cache(_REMEMBERED)(self._index.search)
        self._same_letters = functools.lru_cache(_REMEMBERED)(self._index.same_letters)

    @property
    def looked_at(self) -> int:
        """How many entries of the index were read until now."""
        return self._index.looked_at

    def fix(self, words: Sequence[Word], *, around: str = "") -> tuple[Word, ...]:
        """`words` with terms in the place of what was heard instead; only spoken words are ever replaced.

        A replaced word has the replacement's score as its probability. `around` is text that went before. What was put
        right may tell that something else was misheard, so this goes on until nothing changes.
        """
        fixed = tuple(words)
        while found := self.find(fixed, around=around):
            fixed = _with(fixed, found)
        return fixed

    def find(self, words: Sequence[Word], *, around: str = "") -> tuple[Replacement, ...]:
        """What can be told at once, in the order of the words; no two overlap."""
        if not self._index.terms:
            return ()
        chosen: list[Replacement] = []
        for _, one in sorted(self._likely(words, around), key=_rank):
            if all(one.stop <= other.start or other.stop <= one.start for other in chosen):
                chosen.append(one)
        return tuple(sorted(chosen, key=lambda one: one.start))

    def nearest(self, words: Sequence[Word], most: int) -> list[tuple[Term, float]]:
        """The terms that sound most like all of `words` together, the nearest first, with their closeness (0..1)."""
        said = tuple(word for piece in pieces_of(words) for word in piece.said)
        return [(self._index.terms[match.term], match.closeness) for match in self._search(said)[:most]]

    def candidates(self, words: Sequence[Word], *, around: str = "") -> Iterator[Candidate]:
        """Every term that may be meant, and what speaks for it."""
        pieces = pieces_of(words)
        spans = [(span, self._matches(span)) for span in spans_of(pieces)]
        spans = [(span, matches) for span, matches in spans if matches]
        names = {place for place, word in enumerate(words) if self._is_name(pieces[place], word)}
        setting = Setting(
            pieces,
            ordinary(),
            names=names,
            expected=frozenset().union(*(renown(pieces[place].core).companions for place in names)),
            suspect={
                place
                for span, matches in spans
                if self._suspect(span, matches)
                for place in range(span.start, span.stop)
            },
            around=around,
        )
        for span, matches in spans:
            heard = setting.heard(span)
            if self._stands(pieces[span.start].before, heard, pieces[span.stop - 1].after):
                continue
            # A word that is a term is no other one; letters and numbers ("x", "2", "ten") are seldom part of a rough guess.
            lone = any(_is_lone(word.casefold()) for word in heard.split())
            spelt = len(heard) == 1 or heard.casefold() in self._spelt
            numbers = setting.numbers(span)
            about = setting.about(span)
            numbers["lone"] = float(lone)
            numbers["doubt"] = 1 - min(word.probability for word in words[span.start : span.stop])
            for match in matches[:_CONSIDERED]:
                term = self._index.terms[match.term]
                text = term.text + span.tail
                if spelt and text.casefold() != heard.casefold():
                    continue
                if lone and match.closeness < _LONE_AT_LEAST:
                    continue
                if _stands_in(text, heard):
                    continue
                if text != heard and not (span.tail == "s" and term.text.endswith(("s", "S"))):
                    evidence = weighed(setting, span, match, term, text, numbers, about)
                    yield Candidate(span, heard, term, text, evidence, evidence.points)

    def _stands(self, before: str, heard: str, after: str) -> bool:
        """Whether it is a term as it stands, with or without the signs around it (".NET", "__init__")."""
        ways = (heard, before + heard, before + heard + after.rstrip(_PUNCTUATION))
        return any(way in self._texts for way in ways)

    def _matches(self, span: Span) -> list[Match]:
        return (self._same_letters if span.tail == "s" else self._search)(span.said)

    def _suspect(self, span: Span, matches: Sequence[Match]) -> bool:
        """Whether it sounds like a term and is not just that term's own words."""
        return any(
            match.listed
            or (match.closeness >= _SUSPECT and words_of(self._index.terms[match.term].text) != span.said)
            for match in matches[:3]
        )

    def _likely(self, words: Sequence[Word], around: str) -> Iterator[tuple[float, Replacement]]:
        """For each span the best term, where it is sure enough, and what it weighs against others."""
        offers: dict[tuple[int, int], list[tuple[float, Candidate]]] = {}
        for candidate in self.candidates(words, around=around):
            place = candidate.span.start, candidate.span.stop
            offers.setdefault(place, []).append((likelihood(candidate.points), candidate))
        for (start, stop), scored in offers.items():
            if any(score >= _needed(one) for score, one in scored):
                scored.sort(key=_preference)
                score, best = scored[0]
                others = {
                    one.text: Alternative(one.text, one.term.source)
                    for _, one in scored
                    if one.text != best.text
                }
                alternatives = (Alternative(best.heard), *others.values())[:_OFFERED]
                yield (
                    _weight(best),
                    Replacement(start, stop, best.text, best.heard, best.term, score, alternatives),
                )

    def _is_name(self, piece: Piece, word: Word) -> bool:
        """Whether it is a term as it stands, and no ordinary word."""
        if word.origin is Origin.REPLACED:
            return True
        if piece.core.casefold() not in self._spelt:
            return False
        return (piece.core in self._texts and piece.core != piece.core.lower()) or ordinary().commonness(
            piece.core
        ) < _ORDINARY


def spoken_words(text: str) -> tuple[Word, ...]:
    """`text` as words that were surely heard; joined they are `text` again."""
    return tuple(Word(word) for word in re.findall(r"\s*\S+\s*\Z|\s*\S+|\s+\Z", text))


def _stands_in(name: str, heard: str) -> bool:
    """Whether the name is there already, with more words around it or between its own, or one of it for several."""
    name, heard = name.casefold(), heard.casefold()
    if heard in {name + "s", name + "'s"} or name == heard + "s":
        return True
    said = iter(heard.split())
    return name != heard and all(word in said for word in name.split())


def _is_lone(word: str) -> bool:
    return (len(word) == 1 and word not in "ai") or is_number(word) or word in _MULTIPLES


def _rank(weighed: tuple[float, Replacement]) -> tuple[float, int]:
    weight, one = weighed
    return -weight, one.start


def _preference(scored: tuple[float, Candidate]) -> tuple[bool, bool, float]:
    """Of terms that are sure enough, one with the letters that were heard comes first, then the more likely."""
    score, candidate = scored
    agrees = "".join(words_of(candidate.text)) == "".join(words_of(candidate.heard))
    sure = score >= _needed(candidate)
    return not sure, not agrees, -_weight(candidate)


def _needed(candidate: Candidate) -> float:
    return SURE_ENOUGH if candidate.evidence.technical > _NOTHING_TOLD else _SURE_ELSEWHERE


def _weight(candidate: Candidate) -> float:
    """What it weighs against others that would take the same words."""
    words = candidate.span.stop - candidate.span.start
    return candidate.points - _UNLIKE_COUNTS * candidate.evidence.unlike + _WORD_MORE_COUNTS * words


def _with(words: Sequence[Word], replacements: Iterable[Replacement]) -> tuple[Word, ...]:
    fixed: list[Word] = []
    done = 0
    for one in replacements:
        fixed += (*words[done : one.start], _replaced(words[one.start : one.stop], one))
        done = one.stop
    return (*fixed, *words[done:])


def _replaced(words: Sequence[Word], replacement: Replacement) -> Word:
    """The one word that stands for `words`, with the space before and the punctuation on both sides."""
    first, last = pieces_of((words[0], words[-1]))
    return dataclasses.replace(
        words[0],
        text=first.space + first.before + replacement.text + last.after,
        end_s=words[-1].end_s,
        probability=replacement.score,
        origin=Origin.REPLACED,
        heard=replacement.heard,
        source=replacement.term.source,
        alternatives=replacement.alternatives,
    )
