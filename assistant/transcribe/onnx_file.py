"""The weights in an ONNX file, read without a runtime (https://onnx.ai/onnx/repo-docs/IR.html).

A file is a message of Protocol Buffers: fields, each with a number and a kind. Of them only those are looked at that lead
to the weights.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_GRAPH = 7  # of a model
_INITIALIZER = 5  # of a graph
_DIMENSION, _TYPE, _NAME, _DATA = 1, 2, 8, 9  # of a tensor
_FLOAT = 1
_NUMBER, _EIGHT_BYTES, _BYTES, _FOUR_BYTES = 0, 1, 2, 5


def read_weights(file: Path) -> Mapping[str, npt.NDArray[np.float32]]:
    """The tensors of 32-bit floats, by name."""
    graphs = (value for number, value in _fields(memoryview(file.read_bytes())) if number == _GRAPH)
    tensors = (value for graph in graphs for number, value in _fields(graph) if number == _INITIALIZER)
    return dict(named for tensor in tensors if (named := _weights(tensor)) is not None)


def _weights(tensor: memoryview) -> tuple[str, npt.NDArray[np.float32]] | None:
    fields = list(_fields(tensor))
    known = dict(fields)
    if known[_TYPE] != _FLOAT or _DATA not in known:
        return None
    shape = [int(value) for number, value in fields if number == _DIMENSION]
    # A copy, since in the file they lie anywhere, and NumPy is slow with what is not aligned.
    values = np.frombuffer(known[_DATA], "<f4").astype(np.float32)
    return bytes(known[_NAME]).decode(), values.reshape(shape)


def _fields(message: memoryview) -> Iterator[tuple[int, Any]]:
    """Each field's number, and its value: a number, or the bytes of anything else."""
    at = 0
    while at < len(message):
        key, at = _number(message, at)
        number, kind = key >> 3, key & 7
        if kind == _NUMBER:
            value, at = _number(message, at)
            yield number, value
            continue
        length = {_EIGHT_BYTES: 8, _FOUR_BYTES: 4}.get(kind)
        if length is None:
            length, at = _number(message, at)
        yield number, message[at : at + length]
        at += length


def _number(message: memoryview, at: int) -> tuple[int, int]:
    """A number in groups of seven bits, the lowest first, and where it ends."""
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at
