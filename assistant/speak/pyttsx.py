"""pyttsx3 as a synthesiser: SAPI 5 on Windows (never run by this project's tests).

Only one engine lives in a process, and it cannot be interrupted: so this is used in a process of its own.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.speak.synthesiser import OfferedVoice, Sound, read_speech, speech_file


class Pyttsx:
    """The engine; every method must be called by the thread that made it. Sound passes through a file in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._file = speech_file(folder, os.getpid())
        self._errors: list[Exception] = []
        try:
            import pyttsx3

            self._engine: Any = pyttsx3.init()
        except (ImportError, OSError, RuntimeError) as error:
            raise AssistantError(
                "no-speech-engine", "No speech engine was found.", "Add a voice in the system's settings."
            ) from error
        self._engine.connect("error", lambda **event: self._errors.append(event["exception"]))
        # Before its first run an engine keeps properties for later; after it they hold at once.
        self._engine.runAndWait()
        self._default = self._voice = self._engine.getProperty("voice")
        self._rate_wpm = 0

    def voices(self) -> Sequence[OfferedVoice]:
        return [OfferedVoice(voice.id, voice.name) for voice in self._engine.getProperty("voices")]

    def synthesise(self, text: str, voice: str, rate_wpm: int) -> Sound:
        self._errors.clear()
        if self._voice != (voice or self._default):
            self._voice = voice or self._default
            self._engine.setProperty("voice", self._voice)
        if self._rate_wpm != rate_wpm:
            self._rate_wpm = rate_wpm
            self._engine.setProperty("rate", rate_wpm)
        self._engine.save_to_file(text, str(self._file))
        self._engine.runAndWait()
        if self._errors:
            raise AssistantError(
                "speech-engine-fails", f"The speech engine failed: {self._errors[0]}."
            ) from self._errors[0]
        return read_speech(self._file)
