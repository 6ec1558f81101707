"""What others do: record first, and transcribe the whole recording after the release."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from scripts.benchmarks.utterances import Samples


class Baseline(Protocol):
    """A recogniser that is given the whole recording. `name` is its letter in the table."""

    name: str

    def transcribe(self, samples: Samples) -> str: ...


class FasterWhisper:
    """W: faster-whisper as it is by default, as whisper-writer uses it; F: with what makes it fastest."""

    _WAYS: Mapping[str, Mapping[str, Any]] = {
        "W": {},
        "F": {"language": "en", "beam_size": 1, "temperature": 0.0},
    }

    def __init__(self, name: str, folder: Path) -> None:
        from faster_whisper import WhisperModel

        self.name = name
        self._model: Any = WhisperModel(str(folder), device="cpu", local_files_only=True)
        self._way = self._WAYS[name]

    def transcribe(self, samples: Samples) -> str:
        segments, _ = self._model.transcribe(samples, **self._way)
        return "".join(segment.text for segment in segments).strip()


class WhisperCpp:
    """C: whisper.cpp, through pywhispercpp, on a model of the same shape."""

    name = "C"

    def __init__(self, file: Path) -> None:
        from pywhispercpp.model import Model

        self._model: Any = Model(
            str(file), language="en", print_progress=False, redirect_whispercpp_logs_to=None
        )

    def transcribe(self, samples: Samples) -> str:
        return "".join(segment.text for segment in self._model.transcribe(samples)).strip()


def baselines(folder: Path) -> list[Baseline]:
    """Those that can be had here: C needs pywhispercpp, and beside `folder` the same model in its own format."""
    made: list[Baseline] = [FasterWhisper("W", folder), FasterWhisper("F", folder)]
    ggml = folder.with_name(f"ggml-{folder.name}.bin")
    if find_spec("pywhispercpp") and ggml.is_file():
        made.append(WhisperCpp(ggml))
    return made
