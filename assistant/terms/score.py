"""A score of one's own: how many words and how many terms of sentences that were read are right."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from assistant.turn.dataclass import dataclass

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_EDGES = "\"'“”‘’«».,;:!?…()[]"
_MOST_HEARD_FOR_A_TERM = 7
_ODD_LENGTH = 0.1


@dataclass(frozen=True, slots=True)
class Spoken:
    """A term as it is written, and how it is said."""

    text: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to read, with its terms in the order in which they stand in it."""

    text: str
    terms: tuple[Spoken, ...]

    @property
    def said(self) -> str:
        """The sentence as a voice is to read it."""
        said, place = "", 0
        for term in self.terms:
            at = self.text.index(term.text, place)
            said += self.text[place:at] + term.spoken
            place = at + len(term.text)
        return said + self.text[place:]


@dataclass(frozen=True, slots=True)
class Errors:
    """How many edits turn what was heard into what was read, of how many words; the same for terms."""

    words: int = 0
    word_errors: int = 0
    terms: int = 0
    term_errors: int = 0

    def __add__(self, other: "Errors") -> "Errors":
        return Errors(
            self.words + other.words,
            self.word_errors + other.word_errors,
            self.terms + other.terms,
            self.term_errors + other.term_errors,
        )

    @property
    def word_error_rate(self) -> float:
        return self.word_errors / max(1, self.words)

    @property
    def term_error_rate(self) -> float:
        return self.term_errors / max(1, self.terms)


@dataclass(frozen=True, slots=True)
class HeardTerm:
    """What stood in the place of a term."""

    term: str
    heard: str
    right: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """A word or a term of a sentence, and what was heard in its place; either may be ""."""

    read: str
    heard: str
    right: bool
    term: bool = False


def read_sentences(text: str) -> dict[int, tuple[Sentence, ...]]:
    """The sets of sentences in a CSV text with the columns set, sentence and terms (`written=spoken|…`).

    Raises ValueError where a term does not stand in its sentence.
    """
    sets: dict[int, tuple[Sentence, ...]] = {}
    for row in csv.DictReader(io.StringIO(text), strict=True):
        terms = tuple(_term(cell) for cell in row["terms"].split("|"))
        sentence = Sentence(row["sentence"], terms)
        _ = sentence.said  # raises where a term is missing
        number = int(row["set"])
        sets[number] = (*sets.get(number, ()), sentence)
    return sets


def errors(sentence: Sentence, heard: str) -> Errors:
    """The errors in what was heard of a sentence; capitals and punctuation count in terms only."""
    read = _words(sentence.text)
    terms = heard_terms(sentence, heard)
    return Errors(len(read), distance(read, _words(heard)), len(terms), sum(not term.right for term in terms))


def distance(read: Sequence[str], heard: Sequence[str]) -> int:
    """The least number of words to change, leave out or put in (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(read, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            diagonal, row[j] = row[j], min(diagonal + (word != other), row[j] + 1, row[j - 1] + 1)
    return row[-1]


def heard_terms(sentence: Sentence, heard: str) -> tuple[HeardTerm, ...]:
    """What was heard in the place of each term."""
    return tuple(
        HeardTerm(laid.read, laid.heard, laid.right) for laid in laid_along(sentence, heard) if laid.term
    )


def laid_along(sentence: Sentence, heard: str) -> tuple[Laid, ...]:
    """What was heard in the place of each word and term: the cheapest way to lay `heard` along the sentence."""
    read, given = _units(sentence), heard.split()
    best: list[list[tuple[float, int]]] = [[(j, 1) for j in range(len(given) + 1)]]
    for unit in read:
        row: list[tuple[float, int]] = []
        for j in range(len(given) + 1):
            most = min(j, _MOST_HEARD_FOR_A_TERM if isinstance(unit, Spoken) else 1)
            taken = min((best[-1][j - k][0] + _cost(unit, given[j - k : j]), k) for k in range(most + 1))
            left_over = (row[j - 1][0] + 1, -1) if j else taken
            row.append(min(taken, left_over))
        best.append(row)
    found: list[Laid] = []
    place = len(given)
    for number in range(len(read), 0, -1):
        while (taken_words := best[number][place][1]) < 0:
            place -= 1
            found.append(Laid("", given[place], right=False))
        unit, words = read[number - 1], given[place - taken_words : place]
        found.append(_laid(unit, words, first=number == 1))
        place -= taken_words
    found += [Laid("", word, right=False) for word in reversed(given[:place])]
    return tuple(reversed(found))


def _laid(unit: str | Spoken, words: Sequence[str], *, first: bool) -> Laid:
    if isinstance(unit, Spoken):
        return Laid(unit.text, " ".join(words).strip(_EDGES), _is(unit.text, words, first), term=True)
    return Laid(unit, " ".join(words), right=bool(words) and _plain(unit) == _plain(words[0]))


def _units(sentence: Sentence) -> list[str | Spoken]:
    """The words of a sentence, each term one of them; what is attached to a term ("'s", a comma) is left out."""
    units: list[str | Spoken] = []
    place = 0
    for term in sentence.terms:
        at = sentence.text.index(term.text, place)
        units += [*sentence.text[place:at].split(), term]
        place = at + len(term.text)
        attached = re.compile(r"\S*").match(sentence.text, place)
        place = attached.end() if attached else place
    return [*units, *sentence.text[place:].split()]


def _cost(unit: str | Spoken, heard: Sequence[str]) -> float:
    if isinstance(unit, str):
        return float(not heard or _plain(unit) != _plain(heard[0]))
    if _plain(unit.text) == _plain(" ".join(heard)):
        return 0.0
    return 1.0 + _ODD_LENGTH * abs(len(heard) - len(unit.spoken.split()))


def _is(term: str, heard: Sequence[str], first: bool) -> bool:
    """Whether the term was written as it should be; at the beginning of a sentence with a capital or without."""
    text = " ".join(heard).strip(_EDGES)
    return text == term or (first and text[:1].lower() + text[1:] == term[:1].lower() + term[1:])


def _plain(text: str) -> str:
    return text.strip(_EDGES).lower()


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


def _term(cell: str) -> Spoken:
    written, _, spoken = cell.rpartition("=")
    if not written or not spoken:
        raise ValueError(f"{cell!r} does not tell how a term is said")
    return Spoken(written, spoken)


def total(errors: Iterable[Errors]) -> Errors:
    return sum(errors, Errors())
