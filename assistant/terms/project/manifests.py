"""Manifests: what a project depends on, what it is called, and the commands it offers."""

import configparser
import fnmatch
from collections.abc import Callable, Iterable
from xml.etree.ElementTree import ParseError

from assistant.terms.project import manifests_marked, manifests_plain, manifests_toml

Found = Iterable[tuple[str, str]]
"""(kind, name): library, project or command."""

_READERS: tuple[tuple[str, Callable[[str], Found]], ...] = (
    ("pyproject.toml", manifests_toml.pyproject),
    ("cargo.toml", manifests_toml.cargo),
    ("pipfile", manifests_toml.pipfile),
    ("*.versions.toml", manifests_toml.gradle_catalogue),
    ("package.json", manifests_marked.package_json),
    ("composer.json", manifests_marked.composer),
    ("pom.xml", manifests_marked.pom),
    ("*.csproj", manifests_marked.dotnet),
    ("*.fsproj", manifests_marked.dotnet),
    ("directory.packages.props", manifests_marked.dotnet),
    ("*requirements*.txt", manifests_plain.requirements),
    ("*requirements*.in", manifests_plain.requirements),
    ("setup.cfg", manifests_plain.setup_cfg),
    ("environment.yml", manifests_plain.conda),
    ("environment.yaml", manifests_plain.conda),
    ("go.mod", manifests_plain.go_mod),
    ("build.gradle", manifests_plain.gradle),
    ("build.gradle.kts", manifests_plain.gradle),
    ("gemfile", manifests_plain.gemfile),
    ("*.gemspec", manifests_plain.gemfile),
    ("cmakelists.txt", manifests_plain.cmake),
)


class BrokenManifestError(Exception):
    """The file is not what its name says."""


def is_manifest(name: str) -> bool:
    return _reader(name) is not None


def read_manifest(name: str, content: bytes) -> list[tuple[str, str]]:
    """What the manifest called `name` tells. Raises BrokenManifestError."""
    reader = _reader(name)
    if reader is None:
        raise AssertionError(name)
    try:
        return [(kind, text.strip()) for kind, text in reader(content.decode("utf-8-sig")) if text.strip()]
    except (ValueError, ParseError, configparser.Error, RecursionError) as error:
        raise BrokenManifestError(name) from error


def _reader(name: str) -> Callable[[str], Found] | None:
    lower = name.lower()
    return next((reader for pattern, reader in _READERS if fnmatch.fnmatchcase(lower, pattern)), None)
