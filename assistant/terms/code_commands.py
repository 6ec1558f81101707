"""Which of the words that were spoken are commands for signs and names of code, and which are just words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.terms.code_names import CASES, Join, Phrase
from assistant.terms.code_signs import (
    DESCRIBING,
    DETERMINERS,
    DOT_FILES,
    DOT_FOLLOWERS,
    FUNCTION_WORDS,
    NOUN_FOLLOWERS,
    PROSE_SIGNS,
    SHELL_WORDS,
    SIGNS,
    Sign,
    Trust,
    words,
)
from assistant.terms.code_tokens import ENDS_SENTENCE, Beside, Token, kind_of

PAUSE_S = 0.4
"""A silence this long ends a name."""
_LONGEST_PHRASE = 4
_LONGEST_NAME = 8
_QUOTED_AT_MOST = 12
_SHELL_BEFORE = 6
_GOES_ON = words("that which then because but should so please")
_BEFORE_A_CASE = words("and or to into")
_MAKES_A_NOUN = words("use uses using in with prefer prefers is are like just left")
_CAPITAL = frozenset(("capital", "cap"))


@dataclass(frozen=True, slots=True)
class Capital:
    """The next word begins with a capital."""


@dataclass(frozen=True, slots=True)
class Literal:
    """The words of the command that follows are meant as they are."""


@dataclass(frozen=True, slots=True)
class Command:
    """The tokens from `start` up to `stop` say `what`; a name goes on with the words up to `end`."""

    start: int
    stop: int
    what: Sign | Join | Capital | Literal
    end: int = 0


def commands_of(tokens: Sequence[Token]) -> list[Command]:
    """The commands that are meant, in order; no two overlap."""
    return _Reader(tokens).read()


class _Reader:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._found = {one.start: one for one in _all(tokens)}
        self._accepted: dict[int, Command] = {}

    def read(self) -> list[Command]:
        self._literals()
        for one in list(self._found.values()):
            if not isinstance(one.what, (Sign, Capital, Literal)):
                self._name(one)
        inside = {at for one in self._accepted.values() for at in range(one.stop, one.end)}
        waiting = [
            one
            for one in self._found.values()
            if one.start not in self._accepted and one.start not in inside and not self._noun(one)
        ]
        self._quotes(waiting)
        growing = True
        while growing:
            sure = [one for one in waiting if one.start not in self._accepted and self._meant(one)]
            self._accepted.update((one.start, one) for one in sure)
            growing = bool(sure)
        return sorted(self._accepted.values(), key=lambda one: one.start)

    def _literals(self) -> None:
        """After "literal" a command is just its words."""
        for one in [it for it in self._found.values() if isinstance(it.what, Literal)]:
            meant = self._found.get(one.stop)
            del self._found[one.start]
            if meant is not None and not isinstance(meant.what, Literal) and not self._noun(one):
                del self._found[meant.start]
                self._accepted[one.start] = Command(one.start, one.stop, one.what, meant.stop)

    def _name(self, one: Command) -> None:
        end = self._end_of_name(one.stop)
        tokens = self._tokens
        before = tokens[one.start - 1].key if one.start and not tokens[one.start - 1].after else ""
        first = tokens[one.stop].key if one.stop < end else ""
        noun = (before in DETERMINERS or before in _MAKES_A_NOUN) and first in FUNCTION_WORDS
        joining = tokens[one.start].key in {"no", "one"}
        if joining:
            noun = end - one.stop < 2 or first in FUNCTION_WORDS or before in FUNCTION_WORDS
        if end > one.stop and not noun and first not in NOUN_FOLLOWERS:
            self._accepted[one.start] = Command(one.start, one.stop, one.what, end)

    def _end_of_name(self, start: int) -> int:
        """Up to a pause, punctuation or another command."""
        tokens = self._tokens
        if start and tokens[start - 1].after and ENDS_SENTENCE.search(tokens[start - 1].after):
            return start
        end = start
        while end < len(tokens) and end - start < _LONGEST_NAME:
            token, command = tokens[end], self._found.get(end)
            spaces = (
                command is not None and isinstance(command.what, Sign) and command.what.trust is Trust.SPACES
            )
            if not token.free or token.before or (command is not None and not spaces):
                break
            if end > start and (_pause(tokens[end - 1], token) or token.key in _GOES_ON):
                break
            following = self._found.get(end + 1)
            if token.key in _BEFORE_A_CASE and following and not isinstance(following.what, (Sign, Capital)):
                break
            end += 1
            if token.after:
                break
        return end

    def _quotes(self, waiting: list[Command]) -> None:
        quotes = [one for one in waiting if isinstance(one.what, Sign) and one.what.trust is Trust.QUOTES]
        opened: Command | None = None
        for one in quotes:
            if (
                opened is not None
                and isinstance(opened.what, Sign)
                and isinstance(one.what, Sign)
                and opened.what.text == one.what.text
                and 0 < one.start - opened.stop <= _QUOTED_AT_MOST
            ):
                self._accepted |= {opened.start: opened, one.start: one}
                opened = None
            else:
                opened = one

    def _noun(self, one: Command) -> bool:
        """Whether a word beside it makes it a thing that is talked about."""
        tokens = self._tokens
        if one.start:
            before = tokens[one.start - 1]
            if before.free and not before.after and before.key in DETERMINERS:
                return not self._hidden_file(one)
        if one.stop < len(tokens) and not tokens[one.stop - 1].after:
            key = tokens[one.stop].key
            if isinstance(one.what, Sign) and one.what.trust is Trust.JOINS:
                return key in DOT_FOLLOWERS or (key == "com" and self._beside(one.start - 1) < Beside.WORD)
            return key in NOUN_FOLLOWERS and self._beside(one.start - 1) < Beside.CODE
        return False

    def _hidden_file(self, one: Command) -> bool:
        """As in "the dot env file"."""
        dot = isinstance(one.what, Sign) and one.what.text == "."
        return dot and one.stop < len(self._tokens) and self._tokens[one.stop].key in DOT_FILES

    def _meant(self, one: Command) -> bool:
        left, right = self._beside(one.start - 1), self._beside(one.stop)
        if isinstance(one.what, Capital):
            letter = one.stop < len(self._tokens) and len(self._tokens[one.stop].core) == 1
            return right > Beside.NOTHING and (letter or left is Beside.SIGN or right is Beside.CODE)
        if not isinstance(one.what, Sign):
            return False
        match one.what.trust:
            case Trust.PLAIN:
                return True
            case Trust.JOINS:
                return self._joins(one, left, right)
            case Trust.OPERATES:
                return self._operates(one, left, right)
            case Trust.SPACES:
                return Beside.SIGN in {left, right}
            case Trust.QUOTES:
                return False

    def _joins(self, one: Command, left: Beside, right: Beside) -> bool:
        if self._hidden_file(one):
            return True
        if right is Beside.NOTHING:
            return False
        if left is Beside.WORD and self._tokens[one.start - 1].key in DESCRIBING:
            return right >= Beside.CODE
        if left < Beside.CODE and one.start and self._tokens[one.start - 1].after:
            return right >= Beside.CODE
        if left >= Beside.NAME or right >= Beside.CODE:
            return True
        return left is Beside.WORD and right is Beside.WORD

    def _operates(self, one: Command, left: Beside, right: Beside) -> bool:
        if not isinstance(one.what, Sign):
            return False
        if one.what.text == "-" and self._flag(one):
            return True
        if one.what.text == ":":
            return left >= Beside.CODE
        if left is Beside.NOTHING and one.what.text not in "/#$*-":
            return False
        if one.what.text == "=" and right >= Beside.NUMBER and self._counter(one.start - 1):
            return True
        if one.what.text == "=" and left is Beside.WORD and right is Beside.NUMBER:
            return not self._has_determiner(one.start - 1)
        return (left >= Beside.CODE and right > Beside.PROSE) or (
            right >= Beside.CODE and left is not Beside.PROSE
        )

    def _flag(self, one: Command) -> bool:
        """As in "git commit dash m"."""
        tokens = self._tokens
        near = {token.key for token in tokens[max(0, one.start - _SHELL_BEFORE) : one.start]}
        return bool(near & SHELL_WORDS) and one.stop < len(tokens) and len(tokens[one.stop].core) == 1

    def _counter(self, place: int) -> bool:
        """The "i" of a loop, which is no "I" before "equals"."""
        return place >= 0 and self._tokens[place].key == "i"

    def _has_determiner(self, place: int) -> bool:
        return place > 0 and self._tokens[place - 1].key in DETERMINERS

    def _beside(self, place: int) -> Beside:
        if not 0 <= place < len(self._tokens):
            return Beside.NOTHING
        for one in self._accepted.values():
            if one.start <= place < max(one.stop, one.end):
                prose = isinstance(one.what, Literal) or (
                    isinstance(one.what, Sign) and one.what.text in PROSE_SIGNS
                )
                return Beside.PROSE if prose else Beside.SIGN
        kind = kind_of(self._tokens[place])
        if kind in {Beside.WORD, Beside.NUMBER} and self._attached(place):
            return Beside.CODE
        return kind

    def _attached(self, place: int) -> bool:
        """Whether an accepted sign closes up with the word there."""
        before = [one for one in self._accepted.values() if one.stop == place and not one.end]
        after = self._accepted.get(place + 1)
        signs = [it.what for it in (*before, after) if it is not None and isinstance(it.what, Sign)]
        return any(sign.text not in PROSE_SIGNS for sign in signs)


def _all(tokens: Sequence[Token]) -> list[Command]:
    """Every phrase that may be a command, the longest from each place on, from left to right."""
    found: list[Command] = []
    place = 0
    while place < len(tokens):
        one = _longest(tokens, place)
        if one is None:
            place += 1
        else:
            found.append(one)
            place = one.stop
    return found


def _longest(tokens: Sequence[Token], start: int) -> Command | None:
    said: Phrase = ()
    found: Command | None = None
    for stop in range(start + 1, min(len(tokens), start + _LONGEST_PHRASE) + 1):
        token = tokens[stop - 1]
        if not token.free or (stop > start + 1 and token.before.strip("-")):
            break
        said += tuple(filter(None, re.split("[-_]", token.key)))
        what: Sign | Join | Capital | Literal | None = SIGNS.get(said) or CASES.get(said)
        if what is None and len(said) == 1:
            what = Capital() if said[0] in _CAPITAL else Literal() if said[0] == "literal" else None
        if what is not None:
            found = Command(start, stop, what)
    return found


def _pause(left: Token, right: Token) -> bool:
    ended, begun = left.word.end_s, right.word.start_s
    return ended is not None and begun is not None and begun - ended >= PAUSE_S
