"""eSpeak NG as a synthesiser, through pyttsx3's binding of its library.

The library gives the sound back at once. pyttsx3's own engine, which plays it or writes it to a file, looks only every
10 ms whether that is done, and loses a passage now and then. The library crashes on some texts: so this is used in a
process of its own.
"""

import ctypes
from collections.abc import Sequence
from typing import Any

from assistant.errors import AssistantError
from assistant.speak.synthesiser import OfferedVoice, Sound

_DEFAULT = "gmw/en"


class Espeak:
    """The library, which a process can have only once."""

    def __init__(self) -> None:
        try:
            from pyttsx3.drivers import _espeak
        except (ImportError, OSError, RuntimeError) as error:
            raise _missing() from error
        self._library: Any = _espeak
        self._rate_hz: int = _espeak.Initialize(_espeak.AUDIO_OUTPUT_SYNCHRONOUS)
        if self._rate_hz <= 0:
            raise _missing()
        self._pcm = bytearray()
        _espeak.SetSynthCallback(self._take)
        self._voice = ""
        self._rate_wpm = 0

    def voices(self) -> Sequence[OfferedVoice]:
        return [
            OfferedVoice(voice.identifier.decode(), voice.name.decode())
            for voice in self._library.ListVoices()
        ]

    def synthesise(self, text: str, voice: str, rate_wpm: int) -> Sound:
        self._pcm.clear()
        wanted = voice or _DEFAULT
        if self._voice != wanted:
            self._check(self._library.SetVoiceByName(wanted.encode()))
            self._voice = wanted
        if self._rate_wpm != rate_wpm:
            self._check(self._library.SetParameter(self._library.RATE, rate_wpm))
            self._rate_wpm = rate_wpm
        self._check(self._library.Synth(text, flags=self._library.CHARS_UTF8 | self._library.ENDPAUSE))
        return Sound(bytes(self._pcm), self._rate_hz)

    def _take(self, samples: Any, count: int, _: Any) -> int:
        """The library calls this with the next samples, or with none at the end."""
        if samples:
            self._pcm += ctypes.string_at(samples, count * ctypes.sizeof(ctypes.c_short))
        return 0  # go on

    def _check(self, result: int) -> None:
        if result != self._library.EE_OK:
            raise AssistantError("speech-engine-fails", f"The speech engine failed (error {result}).")


def _missing() -> AssistantError:
    return AssistantError(
        "no-speech-engine", "No speech engine is installed.", "Install the package espeak-ng."
    )
