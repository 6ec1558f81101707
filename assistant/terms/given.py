"""Terms and rules as a person gives them, in a form or on the command line; and the rules as a table to take along."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime

from assistant.errors import AssistantError
from assistant.terms.table import made
from assistant.terms.term import Term
from assistant.turn.corrections import MOST_WORDS, Correction, Sighting, phrase

_COLUMNS = ("term", "heard", "confirmed", "seen", "used", "against", "last")


def given_term(text: str, spoken: Iterable[str] = (), heard: Iterable[str] = (), kind: str = "") -> Term:
    """The term. Raises AssistantError where it can be none."""
    try:
        return made(text, kind, spoken, heard)
    except ValueError as error:
        message = f"This cannot be a term: {error}."
        raise AssistantError("bad-term", message, "Give a shorter, plain one.") from error


def given_rule(heard: str, meant: str) -> Sighting:
    """What is heard and what is to be written for it; the same twice leaves it alone. Raises AssistantError."""
    there = phrase(heard)
    try:
        term = made(meant, heard=(there,))
    except ValueError as error:
        message = f"This cannot be a rule: {error}."
        raise AssistantError("bad-rule", message, "Give a shorter, plain one.") from error
    if len(there.split()) > MOST_WORDS or not any(letter.isalnum() for letter in there):
        message = f"What was heard must be one to {MOST_WORDS} words."
        raise AssistantError("bad-rule", message, "Give the words that are wrong, alone.")
    return Sighting(there, there if meant.strip() == heard.strip() else term.text)


def rules_as_csv(rules: Iterable[Correction]) -> str:
    """A table that can be imported as terms. A rule that leaves a phrase alone has no term."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_COLUMNS)
    for one in rules:
        term = "" if one.leaves_alone else one.meant
        confirmed = "yes" if one.confirmed else "no"
        last = datetime.fromtimestamp(one.last_at_s, UTC).astimezone().strftime("%Y-%m-%d")
        table.writerow((term, one.heard, confirmed, one.seen, one.used, one.against, last))
    return text.getvalue()
