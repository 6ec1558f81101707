"""The voice detector's network says what it says in ONNX Runtime, for which it was made."""

import os
from pathlib import Path

import faster_whisper
import numpy as np
import pytest

from assistant.transcribe.detector import CHUNK
from assistant.transcribe.recogniser import Samples
from assistant.transcribe.silero import BEFORE, Network, Weights
from assistant.transcribe.sound import read_sound
from tests.rig.speech import synthesise
from tests.transcribe.noises import noises

STATE = (1, 1, 128)


@pytest.fixture
def chunks(tmp_path: Path) -> Samples:
    """A sentence, noises and silence, as the network takes them."""
    sentence = read_sound(synthesise("There are nine blue books on the table.", tmp_path / "spoken.wav"))
    sound = np.concatenate([sentence, *noises().values()])
    found = sound[: len(sound) // CHUNK * CHUNK].reshape(-1, CHUNK)
    before = np.concatenate([np.zeros((1, BEFORE), np.float32), found[:-1, -BEFORE:]])
    return np.hstack([before, found])


def in_onnx_runtime(chunks: Samples) -> Samples:
    os.environ["ORT_DISABLE_TELEMETRY"] = os.environ["ORT_TELEMETRY_DISABLED"] = "1"
    import onnxruntime

    file = Path(faster_whisper.__file__).parent / "assets" / "silero_vad_v6.onnx"
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    nothing = np.zeros(STATE, np.float32)
    return np.asarray(session.run(["speech_probs"], {"input": chunks, "h": nothing, "c": nothing})[0])


def test_it_says_what_onnx_runtime_says_of_speech_noise_and_silence(chunks: Samples) -> None:
    found = Network(Weights()).probabilities(chunks)
    assert (found > 0.9).any()
    assert (found < 0.1).any()
    np.testing.assert_allclose(found, in_onnx_runtime(chunks), atol=1e-3)


def test_it_remembers_what_came_before_when_sound_comes_bit_by_bit(chunks: Samples) -> None:
    weights = Weights()
    bit_by_bit = Network(weights)
    bits = [bit_by_bit.probabilities(chunks[first : first + 7]) for first in range(0, len(chunks), 7)]
    np.testing.assert_allclose(np.concatenate(bits), Network(weights).probabilities(chunks), atol=1e-3)
