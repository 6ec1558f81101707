"""What could not be read of a project, summed up in a sentence for each kind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.errors import AssistantError


class Trouble(StrEnum):
    """Why something was left out: what it is in the singular and the plural, and what is the matter with it."""

    FOLDER = "folder|folders|could not be read"
    FILE = "file|files|could not be read"
    BINARY = "source file|source files|held no text"
    LARGE = "file|files|had more than 2 MB and was left out|had more than 2 MB and were left out"
    MANIFEST = "manifest|manifests|could not be understood"
    CRASH = "file|files|could not be parsed"
    CROWDED = "folder|folders|held too many files, the rest of it was left out|held too many files, the rest was left out"
    TOO_MANY = "the files beyond the first 200,000 were left out"
    TOO_MANY_SOURCES = "the source files beyond the first 20,000 were left out"


@dataclass(slots=True)
class Troubles:
    """Counts them; of each kind the first one's path is told."""

    _paths: dict[Trouble, list[str]] = field(default_factory=dict)

    def add(self, trouble: Trouble, path: str = "") -> None:
        self._paths.setdefault(trouble, []).append(path)

    def extend(self, others: Iterable[tuple[str, str]]) -> None:
        for trouble, path in others:
            self.add(Trouble(trouble), path)

    def sentences(self) -> Iterator[str]:
        """One for each kind: "3 files could not be read, a/b.py first."."""
        for trouble, paths in self._paths.items():
            one, *rest = trouble.split("|")
            first = paths[0].encode("utf-8", "replace").decode()
            if not rest:
                yield f"{one[0].upper()}{one[1:]}."
            elif len(paths) == 1:
                yield f"1 {one} {rest[1]}: {first}."
            else:
                yield f"{len(paths):,} {rest[0]} {rest[-1]}, {first} first."


def not_a_folder(path: str) -> AssistantError:
    return AssistantError("bad-project", f"{path} is not a folder.", "Choose a project's folder.")


def unreadable(path: str, reason: str) -> AssistantError:
    return AssistantError(
        "bad-project", f"{path} cannot be read: {reason.rstrip('.')}.", "Choose a folder that you may read."
    )


def too_wide(path: str) -> AssistantError:
    return AssistantError(
        "project-too-wide", f"{path} holds too many files for one project.", "Choose a narrower folder."
    )
