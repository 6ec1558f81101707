"""Which names in a text (a conversation, the clipboard) are terms: np.einsum, snake_case, CamelCase, packages, flags.

Pure. A text may hold secrets, so what looks like one is never taken: addresses, keys, passwords, random characters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from assistant.terms.table import made
from assistant.terms.term import Term

MOST = 300
_MOST_CHARACTERS = 100_000
_SHORTEST, _LONGEST = 3, 60

# What is taken out before anything is looked for: secrets, and runs so long that looking through them takes time.
_SECRET = re.compile(
    r"""
    [!-~]{300,}
    | -----BEGIN[ ][\s\S]*?(?:-----END[ ][^-]*-----|\Z)                 # keys and certificates
    | \b[a-z][a-z0-9+.-]*://\S+                                       # addresses, with their query strings
    | \bwww\.\S+
    | [\w.+-]{1,80}@[\w-]{1,80}(?:\.[\w-]+)+                                         # e-mail, user@host
    | (?i: (?<![a-z]) (?:bearer|basic) \s+ [\w.~+/=-]{8,} )
    | (?i: (?<= [-_ ]) -?-p(?:ass(?:word)?)?(?:=|\s+) \S+ )           # on a command line
    | (?i: (?:password|passwd|passphrase|pwd|secret|token|credentials?|api[-_ ]?key|access[-_ ]?key|private[-_ ]?key)
        (?:s|[-_][\w-]{0,40})? ["']? \s* (?: (?: :=|=>|[:=] ) \s* (?: "[^"\n]*" | '[^'\n]*' | [^\n,;)]+ ) | is\s+\S+ ) )
    | \b(?:sk|pk|rk|gh[a-z]|github_pat|glpat|xox[a-z]|hf|npm|pypi|dop_v1|shpat|whsec)[-_](?=[\w-]*\d)[\w-]{12,}
    | \beyJ[\w-]{10,}(?:\.[\w-]+)* | \b(?:AKIA|ASIA|AIza|ya29\.)[\w-]{12,}  # the keys of well-known services
    """,
    re.VERBOSE,
)
_WORD = r"[^\W\d]\w*"
_NAME = re.compile(
    rf"""
    (?<![\w.@\\$-])
    (?:
      (?P<flag> --[a-z][a-z0-9]+(?:-[a-z0-9]+)* )
      | (?P<file> (?:[\w-]+\.)* [\w-]+ \. (?:py|pyi|ipynb|js|jsx|mjs|ts|tsx|rs|go|c|h|cc|cpp|hpp|java|kt|swift|rb|php|sh|ps1|sql
          |toml|ya?ml|json|ini|cfg|conf|env|lock|md|rst|csv|tsv|xml|html|css|scss|vue|proto|tf|ipynb|txt|log) ) (?![\w(])
      | (?P<name> {_WORD} (?: (?:\.|::) {_WORD} )* )
    )
    """,
    re.VERBOSE,
)
_PACKAGES = re.compile(
    r"""
    ^[ \t]*(?:[$>][ ]*)?(?:sudo[ ]+)?
    (?:
      (?: (?:python3?[ ]-m[ ])?pip3?|uv(?:[ ]pip)?|poetry|conda|mamba|pipx|npm|pnpm|yarn|bun|cargo|apt(?:-get)?|brew|gem|go|dnf )
      [ ]+ (?:install|add|i|get) [ ]+ (?P<installed>[^\n;&|#]+)
      | from[ ]+(?P<from>[\w.]+)[ ]+import\b
      | import[ ]+(?P<import>[\w., ]+)
      | (?:import\b[^\n'"]*|[^\n]*\brequire\() ["'](?P<module>[@\w./-]+)["']
      | use[ ]+(?P<use>[\w:]+)
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
_MODULE_FROM = re.compile(r"""\bfrom[ ]["'](?P<module>[@\w./-]+)["']""")
_MARKED = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_SHAPED = re.compile(r"[^\W_]_+[^\W_]|__\w+__|[a-z][A-Z]|\w(?:\.|::)\w")
_SINGLE = re.compile(r"[^\W\d](?:[\w.:-]*\w)?")
_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_HEXADECIMAL = re.compile(r"(?=.*\d)[0-9a-fA-F]+")
_KEY_FROM, _KEY_DIGITS = 24, 3
"""What is so long, all in one piece and with so many digits, is no name."""
_HOST = re.compile(r"\.(?:com|org|net)$")


def gleaned(texts: Iterable[str], source: str, most: int = MOST) -> tuple[Term, ...]:
    """The terms in `texts`, of which the newest is the first; of one text the last is the newest. At most so many."""
    found: dict[str, Term] = {}
    for text in texts:
        for name in reversed(list(names(text))):
            if len(found) >= most:
                return tuple(found.values())
            if name not in found:
                found[name] = made(name, source=source)
    return tuple(found.values())


def names(text: str) -> Iterator[str]:
    """The names in a text in the order in which they stand there, none that may be a secret; of its last part only."""
    text = unicodedata.normalize("NFC", text[-_MOST_CHARACTERS:])
    if _is_password(text.strip()):
        return
    text = _SECRET.sub(" \x00 ", text)
    found = [*_marked(text), *_packages(text), *_shaped(text)]
    last = {name: place for place, name in sorted(found)}
    for name in sorted(last, key=lambda name: last[name]):
        if _SHORTEST <= len(name) <= _LONGEST and not _is_random(name):
            yield name


def _shaped(text: str) -> Iterator[tuple[int, str]]:
    """Names that no ordinary word looks like."""
    for match in _NAME.finditer(text):
        name = match[0]
        if match["name"] is None or (_SHAPED.search(name) and not _is_prose(name)):
            yield match.start(), name


def _marked(text: str) -> Iterator[tuple[int, str]]:
    """What stands `so` in Markdown and is one name."""
    for match in _MARKED.finditer(text):
        name = match[1].strip().removesuffix("()")
        if _SINGLE.fullmatch(name) or _NAME.fullmatch(name):
            yield match.start(), name


def _packages(text: str) -> Iterator[tuple[int, str]]:
    for match in _PACKAGES.finditer(text):
        if match["installed"]:
            given = (re.split(r"[\[=<>~!^@]", word.strip("\"'"))[0] for word in match["installed"].split())
            packages = [word for word in given if _SINGLE.fullmatch(word)]
        elif match["import"]:
            packages = [part.split()[0] for part in match["import"].split(",") if part.split()]
        else:
            packages = [match["from"] or match["use"] or match["module"]]
        for package in packages:
            yield match.start(), package.lstrip("./").rstrip(".:")
    for match in _MODULE_FROM.finditer(text):
        yield match.start(), match["module"].lstrip("./")


def _is_prose(name: str) -> bool:
    """Two sentences without a space between them ("done.Then"), abbreviations ("e.g"), hosts ("example.com")."""
    parts = name.split(".")
    if "_" in name or ":" in name or len(parts) == 1:
        return False
    if _HOST.search(name):
        return True
    return all(len(part) == 1 for part in parts) or (
        len(parts) == 2 and parts[0].islower() and parts[1].istitle()
    )


def _is_password(text: str) -> bool:
    """A text that is a single word and no plain name: people copy passwords and codes."""
    if not text or any(character.isspace() for character in text):
        return False
    return bool(re.search(r"\d", text)) or not (_SINGLE.fullmatch(text) or text.startswith("--"))


def _is_random(name: str) -> bool:
    """Looks like a hash, an id or a key: many digits, or letters, digits and capitals in turn."""
    characters = "".join(_PARTS.findall(name))
    digits = sum(map(str.isdigit, characters))
    if len(characters) < 8:
        return 2 * digits > len(characters)
    if name.isalnum() and len(name) >= _KEY_FROM and digits >= _KEY_DIGITS:
        return True
    humps = _HUMPS.findall(name)
    single = sum(len(hump) == 1 for hump in humps)
    return (
        3 * digits > len(characters)
        or single >= 3
        or 2.5 * len(humps) > len(characters)
        or bool(_HEXADECIMAL.fullmatch(characters))
    )
