"""What is spoken into the microphone is recorded, and what is played is heard at the speaker."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.rig import Recording, RigError, SoundServer, wait_until
from tests.rig.sound import Samples
from tests.rig.speech import read_wav, synthesise

# Programs as ours are: PortAudio on ALSA.
_PLAY = """
import sys, sounddevice, wave
with wave.open(sys.argv[1]) as file, sounddevice.RawOutputStream(16000, channels=1, dtype="int16") as stream:
    stream.write(file.readframes(file.getnframes()))
"""
_RECORD = """
import sys, sounddevice
with sounddevice.RawInputStream(samplerate=16000, channels=1, dtype="int16", blocksize=320, device=sys.argv[1]) as stream:
    print("ready", file=sys.stderr, flush=True)
    while True:
        sys.stdout.buffer.write(stream.read(320)[0])
        sys.stdout.buffer.flush()
"""


@pytest.fixture
def sentence(tmp_path: Path) -> Path:
    return synthesise("There are nine blue books on the table.", tmp_path / "sentence.wav")


def place(heard: Samples, reference: Samples) -> int:
    """Where the reference begins in what was heard, in samples."""
    return int(np.correlate(heard, reference, "valid").argmax())


def likeness(heard: Samples, reference: Samples) -> float:
    """The correlation of the reference with the best fitting part of what was heard."""
    start = place(heard, reference)
    return float(np.corrcoef(heard[start : start + len(reference)], reference)[0, 1])


@contextmanager
def recording(sound: SoundServer, source: str) -> Iterator[Recording]:
    heard = Recording(source, sound.env)
    try:
        wait_until(lambda: len(heard.samples), 20, "the first samples")
        yield heard
    finally:
        heard.stop()


def test_speech_into_the_microphone_reaches_the_default_source(
    sound_server: SoundServer, sentence: Path
) -> None:
    with recording(sound_server, "@DEFAULT_SOURCE@") as heard:
        sound_server.speak_into_microphone(sentence)
        heard.wait_for_silence(0.3)
    assert likeness(heard.samples, read_wav(sentence)) > 0.99


def test_sound_on_its_way_to_an_ear_or_the_speaker_is_never_held_back(sound_server: SoundServer) -> None:
    told = sound_server._pactl("list", "sinks")
    ahead_us = [int(configured) for configured in re.findall(r"configured (\d+) usec", told)]
    assert len(ahead_us) == 2
    assert max(ahead_us) <= 100_000, "the server plays out so much silence before new sound has its turn"


@pytest.mark.parametrize("device", ["default", "vmic"])
def test_speech_into_the_microphone_reaches_portaudio(
    sound_server: SoundServer, sentence: Path, device: str, tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    with (
        raw.open("wb") as file,
        subprocess.Popen(
            [sys.executable, "-c", _RECORD, device], stdout=file, stderr=subprocess.PIPE, text=True
        ) as program,
    ):
        assert program.stderr is not None
        while program.stderr.readline() != "ready\n":
            assert program.poll() is None
        sound_server.speak_into_microphone(sentence)
        enough = raw.stat().st_size + 16_000  # what is still on its way: half a second
        wait_until(lambda: raw.stat().st_size > enough, 20, "the end of the sentence")
        program.kill()
    heard = np.fromfile(raw, np.int16).astype(np.float32) / np.float32(32768)
    assert likeness(heard, read_wav(sentence)) > 0.98


def test_what_a_program_plays_is_heard_at_the_speaker(sound_server: SoundServer, sentence: Path) -> None:
    with sound_server.record_speaker() as heard:
        subprocess.run([sys.executable, "-c", _PLAY, sentence], check=True, timeout=60)
        heard.wait_for_silence(0.3)
    assert likeness(heard.samples, read_wav(sentence)) > 0.95  # a busy machine may lose a block


def test_a_second_microphone_hears_only_what_is_spoken_into_it(
    sound_server: SoundServer, sentence: Path
) -> None:
    sound_server.add_microphone("headset")
    with recording(sound_server, "headset") as near, recording(sound_server, "vmic") as far:
        sound_server.speak_into_microphone(sentence, "headset")
        near.wait_for_silence(0.3)
    assert likeness(near.samples, read_wav(sentence)) > 0.99
    assert np.abs(far.samples).max() == 0


def test_a_removed_microphone_is_gone_and_comes_back(sound_server: SoundServer, sentence: Path) -> None:
    sound_server.remove_microphone()
    sources = subprocess.run(
        ["pactl", "list", "short", "sources"], capture_output=True, text=True, check=True
    )
    assert "vmic" not in sources.stdout
    sound_server.restore_microphone()
    with recording(sound_server, "@DEFAULT_SOURCE@") as heard:
        sound_server.speak_into_microphone(sentence)
        heard.wait_for_silence(0.3)
    assert likeness(heard.samples, read_wav(sentence)) > 0.99


def test_a_suspended_microphone_stops_without_an_error(sound_server: SoundServer) -> None:
    with recording(sound_server, "vmic") as heard:
        sound_server.suspend_microphone(True)
        wait_until(lambda: not sound_server.microphone_runs(), 20, "the microphone to be suspended")
        silent_from = len(heard.samples)
        sound_server.suspend_microphone(False)
        wait_until(lambda: len(heard.samples) > silent_from + 1600, 20, "the microphone to go on")


def test_a_program_notices_when_the_sound_server_is_gone(sound_server: SoundServer) -> None:
    with subprocess.Popen(
        ["parec", "-d", "vmic"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as program:
        wait_until(sound_server.microphone_in_use, 20, "the recording to begin")
        sound_server.stop()
        assert program.wait(20) != 0
    sound_server.start()
    with sound_server.record_speaker() as heard:
        assert len(heard.samples)


def test_speech_can_be_cut_off_in_the_middle(sound_server: SoundServer, tmp_path: Path) -> None:
    speech = synthesise("There are nine blue books on the table. " * 15, tmp_path / "speech.wav")
    with recording(sound_server, "vmic") as heard:
        with sound_server.speaking_into_microphone(speech):
            heard.wait_for_sound()
        heard.wait_for_silence(1.0)
    assert len(heard.samples) < len(read_wav(speech)) / 2


def test_a_sound_is_not_missed_by_waiting_for_it_late(sound_server: SoundServer, sentence: Path) -> None:
    with sound_server.record_speaker() as heard:
        subprocess.run([sys.executable, "-c", _PLAY, sentence], check=True, timeout=60)
        heard.wait_for_sound()
        heard.wait_for_silence()
        with pytest.raises(RigError, match="sound at the speaker"):
            heard.wait_for_sound(within_s=0.3)
