"""Terms that nobody has, as a project's symbols look, to fill a vocabulary up."""

import random

from assistant.terms import Term

_SYLLABLES = (
    "ba", "be", "bi", "bo", "da", "de", "di", "do", "fa", "fi", "fo", "ga", "go", "ka", "ke", "ki", "ko",
    "la", "le", "li", "lo", "ma", "me", "mi", "mo", "na", "ne", "no", "pa", "pe", "pi", "po", "ra", "re",
    "ri", "ro", "sa", "se", "si", "so", "ta", "te", "ti", "to", "va", "ve", "vi", "vo", "zan", "zen",
    "ler", "mer", "ner", "ter", "ver", "der", "kel", "tel", "sim", "lom", "ran", "dan", "fen", "gor",
    "hal", "jor",
)  # fmt: skip
_WORDS = (
    "user", "name", "order", "item", "list", "load", "save", "find", "node", "tree", "path", "file",
    "line", "page", "view", "model", "state", "event", "queue", "task", "cache", "key", "value", "token",
    "index", "query", "table", "batch", "frame", "shape", "layer", "graph", "edge", "point", "color",
    "image", "audio", "video", "stream", "buffer", "block", "chunk", "parser", "writer", "reader",
    "handler", "builder", "factory", "manager", "helper", "worker", "client", "server", "session",
    "request", "response", "error", "config", "option", "setting", "filter", "sorter", "mapper", "router",
    "loader", "runner", "checker", "tracker", "counter", "timer", "logger", "printer",
)  # fmt: skip
_SEED = 7


def terms(number: int) -> list[Term]:
    """The same `number` of terms at each call; a shorter list is the beginning of a longer one."""
    chance = random.Random(_SEED)
    return [Term(_symbol(chance), source="project invented") for _ in range(number)]


def _symbol(chance: random.Random) -> str:
    stem = "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3, 3, 4))))
    words = [stem, *chance.choices(_WORDS, k=chance.choice((0, 1, 1, 2)))]
    chance.shuffle(words)
    style = chance.choice(("snake", "camel", "dotted"))
    if style == "snake":
        return "_".join(words)
    if style == "dotted":
        return ".".join(words)
    return "".join(map(str.capitalize, words))
