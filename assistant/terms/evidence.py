"""What speaks for a term having been meant where something else was heard, and what it is worth.

Each is a number, mostly 0 to 1. Their worths are points (logarithms of odds), found by `scripts/fit_terms.py` but for those
of which the texts there do not tell.
"""

import math
from operator import mul
from typing import NamedTuple


class Evidence(NamedTuple):
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
    """How many of the words are often met with a name that stands near: they are right as they are, if not as one word."""
    called: float
    """The word before calls for a name ("install", "in")."""
    subject: float
    """It stands where a sentence about programs begins with a name, before a verb ("Flask returns")."""
    qualifies: float
    """It stands between an article and a technical word ("the Gradle daemon"): how technical."""
    proper: float
    """The term is somebody's name for one thing ("Gradle"), no word for many ("tuple")."""
    owned: float
    """The same, after an article and with nothing technical that follows, where the words sound just like it ("the red panda")."""
    apt_before: float
    """How technical the word before is: names seldom follow ("the server room")."""
    brief: float
    """How few words stand near; 1 is none: then none would be there to tell."""
    no_word: float
    """How many of the words are none at all, where they sound just like it: as far as it is well known."""
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
    brief_same: float
    """`brief`, where the words sound just like it."""
    own: float
    """The term is the user's own, the project's or the conversation's."""
    doubt: float
    """1 - the least probability of the words."""

    @property
    def points(self) -> float:
        """All together: the logarithm of the odds that the term was meant."""
        worths: float = sum(map(mul, self, _WORTHS))
        return _START + worths

    @property
    def score(self) -> float:
        """How likely the term was meant, 0 to 1."""
        return likelihood(self.points)


def likelihood(points: float) -> float:
    """0 to 1, of so many points."""
    return 1 / (1 + math.exp(-points))


_START = -4.4
_WORTH = {
    "same": 0.3,
    "unlike": -8.3,
    "edits": -6.9,
    "long": 2.9,
    "letters": -1.8,
    "lone": -1.3,
    "known": 1.1,
    "topic": 3.9,
    "company": 2.0,
    "company_tells": 3.6,
    "begins": -1.8,
    "respelt": -1.5,
    "respelt_code": -1.3,
    "case_only": -8.6,
    "bare_name": 4.0,
    "several": 3.6,
    "lonely": -0.9,
    "usual_pairs": -2.1,
    "usual_around": -2.9,
    "edge": -1.1,
    "technical": -0.9,
    "foreign": -6.0,
    "odd": 2.7,
    "guessed_little": -2.3,
    "guessed_name": -2.8,
    "expected": -5.1,
    "called": 1.4,
    "subject": 5.2,
    "qualifies": 2.0,
    "proper": 0.4,
    "owned": -2.2,
    "apt_before": -3.3,
    "brief": 2.6,
    "no_word": 2.4,
    "listed": -0.1,
    "known_same": -1.2,
    "talk_known": 2.8,
    "talk_same": -0.2,
    "talk_lonely": -0.1,
    "talk_edge": -1.5,
    "brief_same": 3.9,
    "own": 0.8,
    "doubt": 2.5,
}
_WORTHS = tuple(_WORTH[piece] for piece in Evidence._fields)
