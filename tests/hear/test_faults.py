"""Whatever happens to the microphone while one speaks, what was said until then is there, and the fault is told."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from assistant.hear import EarMicrophone
from assistant.recordings import mend
from assistant.turn.events import (
    AudioEnded,
    AudioHeard,
    AudioStarted,
    PartChanged,
    Readiness,
    Recording,
    Remedy,
    StageFailed,
)
from tests.rig import SoundServer, wait_until
from tests.rig.speech import read_wav

from .conftest import Events, likeness, likeness_of_beginning

Start = Callable[..., EarMicrophone]
Speak = Callable[[EarMicrophone], AbstractContextManager[Path]]
Record = Callable[..., Recording]
Check = Callable[[EarMicrophone], None]


@pytest.fixture
def speak(events: Events, sound_server: SoundServer, long_speech: Path, tmp_path: Path) -> Speak:
    """Somebody speaks while the block runs, which begins when 1.5 s are recorded; it is given the recording's path."""

    @contextmanager
    def speak_into(microphone: EarMicrophone) -> Iterator[Path]:
        microphone.open(1, tmp_path / "1.wav")
        events.wait(AudioStarted)
        with sound_server.speaking_into_microphone(long_speech):
            events.wait_until_recorded(1.5)
            yield tmp_path / "1.wav"

    return speak_into


@pytest.fixture
def speaking(microphone: EarMicrophone, speak: Speak) -> Iterator[Path]:
    """Somebody has been speaking for a second and a half; the recording's path."""
    with speak(microphone) as path:
        yield path


@pytest.fixture
def record(events: Events, sound_server: SoundServer, sentence: Path, tmp_path: Path) -> Record:
    """Records the sentence, spoken into the microphone of this name, and checks that it was heard."""

    def record_it(microphone: EarMicrophone, turn: int, name: str = "vmic") -> Recording:
        microphone.open(turn, tmp_path / f"{turn}.wav")
        events.wait(AudioStarted)
        sound_server.speak_into_microphone(sentence, name)
        microphone.close(turn)
        recording = events.wait(AudioEnded).recording
        assert likeness(read_wav(tmp_path / f"{turn}.wav"), read_wav(sentence)) > 0.99
        return recording

    return record_it


@pytest.fixture
def still_works(record: Record) -> Check:
    """Checks that the next sentence is recorded as ever."""

    def check(microphone: EarMicrophone) -> None:
        assert record(microphone, 99).fault is None

    return check


def fault_of(recording: Recording) -> str:
    assert recording.fault is not None
    return recording.fault.code


def test_the_only_microphone_is_unplugged_in_mid_sentence(
    speaking: Path, microphone: EarMicrophone, events: Events, sound_server: SoundServer, long_speech: Path
) -> None:
    sound_server.remove_microphone()
    ended = events.wait(AudioEnded).recording
    assert fault_of(ended) == "microphone-lost"
    assert ended.duration_s >= 1.5
    assert likeness_of_beginning(speaking, long_speech, end_s=0.1) > 0.99


def test_another_microphone_takes_over_when_the_one_in_use_is_unplugged(
    microphone: EarMicrophone,
    events: Events,
    sound_server: SoundServer,
    sentence: Path,
    tmp_path: Path,
    speak: Speak,
) -> None:
    sound_server.add_microphone("headset")
    with speak(microphone):
        sound_server.remove_microphone()
    sound_server.speak_into_microphone(sentence, "headset")
    microphone.close(1)
    ended = events.wait(AudioEnded).recording
    assert fault_of(ended) == "microphone-changed"
    assert ended.fault is not None
    assert "headset" in ended.fault.hint
    assert likeness(read_wav(tmp_path / "1.wav"), read_wav(sentence)) > 0.99


def test_a_microphone_that_stops_giving_sound_ends_the_recording(
    speaking: Path, events: Events, sound_server: SoundServer, long_speech: Path
) -> None:
    sound_server.suspend_microphone(True)
    ended = events.wait(AudioEnded).recording
    assert fault_of(ended) == "microphone-stalled"
    assert ended.duration_s >= 1.5
    assert likeness_of_beginning(speaking, long_speech, end_s=0.1) > 0.99


def test_a_microphone_that_pauses_is_opened_again_and_the_gap_is_marked(
    microphone: EarMicrophone, events: Events, sound_server: SoundServer, sentence: Path, tmp_path: Path
) -> None:
    microphone.open(1, tmp_path / "1.wav")
    started = events.wait(AudioStarted)
    events.wait_until_recorded(0.5)
    ear = ear_of(microphone)
    sound_server.suspend_microphone(True)
    before = streams_of(sound_server, ear)
    wait_until(lambda: streams_of(sound_server, ear) - before, 20, "the ear to open the microphone again")
    sound_server.suspend_microphone(False)
    events.wait_until_recorded(1.5)
    sound_server.speak_into_microphone(sentence)
    closed_at = time.monotonic()
    microphone.close(1)
    ended = events.wait(AudioEnded).recording
    assert ended.fault is None
    assert ended.lost_blocks > 25
    assert ended.duration_s > closed_at - started.at - 0.3, "times in the recording are wrong"
    assert likeness(read_wav(tmp_path / "1.wav"), read_wav(sentence)) > 0.99


def test_the_sound_server_dies_in_mid_sentence_and_comes_back(
    speaking: Path,
    microphone: EarMicrophone,
    events: Events,
    sound_server: SoundServer,
    long_speech: Path,
    tmp_path: Path,
    still_works: Check,
) -> None:
    sound_server.stop()
    assert fault_of(events.wait(AudioEnded).recording) == "microphone-lost"
    assert likeness_of_beginning(speaking, long_speech, end_s=0.1) > 0.99
    microphone.open(2, tmp_path / "2.wav")
    failed = events.wait(StageFailed)
    assert (failed.turn, failed.fault.remedy) == (2, Remedy.CHOOSE_MICROPHONE)
    assert not (tmp_path / "2.wav").exists()
    sound_server.start()
    assert events.wait_until_ready().label == "vmic"
    still_works(microphone)


def test_the_ear_is_killed_in_mid_sentence(
    microphone: EarMicrophone, events: Events, long_speech: Path, still_works: Check, speak: Speak
) -> None:
    with speak(microphone) as path:
        os.kill(ear_of(microphone), signal.SIGKILL)
        ended = events.wait(AudioEnded).recording
    assert fault_of(ended) == "recording-broke-off"
    assert ended.duration_s >= max(heard.duration_s for heard in events.all if isinstance(heard, AudioHeard))
    assert ended.peak > 0.1
    assert likeness_of_beginning(path, long_speech, end_s=0.0) > 0.99
    events.wait_until_ready()
    still_works(microphone)


PROGRAM = """
import sys
from pathlib import Path
from assistant.hear import EarMicrophone
from assistant.turn.events import AudioHeard, AudioStarted

def emit(event):
    if isinstance(event, AudioStarted):
        print("started", flush=True)
    if isinstance(event, AudioHeard) and event.duration_s > 1.5:
        print(microphone._ear.pid, event.duration_s, flush=True)

microphone = EarMicrophone()
microphone.start(emit)
microphone.open(1, Path(sys.argv[1]))
sys.stdin.read()
"""


def test_the_program_is_killed_in_mid_sentence(
    sound_server: SoundServer, long_speech: Path, tmp_path: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, tmp_path / "1.wav"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "started\n"
        with sound_server.speaking_into_microphone(long_speech):
            ear, heard_s = program.stdout.readline().split()
            program.kill()
            wait_until(lambda: has_ended(int(ear)), 20, "the ear to leave")
    assert mend(tmp_path / "1.wav").duration_s >= float(heard_s)
    assert likeness_of_beginning(tmp_path / "1.wav", long_speech, end_s=0.1) > 0.99


@pytest.fixture
def terminal() -> Iterator[None]:
    """Ctrl+C is not ignored, as it may be where tests run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_in_the_terminal_leaves_the_recording_to_the_program(
    terminal: None, microphone: EarMicrophone, events: Events, tmp_path: Path
) -> None:
    microphone.open(1, tmp_path / "1.wav")
    events.wait(AudioStarted)
    os.kill(ear_of(microphone), signal.SIGINT)
    events.wait_until_recorded(0.5)
    microphone.close(1)
    assert events.wait(AudioEnded).recording.fault is None


def test_an_ear_that_hangs_is_replaced_and_what_it_wrote_is_kept(
    microphone: EarMicrophone, events: Events, still_works: Check, speak: Speak
) -> None:
    with speak(microphone):
        os.kill(ear_of(microphone), signal.SIGSTOP)
    microphone.close(1)
    ended = events.wait(AudioEnded).recording
    assert fault_of(ended) == "recording-broke-off"
    assert ended.duration_s >= 1.5
    events.wait_until_ready()
    still_works(microphone)


def test_an_ear_that_keeps_dying_is_given_up_until_the_user_speaks_again(
    microphone: EarMicrophone, events: Events, still_works: Check
) -> None:
    for _ in range(2):
        os.kill(ear_of(microphone), signal.SIGKILL)
        events.wait_until_ready()
    os.kill(ear_of(microphone), signal.SIGKILL)
    broken = events.wait_for_fault("ear-broken")
    assert broken.readiness is Readiness.BROKEN
    still_works(microphone)


def test_there_is_no_microphone_until_one_is_plugged_in(
    microphone: EarMicrophone, events: Events, sound_server: SoundServer, tmp_path: Path, still_works: Check
) -> None:
    sound_server.remove_microphone()
    assert events.wait_for_fault("no-microphone").readiness is Readiness.MISSING
    microphone.open(1, tmp_path / "1.wav")
    failed = events.wait(StageFailed)
    assert (failed.turn, failed.fault.code) == (1, "no-microphone")
    assert failed.fault.remedy is Remedy.CHOOSE_MICROPHONE
    sound_server.restore_microphone()
    assert events.wait_until_ready().label == "vmic"
    still_works(microphone)


def test_a_chosen_microphone_that_is_unplugged_is_named(
    sound_server: SoundServer, start: Start, events: Events, tmp_path: Path
) -> None:
    sound_server.add_microphone("headset")
    microphone = start("headset")
    assert events.wait_until_ready().label == "headset"
    sound_server.remove_microphone("headset")
    change = events.wait_for_fault("microphone-not-connected")
    assert change.fault is not None
    assert "headset" in change.fault.message
    microphone.open(1, tmp_path / "1.wav")
    assert events.wait(StageFailed).fault == change.fault


def test_a_silent_microphone_is_told_at_once_and_at_the_end_and_forgiven_when_it_speaks(
    microphone: EarMicrophone, events: Events, sound_server: SoundServer, sentence: Path, tmp_path: Path
) -> None:
    microphone.open(1, tmp_path / "1.wav")
    assert events.wait_for_fault("microphone-silent").readiness is Readiness.LIMITED
    microphone.close(1)
    ended = events.wait(AudioEnded).recording
    assert fault_of(ended) == "microphone-silent"
    microphone.open(2, tmp_path / "2.wav")
    events.wait(AudioStarted)
    sound_server.speak_into_microphone(sentence)
    events.wait_until_ready()
    microphone.close(2)
    assert events.wait(AudioEnded).recording.fault is None


def test_a_recording_that_the_disk_does_not_take_is_kept_as_far_as_it_came(
    sound_server: SoundServer, start: Start, events: Events, long_speech: Path, tmp_path: Path
) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    try:
        microphone = start()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    events.wait_until_ready()
    microphone.open(1, tmp_path / "1.wav")
    events.wait(AudioStarted)
    with sound_server.speaking_into_microphone(long_speech):
        ended = events.wait(AudioEnded).recording
    assert fault_of(ended) == "recording-not-written"
    assert ended.duration_s == pytest.approx(1.56, abs=0.03)
    assert likeness_of_beginning(tmp_path / "1.wav", long_speech, end_s=0.0) > 0.99


def test_a_recording_that_cannot_be_begun_is_said(
    microphone: EarMicrophone, events: Events, tmp_path: Path, still_works: Check
) -> None:
    (tmp_path / "occupied").write_text("a file where the folder should be")
    microphone.open(1, tmp_path / "occupied" / "1.wav")
    assert events.wait(StageFailed).fault.code == "recording-not-written"
    still_works(microphone)


def without(library: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make importing `library` fail in child processes as it does where its shared library is not installed."""
    (folder / f"{library}.py").write_text("raise OSError('library not found')")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), str(Path(__file__).parents[2])]))


def test_without_portaudio_the_package_to_install_is_named(
    sound_server: SoundServer,
    start: Start,
    events: Events,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    still_works: Check,
) -> None:
    without("sounddevice", tmp_path, monkeypatch)
    microphone = start()
    change = events.wait(PartChanged)
    assert change.readiness is Readiness.MISSING
    assert change.fault is not None
    assert "libportaudio2" in change.fault.hint
    microphone.open(1, tmp_path / "1.wav")
    assert events.wait(StageFailed).fault == change.fault
    (tmp_path / "sounddevice.py").unlink()  # it is installed
    still_works(microphone)


def test_without_the_sound_servers_library_portaudios_devices_serve(
    sound_server: SoundServer,
    start: Start,
    events: Events,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record: Record,
) -> None:
    without("pulsectl", tmp_path, monkeypatch)
    sound_server.add_microphone("headset")
    microphone = start()
    events.wait_until_ready()
    assert {"vmic", "headset"} <= set(microphone.devices())
    microphone.use("headset")
    assert events.wait_until_ready().label == "headset"
    record(microphone, 1, "headset")
    microphone.use("gone")
    microphone.open(2, tmp_path / "2.wav")
    assert events.wait(StageFailed).fault.code == "microphone-not-connected"


def test_what_sound_libraries_print_does_not_reach_the_terminal_but_our_own_errors_do() -> None:
    program = """
import os, sys
from assistant.hear.ear import _silence_libraries
_silence_libraries()
os.write(2, b"ALSA lib confmisc.c: cannot find card")
sys.exit("a mistake of ours")
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.stderr == "a mistake of ours\n"


def ear_of(microphone: EarMicrophone) -> int:
    assert microphone._ear is not None
    return microphone._ear.pid


def has_ended(pid: int) -> bool:
    """Whether the process is gone, or only its parent has not heard of it yet."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return True
    return stat.rpartition(")")[2].split()[0] == "Z"


def streams_of(sound_server: SoundServer, pid: int) -> set[str]:
    """The numbers of the streams that a process records."""
    listed = sound_server._pactl("list", "source-outputs").split("Source Output #")
    return {one.split()[0] for one in listed if f'application.process.id = "{pid}"' in one}
