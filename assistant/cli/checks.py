"""What `aloud doctor` tries. Each check uses the program's own adapter, and gives one finding, whatever happens."""

import os
import platform
import queue
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

from assistant import __version__, build, paths, settings
from assistant.errors import AssistantError
from assistant.hear import EarMicrophone
from assistant.insert import this_inserter
from assistant.keys import send
from assistant.keys.hotkeys import GlobalKeys
from assistant.ports import Emit
from assistant.recordings import recording_file
from assistant.settings import Settings
from assistant.speak.saving import save_speech
from assistant.speak.voice import ChildVoice
from assistant.think import normalised
from assistant.think.servers import find_servers, try_server
from assistant.transcribe import doubts, tally
from assistant.transcribe.transcriber import ScribeTranscriber
from assistant.turn.dataclass import dataclass
from assistant.turn.events import (
    AudioEnded,
    AudioStarted,
    Event,
    Fault,
    Part,
    PartChanged,
    Readiness,
    Recording,
    SentenceSpoken,
    StageFailed,
    Transcribed,
)
from assistant.turn.press import Timing

SENTENCE = "There are nine blue books on the table."
_SOON_S, _LONG_S = 20.0, 240.0


@dataclass(frozen=True, slots=True)
class Finding:
    part: str
    readiness: Readiness
    said: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """`what` is said while it runs."""

    what: str
    run: Callable[[], Finding]


class _Startable(Protocol):
    def start(self, emit: Emit) -> None: ...
    def stop(self) -> None: ...


def all_checks(*, quiet: bool) -> Iterator[Check]:
    """All checks, in the order of a sentence's way. With bad settings the rest is tried with the defaults."""
    yield Check("program", _program)
    chosen = Settings()
    try:
        chosen = settings.load(paths.settings_file())
        said = Finding("settings", Readiness.READY, f"{paths.settings_file()} is in order.")
    except AssistantError as error:
        said = _broken("settings", error.fault)
    yield Check("settings", lambda: said)
    yield Check("disk", _disk)
    yield Check("display", _display)
    yield Check("keys", partial(_keys, chosen))
    yield Check("microphone: recording one second", partial(_microphone, chosen))
    yield Check("voice", partial(_voice, chosen, quiet=quiet))
    yield Check("recogniser: understanding one sentence", partial(_recogniser, chosen))
    yield Check("language model", partial(_language_model, chosen))
    yield Check("keyring", partial(_keyring, chosen))
    yield Check("insertion", _insertion)
    yield Check("running program", _running)


def _program() -> Finding:
    said = (
        f"Aloud {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}."
    )
    return Finding("program", Readiness.READY, said)


def _disk() -> Finding:
    folder = paths.data_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"aloud")
        build.history(_ignore).close()
    except OSError as error:
        said = f"{folder} cannot be written: {error.strerror}."
        return Finding("disk", Readiness.BROKEN, said, "Nothing would be kept: make it writable.")
    except AssistantError as error:
        return _broken("disk", error.fault)
    free_gb = shutil.disk_usage(folder).free / 1e9
    if free_gb < 1:
        return Finding(
            "disk", Readiness.LIMITED, f"{free_gb:.1f} GB are free.", "Make room for recordings and models."
        )
    return Finding("disk", Readiness.READY, f"{folder} can be written; {free_gb:.0f} GB are free.")


def _ignore(_: Fault) -> None:
    """A damaged history that was put aside is told when the program starts."""


def _display() -> Finding:
    if not sys.platform.startswith("linux"):
        return Finding("display", Readiness.READY, platform.system())
    if name := os.environ.get("WAYLAND_DISPLAY"):
        hint = "Global keys: bind `aloud press` and `aloud release`, or `aloud toggle`, in your compositor's settings."
        return Finding("display", Readiness.LIMITED, f"Wayland ({name}).", hint)
    if name := os.environ.get("DISPLAY"):
        return Finding("display", Readiness.READY, f"X11 ({name}).")
    return Finding(
        "display", Readiness.MISSING, "No display.", "The window needs a desktop; the commands do not."
    )


def _keys(chosen: Settings) -> Finding:
    keys = GlobalKeys(Timing())
    try:
        keys.use(chosen.keys.talk, chosen.keys.dictate)
    except AssistantError as error:
        return _broken("keys", error.fault)
    with _started(keys) as heard:
        return _readiness("keys", Part.KEYS, heard, _SOON_S, "can be held anywhere")


def _microphone(chosen: Settings) -> Finding:
    microphone = EarMicrophone()
    microphone.use(chosen.hearing.microphone)
    with _started(microphone) as heard, tempfile.TemporaryDirectory() as folder:
        finding = _readiness("microphone", Part.HEAR, heard, _SOON_S)
        if finding.readiness is not Readiness.READY:
            return finding
        begun = time.monotonic()
        microphone.open(1, recording_file(Path(folder), 1))
        first = _wait(heard, AudioStarted, _SOON_S)
        if isinstance(first, AudioStarted):
            opened_ms = (time.monotonic() - begun) * 1000
            _listen_for(1.0, heard)
            microphone.close(1)
            ended = _wait(heard, AudioEnded, _SOON_S)
            if isinstance(ended, AudioEnded):
                return _recorded(finding.said, ended.recording, opened_ms)
            first = ended
        return _broken("microphone", _fault_of(first))


def _recorded(name: str, recording: Recording, opened_ms: float) -> Finding:
    fault = recording.fault
    if fault is not None:
        readiness = Readiness.LIMITED if recording.peak == 0 else Readiness.BROKEN
        return Finding("microphone", readiness, fault.message, fault.hint)
    said = f"{name} recorded {recording.duration_s:.1f} s, loudest {recording.peak:.0%}; open in {opened_ms:.0f} ms."
    return Finding("microphone", Readiness.READY, said)


def _voice(chosen: Settings, *, quiet: bool) -> Finding:
    voice = ChildVoice()
    voice.use(chosen.speaking.voice, chosen.speaking.rate_wpm)
    with _started(voice) as heard:
        finding = _readiness("voice", Part.SPEAK, heard, _SOON_S)
        if quiet or finding.readiness not in {Readiness.READY, Readiness.LIMITED}:
            return finding
        voice.speak(1, 0, "This is Aloud.")
        spoken = _wait(heard, SentenceSpoken, _SOON_S)
        if isinstance(spoken, SentenceSpoken):
            return Finding("voice", finding.readiness, f"{finding.said} A sentence was played.", finding.hint)
        return _broken("voice", _fault_of(spoken))


def _recogniser(chosen: Settings) -> Finding:
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "spoken.wav"
        try:
            save_speech(SENTENCE, wav)
            from assistant.hear.from_file import convert

            recording = convert(wav, recording_file(Path(folder), 1))
        except AssistantError as error:
            return _broken("recogniser", error.fault)
        transcriber = ScribeTranscriber(build.models())
        transcriber.use(chosen.recogniser.model, chosen.recogniser.language, chosen.recogniser.device)
        with _started(transcriber) as heard:
            finding = _readiness("recogniser", Part.TRANSCRIBE, heard, _LONG_S)
            begun = time.monotonic()
            transcriber.transcribe(1, recording)
            done = _wait(heard, Transcribed, _LONG_S)
            if not isinstance(done, Transcribed):
                return _broken("recogniser", _fault_of(done))
            took_s = time.monotonic() - begun
        said = f"{finding.said} It heard “{done.transcript.text}” in {took_s:.1f} s ({recording.duration_s:.1f} s of speech)."
        counted = tally.read(paths.recogniser_tally_file()).get(done.transcript.recogniser)
        if counted is not None:
            said += f" So far it decoded {counted.passes} times, {counted.redone} of them again because the text was not to be believed."
        learned = doubts.read(paths.doubt_file()).get(done.transcript.recogniser)
        if learned is not None:
            said += f" Doubt follows what you put right: {doubts.told(learned)}."
        return Finding("recogniser", finding.readiness, said, finding.hint)


def _language_model(chosen: Settings) -> Finding:
    part = "model"
    if not chosen.chat.base_url:
        found = ", ".join(f"{server.title} ({', '.join(server.models[:3])})" for server in find_servers())
        hint = f"Found here: {found}. Connect it in the window." if found else (
            "Start Ollama, LM Studio or another server here, or set chat.base_url and chat.model with `aloud config`."
        )  # fmt: skip
        return Finding(part, Readiness.MISSING, "No language model is connected.", hint)
    try:
        address = normalised(chosen.chat.base_url)
        server = try_server(address, keys=build.api_keys(chosen))
    except AssistantError as error:
        return _broken(part, error.fault)
    if chosen.chat.model and chosen.chat.model not in server.models:
        known = ", ".join(server.models[:5])
        return Finding(
            part, Readiness.LIMITED, f"{server.title} does not list {chosen.chat.model}.", f"It has {known}."
        )
    return Finding(part, Readiness.READY, f"{server.title} answers, with {len(server.models)} models.")


def _keyring(chosen: Settings) -> Finding:
    try:
        said = build.api_keys(chosen).check()
    except AssistantError as error:
        fault = error.fault
        return Finding("keyring", Readiness.LIMITED, fault.message, fault.hint)
    return Finding("keyring", Readiness.READY, said)


def _insertion() -> Finding:
    with _started(this_inserter()) as heard:
        return _readiness("insertion", Part.INSERT, heard, _SOON_S, "Text can be put into other programs")


def _running() -> Finding:
    try:
        stage = send("status").get("stage", "starting")
    except AssistantError as error:
        return Finding("running", Readiness.READY, error.fault.message)
    return Finding("running", Readiness.READY, f"Aloud is running: {stage}.")


@contextmanager
def _started(part: _Startable) -> Iterator["queue.SimpleQueue[Event]"]:
    heard: queue.SimpleQueue[Event] = queue.SimpleQueue()
    part.start(heard.put)
    try:
        yield heard
    finally:
        part.stop()


def _readiness(
    name: str, part: Part, heard: "queue.SimpleQueue[Event]", within_s: float, said: str = "is ready"
) -> Finding:
    """The part's own word on its readiness, once it is no longer starting."""
    deadline = time.monotonic() + within_s
    while (left_s := deadline - time.monotonic()) > 0:
        try:
            event = heard.get(timeout=left_s)
        except queue.Empty:
            break
        if (
            isinstance(event, PartChanged)
            and event.part is part
            and event.readiness is not Readiness.STARTING
        ):
            if event.fault is not None:
                return Finding(name, event.readiness, event.fault.message, event.fault.hint)
            return Finding(name, event.readiness, f"{event.label} {said}.".strip())
    return Finding(name, Readiness.BROKEN, f"No answer within {within_s:.0f} s.", "The log says more.")


def _wait(heard: "queue.SimpleQueue[Event]", kind: type[Event], within_s: float) -> Event | None:
    """The first event of `kind`, or a failure, or None when the time is up."""
    deadline = time.monotonic() + within_s
    while (left_s := deadline - time.monotonic()) > 0:
        try:
            event = heard.get(timeout=left_s)
        except queue.Empty:
            return None
        if isinstance(event, kind | StageFailed):
            return event
    return None


def _listen_for(seconds: float, heard: "queue.SimpleQueue[Event]") -> None:
    """Let the microphone record for so long, or until it ends by itself."""
    kept = _wait(heard, AudioEnded, seconds)
    if kept is not None:
        heard.put(kept)


def _fault_of(event: Event | None) -> Fault:
    if isinstance(event, StageFailed):
        return event.fault
    return Fault("no-answer", "It did not answer in time.", "The log says more.")


def _broken(part: str, fault: Fault) -> Finding:
    return Finding(part, Readiness.BROKEN, fault.message, fault.hint)
