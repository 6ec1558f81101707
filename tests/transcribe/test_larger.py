"""Somebody who asks to listen again is given the larger model that is here, without anything having to wait for it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.transcribe.installed import Models
from assistant.turn.events import HeardAgain, Transcribed
from tests.rig import wait_until
from tests.rig.speech import synthesise
from tests.transcribe.listening import Listening

LOWEST = 19


def larger_model(models: Models, folder: Path) -> Path:
    """The test model once more, and larger: its vocabulary ends with much white space."""
    shutil.copytree(models.shipped / "test.en", folder)
    with (folder / "vocabulary.json").open("ab") as vocabulary:
        vocabulary.write(b" " * 2_000_000)
    return folder


@pytest.fixture
def listening(models: Models, tmp_path: Path) -> Iterator[Listening]:
    models.add(larger_model(models, tmp_path / "big"))
    listening = Listening(models)
    listening.settled()
    yield listening
    listening.transcriber.stop()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return synthesise("There are nine blue books on the table.", tmp_path / "1.wav")


def ask(listening: Listening, path: Path, look: int, turn: int = 1) -> None:
    listening.transcriber.listen_again(turn, path, 0.5, 1.5, (), look)


def test_who_asks_is_answered_by_the_larger_model_at_low_priority(listening: Listening, path: Path) -> None:
    ask(listening, path, 7)
    again = listening.next(HeardAgain)
    assert again.look == 7
    assert "blue" in "".join(word.text for word in again.words)
    process = listening.larger
    assert process is not None
    assert os.getpriority(os.PRIO_PROCESS, process) == LOWEST
    ask(listening, path, 8)
    assert listening.next(HeardAgain).look == 8
    assert listening.larger == process


def test_what_nobody_asked_for_stays_with_the_model_that_is_in_use(listening: Listening, path: Path) -> None:
    ask(listening, path, 0)
    assert listening.next(HeardAgain).look == 0
    assert listening.larger is None


def test_a_recording_ends_it_and_gets_its_text(listening: Listening, path: Path) -> None:
    ask(listening, path, 7)
    ask(listening, path, 8)
    turn = listening.follow(path)
    found = [listening.next(HeardAgain) for _ in range(2)]
    assert sorted(one.look for one in found) == [7, 8]
    assert listening.larger is None
    ask(listening, path, 9)
    assert listening.next(HeardAgain) == HeardAgain(1, (), 9)
    listening.complete(turn, path)
    assert isinstance(listening.outcome(turn), Transcribed)


def test_who_does_not_want_to_wait_is_not_answered_and_may_ask_again(
    listening: Listening, path: Path
) -> None:
    ask(listening, path, 7)
    wait_until(lambda: listening.larger is not None, 30, "the larger model")
    listening.transcriber.abandon(7)
    wait_until(lambda: listening.larger is None, 30, "its end")
    ask(listening, path, 8)
    assert listening.next(HeardAgain).look == 8


def test_its_memory_is_given_back_when_nobody_asks_any_more(listening: Listening, path: Path) -> None:
    listening.transcriber.recognition.again.larger._rest_after_s = 0.01
    ask(listening, path, 7)
    assert listening.next(HeardAgain).look == 7
    wait_until(lambda: listening.larger is None, 30, "its end")


def test_where_the_larger_model_cannot_be_used_the_one_in_use_answers(
    models: Models, listening: Listening, path: Path
) -> None:
    weights = models.folder("big") / "model.bin"
    size = weights.stat().st_size
    weights.unlink()
    weights.write_bytes(b"\0" * size)
    ask(listening, path, 7)
    again = listening.next(HeardAgain)
    assert again.look == 7
    assert again.words
    assert listening.larger is None


def test_without_a_larger_model_who_asks_is_answered_all_the_same(models: Models, path: Path) -> None:
    listening = Listening(models)
    listening.settled()
    ask(listening, path, 7)
    assert listening.next(HeardAgain).look == 7
    ask(listening, path.with_name("gone.wav"), 8)
    assert listening.next(HeardAgain) == HeardAgain(1, (), 8)
    listening.transcriber.stop()


def test_a_scribe_at_rest_comes_back_for_who_asks(models: Models, path: Path) -> None:
    listening = Listening(models)
    listening.settled()
    listening.transcriber.rest_after(0.01)
    wait_until(lambda: listening.scribe is None, 30, "the scribe to rest")
    ask(listening, path, 7)
    assert listening.next(HeardAgain).words
    listening.transcriber.stop()


def test_who_asked_while_somebody_spoke_is_answered_when_that_is_given_up(models: Models, path: Path) -> None:
    listening = Listening(models)
    listening.settled()
    turn = listening.follow(path)
    ask(listening, path, 7)
    listening.transcriber.abandon(turn)
    assert listening.next(HeardAgain).words
    listening.transcriber.stop()


def test_larger_is_what_is_clearly_larger_understands_the_language_and_fits(
    models: Models, tmp_path: Path
) -> None:
    enough = 1 << 30
    assert models.larger("test.en", "en", enough) is None
    models.add(models.shipped / "test.en", "twin")
    assert models.larger("test.en", "en", enough) is None
    models.add(larger_model(models, tmp_path / "big"))
    found = models.larger("test.en", "en", enough)
    assert found is not None
    assert found.name == "big"
    assert models.larger("big", "en", enough) is None
    assert models.larger("test.en", "de", enough) is None
    assert models.larger("test.en", "en", found.bytes) is None
