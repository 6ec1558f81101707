"""Speech for tests: sentences as sound files, and how well a transcript fits what was said."""

import re
import subprocess
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soxr

from tests.rig.sound import SAMPLE_RATE_HZ, Samples


def synthesise(text: str, path: Path) -> Path:
    """Speak the text with espeak-ng's default voice at 200 words a minute into a 16 kHz mono WAV; return its path."""
    spoken = path.with_suffix(".spoken.wav")
    subprocess.run(
        ["espeak-ng", "-s", "200", "-w", spoken, "--stdin"], input=text.encode(), check=True, timeout=60
    )
    write_wav(path, read_wav(spoken))
    spoken.unlink()
    return path


def read_wav(path: Path) -> Samples:
    """The samples of a mono 16-bit WAV file, float32 in -1…1, brought to 16 kHz."""
    with wave.open(str(path)) as file:
        rate_hz = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float32) / 32768
    resampled: Samples = soxr.resample(samples, rate_hz, SAMPLE_RATE_HZ)
    return resampled


def write_wav(path: Path, samples: npt.NDArray[np.floating], rate_hz: int = SAMPLE_RATE_HZ) -> Path:
    """Write samples in -1…1 as a mono 16-bit WAV file; return its path."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype(np.int16).tobytes())
    return path


def wer(reference: str, hypothesis: str) -> float:
    """Word error rate: word edits that turn the reference into the hypothesis, per word of the reference.

    Case and punctuation do not count.
    """
    expected, heard = _words(reference), _words(hypothesis)
    row = list(range(len(heard) + 1))
    for i, word in enumerate(expected, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            diagonal, row[j] = row[j], min(diagonal + (word != other), row[j] + 1, row[j - 1] + 1)
    return row[-1] / max(1, len(expected))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower())
