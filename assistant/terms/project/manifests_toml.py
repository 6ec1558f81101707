"""Manifests in TOML. A value of another shape than expected tells nothing."""

import tomllib
from collections.abc import Iterator
from typing import Any

from assistant.terms.project.manifests_plain import requirement


def pyproject(text: str) -> Iterator[tuple[str, str]]:
    written = tomllib.loads(text)
    project = _table(written, "project")
    poetry = _table(written, "tool", "poetry")
    yield from (("project", name) for table in (project, poetry) for name in _text(table.get("name")))
    for table in (project, poetry):
        yield from (("command", name) for part in ("scripts", "gui-scripts") for name in _table(table, part))
    lists = [project.get("dependencies"), _table(written, "build-system").get("requires")]
    lists += _table(project, "optional-dependencies").values()
    lists += _table(written, "dependency-groups").values()
    for some in lists:
        yield from (("library", name) for line in _list(some) for name in requirement(line))
    tables = [_table(poetry, "dependencies"), _table(poetry, "dev-dependencies")]
    tables += [_table(poetry, "group", group, "dependencies") for group in _table(poetry, "group")]
    yield from (("library", name) for table in tables for name in table if name != "python")


def cargo(text: str) -> Iterator[tuple[str, str]]:
    written = tomllib.loads(text)
    yield from (("project", name) for name in _text(_table(written, "package").get("name")))
    places = [written, _table(written, "workspace")]
    places += [_table(written, "target", target) for target in _table(written, "target")]
    for place in places:
        for part in ("dependencies", "dev-dependencies", "build-dependencies"):
            yield from (("library", name) for name in _table(place, part))


def pipfile(text: str) -> Iterator[tuple[str, str]]:
    written = tomllib.loads(text)
    yield from (("library", name) for part in ("packages", "dev-packages") for name in _table(written, part))


def gradle_catalogue(text: str) -> Iterator[tuple[str, str]]:
    for library in _table(tomllib.loads(text), "libraries").values():
        about = library if isinstance(library, dict) else {"module": library}
        for name in (*_text(about.get("module")), *_text(about.get("name"))):
            parts = name.split(":")
            yield "library", parts[min(1, len(parts) - 1)]


def _table(written: Any, *names: str) -> dict[str, Any]:
    for name in names:
        written = written.get(name) if isinstance(written, dict) else None
    return written if isinstance(written, dict) else {}


def _list(value: Any) -> list[str]:
    return [line for line in value if isinstance(line, str)] if isinstance(value, list) else []


def _text(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else ()
