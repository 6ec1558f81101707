"""Speech is found in a recording, also soft speech, and cut into pieces without losing its place."""

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.recordings import RATE_HZ
from assistant.transcribe.recogniser import Samples
from assistant.transcribe.sound import read_sound
from assistant.transcribe.voice_activity import LONGEST_PIECE_S, Piece, Span, find_speech, pieces
from assistant.turn.transcript import Word
from tests.rig.speech import synthesise
from tests.transcribe.noises import noises

SHARED = Path(__file__).parents[3] / "shared" / "speech"
PEOPLE = sorted(json.loads((SHARED / "transcripts.json").read_text())) if SHARED.is_dir() else []


@pytest.fixture
def sentence(tmp_path: Path) -> Samples:
    return read_sound(synthesise("There are nine blue books on the table.", tmp_path / "spoken.wav"))


def quiet(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE_HZ), np.float32)


@pytest.mark.parametrize("level_db", [0, -20, -40, -60, -70])
def test_speech_is_found_where_it_is_however_soft_it_was_recorded(sentence: Samples, level_db: int) -> None:
    soft = np.concatenate([quiet(2), sentence / np.abs(sentence).max() * 10 ** (level_db / 20), quiet(2)])
    as_recorded = (np.round(soft * 32767) / 32768).astype(np.float32)
    (span,) = find_speech(as_recorded)
    assert span.speech_start / RATE_HZ == pytest.approx(2.0, abs=0.25)
    assert span.speech_end / RATE_HZ == pytest.approx(2 + len(sentence) / RATE_HZ, abs=0.35)
    assert span.start < span.speech_start
    assert span.end > span.speech_end


def test_soft_speech_is_found_beside_a_loud_click(sentence: Samples) -> None:
    recording = np.concatenate([quiet(1), sentence * 0.003, quiet(1)])
    recording[100:130] = 0.9
    assert len(find_speech(recording)) == 1


def test_nobody_speaks_in_silence_noise_or_hum() -> None:
    assert {name: find_speech(sound) for name, sound in noises().items() if find_speech(sound)} == {}


@pytest.mark.parametrize("length", [0, 1, 511, 512, 513])
def test_a_recording_of_next_to_nothing_has_no_speech(length: int) -> None:
    assert find_speech(np.full(length, 0.1, np.float32)) == ()


def test_long_pauses_are_left_out_and_words_keep_their_time(sentence: Samples) -> None:
    recording = np.concatenate([quiet(3), sentence, quiet(10), sentence, quiet(3)])
    (piece,) = pieces(find_speech(recording))
    assert len(piece.spans) == 2
    assert piece.length < 2 * len(sentence) + 2 * RATE_HZ
    assert len(piece.samples(recording)) == piece.length
    second_start_s = piece.spans[0].length / RATE_HZ + 0.5
    word = piece.place(Word(" nine", second_start_s, second_start_s + 0.2))
    assert word.start_s is not None
    assert word.start_s == pytest.approx(piece.spans[1].start / RATE_HZ + 0.5, abs=0.01)


def test_speech_without_a_pause_is_cut_at_the_longest_piece(sentence: Samples) -> None:
    speech = np.concatenate([sentence] * 30)
    spans = find_speech(speech)
    found = list(pieces(spans))
    assert all(piece.length <= LONGEST_PIECE_S * RATE_HZ for piece in found)
    assert len(found) >= 2
    assert sum(piece.length for piece in found) > 0.97 * len(speech)


def test_a_word_outside_of_the_speech_is_moved_to_it() -> None:
    piece = Piece((Span(0, 32_000, 8_000, 24_000),))
    assert piece.place(Word(" a", 0.0, 0.1)) == Word(" a", 0.5, 0.5)
    assert piece.place(Word(" b", 1.0, 9.0)) == Word(" b", 1.0, 1.5)


if PEOPLE:

    @pytest.mark.parametrize("name", PEOPLE)
    def test_people_are_heard(name: str) -> None:
        samples = read_sound(SHARED / name)
        voiced_s = sum(piece.voiced_s for piece in pieces(find_speech(samples)))
        assert voiced_s > 0.5 * len(samples) / RATE_HZ
