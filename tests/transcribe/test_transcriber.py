"""Every recording gets its text or its fault, whatever happens to the process that recognises it."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant import paths
from assistant.ports import Transcriber
from assistant.recordings import RATE_HZ
from assistant.transcribe.installed import Models
from assistant.transcribe.jobs import Patience
from assistant.transcribe.transcriber import ScribeTranscriber
from assistant.turn.events import (
    Noticed,
    PartChanged,
    Readiness,
    Remedy,
    StageFailed,
    Transcribed,
    TranscriptGrew,
)
from assistant.turn.transcript import Transcript
from tests.rig import wait_until
from tests.rig.speech import read_wav, synthesise, wer, write_wav
from tests.transcribe.hub import Hub
from tests.transcribe.listening import Listening
from tests.transcribe.noises import Samples, noises

TEST_MODEL = paths.shipped_models_folder() / "test.en"
SENTENCE = "There are nine blue books on the table."
SHARED = Path(__file__).parents[3] / "shared" / "speech"


@pytest.fixture
def sentence(tmp_path: Path) -> Path:
    return synthesise(SENTENCE, tmp_path / "sentence.wav")


@pytest.fixture
def basic(models: Models) -> Iterator[Listening]:
    """No model at all."""
    yield (listening := Listening(models, ""))
    listening.transcriber.stop()


def test_the_transcriber_is_the_port(models: Models) -> None:
    port: Transcriber = ScribeTranscriber(models)
    assert port


# What is heard


def test_a_spoken_sentence_becomes_its_text(listening: Listening, sentence: Path) -> None:
    outcome = listening.outcome(listening.give(sentence))
    assert isinstance(outcome, Transcribed)
    transcript = outcome.transcript
    assert wer(SENTENCE, transcript.text) <= 0.2
    assert (transcript.recogniser, transcript.language, transcript.basic) == ("test.en", "en", False)
    assert all(0 < word.probability <= 1 for word in transcript.words)


def test_words_carry_their_time_in_the_recording(
    listening: Listening, tmp_path: Path, sentence: Path
) -> None:
    spoken = read_wav(sentence)
    late = write_wav(tmp_path / "late.wav", np.concatenate([np.zeros(5 * RATE_HZ, np.float32), spoken]))
    outcome = listening.outcome(listening.give(late, 8.0))
    assert isinstance(outcome, Transcribed)
    starts = [word.start_s for word in outcome.transcript.words if word.start_s is not None]
    ends = [word.end_s for word in outcome.transcript.words if word.end_s is not None]
    assert len(starts) == len(ends) == len(outcome.transcript.words)
    assert starts == sorted(starts)
    assert all(start <= end for start, end in zip(starts, ends, strict=True))
    assert starts[0] == pytest.approx(5.0, abs=0.4)
    assert ends[-1] == pytest.approx(5 + len(spoken) / RATE_HZ, abs=0.6)


@pytest.mark.parametrize("model", ["test.en", ""])
def test_silence_noise_and_hum_give_no_text(models: Models, tmp_path: Path, model: str) -> None:
    listening = Listening(models, model)
    heard = {
        name: listening.text(write_wav(tmp_path / f"{place}.wav", sound))
        for place, (name, sound) in enumerate(noises().items())
    }
    listening.transcriber.stop()
    assert {name: text for name, text in heard.items() if text} == {}


def test_a_long_recording_grows_and_keeps_all_its_pieces(
    listening: Listening, tmp_path: Path, sentence: Path
) -> None:
    spoken = read_wav(sentence)
    long = write_wav(tmp_path / "long.wav", np.concatenate([_with_pause(spoken)] * 40))
    turn = listening.give(long, 140.0)
    grown = [listening.next(TranscriptGrew).transcript for _ in range(2)]
    outcome = listening.outcome(turn)
    assert isinstance(outcome, Transcribed)
    for earlier in grown:
        assert _heard(earlier) == _heard(outcome.transcript)[: len(earlier.words)]
    last = outcome.transcript.words[-1].end_s
    assert last is not None
    assert last > 0.9 * len(_with_pause(spoken)) * 40 / RATE_HZ


def _heard(transcript: Transcript) -> list[tuple[str, float | None, float | None]]:
    """How likely a word is right may change with what is said after it; which word it is and when does not."""
    return [(word.text, word.start_s, word.end_s) for word in transcript.words]


def _with_pause(spoken: Samples) -> Samples:
    return np.concatenate([spoken, np.zeros(round(1.5 * RATE_HZ), np.float32)])


# Without a model


def test_without_a_model_the_basic_recogniser_stands_in_and_says_so(basic: Listening, tmp_path: Path) -> None:
    change = basic.settled()
    assert (change.readiness, change.label) == (Readiness.LIMITED, "basic recogniser")
    assert change.fault is not None
    assert change.fault.remedy == Remedy.GET_RECOGNISER
    plain = "Please call me tomorrow morning"
    wave = tmp_path / "plain.wav"
    subprocess.run(["espeak-ng", "-v", "en-us+f3", "-s", "160", "-w", wave, plain], check=True)
    outcome = basic.outcome(basic.give(wave))
    assert isinstance(outcome, Transcribed)
    assert outcome.transcript.basic
    assert outcome.transcript.recogniser == "basic recogniser"
    assert wer(plain, outcome.transcript.text) <= 0.4
    assert all(0 <= word.probability <= 1 for word in outcome.transcript.words)


def test_where_there_is_nothing_to_recognise_with_it_is_said_and_a_model_that_arrives_is_used(
    models: Models, sentence: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # PocketSphinx has no wheel for every system: here a module that cannot be imported stands in its place.
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['pocketsphinx'] = None")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    listening = Listening(models, "")
    change = listening.settled()
    assert change.readiness == Readiness.MISSING
    outcome = listening.outcome(listening.give(sentence))
    assert isinstance(outcome, StageFailed)
    assert outcome.fault.remedy == Remedy.GET_RECOGNISER
    models.add(TEST_MODEL, "base.en")
    assert wer(SENTENCE, listening.text(sentence)) <= 0.2
    listening.transcriber.stop()


def test_a_model_that_is_not_there_is_named_and_something_listens_all_the_same(
    models: Models, sentence: Path
) -> None:
    listening = Listening(models, "small.en")
    change = listening.settled()
    assert change.readiness == Readiness.LIMITED
    assert change.fault is not None
    assert "small.en" in change.fault.message
    assert listening.text(sentence)
    listening.transcriber.stop()


def test_an_english_model_says_so_to_who_speaks_another_language(listening: Listening) -> None:
    listening.transcriber.use("test.en", "de", "auto")
    change = listening.settled()
    assert change.readiness == Readiness.LIMITED
    assert change.fault is not None
    assert change.fault.code == "other-language"


def test_whisper_takes_over_when_it_has_been_downloaded(
    models: Models, basic: Listening, sentence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    basic.settled()
    with Hub({file.name: file.read_bytes() for file in TEST_MODEL.glob("*.json")} | _weights()) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        models.catalogue = (hub.model("base.en"),)
        basic.transcriber.get("base.en")
        seen: list[PartChanged] = []
        while not seen or seen[-1].readiness != Readiness.READY:
            seen.append(basic.next(PartChanged))
    assert any(change.progress and change.label == "basic recogniser" for change in seen)
    assert (seen[-1].label, seen[-1].progress, seen[-1].fault) == ("base.en", None, None)
    assert wer(SENTENCE, basic.text(sentence)) <= 0.2


def test_whisper_takes_over_from_the_basic_recogniser_when_another_program_installed_it(
    models: Models, basic: Listening, sentence: Path
) -> None:
    basic.settled()
    models.add(TEST_MODEL, "base.en")
    outcome = basic.outcome(basic.give(sentence))
    assert isinstance(outcome, Transcribed)
    assert outcome.transcript.recogniser == "base.en"


def test_a_download_that_fails_is_said_and_listening_goes_on(
    models: Models, listening: Listening, sentence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Hub({}, status=403) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        listening.transcriber.get("base.en")
        assert listening.next(Noticed).fault.code == "hub-refused"
    assert listening.text(sentence)


def test_a_download_can_be_stopped(
    models: Models, listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Hub(_weights(), stall_after=1_500_000) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        models.catalogue = (hub.model("base.en"),)
        listening.transcriber.get("base.en")
        assert hub.stalled.wait(30)
        while listening.next(PartChanged).progress is None:
            pass
        listening.transcriber.stop_download()
        while (change := listening.next(PartChanged)).progress is not None:
            pass
        assert change.readiness == Readiness.READY


def _weights() -> dict[str, bytes]:
    return {"model.bin": (TEST_MODEL / "model.bin").read_bytes()}


# Requests


def test_a_recording_given_while_the_model_loads_is_transcribed(models: Models, sentence: Path) -> None:
    listening = Listening(models)
    turns = [listening.give(sentence), listening.give(sentence)]
    for turn in turns:
        assert isinstance(listening.outcome(turn), Transcribed)
    listening.transcriber.stop()


def test_a_recording_survives_a_change_of_the_model_while_it_is_transcribed(
    models: Models, listening: Listening, sentence: Path
) -> None:
    models.add(TEST_MODEL, "base.en")
    listening.signal_scribe(signal.SIGSTOP)
    turn = listening.give(sentence)
    listening.transcriber.use("base.en", "en", "cpu")
    outcome = listening.outcome(turn)
    assert isinstance(outcome, Transcribed)
    assert outcome.transcript.recogniser == "base.en"


def test_an_abandoned_recording_gives_nothing_and_the_next_one_its_text(
    listening: Listening, sentence: Path, tmp_path: Path
) -> None:
    long = write_wav(tmp_path / "long.wav", np.concatenate([read_wav(sentence)] * 60))
    under_way, waiting = listening.give(long, 120.0), listening.give(sentence)
    listening.transcriber.abandon(under_way)
    listening.transcriber.abandon(waiting)
    assert wer(SENTENCE, listening.text(sentence)) <= 0.2


def test_an_abandoned_recording_that_breaks_the_scribe_is_not_tried_again(
    listening: Listening, sentence: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "endless.wav")
    listening.transcriber.abandon(listening.give(tmp_path / "endless.wav"))
    turn = listening.give(sentence)
    with (tmp_path / "endless.wav").open("wb", buffering=0):
        listening.kill_scribe()
    assert isinstance(listening.outcome(turn), Transcribed)


def test_a_file_that_is_no_recording_fails_at_once(
    listening: Listening, tmp_path: Path, sentence: Path
) -> None:
    (tmp_path / "notes.wav").write_text("not sound")
    outcome = listening.outcome(listening.give(tmp_path / "notes.wav"))
    assert isinstance(outcome, StageFailed)
    assert outcome.fault.code == "not-sound"
    assert listening.text(sentence)


# A scribe that breaks


def test_a_scribe_killed_in_the_middle_still_yields_the_text(listening: Listening, sentence: Path) -> None:
    listening.signal_scribe(signal.SIGSTOP)
    turn = listening.give(sentence)
    listening.signal_scribe(signal.SIGKILL)
    outcome = listening.outcome(turn)
    assert isinstance(outcome, Transcribed)
    assert wer(SENTENCE, outcome.transcript.text) <= 0.2


def test_a_scribe_that_hangs_still_yields_the_text(models: Models, sentence: Path) -> None:
    listening = Listening(models, patience=Patience(work_s=1.0, work_s_per_s=1.0))
    listening.settled()
    listening.signal_scribe(signal.SIGSTOP)
    outcome = listening.outcome(listening.give(sentence))
    assert isinstance(outcome, Transcribed)
    assert wer(SENTENCE, outcome.transcript.text) <= 0.2
    listening.transcriber.stop()


def test_a_scribe_killed_twice_over_one_recording_is_said_and_the_next_one_is_transcribed(
    listening: Listening, sentence: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "endless.wav")
    turn = listening.give(tmp_path / "endless.wav")
    for _ in range(2):
        # Opening it for writing waits until a scribe reads it.
        with (tmp_path / "endless.wav").open("wb", buffering=0):
            listening.kill_scribe()
    outcome = listening.outcome(turn)
    assert isinstance(outcome, StageFailed)
    assert outcome.fault.remedy == Remedy.TRANSCRIBE_AGAIN
    assert wer(SENTENCE, listening.text(sentence)) <= 0.2


def test_a_scribe_killed_at_rest_is_replaced(listening: Listening, sentence: Path) -> None:
    listening.signal_scribe(signal.SIGKILL)
    assert listening.settled().readiness == Readiness.READY
    assert wer(SENTENCE, listening.text(sentence)) <= 0.2


def test_a_model_that_cannot_be_loaded_is_said_and_the_basic_recogniser_stands_in(
    models: Models, tmp_path: Path, sentence: Path
) -> None:
    broken = shutil.copytree(TEST_MODEL, tmp_path / "broken")
    with (broken / "model.bin").open("r+b") as weights:
        weights.truncate(1_000_000)
    listening = Listening(models, str(broken))
    turn = listening.give(sentence)
    change = listening.settled()
    assert (change.readiness, change.label) == (Readiness.LIMITED, "basic recogniser")
    assert change.fault is not None
    assert change.fault.code == "model-unusable"
    outcome = listening.outcome(turn)
    assert isinstance(outcome, Transcribed)
    assert outcome.transcript.basic
    listening.transcriber.stop()


if SHARED.is_dir():
    SAID = json.loads((SHARED / "transcripts.json").read_text())

    @pytest.mark.parametrize(("name", "most_wrong"), [("go-forward.wav", 0.0), ("kennedy.flac", 0.4)])
    def test_the_basic_recogniser_understands_people(basic: Listening, name: str, most_wrong: float) -> None:
        assert wer(SAID[name], basic.text(SHARED / name)) <= most_wrong


# Rest


def test_after_its_rest_the_scribe_comes_back_with_the_next_recording(
    listening: Listening, sentence: Path
) -> None:
    listening.transcriber.rest_after(0.2)
    assert wer(SENTENCE, listening.text(sentence)) <= 0.2
    wait_until(lambda: listening.scribe is None, 30, "the scribe to rest")
    turn = listening.follow(sentence)
    wait_until(lambda: listening.scribe is not None, 30, "the scribe to come back")
    listening.complete(turn, sentence)
    assert isinstance(listening.outcome(turn), Transcribed)


def test_the_scribe_does_not_rest_while_somebody_speaks(listening: Listening, sentence: Path) -> None:
    turn = listening.follow(sentence)
    listening.transcriber.rest_after(0.01)
    scribe = listening.scribe
    while not listening.next(TranscriptGrew).transcript.words:
        pass
    assert listening.scribe == scribe
    listening.complete(turn, sentence)
    assert isinstance(listening.outcome(turn), Transcribed)
    wait_until(lambda: listening.scribe is None, 30, "the scribe to rest")


def test_the_same_choice_again_does_not_start_another_scribe(listening: Listening, sentence: Path) -> None:
    scribe = listening.scribe
    listening.transcriber.use("test.en", "en", "auto")
    assert wer(SENTENCE, listening.text(sentence)) <= 0.2
    assert listening.scribe == scribe
