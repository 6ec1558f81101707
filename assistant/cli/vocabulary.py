"""The vocabulary as the program has it before anybody talks: what lies on the disk, and the rules that were learned."""

import time
from contextlib import closing
from typing import TYPE_CHECKING

from assistant import paths
from assistant.cli.output import complain
from assistant.settings import Terms
from assistant.turn.corrections import Correction, rules

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


def _rules() -> tuple[Correction, ...]:
    if not paths.history_file().exists():
        return ()
    from assistant.build import history

    with closing(history(complain)) as opened:
        return rules(opened.corrections(), time.time())
