"""What one file of a project tells: its own name, its folder's, and what stands in it."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from assistant.terms.project.grammars import language_of
from assistant.terms.project.manifests import BrokenManifestError, is_manifest, read_manifest
from assistant.terms.project.names import Names, weighed
from assistant.terms.project.symbols import symbols, written_by_a_program
from assistant.terms.project.troubles import Trouble
from assistant.terms.project.walk import is_read
from assistant.turn.dataclass import dataclass

LARGEST = 2 * 1024 * 1024
"""Bytes; nobody writes a larger source by hand."""

_LOOK_FOR_ZEROS = 8192


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes and their digest; none of either where it is not looked into, with the reason if that is one.

    With `again` it is to be tried again the next time, whether it changes or not.
    """

    data: bytes = b""
    digest: bytes = b""
    trouble: Trouble | None = None
    again: bool = False


def load(project: Path, path: str, size: int) -> Content:
    """The file at `path` in the project."""
    if not is_read(path.rpartition("/")[2]):
        return Content()
    if size > LARGEST:
        return Content(trouble=Trouble.LARGE)
    try:
        with open(project / path, "rb", opener=_at_once) as file:  # Path.open has no opener
            data = file.read(LARGEST)
    except FileNotFoundError:  # it has vanished since it was seen
        return Content(again=True)
    except OSError:
        return Content(trouble=Trouble.FILE, again=True)
    return Content(data, hashlib.blake2b(data, digest_size=16).digest())


def names_in(path: str, data: bytes) -> tuple[Names, Trouble | None]:
    """The names that the file at `path` offers, and what is wrong with it."""
    folder, _, name = path.rpartition("/")
    own = [("file", name), ("folder", folder.rpartition("/")[2])]
    try:
        found = [*own, *_inside(name, data)] if data else own
    except _BinaryError:
        return _weighed(own, path), Trouble.BINARY
    except BrokenManifestError:
        return _weighed(own, path), Trouble.MANIFEST
    return _weighed(found, path), None


class _BinaryError(Exception):
    pass


def _inside(name: str, data: bytes) -> Iterable[tuple[str, str]]:
    if b"\0" in data[:_LOOK_FOR_ZEROS]:
        raise _BinaryError
    if is_manifest(name):
        return read_manifest(name, data)
    language = language_of(name)
    return [] if language is None or written_by_a_program(data) else symbols(language, data)


def _weighed(found: list[tuple[str, str]], path: str) -> Names:
    """Only what can be shown: a name that is not valid Unicode is none that anybody says."""
    return weighed(
        ((kind, name) for kind, name in found if name.isprintable() and "\ufffd" not in name), path
    )


def _at_once(path: str, flags: int) -> int:
    """Open without waiting: what was a file a moment ago may be a pipe now."""
    opened = os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise OSError(errno.EINVAL, "not a file", path)
    return opened
