"""The languages whose sources are read, by the tree-sitter grammars that packages bring.

`queries/LANGUAGE.scm` says what in a syntax tree is a name; its captures are the kinds of `names`, and for what is
imported: `source` (the module, maybe in quotes), `bound` (a name that stands for it from then on), `import` (a name
taken out of it, bound as well).
"""

import functools
import importlib
from pathlib import Path

from tree_sitter import Language, Parser, Query

from assistant.turn.dataclass import dataclass

_QUERIES = Path(__file__).parent / "queries"


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where a grammar comes from: the package's module, its function, and the files with our queries.

    `joint` stands between a module and its member; `bound` names modules that are there without an import.
    """

    module: str
    queries: tuple[str, ...]
    function: str = "language"
    joint: str = "."
    bound: frozenset[str] = frozenset()


_DIALECTS = {
    "python": Dialect("tree_sitter_python", ("python",)),
    "javascript": Dialect("tree_sitter_javascript", ("javascript", "jsclass")),
    "typescript": Dialect("tree_sitter_typescript", ("javascript", "typescript"), "language_typescript"),
    "tsx": Dialect("tree_sitter_typescript", ("javascript", "typescript"), "language_tsx"),
    "rust": Dialect("tree_sitter_rust", ("rust",), joint="::", bound=frozenset({"std"})),
    "go": Dialect("tree_sitter_go", ("go",)),
    "java": Dialect("tree_sitter_java", ("java",)),
    "c": Dialect("tree_sitter_c", ("c",)),
    "cpp": Dialect("tree_sitter_cpp", ("c", "cpp"), joint="::", bound=frozenset({"std"})),
    "ruby": Dialect("tree_sitter_ruby", ("ruby",)),
    "php": Dialect("tree_sitter_php", ("php",), "language_php", joint="::"),
    "csharp": Dialect("tree_sitter_c_sharp", ("csharp",)),
    "bash": Dialect("tree_sitter_bash", ("bash",)),
}

_ENDINGS = {
    ending: language
    for language, endings in {
        "python": "py pyi pyw",
        "javascript": "js jsx mjs cjs",
        "typescript": "ts mts cts",
        "tsx": "tsx",
        "rust": "rs",
        "go": "go",
        "java": "java",
        "c": "c",
        "cpp": "h hh hpp hxx cc cpp cxx cu cuh ino",
        "ruby": "rb rake",
        "php": "php",
        "csharp": "cs",
        "bash": "sh bash",
    }.items()
    for ending in endings.split()
}


@dataclass(frozen=True, slots=True)
class Grammar:
    """A grammar that is ready to use. One thread at a time may parse with it."""

    dialect: Dialect
    parser: Parser
    query: Query


def language_of(name: str) -> str | None:
    """The language of the file with this name; None for what is no source."""
    stem, dot, ending = name.rpartition(".")
    return _ENDINGS.get(ending.lower()) if stem and dot else None


@functools.cache
def grammar(language: str) -> Grammar:
    """Loaded when the first file in the language is met (a few ms)."""
    dialect = _DIALECTS[language]
    source = getattr(importlib.import_module(dialect.module), dialect.function)()
    loaded = Language(source)
    query = "\n".join((_QUERIES / f"{name}.scm").read_text(encoding="utf-8") for name in dialect.queries)
    return Grammar(dialect, Parser(loaded), Query(loaded, query))
