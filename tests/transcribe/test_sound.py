"""Sound files of every usual kind are read alike; what has no sound is said."""

from pathlib import Path

import av
import numpy as np
import pytest

from assistant.errors import AssistantError
from assistant.recordings import RATE_HZ, RecordingFile
from assistant.transcribe.sound import read_sound
from tests.rig.speech import read_wav, synthesise, write_wav


@pytest.fixture
def spoken(tmp_path: Path) -> Path:
    return synthesise("There are nine blue books on the table.", tmp_path / "spoken.wav")


def encoded(source: Path, target: Path, codec: str, layout: str) -> Path:
    """The same sound in another format, 44.1 kHz where the codec can."""
    rate_hz = 48_000 if codec == "libopus" else 44_100
    with av.open(str(source)) as sound, av.open(str(target), "w") as out:
        stream = out.add_stream(codec, rate=rate_hz, layout=layout)
        assert isinstance(stream, av.AudioStream)
        resampler = av.AudioResampler(format=stream.format, layout=layout, rate=rate_hz, frame_size=1024)
        for frame in (*sound.decode(audio=0), None):
            for resampled in resampler.resample(frame):
                resampled.pts = None
                out.mux(stream.encode(resampled))
        out.mux(stream.encode(None))
    return target


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("spoken.mp3", "libmp3lame"),
        ("spoken.flac", "flac"),
        ("spoken.ogg", "libopus"),
        ("spoken.m4a", "aac"),
        ("stereo.wav", "pcm_s16le"),
    ],
)
def test_other_formats_rates_and_channels_sound_like_the_original(
    spoken: Path, tmp_path: Path, name: str, codec: str
) -> None:
    original = read_sound(spoken)
    read = read_sound(encoded(spoken, tmp_path / name, codec, "stereo"))
    assert abs(len(read) - len(original)) < 0.2 * RATE_HZ
    length = min(len(read), len(original))
    shifts = [np.corrcoef(original[: length - s], read[s:length])[0, 1] for s in range(0, 1600, 4)]
    assert max(shifts) > 0.95


def test_a_recording_of_the_ear_is_read_sample_by_sample(tmp_path: Path) -> None:
    samples = np.arange(-32768, 32768, 7).astype(np.int16)
    recording = RecordingFile(tmp_path / "1.wav")
    recording.append(samples.tobytes())
    recording.close()
    assert np.array_equal(read_sound(recording.path) * 32768, samples)


def test_a_recording_that_is_still_being_written_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    recording = RecordingFile(tmp_path / "1.wav")
    recording.append(bytes(3200))
    assert len(read_sound(recording.path)) == 1600
    recording.close()


def test_a_wav_of_another_rate_is_brought_to_ours(spoken: Path, tmp_path: Path) -> None:
    slow = write_wav(tmp_path / "slow.wav", read_wav(spoken)[::2], 8000)
    assert abs(len(read_sound(slow)) - len(read_sound(spoken))) < 100


@pytest.mark.parametrize("content", [b"", b"RIFF", b"These are words, not sound.\n" * 100])
def test_a_file_without_sound_is_said_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "notes.wav"
    file.write_bytes(content)
    with pytest.raises(AssistantError) as error:
        read_sound(file)
    assert error.value.fault.code == "not-sound"


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(AssistantError) as error:
        read_sound(tmp_path / "nothing.mp3")
    assert error.value.fault.code == "sound-unreadable"
    assert "No such file" in error.value.fault.message
