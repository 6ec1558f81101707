"""Make a small Whisper wider and deeper without changing what it computes.

Every feature is copied r times: a LayerNorm's mean and variance stay as they are, and so does each head, for their
number grows with the width. A linear layer's weights are tiled r × r and divided by r. Layers that are added put
nothing into the residual stream. Weights stay the int8 they are: the division is done by their scales. The idea is
Net2Net's (Chen et al. 2015, https://arxiv.org/abs/1511.05641).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from scripts.bench_models import vocabulary
from scripts.bench_models.ctranslate2_file import Arrays

Array = npt.NDArray[Any]

_DEAD = -10_000.0
_HEAD_WIDTH = 64
_FUSED = {"/self_attention/linear_0": 3, "/attention/linear_1": 2}
"""Matrices on top of each other in one: queries, keys, values; keys, values."""

_INTO_THE_STREAM = ("/self_attention/linear_1", "/attention/linear_2", "/ffn/linear_1")


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a Whisper: its width, and how many layers the encoder and the decoder have each."""

    width: int
    layers: int

    @property
    def heads(self) -> int:
        return self.width // _HEAD_WIDTH


def expand(small: Mapping[str, Array], shape: Shape, text_tokens: int) -> Arrays:
    """The arrays of a model of this shape that computes what `small` does, with Whisper's English vocabulary."""
    times = shape.width // len(small["decoder/layer_norm/gamma"])
    big = {name: _widen(name, array, times) for name, array in _deepen(small, shape.layers).items()}
    big |= dict.fromkeys(("encoder/num_heads", "decoder/num_heads"), np.array(shape.heads, np.int16))
    return big | _place_tokens(big, vocabulary.places(text_tokens))


def expand_heads(heads: list[list[int]], small_heads: int, shape: Shape) -> list[list[int]]:
    """All copies of these heads (layer, number): on average they look where the first ones do."""
    return [[layer, copy] for layer, head in heads for copy in range(head, shape.heads, small_heads)]


def _deepen(small: Mapping[str, Array], layers: int) -> Arrays:
    """Layers that are missing are the first one, as much work, with nothing coming out of it."""
    big = dict(small)
    for name, array in small.items():
        part, _, rest = name.partition("/layer_0/")
        module, _, attribute = name.rpartition("/")
        silent = module.endswith(_INTO_THE_STREAM) and attribute != "weight_scale"
        for layer in range(layers if rest else 0):
            big.setdefault(f"{part}/layer_{layer}/{rest}", np.zeros_like(array) if silent else array)
    return big


def _widen(name: str, array: Array, times: int) -> Array:
    module, _, attribute = name.rpartition("/")
    if array.ndim == 0:
        return array
    if module in {"decoder/embeddings", "decoder/position_encodings", "encoder/position_encodings"}:
        return array if attribute == "weight_scale" else np.tile(array, times)
    if module == "decoder/layer_norm":
        return np.tile(array / np.float32(times), times)  # instead of the projection, which is the embedding
    reads_features = module != "encoder/conv1"
    if attribute == "weight_scale" and reads_features:
        array = array * np.float32(times)
    if attribute == "weight" and reads_features:
        array = np.concatenate([array] * times, axis=1)
    fused = next((count for ending, count in _FUSED.items() if module.endswith(ending)), 1)
    return np.concatenate([part for one in np.split(array, fused) for part in [one] * times])


def _place_tokens(big: Mapping[str, Array], places: npt.NDArray[np.intp]) -> Arrays:
    weight, scale = big["decoder/embeddings/weight"], big["decoder/embeddings/weight_scale"]
    placed = np.zeros((vocabulary.SIZE, weight.shape[1]), np.int8)
    scales = np.ones(vocabulary.SIZE, np.float32)
    bias = np.full(vocabulary.SIZE, _DEAD, np.float32)
    placed[places], scales[places], bias[places] = weight, scale, 0
    return {
        "decoder/embeddings/weight": placed,
        "decoder/embeddings/weight_scale": scales,
        "decoder/projection/bias": bias,
    }
