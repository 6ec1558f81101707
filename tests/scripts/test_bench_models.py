"""The models of real size say what the small one says, and when: in CTranslate2's format and in whisper.cpp's."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from faster_whisper import WhisperModel

from scripts.bench_models.make import SMALL, make
from tests.rig.sound import Samples
from tests.rig.speech import read_wav, synthesise

SENTENCE = "There are nine blue books on the table."


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    return read_wav(synthesise(SENTENCE, tmp_path_factory.mktemp("speech") / "sentence.wav"))


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        make("base.en", Path(made))
        yield Path(made)


def _words(model: Path, sound: Samples) -> list[Any]:
    whisper = WhisperModel(str(model), device="cpu", compute_type="float32", local_files_only=True)
    segments, _ = whisper.transcribe(sound, word_timestamps=True, without_timestamps=True)
    return [word for segment in segments for word in segment.words or ()]


def test_a_model_of_real_size_hears_the_same_words_at_the_same_times(
    folder: Path, spoken: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faster_whisper.transcribe.tqdm.monitor_interval", 0)  # no thread of its progress bar
    small, big = _words(SMALL, spoken), _words(folder / "base.en", spoken)
    assert "".join(word.word for word in big).strip() == SENTENCE
    assert [(word.word, word.start, word.end) for word in big] == [
        (word.word, word.start, word.end) for word in small
    ]
    assert [word.probability for word in big] == pytest.approx([word.probability for word in small], abs=1e-4)


def test_whisper_cpp_reads_the_same_words_from_its_own_file(folder: Path, spoken: Samples) -> None:
    from pywhispercpp.model import Model

    model: Any = Model(
        str(folder / "ggml-base.en.bin"), print_progress=False, redirect_whispercpp_logs_to=None
    )
    assert "".join(segment.text for segment in model.transcribe(spoken)).strip() == SENTENCE


def test_a_model_that_is_there_is_not_made_again(folder: Path) -> None:
    before = (folder / "base.en" / "model.bin").stat().st_mtime_ns
    assert make("base.en", folder) == folder / "base.en"
    assert (folder / "base.en" / "model.bin").stat().st_mtime_ns == before
