"""Which of the words that were spoken are commands for signs and names of code, and which are just words."""

from collections.abc import Sequence

from assistant.terms.code_around import Around
from assistant.terms.code_meant import meant
from assistant.terms.code_phrases import Capital, Command, Literal, phrases
from assistant.terms.code_signs import DETERMINERS, FUNCTION_WORDS, MANY, NOUN_FOLLOWERS, Sign, Trust, words
from assistant.terms.code_tokens import ENDS_SENTENCE, Token

PAUSE_S = 0.4
"""A silence this long ends a name."""
_LONGEST_NAME = 8
_QUOTED_AT_MOST = 12
_GOES_ON = words("that which then because but should so please")
_BEFORE_A_CASE = words("and or to into")
_MAKES_A_NOUN = words("use uses using in with prefer prefers is are like just left")
_ONE_WORD = frozenset(("dunder",))
"""A name that they begin has no more."""


def commands_of(tokens: Sequence[Token]) -> list[Command]:
    """The commands that are meant, in order; no two overlap."""
    return _Reader(tokens).read()


class _Reader:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._found = {one.start: one for one in phrases(tokens)}
        self._accepted: dict[int, Command] = {}
        self._around = Around(tokens, self._found, self._accepted)

    def read(self) -> list[Command]:
        self._literals()
        for one in list(self._found.values()):
            if not isinstance(one.what, (Sign, Capital, Literal)):
                self._name(one)
        inside = {at for one in self._accepted.values() for at in range(one.stop, one.end)}
        waiting = [
            one
            for one in self._found.values()
            if one.start not in self._accepted and one.start not in inside and not self._around.noun(one)
        ]
        self._quotes(waiting)
        growing = True
        while growing:
            sure = [one for one in waiting if one.start not in self._accepted and meant(self._around, one)]
            self._accepted.update((one.start, one) for one in sure)
            growing = bool(sure)
        return sorted(self._accepted.values(), key=lambda one: one.start)

    def _literals(self) -> None:
        """After "literal" a command is just its words."""
        for one in [it for it in self._found.values() if isinstance(it.what, Literal)]:
            meant = self._found.get(one.stop)
            del self._found[one.start]
            if meant is not None and not isinstance(meant.what, Literal) and not self._around.noun(one):
                del self._found[meant.start]
                self._accepted[one.start] = Command(one.start, one.stop, one.what, meant.stop)

    def _name(self, one: Command) -> None:
        tokens = self._tokens
        end = self._end_of_name(one.stop)
        before = tokens[one.start - 1].key if one.start and not tokens[one.start - 1].after else ""
        first = tokens[one.stop].key if one.stop < end else ""
        noun = (before in DETERMINERS or before in _MAKES_A_NOUN) and first in FUNCTION_WORDS | MANY
        joining = tokens[one.start].key in {"no", "one"}
        if tokens[one.start].key in _ONE_WORD:
            end, noun = min(end, one.stop + 1), first in MANY
        elif joining:
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


def _pause(left: Token, right: Token) -> bool:
    ended, begun = left.word.end_s, right.word.start_s
    return ended is not None and begun is not None and begun - ended >= PAUSE_S
