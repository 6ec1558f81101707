"""The port behind which every speech engine stands, and the choice of the one that this system has."""

import sys
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from assistant.errors import AssistantError
from assistant.turn.dataclass import dataclass
from assistant.turn.events import Remedy


@dataclass(frozen=True, slots=True)
class Sound:
    """Mono sound: 16-bit little-endian samples."""

    pcm: bytes
    rate_hz: int


@dataclass(frozen=True, slots=True)
class OfferedVoice:
    """`id` is the engine's word for it, `name` is for people."""

    id: str
    name: str


class Synthesiser(Protocol):
    """Text to sound. Methods block, and raise AssistantError where the engine is missing or fails."""

    def voices(self) -> Sequence[OfferedVoice]: ...

    def synthesise(self, text: str, voice: str, rate_wpm: int) -> Sound:
        """`text` (a portion, not empty) said by the voice with this id; "" is the engine's default voice."""


def system_synthesiser(folder: Path) -> Synthesiser:
    """The operating system's own engine; it may write to `folder`. Raises AssistantError where there is none."""
    if sys.platform == "darwin":
        from assistant.speak.say_program import SayProgram

        return SayProgram(folder)
    if sys.platform == "win32":
        from assistant.speak.pyttsx import Pyttsx

        return Pyttsx(folder)
    from assistant.speak.espeak import Espeak

    return Espeak()


def choose_voice(wanted: str, offered: Sequence[OfferedVoice]) -> str:
    """The id of the voice with this name or id, whatever its case; "" for "". Raises AssistantError("unknown-voice")."""
    if not wanted:
        return ""
    for voice in offered:
        if wanted.lower() in {voice.id.lower(), voice.name.lower()}:
            return voice.id
    first = ", ".join(voice.name for voice in offered[:4])
    raise AssistantError(
        "unknown-voice",
        f'There is no voice named "{wanted}".',
        f"Choose another, such as {first}." if first else "",
        Remedy.CHOOSE_VOICE,
    )


def speech_file(folder: Path, pid: int) -> Path:
    """The file through which the engine in this process hands over its sound."""
    return folder / f"speech-{pid}.wav"


def read_speech(file: Path) -> Sound:
    """The sound of a mono 16-bit WAV file, which is removed."""
    try:
        with wave.open(str(file), "rb") as speech:
            if (speech.getnchannels(), speech.getsampwidth()) != (1, 2):
                raise AssistantError("speech-engine-fails", "The speech engine gives sound of another kind.")
            return Sound(speech.readframes(speech.getnframes()), speech.getframerate())
    except (OSError, EOFError, wave.Error) as error:
        raise AssistantError("speech-engine-fails", f"The speech engine gave no sound: {error}.") from error
    finally:
        file.unlink(missing_ok=True)
