"""pyttsx3 as a synthesiser: eSpeak NG on Linux, SAPI 5 on Windows (never run there by this project's tests).

Only one engine lives in a process, it cannot be interrupted, and eSpeak NG itself crashes on some texts: so this is
used in a process of its own.
"""

import os
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.speak.synthesiser import OfferedVoice, Sound, read_speech, speech_file

_WRITTEN_S = 5.0
_SETTLED_S = 1.0


class Pyttsx:
    """The engine; every method must be called by the thread that made it. Sound passes through a file in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._file = speech_file(folder, os.getpid())
        self._errors: list[Exception] = []
        self._written = threading.Event()
        try:
            import pyttsx3

            self._engine: Any = pyttsx3.init()
        except (ImportError, OSError, RuntimeError) as error:
            raise AssistantError(
                "no-speech-engine", "No speech engine is installed.", "Install the package espeak-ng."
            ) from error
        self._engine.connect("error", lambda **event: self._errors.append(event["exception"]))
        self._engine.connect("finished-utterance", lambda **_: self._written.set())
        # Before its first run an engine keeps properties for later; after it they hold at once.
        self._settle()
        self._engine.runAndWait()
        self._default = self._voice = self._engine.getProperty("voice")
        self._rate_wpm = 0

    def voices(self) -> Sequence[OfferedVoice]:
        return [OfferedVoice(voice.id, voice.name) for voice in self._engine.getProperty("voices")]

    def synthesise(self, text: str, voice: str, rate_wpm: int) -> Sound:
        self._errors.clear()
        self._written.clear()
        if self._voice != (voice or self._default):
            self._voice = voice or self._default
            self._engine.setProperty("voice", self._voice)
        if self._rate_wpm != rate_wpm:
            self._rate_wpm = rate_wpm
            self._engine.setProperty("rate", rate_wpm)
        self._settle()
        self._engine.save_to_file(text, str(self._file))
        self._engine.runAndWait()
        # SAPI 5 has written the file by now.
        if self._engine.driver_name == "espeak" and not self._written.wait(_WRITTEN_S):
            raise AssistantError("speech-engine-fails", "The speech engine did not finish a passage.")
        if self._errors:
            raise AssistantError(
                "speech-engine-fails", f"The speech engine failed: {self._errors[0]}."
            ) from self._errors[0]
        return read_speech(self._file)

    def _settle(self) -> None:
        """Wait until eSpeak NG has done what it does in the background.

        `runAndWait` begins with a stop. Where anything is under way, that discards it, and the next passage as well.
        """
        if self._engine.driver_name == "espeak":
            from pyttsx3.drivers import _espeak

            until = time.monotonic() + _SETTLED_S
            while _espeak.IsPlaying() and time.monotonic() < until:
                time.sleep(0.001)
