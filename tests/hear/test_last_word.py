"""People let go of the key in the middle of a word, just after it, or after a pause: all is heard, none waits in vain."""

from pathlib import Path

import numpy as np
import pytest

from assistant.hear.last_word import LastWord
from assistant.hear.take import Take
from tests.rig.sound import SAMPLE_RATE_HZ, Samples
from tests.rig.speech import read_wav, synthesise

BLOCK_S = 0.02
BLOCK = round(SAMPLE_RATE_HZ * BLOCK_S)
ON_ITS_WAY = 2  # blocks that were spoken before the release and have not arrived
SENTENCES = (
    "There are nine blue books on the table.",
    "He kept eight gifts.",
    "What luck!",
    "She sells fresh fish by the harbour.",
)

PEOPLE = Path(__file__).parents[3] / "shared" / "speech"


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> list[Samples]:
    """Sentences, each with a second of silence before and after it; also of people, where there are any."""
    folder = tmp_path_factory.mktemp("speech")
    room = np.zeros(SAMPLE_RATE_HZ, np.float32)
    voices = [read_wav(synthesise(text, folder / f"{n}.wav")) for n, text in enumerate(SENTENCES)]
    voices += [read_wav(file) for file in sorted(PEOPLE.glob("*.wav"))]
    return [np.concatenate([room, voice, room]) for voice in voices]


def noisy(speech: Samples, noise_db: float, kind: str) -> Samples:
    """The speech in a room that is so loud, relative to the voice. Rumble is deep, hiss is even."""
    hiss = np.random.default_rng(7).standard_normal(len(speech))
    spectrum = np.fft.rfft(hiss)
    hz = np.fft.rfftfreq(len(speech), 1 / SAMPLE_RATE_HZ)
    slope = {"hiss": 0.0, "hum": 0.5, "rumble": 1.0}[kind]
    room = np.fft.irfft(spectrum / np.maximum(hz, 20) ** slope, len(speech))
    voice = speech[np.abs(speech) > 0.02].std()
    mixed: Samples = (speech + room / room.std() * voice * 10 ** (noise_db / 20)).astype(np.float32)
    return mixed


def loudness_db(sound: Samples, folder: Path) -> list[float]:
    """Of each block, as the ear tells it."""
    take = Take(folder / "1.wav", SAMPLE_RATE_HZ)
    pcm = (np.clip(sound, -1, 1) * 32767).astype("<i2")
    told = [take.add(pcm[at : at + BLOCK].tobytes()) for at in range(0, len(pcm) - BLOCK + 1, BLOCK)]
    take.close()
    return told


def end_of(loudness: list[float], released: int) -> int:
    """The first block that is not kept where the key comes up at the beginning of block `released`."""
    last_word = LastWord(BLOCK_S)
    arrived = released - ON_ITS_WAY
    for one in loudness[:arrived]:
        last_word.hear(one, released=False)
    if last_word.is_over():
        return arrived
    for number, one in enumerate(loudness[arrived:], arrived):
        if last_word.hear(one, released=True):
            return number + 1
    pytest.fail("the end never came")


def sounds(speech: Samples, folder: Path) -> list[bool]:
    """For each block of the bare speech: whether a listener would miss it."""
    loudness = np.array(loudness_db(speech, folder))
    missed: list[bool] = (loudness > np.percentile(loudness[np.isfinite(loudness)], 95) - 25).tolist()
    return missed


def end_of_speech(sounding: list[bool]) -> int:
    return len(sounding) - sounding[::-1].index(True)


ROOMS = [(-90.0, "hiss"), (-30.0, "hiss"), (-30.0, "hum"), (-30.0, "rumble")]


@pytest.mark.parametrize("room", ROOMS)
def test_who_lets_go_half_a_second_after_the_last_word_does_not_wait(
    spoken: list[Samples], room: tuple[float, str], tmp_path: Path
) -> None:
    for speech in spoken:
        released = end_of_speech(sounds(speech, tmp_path)) + 25
        assert end_of(loudness_db(noisy(speech, *room), tmp_path), released) == released - ON_ITS_WAY


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("after_s", [-0.06, 0.0, 0.06, 0.1])
def test_the_last_word_is_kept_by_whoever_lets_go_about_its_end(
    spoken: list[Samples], room: tuple[float, str], after_s: float, tmp_path: Path
) -> None:
    for speech in spoken:
        sounding = sounds(speech, tmp_path)
        end = end_of_speech(sounding)
        kept_to = end_of(loudness_db(noisy(speech, *room), tmp_path), end + round(after_s / BLOCK_S))
        assert not any(sounding[kept_to:])


def test_nothing_but_zeros_is_quiet_from_the_beginning() -> None:
    last_word = LastWord(BLOCK_S)
    assert not last_word.is_over(), "nothing was heard yet"
    for _ in range(5):
        last_word.hear(float("-inf"), released=False)
    assert last_word.is_over()


def test_a_microphone_that_begins_with_zeros_does_not_make_the_room_loud(tmp_path: Path) -> None:
    room = np.random.default_rng(1).standard_normal(SAMPLE_RATE_HZ).astype(np.float32) * 0.003
    loudness = [float("-inf")] * 35 + loudness_db(room, tmp_path)
    assert end_of(loudness, len(loudness)) == len(loudness) - ON_ITS_WAY


def test_a_fan_that_is_switched_on_is_soon_the_quiet_of_the_room(
    spoken: list[Samples], tmp_path: Path
) -> None:
    quiet = loudness_db(noisy(spoken[0], -60, "hiss"), tmp_path)
    loud = [loudness for _ in range(4) for loudness in loudness_db(noisy(spoken[0], -30, "hiss"), tmp_path)]
    loudness = quiet + loud
    assert end_of(loudness, len(loudness)) == len(loudness) - ON_ITS_WAY
