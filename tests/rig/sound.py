"""A private PulseAudio server with microphones to speak into and a speaker to listen to."""

import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from tests.rig.processes import RigError, Service, run_tool, wait_until

SAMPLE_RATE_HZ = 16_000
Samples = npt.NDArray[np.float32]

_THRESHOLD = 0.01  # -40 dB of full scale: louder is sound

# norewinds: without it sound arrives a second and a half late.
_SPEAKER = "module-null-sink sink_name=speaker norewinds=1 sink_properties=device.description=Speaker"
_ALSA = """\
</usr/share/alsa/alsa.conf>
pcm.!default {{ type pulse server "{address}" }}
ctl.!default {{ type pulse server "{address}" }}
"""
_ALSA_MICROPHONE = """\
pcm.{name} {{ type pulse server "{address}" device "{name}" hint {{ show on description "{name}" }} }}
"""


class SoundServer:
    """PulseAudio without a sound card: microphone `vmic` and sink `speaker` are the defaults.

    Programs reach it through PulseAudio or through ALSA (and so PortAudio) with `env`. To PortAudio the default
    device is `default`; each microphone is also a device of its own name.
    """

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self._folder = folder
        self._outer_env = dict(env)
        self._socket = folder / "pulse.socket"
        self._alsa = folder / "alsa.conf"
        self._service: Service | None = None
        self._modules: dict[str, list[str]] = {}

    @property
    def env(self) -> dict[str, str]:
        state = str(self._folder / "pulse")
        return self._outer_env | {
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_RUNTIME_PATH": state,
            "PULSE_STATE_PATH": state,
            "PULSE_CONFIG_PATH": state,
            "ALSA_CONFIG_PATH": str(self._alsa),
        }

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server with the microphone `vmic` and the speaker."""
        (self._folder / "pulse").mkdir(mode=0o700, exist_ok=True)
        script = self._folder / "pulse.pa"
        # The socket comes last: when it answers, everything is there.
        script.write_text(
            f"load-module {_SPEAKER}\n"
            "set-default-sink speaker\n"
            f"load-module module-native-protocol-unix auth-anonymous=1 socket={self._socket}\n"
        )
        options = ["--daemonize=no", "--exit-idle-time=-1", "--disallow-exit=yes", "--use-pid-file=no"]
        limits = ["--disable-shm=yes", "--realtime=no", "--high-priority=no"]
        self._service = Service(
            ["pulseaudio", "-n", *options, *limits, "-F", script],
            env=self.env,
            log=self._folder / "pulse.log",
        )
        try:
            self._service.wait_until(self._answers, 20, "the sound server")
            self.add_microphone("vmic")
            self.choose_microphone("vmic")
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the server, as when it crashes: clients lose their connection."""
        if self._service is not None:
            self._service.end()
        self._service = None
        self._modules.clear()
        self._socket.unlink(missing_ok=True)

    # microphones

    def add_microphone(self, name: str) -> None:
        """Connect a microphone; what is played into the sink NAME_in is what it hears."""
        sink = f"{name}_in"
        about = f"device.description={name}"
        self._modules[name] = [
            self._pactl("load-module", "module-null-sink", f"sink_name={sink}", "norewinds=1"),
            self._pactl(
                "load-module",
                "module-remap-source",
                f"source_name={name}",
                f"master={sink}.monitor",
                f"source_properties={about}",
            ),
        ]
        self._write_alsa()

    def remove_microphone(self, name: str = "vmic") -> None:
        """Pull the microphone's plug. A running recording is moved to another source, if only the speaker's monitor."""
        for module in reversed(self._modules.pop(name)):
            self._pactl("unload-module", module)
        self._write_alsa()

    def restore_microphone(self, name: str = "vmic") -> None:
        """Plug it in again, as the default."""
        self.add_microphone(name)
        self.choose_microphone(name)

    def choose_microphone(self, name: str) -> None:
        """Make this microphone the default one."""
        self._pactl("set-default-source", name)

    @contextmanager
    def out_of_alsa_s_reach(self) -> Iterator[None]:
        """Let no program open a microphone during the block, and let nothing tell them of its end."""
        text, later = self._alsa.read_text(), time.time() + 3600

        def write(content: str) -> None:
            self._alsa.write_text(content)
            os.utime(self._alsa, (later, later))  # libasound reads it again when it has another time

        write(
            text.replace(str(self._socket), "/nowhere") + 'pcm.!pulse { type pulse server "unix:/nowhere" }\n'
        )
        try:
            yield
        finally:
            write(text)

    def suspend_microphone(self, suspended: bool, name: str = "vmic") -> None:
        """Make the microphone fall silent without an error, or wake it: blocks just stop."""
        self._pactl("suspend-source", name, str(int(suspended)))

    def microphone_in_use(self) -> bool:
        """Whether any program records right now."""
        return bool(self._pactl("list", "short", "source-outputs"))

    def microphone_runs(self, name: str = "vmic") -> bool:
        """Whether the microphone gives sound: it is recorded and not suspended."""
        sources = self._pactl("list", "short", "sources").splitlines()
        return any(f"\t{name}\t" in source and source.endswith("RUNNING") for source in sources)

    def speak_into_microphone(self, wav: Path, name: str = "vmic") -> None:
        """Play a sound file into the microphone; return when it has been played."""
        run_tool(self._player(wav, name), self.env, within_s=600)

    @contextmanager
    def speaking_into_microphone(self, wav: Path, name: str = "vmic") -> Iterator[None]:
        """Play a sound file into the microphone during the block; cut it off at the block's end."""
        player = Service(self._player(wav, name), env=self.env, log=self._folder / "paplay.log")
        try:
            yield
        finally:
            player.end()

    # the speaker

    @contextmanager
    def record_speaker(self) -> Iterator["Recording"]:
        """Listen to the speaker during the block: 16 kHz mono."""
        with ExitStack() as stack:
            recording = Recording("speaker.monitor", self.env)
            stack.callback(recording.stop)
            wait_until(lambda: len(recording.samples), 20, "sound from the speaker's monitor")
            yield recording

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            return client.connect_ex(str(self._socket)) == 0

    def _player(self, wav: Path, microphone: str) -> list[str | Path]:
        return ["paplay", "--latency-msec=300", "-d", f"{microphone}_in", wav]

    def _pactl(self, *arguments: str) -> str:
        return run_tool(["pactl", *arguments], self.env).strip()

    def _write_alsa(self) -> None:
        address = f"unix:{self._socket}"
        entries = [_ALSA_MICROPHONE.format(name=name, address=address) for name in self._modules]
        # In one step: libasound keeps what it has read of half a file, and reads it again only a second later.
        written = self._alsa.with_suffix(".new")
        written.write_text(_ALSA.format(address=address) + "".join(entries))
        written.replace(self._alsa)


class Recording:
    """What a source gives, from the start of this recording on."""

    def __init__(self, source: str, env: Mapping[str, str]) -> None:
        self._heard = np.zeros(60 * SAMPLE_RATE_HZ, np.float32)
        self._count = 0
        self._waited_to = 0
        self._process = subprocess.Popen(
            [
                "parec",
                "-d",
                source,
                f"--rate={SAMPLE_RATE_HZ}",
                "--channels=1",
                "--format=s16le",
                "--latency-msec=10",
            ],
            env=dict(env),
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            bufsize=0,
        )
        self.started_at_s = 0.0
        self._reader = threading.Thread(target=self._read, name="rig recording")
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        rest = b""
        while data := self._process.stdout.read(65536):
            if not self._count:
                self.started_at_s = time.monotonic() - len(data) / 2 / SAMPLE_RATE_HZ
            whole = len(rest + data) // 2 * 2
            self._append(np.frombuffer((rest + data)[:whole], np.int16))
            rest = (rest + data)[whole:]

    def _append(self, piece: npt.NDArray[np.int16]) -> None:
        end = self._count + len(piece)
        if end > len(self._heard):
            self._heard = np.concatenate([self._heard, np.zeros(max(end, len(self._heard)), np.float32)])
        self._heard[self._count : end] = piece / np.float32(32768)
        self._count = end

    @property
    def samples(self) -> Samples:
        """What was heard so far: float32 in -1…1, 16 kHz. Sample 0 was heard at `started_at_s` (time.monotonic)."""
        return self._heard[: self._count]

    def sounding(self, last_s: float) -> bool:
        """Whether anything was heard in the last so many seconds."""
        return _is_sound(self.samples[-round(last_s * SAMPLE_RATE_HZ) :])

    def wait_for_sound(self, within_s: float = 30.0) -> None:
        """Return when anything was heard since the recording began, or since the last wait for silence."""
        wait_until(lambda: _is_sound(self.samples[self._waited_to :]), within_s, "sound at the speaker")

    def wait_for_silence(self, for_s: float = 1.0, within_s: float = 60.0) -> None:
        """Return when nothing was heard for so many seconds."""
        enough = round(for_s * SAMPLE_RATE_HZ)
        wait_until(
            lambda: self._count > enough and not self.sounding(for_s), within_s, "silence at the speaker"
        )
        self._waited_to = self._count

    def stop(self) -> None:
        """End the recording; the samples stay."""
        self._process.terminate()
        self._reader.join()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
        if not self._count:
            raise RigError("Nothing was recorded.")


def _is_sound(samples: Samples) -> bool:
    return bool(len(samples) and np.abs(samples).max() > _THRESHOLD)
