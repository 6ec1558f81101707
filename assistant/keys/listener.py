"""The keyboard of Windows and macOS, through pynput.

It only listens: a chord also reaches the program in focus, and so does a key pressed to choose it. Keys that a program
pressed do not count. Mouse buttons are not heard; a listener for them would be told of every movement.

macOS: start it before QApplication is made, or the program crashes; and the user must allow the program to see keys.
"""

import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from assistant.keys.capture import Capture
from assistant.keys.keyboard import Heard, Report, in_use
from assistant.keys.names import ALONE, BARE_MODIFIERS, TYPING, Chord, modifier_of
from assistant.turn.events import Fault, Goal, Part, PartChanged, Readiness
from assistant.turn.press import EscapeDown, Input, KeyDown, KeyUp, OtherDown

_NOT_TRUSTED = Fault(
    "keys-not-allowed",
    "macOS does not let Aloud see the keys.",
    "Allow it in System Settings, Privacy & Security, Accessibility and Input Monitoring, then start it again.",
)
_WITH_ALT_GR = "@{[]}\\|~€"


class PynputKeyboard:
    """Listens on pynput's thread."""

    def __init__(self) -> None:
        self._chords: Mapping[Goal, Chord] = {}
        self._held: dict[str, str] = {}
        self._capture: Capture | None = None
        self._heard: Heard | None = None
        self._report: Report | None = None
        self._listener: Any = None
        self._names: Mapping[Any, str] = {}

    def start(self, heard: Heard, report: Report) -> None:
        from pynput import keyboard  # fails on import where there is no display

        self._heard, self._report = heard, report
        self._names = _names(keyboard.Key)
        self._listener = keyboard.Listener(on_press=self._press, on_release=self._release)
        self._listener.start()
        self._listener.wait()
        self._tell()

    def stop(self) -> None:
        if self._listener is not None:
            self._listener.stop()

    def use(self, talk: Chord, dictate: Chord | None) -> None:
        self._chords = {Goal.ASK: talk, Goal.DICTATE: dictate or _default_dictate()}
        self._tell()

    def capture(self, done: Callable[[str], None]) -> None:
        self._capture = Capture(done)

    def _tell(self) -> None:
        if self._report is None:
            return
        if not getattr(self._listener, "IS_TRUSTED", True):
            self._report(PartChanged(Part.KEYS, Readiness.MISSING, fault=_NOT_TRUSTED))
        elif self._chords:
            self._report(in_use(self._chords[Goal.ASK], self._chords[Goal.DICTATE], None))

    def _press(self, key: Any, injected: bool) -> None:
        if injected:
            return
        name = self._name(key)
        if self._capture is not None:
            self._capture.press(name, modifier_of(name))
        else:
            self._hear(self._meaning(Chord(name, frozenset(self._held.values()))))
        if modifier_of(name):
            self._held[name] = modifier_of(name)

    def _release(self, key: Any, injected: bool) -> None:
        if injected:
            return
        name = self._name(key)
        self._held.pop(name, None)
        if self._capture is not None:
            self._capture.release(name)
            if self._capture.over:
                self._capture = None
        for goal, chord in self._chords.items():
            if chord.key == name:
                self._hear(KeyUp(goal))

    def _meaning(self, pressed: Chord) -> Input:
        for goal, chord in self._chords.items():
            if chord == pressed or (chord.bare and chord.key == pressed.key):
                return KeyDown(goal, bare=chord.bare)
        return EscapeDown() if pressed.key == "esc" else OtherDown()

    def _name(self, key: Any) -> str:
        named = self._names.get(key)
        if named is not None:
            return named
        plain = self._listener.canonical(key)  # the character without what Ctrl and Shift make of it
        return plain.char or f"key {getattr(key, 'vk', None)}"

    def _hear(self, happened: Input) -> None:
        if self._heard is not None:
            self._heard(happened, time.monotonic())


def _names(keys: Any) -> Mapping[Any, str]:
    """Pynput's keys that this system has, with our names. On some systems AltGr is another word for Right Alt."""
    found = {}
    for name in ("alt gr", *BARE_MODIFIERS[:-1], *TYPING, *ALONE):
        side, _, modifier = name.partition(" ")
        word = modifier.replace("super", "cmd") + f"_{side[0]}" if name in BARE_MODIFIERS else name
        key = getattr(keys, "alt_gr" if name == "alt gr" else word.replace(" ", "_"), None)
        if key is not None:
            found[key] = name
    return found


def _default_dictate() -> Chord:
    return Chord("pause" if sys.platform == "win32" and _has_alt_gr() else "right alt")


def _has_alt_gr() -> bool:
    """Whether the present layout types some character with Ctrl and Alt."""
    import ctypes

    scan: Callable[[int], int] = ctypes.windll.user32.VkKeyScanW  # type: ignore[attr-defined]
    return any((keys := scan(ord(char))) >= 0 and keys >> 8 & 6 == 6 for char in _WITH_ALT_GR)
