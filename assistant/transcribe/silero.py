"""Silero VAD's network, version 6 (https://github.com/snakers4/silero-vad), in NumPy.

It is small: an STFT, four convolutions and an LSTM, together as fast as in ONNX Runtime, which would need 25 MB
and a twentieth of a second to begin. The weights come inside faster-whisper.
"""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.transcribe.onnx_file import read_weights

Floats = npt.NDArray[np.float32]

BEFORE = 64
_WINDOW, _HOP, _FRAMES = 256, 128, 4
_STRIDES = (1, 2, 2, 1)
_UNITS = 128


class Network:
    """Tells how likely it is that somebody speaks, 0…1, in one chunk of sound after the other; it has a memory."""

    def __init__(self, weights: "Weights") -> None:
        self._weights = weights
        self._hidden = self._cell = np.zeros(_UNITS, np.float32)

    def probabilities(self, chunks: Floats) -> Floats:
        """Chunks × 576: each has the last 64 samples of the one before it at its beginning."""
        weights = self._weights
        found = np.empty(len(chunks), np.float32)
        given = _encoded(chunks, weights) @ weights.given + weights.bias
        for index, sums in enumerate(given):
            found[index] = self._step(sums + self._hidden @ weights.recurrent)
        return found

    def _step(self, sums: Floats) -> float:
        """One step of the LSTM; the gates lie in ONNX's order: in, out, forget, and what is new."""
        opened = _sigmoid(sums[: 3 * _UNITS])
        into, out, kept = opened[:_UNITS], opened[_UNITS : 2 * _UNITS], opened[2 * _UNITS :]
        self._cell = kept * self._cell + into * np.tanh(sums[3 * _UNITS :])
        self._hidden = out * np.tanh(self._cell)
        weights = self._weights
        return float(_sigmoid(np.maximum(self._hidden, 0) @ weights.decoder + weights.decoder_bias))


class Weights:
    """What the network has learned, as `Network` needs it. It can be shared."""

    def __init__(self) -> None:
        found = find_spec("faster_whisper")
        if found is None or found.origin is None:
            raise RuntimeError("faster-whisper is not installed")
        learned = read_weights(Path(found.origin).parent / "assets" / "silero_vad_v6.onnx")
        self.basis = learned["encoder.feature_extractor.forward_basis_buffer"][:, 0].T
        layers = [f"encoder.conv_layers.{layer}" for layer in range(len(_STRIDES))]
        self.layers = [(_kernel(learned[f"{layer}.weight"]), learned[f"{layer}.bias"]) for layer in layers]
        self.given = learned["onnx::LSTM_209"][0].T
        self.recurrent = learned["onnx::LSTM_210"][0].T
        self.bias = learned["onnx::LSTM_211"][0].reshape(2, -1).sum(axis=0)
        self.decoder = learned["decoder.conv1d.weight"][0, :, 0]
        self.decoder_bias = learned["decoder.conv1d.bias"][0]


def _kernel(learned: Floats) -> Floats:
    """A convolution's weights, units × bands × 3, as a matrix that takes three frames in a row."""
    return learned.transpose(2, 1, 0).reshape(-1, len(learned))


def _encoded(chunks: Floats, weights: Weights) -> Floats:
    """Chunks × 128."""
    count = len(chunks)
    mirrored = chunks[:, -2 : -2 - (_WINDOW - _HOP) // 2 : -1]
    sound = np.concatenate([chunks, mirrored], axis=1)
    frames = np.stack([sound[:, _HOP * frame : _HOP * frame + _WINDOW] for frame in range(_FRAMES)], axis=1)
    waves = (frames.reshape(-1, _WINDOW) @ weights.basis) ** 2
    real, imaginary = np.split(waves, 2, axis=1)
    values: Floats = np.sqrt(real + imaginary).reshape(count, _FRAMES, -1)
    for (kernel, bias), stride in zip(weights.layers, _STRIDES, strict=True):
        values = np.maximum(_windows(values, stride) @ kernel + bias, 0).reshape(count, -1, len(bias))
    return values[:, 0]


def _windows(values: Floats, stride: int) -> Floats:
    """Chunks × frames × bands, with a frame of zeros at both ends, as rows of three frames each."""
    count, frames, bands = values.shape
    padded = np.zeros((count, frames + 2, bands), np.float32)
    padded[:, 1:-1] = values
    windows = np.stack([padded[:, at : at + 3] for at in range(0, frames, stride)], axis=1)
    return windows.reshape(-1, 3 * bands)


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(np.tanh(values / 2) / 2 + 0.5, np.float32)
