"""macOS's `say` as a synthesiser (never run by this project's tests): NSSpeechSynthesizer hangs within Python."""

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import AssistantError
from assistant.speak.synthesiser import OfferedVoice, Sound, read_speech, speech_file

_VOICE = re.compile(r"^(.+?)\s+[a-z]{2,3}[_-]\w+\s+#", re.MULTILINE)
_LIMIT_S = 10.0


class SayProgram:
    """Each portion is one run of the program; sound passes through a file in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._file = speech_file(folder, os.getpid())

    def voices(self) -> Sequence[OfferedVoice]:
        return [OfferedVoice(name, name) for name in _VOICE.findall(_run("-v", "?"))]

    def synthesise(self, text: str, voice: str, rate_wpm: int) -> Sound:
        chosen = ("-v", voice) if voice else ()
        kind = ("--file-format=WAVE", "--data-format=LEI16@22050")
        _run(*chosen, "-r", str(rate_wpm), "-o", str(self._file), *kind, "-f", "-", text=text)
        return read_speech(self._file)


def _run(*arguments: str, text: str = "") -> str:
    try:
        done = subprocess.run(
            ["say", *arguments], input=text, capture_output=True, text=True, timeout=_LIMIT_S, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise AssistantError("speech-engine-fails", f"The program say failed: {error}.") from error
    return done.stdout
