"""The same models as whisper.cpp reads them: header, mel filters, the bytes of the text tokens, tensors.

whisper.cpp has no bias where tokens are chosen; what keeps the dead ones from being chosen is one copy of a feature,
made constant, which another copy takes off again for the living. Matrices are q8_0, which is faster than whisper.cpp's
usual float16 and as exact as CTranslate2's int8.
"""

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from assistant.transcribe.mel import filters
from scripts.bench_models import vocabulary
from scripts.bench_models.expand import Shape

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float32]

_MAGIC = 0x67676D6C
_SOUND_POSITIONS, _TEXT_POSITIONS, _BANDS = 1500, 448, 80
_FLOAT32, _FLOAT16, _Q8_0 = 0, 1, 8
_MOSTLY_Q8_0 = 2007
"""The version of the quantisation, 2, in the thousands, and 7 for what most of the file is."""

_BLOCK = np.dtype([("scale", np.float16), ("values", np.int8, 32)])
_DEAD = -1000.0
_LAYER = re.compile(r"(encoder|decoder)/layer_(\d+)/(.+)")
_IN_A_LAYER = {
    "self_attention/layer_norm": ("attn_ln",),
    "self_attention/linear_0": ("attn.query", "attn.key", "attn.value"),
    "self_attention/linear_1": ("attn.out",),
    "attention/layer_norm": ("cross_attn_ln",),
    "attention/linear_0": ("cross_attn.query",),
    "attention/linear_1": ("cross_attn.key", "cross_attn.value"),
    "attention/linear_2": ("cross_attn.out",),
    "ffn/layer_norm": ("mlp_ln",),
    "ffn/linear_0": ("mlp.0",),
    "ffn/linear_1": ("mlp.2",),
}
"""CTranslate2's modules, and those of whisper.cpp that stand on top of each other in each."""

_OUTSIDE = {
    "encoder/conv1": "encoder.conv1",
    "encoder/conv2": "encoder.conv2",
    "encoder/layer_norm": "encoder.ln_post",
    "decoder/layer_norm": "decoder.ln",
    "decoder/embeddings": "decoder.token_embedding",
    "encoder/position_encodings": "encoder.positional_embedding",
    "decoder/position_encodings": "decoder.positional_embedding",
}
_ATTRIBUTES = {"weight": ".weight", "bias": ".bias", "gamma": ".weight", "beta": ".bias", "encodings": ""}


def write(
    path: Path, arrays: Mapping[str, Array], shape: Shape, tokens: Sequence[str], small_width: int
) -> None:
    """Write what `expand` made of a model `small_width` wide; `tokens` are all of the vocabulary."""
    floats = _as_floats(arrays)
    _kill(floats, arrays["decoder/projection/bias"] < 0, small_width)
    with path.open("wb") as file:
        _write_head(file, shape, tokens[: vocabulary.TEXT])
        for name, values in floats.items():
            for tensor, part in _parts(name, values):
                _write_tensor(file, tensor, part)


def _as_floats(arrays: Mapping[str, Array]) -> dict[str, Floats]:
    floats = {}
    for name, array in arrays.items():
        if array.ndim == 0 or name.endswith("weight_scale") or name == "decoder/projection/bias":
            continue
        scale = arrays.get(f"{name}_scale")
        floats[name] = array if scale is None else (array.T / scale).T.astype(np.float32)
    return floats


def _kill(floats: dict[str, Floats], dead: npt.NDArray[np.bool_], copy: int) -> None:
    """Feature 0 becomes 1, its copy twice what it was, less 1; only to the dead they do not come to the same."""
    gamma, beta = (floats[f"decoder/layer_norm/{name}"].copy() for name in ("gamma", "beta"))
    gamma[0], gamma[copy] = 0, 2 * gamma[copy]
    beta[0], beta[copy] = 1, 2 * beta[copy] - 1
    floats |= {"decoder/layer_norm/gamma": gamma, "decoder/layer_norm/beta": beta}
    floats["decoder/embeddings/weight"][dead, 0] = _DEAD


def _write_head(file: BinaryIO, shape: Shape, tokens: Sequence[str]) -> None:
    size = (shape.width, shape.heads, shape.layers)
    sizes = (vocabulary.SIZE, _SOUND_POSITIONS, *size, _TEXT_POSITIONS, *size, _BANDS)
    file.write(struct.pack("<12i", _MAGIC, *sizes, _MOSTLY_Q8_0))
    mel = filters(_BANDS)
    file.write(struct.pack("<2i", *mel.shape) + mel.tobytes())
    file.write(struct.pack("<i", len(tokens)))
    for token in tokens:
        data = vocabulary.as_bytes(token)
        file.write(struct.pack("<i", len(data)) + data)


def _parts(name: str, values: Floats) -> Iterator[tuple[str, Floats]]:
    """The tensors of whisper.cpp in one of CTranslate2's arrays."""
    module, _, attribute = name.rpartition("/")
    ending = _ATTRIBUTES[attribute]
    layer = _LAYER.fullmatch(module)
    if not layer:
        yield _OUTSIDE[module] + ending, values[:, None] if "conv" in module and values.ndim == 1 else values
        return
    side, number, module = layer.groups()
    names = _IN_A_LAYER[module]
    for part, of_part in zip(names, np.split(values, len(names)), strict=True):
        if not (part.endswith("key") and ending == ".bias"):  # keys have none, and CTranslate2's are zero
            yield f"{side}.blocks.{number}.{part}{ending}", of_part


def _write_tensor(file: BinaryIO, name: str, values: Floats) -> None:
    kind, data = _FLOAT32, values.tobytes()
    if name.endswith(("conv1.weight", "conv2.weight")):
        kind, data = _FLOAT16, values.astype(np.float16).tobytes()
    elif values.ndim == 2 and name.endswith(".weight"):
        kind, data = _Q8_0, _quantise(values).tobytes()
    file.write(struct.pack("<3i", values.ndim, len(name), kind))
    file.write(struct.pack(f"<{values.ndim}i", *reversed(values.shape)) + name.encode() + data)


def _quantise(values: Floats) -> npt.NDArray[np.void]:
    """Blocks of 32 values in a row, as int8 with one scale."""
    blocks = values.reshape(-1, *_BLOCK["values"].shape)
    scales = np.abs(blocks).max(1) / 127
    quantised = np.zeros(len(blocks), _BLOCK)
    quantised["scale"] = scales
    quantised["values"] = np.rint(blocks / np.where(scales, scales, 1)[:, None])
    return quantised
