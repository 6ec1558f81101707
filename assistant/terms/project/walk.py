"""The files of a project that have names to offer, from the top down."""

import os
import stat
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import AssistantError
from assistant.terms.project import grammars, manifests
from assistant.terms.project.ignored import generated, rules_above, usual
from assistant.terms.project.store import Stamp
from assistant.terms.project.troubles import Trouble, Troubles, not_a_folder, too_wide, unreadable

MOST_FILES = 200_000
MOST_SOURCES = 20_000
MOST_IN_FOLDER = 20_000

_NAMED = """
md rst txt adoc ipynb toml yaml yml json ini cfg conf xml html css scss less sql proto graphql tf vue svelte kt swift scala
lua jl r m mm dart ex exs erl hs clj ml nim zig v vhdl f90 cmake mk bat ps1 qml ui qrc service desktop in j2 dockerfile
makefile justfile procfile rakefile
"""
_named = frozenset(_NAMED.split())


@dataclass(slots=True)
class Walk:
    """`files` by their path relative to the project, with "/" between folders."""

    files: dict[str, Stamp] = field(default_factory=dict)
    troubles: Troubles = field(default_factory=Troubles)


def insist(project: Path) -> None:
    """Raises AssistantError where the project is no folder, or may not be read."""
    try:
        with os.scandir(project):
            pass
    except OSError as error:
        raise _no_project(str(project), error) from error


def walk(project: Path) -> Walk:
    """Look at every file; links are not followed. Raises AssistantError where the folder is none, or far too wide."""
    found = Walk()
    top = str(project)
    beginning = len(top.rstrip(os.sep)) + 1
    left, sources = MOST_FILES, MOST_SOURCES
    waiting = deque([(top, rules_above(project))])
    while waiting:
        folder, rules = waiting.popleft()
        rules = rules.with_rules(folder, Path(folder, ".gitignore"))
        for entry in _entries(folder, top, found.troubles):
            left -= 1
            if left < 0:
                return _cut_short(project, found, Trouble.TOO_MANY)
            if _is_folder(entry):
                if not usual(entry.path, entry.name) and not rules.ignores(entry.path, folder=True):
                    waiting.append((entry.path, rules))
                continue
            if not _wanted(entry.name) or rules.ignores(entry.path, folder=False):
                continue
            stamp = _stamp(entry)
            if stamp is None:
                continue
            if is_read(entry.name):
                sources -= 1
                if sources < 0:
                    return _cut_short(project, found, Trouble.TOO_MANY_SOURCES)
            found.files[entry.path[beginning:].replace(os.sep, "/")] = stamp
    return found


def _cut_short(project: Path, found: Walk, why: Trouble) -> Walk:
    """What lies nearest to the top is enough of a project; a home, or a whole disk, is none."""
    if project == Path.home() or project in Path.home().parents:
        raise too_wide(str(project))
    found.troubles.add(why)
    return found


def is_read(name: str) -> bool:
    """Whether the file with this name is looked into; of others only the name counts."""
    return grammars.language_of(name) is not None or manifests.is_manifest(name)


def _wanted(name: str) -> bool:
    return not generated(name) and (is_read(name) or name.lower().rpartition(".")[2] in _named)


def _entries(folder: str, top: str, troubles: Troubles) -> Iterator[os.DirEntry[str]]:
    """What is in `folder`; one that has vanished is empty, unless it is the project itself."""
    try:
        with os.scandir(folder) as entries:
            for count, entry in enumerate(entries):
                if count == MOST_IN_FOLDER:
                    troubles.add(Trouble.CROWDED, os.path.relpath(folder, top))
                    return
                yield entry
    except OSError as error:
        if folder == top:
            raise _no_project(top, error) from error
        if not isinstance(error, FileNotFoundError):
            troubles.add(Trouble.FOLDER, os.path.relpath(folder, top))


def _no_project(path: str, error: OSError) -> AssistantError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return not_a_folder(path)
    return unreadable(path, error.strerror or str(error))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Some file systems must be asked, and may refuse to tell."""
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _stamp(entry: os.DirEntry[str]) -> Stamp | None:
    """None for what is no file, or has just vanished."""
    try:
        about = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    if not stat.S_ISREG(about.st_mode):
        return None
    return Stamp(about.st_mtime_ns, about.st_size)
