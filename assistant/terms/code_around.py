"""What stands around a command: how much like code it is, given what has been taken for a command already."""

from collections.abc import Mapping, Sequence

from assistant.terms.code_phrases import LONGEST_PHRASE, Command, Literal
from assistant.terms.code_signs import (
    DETERMINERS,
    DOT_FILES,
    DOT_FOLLOWERS,
    FUNCTION_WORDS,
    NOUN_FOLLOWERS,
    PROSE_SIGNS,
    SHELL_WORDS,
    Sign,
    Trust,
)
from assistant.terms.code_tokens import Beside, Token, kind_of

_SHELL_BEFORE = 6


class Around:
    """`found` are all phrases that may be commands, by their place, `accepted` those that are meant."""

    def __init__(
        self, tokens: Sequence[Token], found: Mapping[int, Command], accepted: Mapping[int, Command]
    ) -> None:
        self.tokens = tokens
        self._found = found
        self._accepted = accepted

    def key(self, place: int) -> str:
        """The word at a place in lower case; "" where there is none."""
        return self.tokens[place].key if 0 <= place < len(self.tokens) else ""

    def beside(self, place: int) -> Beside:
        if not 0 <= place < len(self.tokens):
            return Beside.NOTHING
        for one in self._accepted.values():
            if one.start <= place < max(one.stop, one.end):
                prose = isinstance(one.what, Literal) or (
                    isinstance(one.what, Sign) and one.what.text in PROSE_SIGNS
                )
                return Beside.PROSE if prose else Beside.SIGN
        if self.letter(place):
            return Beside.CODE
        kind = kind_of(self.tokens[place])
        if kind in {Beside.WORD, Beside.NUMBER} and self._attached(place):
            return Beside.CODE
        return kind

    def letter(self, place: int) -> bool:
        """Whether an "a" or "i" is the name of something: what is said with it is about code."""
        one = self._found.get(place + 1)
        if self.key(place) not in {"a", "i"} or one is None or not isinstance(one.what, Sign):
            return False
        single = one.stop < len(self.tokens) and len(self.tokens[one.stop].core) == 1
        if single and kind_of(self.tokens[one.stop]) is Beside.CODE:
            return True
        sure = one.what.trust is Trust.PLAIN and one.what.text not in PROSE_SIGNS
        if self.key(place) == "i" and (sure or one.what.text == "++"):
            return True
        before = self._sign_before(place)
        if before is not None and before.trust is Trust.QUOTES:
            return one.what.text == before.text
        opened = before is not None and before.trust is Trust.PLAIN and before.text not in PROSE_SIGNS
        return opened and self.key(one.stop) not in FUNCTION_WORDS

    def noun(self, one: Command) -> bool:
        """Whether a word beside it makes it a thing that is talked about."""
        tokens = self.tokens
        if one.start:
            before = tokens[one.start - 1]
            determined = before.free and not before.after and before.key in DETERMINERS
            if determined and not self.letter(one.start - 1):
                return not self.hidden_file(one)
        if one.stop < len(tokens) and not tokens[one.stop - 1].after:
            key = tokens[one.stop].key
            if isinstance(one.what, Sign) and one.what.trust is Trust.JOINS:
                return key in DOT_FOLLOWERS or (key == "com" and self.beside(one.start - 1) < Beside.WORD)
            return key in NOUN_FOLLOWERS and self.beside(one.start - 1) < Beside.CODE
        return False

    def hidden_file(self, one: Command) -> bool:
        """As in "the dot env file"."""
        dot = isinstance(one.what, Sign) and one.what.text == "."
        return dot and self.key(one.stop) in DOT_FILES

    def shell(self, place: int) -> bool:
        """Whether a command line is what one says before this place."""
        near = {token.key for token in self.tokens[max(0, place - _SHELL_BEFORE) : place]}
        return bool(near & SHELL_WORDS)

    def in_flag(self, place: int) -> bool:
        """Whether the word there belongs to the name of a flag, as "with" in "dash dash force dash with"."""
        sign = self._sign_before(place)
        while sign is not None and sign.text == "-":
            place -= 2
            sign = self._sign_before(place)
        return sign is not None and sign.text == "--"

    def _sign_before(self, place: int) -> Sign | None:
        """The sign, accepted or not, that ends right before a place."""
        for length in range(1, min(place, LONGEST_PHRASE) + 1):
            one = self._found.get(place - length)
            if one is not None:
                return one.what if one.stop == place and isinstance(one.what, Sign) else None
        return None

    def _attached(self, place: int) -> bool:
        """Whether an accepted sign closes up with the word there."""
        before = [one for one in self._accepted.values() if one.stop == place and not one.end]
        after = self._accepted.get(place + 1)
        signs = [it.what for it in (*before, after) if it is not None and isinstance(it.what, Sign)]
        return any(sign.text not in PROSE_SIGNS for sign in signs)
