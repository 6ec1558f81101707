"""Log mel spectra exactly as faster-whisper makes them, for a batch of windows of different lengths."""

import numpy as np
import torch
from faster_whisper.feature_extractor import FeatureExtractor
from torch import Tensor

HOP = 160
"""Samples between two frames; the encoder makes one position of two frames, 20 ms."""

_FFT = 400
_FILTERS = torch.from_numpy(FeatureExtractor.get_mel_filters(16_000, _FFT, n_mels=80).astype(np.float32))
_WINDOW = torch.from_numpy(np.hanning(_FFT + 1)[:-1].astype(np.float32))


def log_mel(sound: Tensor, frames: Tensor) -> Tensor:
    """Sound (windows, samples) to features (windows, 80, samples / 160).

    Only the first `frames` of each window hold sound; the rest is zero, as faster-whisper pads features.
    """
    spectrum = torch.stft(sound, _FFT, HOP, window=_WINDOW, return_complex=True)[..., :-1]
    power = _FILTERS @ (spectrum.real.square() + spectrum.imag.square())
    level = power.clamp_(min=1e-10).log10_()
    sounding = (torch.arange(level.shape[-1])[None, :] < frames[:, None])[:, None, :]
    loudest = torch.where(sounding, level, -10.0).amax(dim=(1, 2), keepdim=True)
    return (torch.maximum(level, loudest - 8.0) + 4.0) / 4.0 * sounding
