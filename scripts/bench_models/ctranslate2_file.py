"""CTranslate2's model.bin: named arrays, some of which are another's by a second name."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[Any]]

_BINARY_VERSION = 6
_TYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)
"""In the order of CTranslate2's enumeration DataType."""


@dataclass(frozen=True)
class Model:
    """What a model.bin holds. `aliases` maps second names to names of `arrays`."""

    spec: str
    revision: int
    arrays: Arrays
    aliases: Mapping[str, str]


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, form: str) -> int:
        return int(struct.unpack("<" + form, self.some(struct.calcsize("<" + form)))[0])

    def some(self, count: int) -> bytes:
        self._at += count
        return self._data[self._at - count : self._at]

    def text(self) -> str:
        return self.some(self.number("H"))[:-1].decode()

    def array(self) -> npt.NDArray[Any]:
        shape = [self.number("I") for _ in range(self.number("B"))]
        kind = _TYPES[self.number("B")]
        return np.frombuffer(self.some(self.number("I")), kind).reshape(shape)


def read(path: Path) -> Model:
    """Read a model.bin. Raises ValueError where it is of another version of the format."""
    reader = _Reader(path.read_bytes())
    version = reader.number("I")
    if version != _BINARY_VERSION:
        raise ValueError(f"{path} has version {version} of CTranslate2's format, not {_BINARY_VERSION}.")
    spec, revision = reader.text(), reader.number("I")
    arrays = {reader.text(): reader.array() for _ in range(reader.number("I"))}
    aliases = {reader.text(): reader.text() for _ in range(reader.number("I"))}
    return Model(spec, revision, arrays, aliases)


def _write_text(file: BinaryIO, text: str) -> None:
    data = text.encode() + b"\0"
    file.write(struct.pack("<H", len(data)) + data)


def write(path: Path, model: Model) -> None:
    """Write a model.bin that CTranslate2 loads."""
    with path.open("wb") as file:
        file.write(struct.pack("<I", _BINARY_VERSION))
        _write_text(file, model.spec)
        file.write(struct.pack("<II", model.revision, len(model.arrays)))
        for name, array in model.arrays.items():
            _write_text(file, name)
            file.write(struct.pack(f"<B{array.ndim}I", array.ndim, *array.shape))
            file.write(struct.pack("<BI", _TYPES.index(array.dtype.type), array.nbytes))
            file.write(array.tobytes())
        file.write(struct.pack("<I", len(model.aliases)))
        for alias, name in model.aliases.items():
            _write_text(file, alias)
            _write_text(file, name)
