"""What most tests of the transcriber work with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import paths
from assistant.transcribe.installed import Models
from tests.transcribe.listening import Listening


@pytest.fixture
def models(tmp_path: Path) -> Models:
    """Those that come with the program, and a folder for others."""
    return Models(tmp_path / "models", paths.shipped_models_folder())


@pytest.fixture
def listening(models: Models) -> Iterator[Listening]:
    """A transcriber with the test model, loaded."""
    listening = Listening(models)
    listening.settled()
    yield listening
    listening.transcriber.stop()
