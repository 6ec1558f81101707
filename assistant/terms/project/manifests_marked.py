"""Manifests in JSON and XML. A value of another shape than expected tells nothing."""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET


def package_json(text: str) -> Iterator[tuple[str, str]]:
    written = _object(text)
    if isinstance(written.get("name"), str):
        yield "project", written["name"]
    for part in ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies"):
        yield from (("library", name) for name in _keys(written, part))
    for part in ("scripts", "bin"):
        yield from (("command", name) for name in _keys(written, part))


def composer(text: str) -> Iterator[tuple[str, str]]:
    written = _object(text)
    for part in ("require", "require-dev"):
        for name in _keys(written, part):
            if "/" in name:  # else it is PHP itself or one of its extensions
                yield "library", name.partition("/")[2]


def pom(text: str) -> Iterator[tuple[str, str]]:
    root = _parsed(text)
    for element in root.iter():
        if _tag(element) in {"dependency", "plugin"}:
            yield from (("library", part.text or "") for part in element if _tag(part) == "artifactId")
    yield from (("project", part.text or "") for part in root if _tag(part) == "artifactId")


def dotnet(text: str) -> Iterator[tuple[str, str]]:
    for element in _parsed(text).iter():
        if _tag(element) in {"PackageReference", "PackageVersion"}:
            yield "library", element.get("Include", "")


def _object(text: str) -> dict[str, Any]:
    """The keys and values; none in JSON of another shape."""
    written = json.loads(text)
    return written if isinstance(written, dict) else {}


def _parsed(text: str) -> ET.Element:
    """The document; one that declares entities is not expanded but refused."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("a document type")
    return ET.fromstring(text)  # noqa: S314 - no document type, so no entities


def _tag(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _keys(written: dict[str, Any], part: str) -> list[str]:
    table = written.get(part)
    return list(table) if isinstance(table, dict) else []
