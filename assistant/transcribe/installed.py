"""The models on this machine: which are there, which one a name means, adding, removing and checking them.

A model is a folder under the downloads folder with a list of its files, `aloud-model.json`. The folder gets its name
in one step when it is complete and checked, so a model is there whole or not at all. Unfinished ones are in `.partial`.
The models shipped with the program are for its tests, and are used only where they are named.
"""

import json
import os
import re
import shutil
import struct
from collections.abc import Iterable
from pathlib import Path

from assistant.errors import AssistantError
from assistant.transcribe.catalogue import FULL_CONTEXT_S, CatalogueModel, ModelFile, best_of, read_catalogue
from assistant.transcribe.machine import Machine
from assistant.turn.dataclass import dataclass
from assistant.turn.events import Remedy

_LIST = "aloud-model.json"
_CONTEXT = "shortest_context_s"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ENGLISH_ONLY_BELOW = 51_865
_CLEARLY = 1.2
_OF_MEMORY = 0.25
_NEEDED = ("config.json", "model.bin", "tokenizer.json")
_OPTIONAL = ("preprocessor_config.json", "vocabulary.json", "vocabulary.txt")


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model that can be used. `languages` is for people ("English", "99 languages")."""

    name: str
    folder: Path
    bytes: int
    languages: str

    def understands(self, language: str) -> bool:
        return language == "en" or self.languages != "English"


class Models:
    """The models in `downloads` (the user's) and in `shipped` (the program's, with the catalogue of those to be had)."""

    def __init__(self, downloads: Path, shipped: Path) -> None:
        self.downloads = downloads
        self.shipped = shipped
        self.catalogue = read_catalogue(shipped / "catalogue.toml")

    def installed(self) -> list[InstalledModel]:
        """The user's models: those of the catalogue in its order, then the others by name."""
        order = {model.name: place for place, model in enumerate(self.catalogue)}
        folders = sorted(
            self.downloads.glob(f"*/{_LIST}"), key=lambda file: (order.get(file.parent.name, 999), file)
        )
        return [model for model in map(_read, folders) if model is not None]

    def find(self, name: str) -> InstalledModel:
        """The model with this name, or in this folder. Raises AssistantError where there is none."""
        for model in self.installed():
            if model.name == name:
                return model
        path = Path(name).expanduser()
        folder = self.shipped / name if path.name == name else path
        if folder.is_dir():
            return look_at(folder)
        known = any(model.name == name for model in self.catalogue)
        hint = (
            f"`aloud models get {name}` downloads it."
            if known
            else "`aloud models list` shows what there is."
        )
        raise AssistantError("no-such-model", f"There is no model {name} here.", hint, Remedy.GET_RECOGNISER)

    def best(self, language: str, machine: Machine) -> InstalledModel | None:
        """The user's model that serves this language on this machine best."""
        there = {model.name: model for model in self.installed() if model.understands(language)}
        chosen = best_of((model for model in self.catalogue if model.name in there), language, machine)
        if chosen is not None:
            return there[chosen.name]
        return next(iter(there.values()), None)

    def larger(self, than: str, language: str, memory_bytes: int) -> InstalledModel | None:
        """The user's largest model for this language, where it is larger than that of this name and fits into memory."""
        try:
            least = _CLEARLY * self.find(than).bytes
        except AssistantError:
            least = 0.0
        fitting = (model for model in self.installed() if least < model.bytes <= memory_bytes * _OF_MEMORY)
        return max(
            (model for model in fitting if model.understands(language)),
            key=lambda model: model.bytes,
            default=None,
        )

    def offered(self, name: str) -> CatalogueModel:
        """The model with this name in the catalogue. Raises AssistantError where there is none."""
        for model in self.catalogue:
            if model.name == name:
                return model
        raise AssistantError(
            "no-such-model",
            f"No model {name} can be downloaded.",
            "`aloud models list` shows which can; `aloud models add FOLDER` takes any other.",
        )

    def recommended(self, language: str, machine: Machine) -> CatalogueModel:
        """The model to download for this language on this machine."""
        chosen = best_of(self.catalogue, language, machine)
        if chosen is None:
            raise AssertionError("a catalogue without a model of many languages")
        return chosen

    def shortest_context_s(self, model: InstalledModel) -> float:
        """The least that the model's encoder may be given: what the model itself says, or the catalogue; else all."""
        own = json.loads((model.folder / "config.json").read_text(encoding="utf-8")).get(_CONTEXT)
        listed = (known.shortest_context_s for known in self.catalogue if known.name == model.name)
        return float(own if own is not None else next(listed, FULL_CONTEXT_S))

    def add(self, folder: Path, name: str = "") -> InstalledModel:
        """Take a model that lies in `folder` into use under `name`, "" being the folder's own.

        Its files are linked where the disk allows it, copied elsewhere. Raises AssistantError.
        """
        name = name or folder.resolve().name
        if not _NAME.fullmatch(name):
            raise AssistantError(
                "bad-name", f"{name!r} cannot be a model's name.", "Use letters, digits, . _ and -."
            )
        if self.folder(name).exists():
            raise AssistantError(
                "model-exists", f"There is a model {name} already.", "Give another name, or remove it first."
            )
        look_at(folder)
        staging = self.partial(f"added-{name}")
        shutil.rmtree(staging, ignore_errors=True)
        try:
            staging.mkdir(parents=True)
            for file in _files(folder):
                _link_or_copy(file.resolve(), staging / file.name)
            listed = [ModelFile(file.name, file.stat().st_size, sha256(file)) for file in _files(staging)]
            return self.finish(staging, name, listed, source=str(folder.resolve()))
        except OSError as error:
            shutil.rmtree(staging, ignore_errors=True)
            raise AssistantError(
                "model-not-added",
                f"The model could not be copied to {self.downloads}: {error.strerror}.",
                "Make room, or check the permissions.",
            ) from error

    def finish(self, staging: Path, name: str, files: Iterable[ModelFile], source: str) -> InstalledModel:
        """Make the complete files in `staging` the model `name`, in one step."""
        listed = {file.name: {"bytes": file.bytes, "sha256": file.sha256} for file in files}
        content = {"source": source, "languages": _languages(staging), "files": listed}
        (staging / _LIST).write_text(json.dumps(content, indent=1), encoding="utf-8")
        if self.folder(name).exists():
            shutil.rmtree(self.folder(name))
        staging.rename(self.folder(name))
        return self.find(name)

    def remove(self, name: str) -> None:
        """Delete a model of the user's, or what has been downloaded of one. Raises AssistantError."""
        folder, partial, doomed = self.folder(name), self.partial(name), self.partial(f"removed-{name}")
        if not _NAME.fullmatch(name) or not (folder.exists() or partial.exists()):
            raise AssistantError(
                "no-such-model",
                f"There is no model {name} to remove.",
                "`aloud models list` shows what there is.",
            )
        try:
            if folder.exists():
                doomed.parent.mkdir(exist_ok=True)
                folder.rename(doomed)
            for leftover in (doomed, partial):
                if leftover.exists():
                    shutil.rmtree(leftover)
        except OSError as error:
            raise AssistantError(
                "model-not-removed",
                f"The model {name} cannot be removed: {error.strerror}.",
                "End the program that uses it.",
            ) from error

    def check(self, model: InstalledModel) -> None:
        """Read every file and compare its checksum. Raises AssistantError where one has changed."""
        for name, file in _listed(model.folder).items():
            if sha256(model.folder / name) != file["sha256"]:
                raise AssistantError(
                    "model-damaged",
                    f"{name} of the model {model.name} has changed since it was installed.",
                    f"`aloud models remove {model.name}`, then get it again.",
                )

    def folder(self, name: str) -> Path:
        return self.downloads / name

    def partial(self, name: str) -> Path:
        """Where a model is put together until it is complete."""
        return self.downloads / ".partial" / name


def look_at(folder: Path) -> InstalledModel:
    """The model in any folder. Raises AssistantError where it holds no Whisper model in CTranslate2's format."""
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if missing or not any((folder / name).is_file() for name in ("vocabulary.json", "vocabulary.txt")):
        lacking = missing[0] if missing else "vocabulary.json"
        raise _not_a_model(folder, f"it has no {lacking}")
    if _specification(folder / "model.bin") != "WhisperSpec":
        raise _not_a_model(folder, "its model.bin is something else")
    size = sum(file.stat().st_size for file in _files(folder))
    return InstalledModel(folder.resolve().name, folder, size, _languages(folder))


def sha256(file: Path) -> str:
    import hashlib

    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _not_a_model(folder: Path, why: str) -> AssistantError:
    return AssistantError(
        "not-a-model",
        f"{folder} is not a Whisper model: {why}.",
        "It must be in CTranslate2's format, as faster-whisper uses it.",
    )


def _specification(file: Path) -> str:
    """What a CTranslate2 model file says it is: version (4 bytes), length of the name (2), the name and a zero."""
    with file.open("rb") as content:
        head = content.read(64)
    if len(head) < 6:
        return ""
    (length,) = struct.unpack_from("<H", head, 4)
    return head[6 : 6 + length].rstrip(b"\0").decode("latin-1")


def _languages(folder: Path) -> str:
    """Told by the size of the vocabulary, as CTranslate2 does."""
    words = folder / "vocabulary.json"
    if words.is_file():
        count = len(json.loads(words.read_text(encoding="utf-8")))
    else:
        count = (folder / "vocabulary.txt").read_text(encoding="utf-8").rstrip("\n").count("\n") + 1
    return "English" if count < _ENGLISH_ONLY_BELOW else "many languages"


def _files(folder: Path) -> list[Path]:
    return [folder / name for name in (*_NEEDED, *_OPTIONAL) if (folder / name).is_file()]


def _listed(folder: Path) -> dict[str, dict[str, str | int]]:
    try:
        files: dict[str, dict[str, str | int]] = json.loads((folder / _LIST).read_text(encoding="utf-8"))[
            "files"
        ]
    except FileNotFoundError:
        return {}
    return files


def _read(file: Path) -> InstalledModel | None:
    """The model with this list of files; None where a file is missing or has another size."""
    content = json.loads(file.read_text(encoding="utf-8"))
    folder = file.parent
    for name, listed in content["files"].items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != listed["bytes"]:
            return None
    size = sum(listed["bytes"] for listed in content["files"].values())
    return InstalledModel(folder.name, folder, size, content["languages"])


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
