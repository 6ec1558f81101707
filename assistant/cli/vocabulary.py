"""The vocabulary as the program has it before anybody talks: what lies on the disk, and the rules that were learned."""

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from assistant import paths
from assistant.cli.output import complain
from assistant.settings import Terms
from assistant.turn.corrections import Correction, rules
from assistant.turn.transcript import Word

if TYPE_CHECKING:
    from assistant.terms.vocabulary import StandingVocabulary


def standing_vocabulary(chosen: Terms) -> "tuple[StandingVocabulary, tuple[Correction, ...]]":
    """It, and the rules that are in force; those are terms of the source "corrections", too."""
    from assistant.terms.corrections import terms
    from assistant.terms.vocabulary import Kind, StandingVocabulary

    vocabulary = StandingVocabulary(chosen, complain)
    valid = _rules()
    vocabulary.put(Kind.CORRECTIONS, Kind.CORRECTIONS, terms(valid))
    return vocabulary, () if Kind.CORRECTIONS in chosen.unused else valid


def usual_fix(
    chosen: Terms, extend: "Callable[[StandingVocabulary], None] | None" = None
) -> Callable[[Sequence[Word]], tuple[Word, ...]]:
    """Puts words right as the program does where nothing was said before; `extend` may add to the vocabulary."""
    from assistant.terms.fixing import by_sentence, put_right
    from assistant.terms.matcher import Matcher

    vocabulary, rules = standing_vocabulary(chosen)
    if extend is not None:
        extend(vocabulary)
    fix = by_sentence(rules, [Matcher(vocabulary.terms())])
    return lambda words: put_right(words, lambda run: fix(run, ""), spoken_code=chosen.spoken_code)


def _rules() -> tuple[Correction, ...]:
    if not paths.history_file().exists():
        return ()
    from assistant.build import history

    with closing(history(complain)) as opened:
        return rules(opened.corrections(), time.time())
