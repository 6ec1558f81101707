"""A term: a name that recognisers do not know."""

from assistant.turn.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """`text` is as it shall be written ("np.einsum"); `source` names the list that it is from.

    `spoken` are the ways in which people say it, in ordinary words ("n p dot ein sum"), beyond those that follow from
    how it is written; `heard` what recognisers are known to make of it ("np dot iron sum"). `kind` is a word for a
    person: language, library, function, command, product, …
    """

    text: str
    spoken: tuple[str, ...] = ()
    source: str = ""
    kind: str = ""
    heard: tuple[str, ...] = ()
