"""What speaks for a term having been meant where something else was heard, and what it is worth.

Each is a number, mostly 0 to 1. Their worths are points (logarithms of odds), found by logistic regression on the seen
test texts and on prose, but for `bare_name`, `own` and `doubt`, of which they do not tell.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """About one term in the place of some heard words."""

    same: float
    """The words sound just like it, or are known for it."""
    unlike: float
    """1 - closeness of the sounds."""
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
    """How many of the first and last of several words are little ones ("the", "to")."""
    technical: float
    """How technical the words around are."""
    foreign: float
    """How many of them are never met in talk about programs."""
    odd: float
    """How foreign these words are to the technical talk around."""
    apt: float
    """How technical these words are themselves."""
    guessed_apt: float
    """The same where the sounds are only near."""
    called: float
    """The word before calls for a name ("install", "in")."""
    own: float
    """The term is the user's own, the project's or the conversation's."""
    doubt: float
    """1 - the least probability of the words."""

    @property
    def score(self) -> float:
        """How likely the term was meant, 0 to 1."""
        points = _START + sum(worth * getattr(self, name) for name, worth in _WORTH.items())
        return 1 / (1 + math.exp(-points))


_START = -5.7
_WORTH = {
    "same": 2.3,
    "unlike": -10.1,
    "respelt": -1.5,
    "respelt_code": -1.3,
    "case_only": -4.0,
    "bare_name": 4.0,
    "several": 3.3,
    "lonely": -2.2,
    "usual_pairs": -2.1,
    "usual_around": -2.8,
    "edge": -1.8,
    "technical": 3.7,
    "foreign": -5.7,
    "odd": 3.3,
    "apt": 0.7,
    "guessed_apt": -2.5,
    "called": 2.3,
    "own": 0.8,
    "doubt": 1.3,
}
