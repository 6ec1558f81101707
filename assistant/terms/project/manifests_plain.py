"""Manifests that are lines of text, some of them programs: what they name is found by its form, nothing is run."""

import configparser
import re
from collections.abc import Iterator

_NAME = re.compile(r"\s*([A-Za-z0-9][\w.-]*)(?![\w.:/+-])")
_GO = re.compile(r"^\s*(?:require\s+)?([\w.-]+\.[\w-]+/\S+)\s+v\d", re.MULTILINE)
_GO_VERSION = re.compile(r"(/v\d+|\.v\d+)$")
_GRADLE = re.compile(r"""["'][\w.-]+:([\w.-]+)(?::[^"'\s]*)?["']""")
_GRADLE_PLUGIN = re.compile(r"""\bid\s*\(?\s*["']([\w.-]+)["']""")
_GEM = re.compile(r"""^\s*(?:gem|\w+\.add(?:_\w+)?_dependency)[\s(]+["']([\w.-]+)["']""", re.MULTILINE)
_CMAKE = re.compile(
    r"^\s*(find_package|project|add_executable|add_library|FetchContent_Declare)\s*\(\s*([\w.+-]+)",
    re.MULTILINE | re.IGNORECASE,
)
_CONDA = re.compile(r"^\s*-\s+(?:[\w.-]+::)?([A-Za-z][\w.-]*)\s*(?:[=<>!~\[].*)?(?:#.*)?$", re.MULTILINE)
_CONDA_PART = re.compile(r"^dependencies:[^\n]*\n((?:[ \t-][^\n]*\n?|\n)*)", re.MULTILINE)


def requirement(line: str) -> tuple[str, ...]:
    """The name that a requirement begins with ("numpy" of "numpy>=2"); none for an option or an address."""
    found = _NAME.match(line)
    return (found[1].rstrip("."),) if found else ()


def requirements(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if not line.startswith((" ", "\t")):  # what is indented belongs to the line above: hashes
            yield from (("library", name) for name in requirement(line))


def setup_cfg(text: str) -> Iterator[tuple[str, str]]:
    written = configparser.RawConfigParser(strict=False)
    written.read_string(text)
    yield "project", written.get("metadata", "name", fallback="")
    lines = written.get("options", "install_requires", fallback="").splitlines()
    if written.has_section("options.extras_require"):
        lines += [line for _, extra in written.items("options.extras_require") for line in extra.splitlines()]
    yield from (("library", name) for line in lines for name in requirement(line))


def conda(text: str) -> Iterator[tuple[str, str]]:
    for part in _CONDA_PART.findall(text):
        yield from (("library", name) for name in _CONDA.findall(part) if name != "python")


def go_mod(text: str) -> Iterator[tuple[str, str]]:
    yield from (("library", _GO_VERSION.sub("", path).rpartition("/")[2]) for path in _GO.findall(text))


def gradle(text: str) -> Iterator[tuple[str, str]]:
    yield from (("library", name) for name in _GRADLE.findall(text))
    yield from (("library", name) for name in _GRADLE_PLUGIN.findall(text))


def gemfile(text: str) -> Iterator[tuple[str, str]]:
    yield from (("library", name) for name in _GEM.findall(text))


def cmake(text: str) -> Iterator[tuple[str, str]]:
    for command, name in _CMAKE.findall(text):
        yield "library" if command.lower() in {"find_package", "fetchcontent_declare"} else "project", name
