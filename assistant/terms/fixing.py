"""How words are put right: by the rules, then by the matchers, sentence by sentence, and around spoken code."""

from collections.abc import Callable, Sequence

from assistant.terms.corrections import applied
from assistant.terms.matcher import Matcher
from assistant.terms.sentences import BySentence
from assistant.terms.spoken_code import put_right_around_commands, write_code
from assistant.turn.corrections import Correction
from assistant.turn.transcript import Word


def by_sentence(rules: Sequence[Correction], matchers: Sequence[Matcher]) -> BySentence:
    """With these rules and, one after the other, these matchers."""

    def fix(words: Sequence[Word], around: str) -> Sequence[Word]:
        def with_matchers(words: Sequence[Word]) -> tuple[Word, ...]:
            for matcher in matchers:
                words = matcher.fix(words, around=around)
            return tuple(words)

        return applied(words, rules, with_matchers)

    return BySentence(fix)


def put_right(
    words: Sequence[Word], fix: Callable[[Sequence[Word]], Sequence[Word]], *, spoken_code: bool
) -> tuple[Word, ...]:
    """`words` put right by `fix`, and what was said for code as it is written, where that is wanted."""
    if spoken_code:
        return write_code(put_right_around_commands(words, fix))
    return tuple(fix(words))
