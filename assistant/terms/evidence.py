"""What speaks for a term having been meant where something else was heard, and what it is worth.

Each is a number, mostly 0 to 1. Their worths are points (logarithms of odds), found by `scripts/fit_terms.py` but for those
of which the texts there do not tell.
"""

import math
from operator import attrgetter, mul

from assistant.turn.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """About one term in the place of some heard words."""

    same: float
    """The words sound just like it, or are known for it."""
    unlike: float
    """1 - closeness of the sounds."""
    edits: float
    """The same, not for each phone but in all: of a long name, a part that differs tells less."""
    long: float
    """How many phones the name has; 1 are very many."""
    letters: float
    """How many of the letters differ."""
    lone: float
    """Single letters or numbers are a part of what only sounds like it."""
    known: float
    """How well known the term is among programmers."""
    topic: float
    """How well the term fits what the words near are about, -1 to 1."""
    company: float
    """Words that it is often met with stand near."""
    company_tells: float
    """How much they tell together; the more terms a word is met with, the less."""
    begins: float
    """Nothing stands before."""
    respelt: float
    """They are the term's own words, only written otherwise ("data frame", DataFrame)."""
    respelt_code: float
    """The same, and it is a name in code ("optimizer step", optimizer.step): then the words are mostly meant as words."""
    case_only: float
    """Only capitals would change, of words that are ordinary."""
    bare_name: float
    """Only capitals would change, of a word that is nothing but this name ("github")."""
    several: float
    """It stands in the place of more than one word."""
    lonely: float
    """How common the word is, in the place of a single one; the most common words are 1."""
    usual_pairs: float
    """How much the words attract each other ("log in")."""
    usual_around: float
    """How much they are attracted by the word before or after ("nice view")."""
    edge: float
    """How many of the first and last of several words are little ones ("the", "to"), where they are not known for it."""
    technical: float
    """How technical the words around are."""
    foreign: float
    """How many of them are never met in talk about programs."""
    odd: float
    """How foreign these words are to the technical talk around."""
    guessed_little: float
    """It is a single one of the commonest words ("on", "your"), and the sounds are only near."""
    guessed_name: float
    """How well known a name is that stands among the words, where the sounds are only near."""
    expected: float
    """How many of the words are often met with a name that stands near: they are right as they are."""
    called: float
    """The word before calls for a name ("install", "in")."""
    subject: float
    """It stands where a sentence about programs begins with a name, before a verb ("Flask returns")."""
    qualifies: float
    """It stands between an article and a technical word ("the Gradle daemon"): how technical."""
    apt_before: float
    """How technical the word before is: names seldom follow ("the server room")."""
    listed: float
    """The words are in a list as what is heard for it."""
    known_same: float
    """`known`, where the words sound just like it."""
    talk_known: float
    """`known`, as far as the words around are technical."""
    talk_same: float
    """`same`, likewise."""
    talk_lonely: float
    """`lonely`, likewise."""
    talk_edge: float
    """`edge`, likewise."""
    own: float
    """The term is the user's own, the project's or the conversation's."""
    doubt: float
    """1 - the least probability of the words."""

    @property
    def points(self) -> float:
        """All together: the logarithm of the odds that the term was meant."""
        worths: float = sum(map(mul, _PIECES(self), _WORTH.values()))
        return _START + worths

    @property
    def score(self) -> float:
        """How likely the term was meant, 0 to 1."""
        return likelihood(self.points)


def likelihood(points: float) -> float:
    """0 to 1, of so many points."""
    return 1 / (1 + math.exp(-points))


_START = -3.7
_WORTH = {
    "same": 0.2,
    "unlike": -9.5,
    "edits": -5.8,
    "long": 1.8,
    "letters": -1.9,
    "lone": -1.5,
    "known": 1.1,
    "topic": 4.2,
    "company": 2.1,
    "company_tells": 3.5,
    "begins": -1.7,
    "respelt": -1.6,
    "respelt_code": -0.3,
    "case_only": -7.4,
    "bare_name": 4.0,
    "several": 4.1,
    "lonely": -0.1,
    "usual_pairs": -2.7,
    "usual_around": -3.4,
    "edge": -1.0,
    "technical": -1.0,
    "foreign": -5.5,
    "odd": 2.8,
    "guessed_little": -2.4,
    "guessed_name": -2.6,
    "expected": -4.3,
    "called": 1.7,
    "subject": 5.1,
    "qualifies": 2.1,
    "apt_before": -2.9,
    "listed": 0.4,
    "known_same": -1.4,
    "talk_known": 3.0,
    "talk_same": 0.7,
    "talk_lonely": -0.9,
    "talk_edge": -1.6,
    "own": 0.8,
    "doubt": 2.5,
}
_PIECES = attrgetter(*_WORTH)
