"""What speaks for one term in the place of some words: its sound, its fame, its company, and where it would stand."""

import re

from assistant.terms.evidence import Evidence
from assistant.terms.index import Match
from assistant.terms.renown import renown
from assistant.terms.setting import Setting
from assistant.terms.spans import Span
from assistant.terms.spoken import words_of
from assistant.terms.term import Term
from assistant.terms.topics import Point, fits, topic_of_term

_FEW_SOUNDS, _MANY_SOUNDS = 4, 12
_MUCH_COMPANY = 2.0
_OWN_SOURCES = frozenset(("own", "corrections", "conversation", "clipboard"))
_PROJECT_COUNTS = 0.5
_CODE_KINDS = frozenset((
    "function", "class", "method", "error", "constant", "property", "variable", "file", "option",
    "keyword", "object", "folder", "type",
))  # fmt: skip
_PROPER_KINDS = frozenset((
    "language", "library", "tool", "package", "database", "editor", "ai", "os", "cloud", "product", "infrastructure",
    "module", "framework", "proxy", "monitoring", "container", "messaging", "ci", "company", "beam", "robotics", "jvm",
))  # fmt: skip
"""Of what has a name of its own, unlike "tuple"."""
_CODE_SIGNS = re.compile(r"[.:/_(&<-]")


def weighed(
    setting: Setting,
    span: Span,
    match: Match,
    term: Term,
    text: str,
    numbers: dict[str, float],
    about: Point,
) -> Evidence:
    """`numbers` are what `setting` says of the span, whatever the term, `about` what the words near it are about."""
    heard = setting.heard(span)
    only_case = text.casefold() == heard.casefold()
    own_words = words_of(term.text)
    same_letters = "".join(own_words) == "".join(span.said)
    bare_name = only_case and not numbers["several"] and not numbers["lonely"]
    respelt = own_words == span.said and not bare_name
    proper = term.kind in _PROPER_KINDS
    fame = renown(term.text)
    company = setting.company(fame.companions, span)
    same = float(match.written or match.closeness == 1)
    return Evidence(
        same=same,
        unlike=1 - match.closeness,
        edits=(1 - match.closeness) * match.sounds / _FEW_SOUNDS,
        long=min(match.sounds / _MANY_SOUNDS, 1.0),
        letters=match.other_letters,
        known=fame.worth,
        known_same=fame.worth * same,
        talk_known=numbers["technical"] * fame.worth,
        talk_same=numbers["technical"] * same,
        listed=float(match.listed),
        topic=fits(topic_of_term(term.text), about),
        company=float(company > 0),
        company_tells=min(company, _MUCH_COMPANY) / _MUCH_COMPANY,
        respelt=float(respelt),
        respelt_code=float(respelt and _is_code(term)),
        case_only=float(only_case and not bare_name),
        bare_name=float(bare_name),
        guessed_little=0.0 if match.written else setting.little(span),
        guessed_name=0.0 if same else setting.fame(span),
        own=_PROJECT_COUNTS if term.source.startswith("project ") else float(term.source in _OWN_SOURCES),
        proper=float(proper),
        brief_same=numbers["brief"] * same,
        **numbers
        | {
            "owned": numbers["owned"] * same * proper,
            "no_word": 0.0 if only_case else numbers["no_word"] * same * fame.worth,
            "expected": 0.0 if same_letters else numbers["expected"],
            "lone": 0.0 if match.written else numbers["lone"],
            "edge": 0.0 if match.listed else numbers["edge"],
        },
    )


def _is_code(term: Term) -> bool:
    return term.kind in _CODE_KINDS or _CODE_SIGNS.search(term.text) is not None
