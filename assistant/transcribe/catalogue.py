"""The models that can be downloaded, and which of them suits a machine and a language."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.transcribe.machine import Machine
from assistant.turn.dataclass import dataclass

FULL_CONTEXT_S = 30.0
"""What Whisper's encoder was trained on."""


class Speed(StrEnum):
    """How fast a model is, the fastest first."""

    FASTEST = "fastest"
    FAST = "fast"
    MODERATE = "moderate"
    SLOW = "slow"
    SLOWEST = "slowest"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model. `sha256` is "" where only the hub knows it."""

    name: str
    bytes: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueModel:
    """A model that can be downloaded. `repository` and `revision` are the hub's.

    `shortest_context_s` is the least that its encoder may be given, of the 30 s that it was trained on.
    """

    name: str
    title: str
    languages: str
    speed: Speed
    licence: str
    repository: str
    revision: str
    files: tuple[ModelFile, ...]
    shortest_context_s: float = FULL_CONTEXT_S

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files)

    def understands(self, language: str) -> bool:
        """Whether the model is made for this language; "" stands for any that may come."""
        return language == "en" or self.languages != "English"


def read_catalogue(file: Path) -> tuple[CatalogueModel, ...]:
    """The models in the catalogue, the least accurate first."""
    models = tomllib.loads(file.read_text(encoding="utf-8"))["model"]
    return tuple(_model(model) for model in models)


def _model(row: Mapping[str, Any]) -> CatalogueModel:
    files = tuple(ModelFile(**file) for file in row["files"])
    return CatalogueModel(**{**row, "speed": Speed(row["speed"]), "files": files})


def best_of(models: Iterable[CatalogueModel], language: str, machine: Machine) -> CatalogueModel | None:
    """The most accurate of `models` that is fast enough on the machine, else the fastest; None where none understands.

    `models` stand in order of accuracy, the least accurate first.
    """
    understanding = [model for model in models if model.understands(language)]
    quick = _quick_on(machine)
    comfortable = [model for model in understanding if model.speed in quick]
    if comfortable:
        return comfortable[-1]
    return min(understanding, key=lambda model: list(Speed).index(model.speed), default=None)


def _quick_on(machine: Machine) -> Sequence[Speed]:
    """The speeds with which a sentence takes about a second or less."""
    if machine.cuda:
        return tuple(Speed)[:4]
    if machine.cores >= 8 and machine.memory_bytes >= 8 << 30:
        return tuple(Speed)[:3]
    if machine.cores >= 2:
        return tuple(Speed)[:2]
    return tuple(Speed)[:1]
