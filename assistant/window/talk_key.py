"""The key that is held to speak may be a modifier: while it is held, what is typed is text, and no shortcut."""

import sys
from time import monotonic

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from assistant.settings import Keys

_SOON_S = 0.5  # a press reaches the window and the keys' own thread at different times
_MAC = sys.platform == "darwin"  # where Qt calls Cmd "Control"
_MODIFIERS = {
    "ctrl": (Qt.Key.Key_Meta, Qt.KeyboardModifier.MetaModifier)
    if _MAC
    else (Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier),
    "alt": (Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier),
}


class TalkKey:
    """Knows whether a modifier is down for no other reason than that somebody speaks."""

    def __init__(self) -> None:
        self._key, self._modifier = _MODIFIERS["ctrl"]
        self._watched = False
        self._hold_after_s = 0.0
        self._began_at = float("-inf")
        self._down: dict[int, float] = {}  # when each of the two on a keyboard went down

    def use(self, keys: Keys) -> None:
        side, _, name = keys.talk.partition(" ")
        self._watched = side in ("left", "right") and name in _MODIFIERS
        self._key, self._modifier = _MODIFIERS.get(name, (self._key, self._modifier))
        self._hold_after_s = keys.hold_after_ms / 1000

    def talk(self, began_at: float | None) -> None:
        """A talk began then (`time.monotonic`); None while nobody speaks."""
        self._began_at = float("-inf") if began_at is None else began_at

    def forget(self) -> None:
        """The keyboard goes elsewhere: nobody will tell of releases."""
        self._down.clear()

    def plain(self, event: QKeyEvent) -> QKeyEvent:
        """The event without the modifier that only the talk has pressed; the same event where there is none."""
        kind = event.type()
        if event.key() == self._key and not event.isAutoRepeat():
            if kind == QEvent.Type.KeyPress:
                self._down[event.nativeScanCode()] = monotonic()
            elif kind == QEvent.Type.KeyRelease:
                self._down.pop(event.nativeScanCode(), None)
        if not event.modifiers() & self._modifier or event.key() == self._key or not self._held:
            return event
        modifiers = event.modifiers() & ~self._modifier
        return QKeyEvent(kind, event.key(), modifiers, _letter(event), event.isAutoRepeat(), event.count())

    @property
    def _held(self) -> bool:
        if not self._watched or len(self._down) != 1:  # with the other one down, too, it is a shortcut
            return False
        down_at = next(iter(self._down.values()))
        return abs(down_at - self._began_at) < _SOON_S and monotonic() - down_at >= self._hold_after_s


def _letter(event: QKeyEvent) -> str:
    """What the key writes by itself: with Ctrl its text is a control character."""
    if event.text().isprintable() and event.text():
        return event.text()
    key = event.key()
    if not 0x20 <= key < Qt.Key.Key_Escape:
        return event.text()
    return chr(key) if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else chr(key).lower()
