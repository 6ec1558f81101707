"""Some seconds of a recording, to be heard."""

from pathlib import Path

from assistant.recordings import HEADER_BYTES, RATE_HZ, SAMPLE_BYTES
from assistant.speak.synthesiser import Sound

_AROUND_S = 0.08  # the times of words are rough


def excerpt(path: Path, start_s: float, end_s: float) -> Sound:
    """The sound from `start_s` to `end_s` with a little around it; what lies outside the recording is left out.

    Raises OSError.
    """
    first = max(0, round((start_s - _AROUND_S) * RATE_HZ))
    last = max(first, round((end_s + _AROUND_S) * RATE_HZ))
    with path.open("rb") as file:
        file.seek(HEADER_BYTES + first * SAMPLE_BYTES)
        pcm = file.read((last - first) * SAMPLE_BYTES)
    return Sound(pcm[: len(pcm) // SAMPLE_BYTES * SAMPLE_BYTES], RATE_HZ)
