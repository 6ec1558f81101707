"""Names found in a project: which of them a person would say, and how much each weighs."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

Names = Mapping[str, Mapping[str, int]]
"""How much each name weighs, by kind and then by name."""

LONGEST = 60
"""Characters; nobody says longer names aloud."""

# A name counts where it is made more than where it is used: what is defined here is what one talks about here.
_WEIGHTS = {
    "library": 40,
    "project": 40,
    "command": 12,
    "class": 8,
    "type": 8,
    "function": 6,
    "method": 5,
    "module": 5,
    "constant": 4,
    "file": 4,
    "member": 3,
    "folder": 2,
    "field": 2,
    "import": 2,
}
_NAMED_BY_OTHERS = frozenset({"library", "project", "command", "file"})
"""Kinds whose names stand as they are, however ordinary: `click` is a library, `test` a command."""

_ORDINARY = """
self this cls args kwargs argv super crate main init new get set run add put pop all any the and for not int str bool float
char void string list dict map foo bar baz tmp temp test tests setup teardown setupclass teardownclass tostring hashcode
equals constructor index value values key keys item items data default src lib
"""
_ordinary = frozenset(_ORDINARY.split())
_DUNDER = re.compile(r"__\w+__")
_TEST_CASE = re.compile(r"test_\w*|Test([A-Z_]\w*)?|test[A-Z]\w*|\w+_test|\w+(Test|Tests|TestCase|Spec)")
_SAYABLE = re.compile(r"[^\W\d_]\w\w")
_JOINED = re.compile(r"[a-z][A-Z]|[A-Z]{2}|[\w]_[\w]|\d|[.:/-]")
_TEST_FOLDERS = frozenset(
    {"test", "tests", "spec", "specs", "__tests__", "testing", "testdata", "fixtures", "examples"}
)


def weighed(found: Iterable[tuple[str, str]], path: str) -> Names:
    """The (kind, name) pairs of the file at `path` that are worth saying, with their weights.

    A name that occurs more often weighs more, but by far not as much as one in several files. Tests, private names and
    names without parts ("update") weigh half as much each.
    """
    in_tests = not _TEST_FOLDERS.isdisjoint(path.lower().split("/")[:-1])
    names: dict[str, dict[str, int]] = {}
    for (kind, name), count in Counter(found).items():
        if not worth_saying(kind, name):
            continue
        weight = 8 * _WEIGHTS[kind] * min(2, 1 + count.bit_length() // 4)
        weight >>= in_tests + name.startswith("_") + (_JOINED.search(name) is None)
        names.setdefault(kind, {})[name] = weight
    return names


def worth_saying(kind: str, name: str) -> bool:
    """Whether a person would say this aloud and mean the name."""
    if not 2 <= len(name) <= LONGEST:
        return False
    if kind in _NAMED_BY_OTHERS:
        return not name.startswith("__")
    return (
        _SAYABLE.search(name) is not None
        and name.lower() not in _ordinary
        and not _DUNDER.search(name)
        and not _TEST_CASE.fullmatch(name)
    )
