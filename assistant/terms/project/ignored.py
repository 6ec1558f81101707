"""What is not the project's own: what .gitignore names, and the usual outputs, caches and copies."""

import os
import re
from pathlib import Path

from pathspec import GitIgnoreSpec

from assistant.turn.dataclass import dataclass

_NEVER = """
node_modules bower_components jspm_packages __pycache__ __pypackages__ site-packages venv virtualenv pods deriveddata
htmlcov coverage cmakefiles
"""
_OUTPUTS = "build dist out target obj vendor _build cmake-build-debug cmake-build-release"
_never, _outputs = frozenset(_NEVER.split()), frozenset(_OUTPUTS.split())
_GENERATED = re.compile(
    r".*(\.min\.\w+|[.-]bundle\.js|\.map|_pb2(_grpc)?\.pyi?|\.pb\.(go|cc|h)|\.g\.cs|\.designer\.cs|\.generated\.\w+"
    r"|_generated\.\w+|[.-]lock(\.json)?|\.lockb?|-lock\.yaml|\.d\.ts\.map)",
    re.IGNORECASE,
)


def usual(folder: str, name: str) -> bool:
    """Whether the folder called `name` at the path `folder` is no source: hidden, an output, an environment.

    An output's name is believed unless it is a Python package.
    """
    lower = name.lower()
    return (
        name.startswith(".")
        or lower in _never
        or lower.endswith(".egg-info")
        or (lower in _outputs and not _holds(folder, "__init__.py"))
        or _holds(folder, "pyvenv.cfg")
        or _holds(folder, "conda-meta")
    )


def generated(name: str) -> bool:
    """Whether a file with this name was written by a program."""
    return _GENERATED.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Ignored:
    """The .gitignore files that hold in a folder, the deepest first, each with the folder it is for."""

    rules: tuple[tuple[str, GitIgnoreSpec], ...] = ()

    def with_rules(self, folder: str, file: Path) -> "Ignored":
        """What holds below `folder` when the rules in `file`, if there is one, are for that folder."""
        spec = _read(file)
        return self if spec is None else Ignored(((folder.rstrip(os.sep) + os.sep, spec), *self.rules))

    def ignores(self, path: str, *, folder: bool) -> bool:
        """Whether the file or folder at this absolute path is ignored: the deepest rule that names it decides."""
        for place, spec in self.rules:
            relative = path[len(place) :].replace(os.sep, "/") + "/" * folder
            decided = spec.check_file(relative).include
            if decided is not None:
                return decided
        return False


def rules_above(project: Path) -> Ignored:
    """What holds in the folder above `project`, if that is a part of a repository, and git's own list.

    Where all of `project` is ignored, and was chosen nevertheless, none of it holds.
    """
    repository = next((above for above in (project, *project.parents) if (above / ".git").exists()), project)
    rules = Ignored().with_rules(str(repository), _git_folder(repository) / "info" / "exclude")
    above = [*project.parents]
    levels = above[: above.index(repository) + 1] if repository != project else []
    for level in reversed(levels):
        rules = rules.with_rules(str(level), level / ".gitignore")
    return Ignored() if rules.ignores(str(project), folder=True) else rules


def _holds(folder: str, name: str) -> bool:
    """Whether there is such a thing in the folder; nobody knows of a folder that cannot be read."""
    try:
        return Path(folder, name).exists()
    except OSError:
        return False


def _git_folder(repository: Path) -> Path:
    """Where git keeps what all work trees of a repository share."""
    git = repository / ".git"
    try:
        if git.is_dir():
            return git
        own = repository / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
        return own / (own / "commondir").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return git


def _read(file: Path) -> GitIgnoreSpec | None:
    """The rules in `file`; none where there is no such file, or nothing that can be read."""
    try:
        lines = file.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except (OSError, ValueError):
        return None
    rules = []
    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:  # git, too, passes over a pattern that it does not understand
            continue
        rules.append(line)
    return GitIgnoreSpec.from_lines(rules) if rules else None
