"""Names of keys, and the keycodes and modifier masks that stand for them in the present layout of an X display."""

from collections.abc import Mapping
from itertools import product

from Xlib import XK, X
from Xlib.display import Display

from assistant.keys.names import Chord

ISO_LEVEL3_SHIFT = 0xFE03  # in a group of keysyms that python-xlib does not load

_X_NAMES = {
    "enter": "Return",
    "backspace": "BackSpace",
    "esc": "Escape",
    "page up": "Prior",
    "page down": "Next",
    "scroll lock": "Scroll_Lock",
    "print screen": "Print",
    "left ctrl": "Control_L",
    "right ctrl": "Control_R",
    "left alt": "Alt_L",
    "right alt": "Alt_R",
    "left shift": "Shift_L",
    "right shift": "Shift_R",
    "left super": "Super_L",
    "right super": "Super_R",
}
_SAME_NAMES = (
    *("space", "Tab", "Delete", "Left", "Right", "Up", "Down", "Home", "End", "Pause", "Insert", "Menu"),
    *(f"F{n}" for n in range(1, 25)),
)
_KEYSYMS: Mapping[str, int] = {
    **{name: XK.string_to_keysym(x_name) for name, x_name in _X_NAMES.items()},
    **{x_name.lower(): XK.string_to_keysym(x_name) for x_name in _SAME_NAMES},
    "alt gr": ISO_LEVEL3_SHIFT,
}
_NAMES = {keysym: name for name, keysym in _KEYSYMS.items()}


class Keymap:
    """The layout as it was when this was made; make a new one when it changes."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._modifiers = [list(codes) for codes in display.get_modifier_mapping()]
        locks = [X.LockMask, self._mask_of("Num_Lock"), self._mask_of("Scroll_Lock")]
        self.lock_masks = sorted({a | b | c for a, b, c in product(*((0, lock) for lock in locks))})
        """Every state of CapsLock, NumLock and ScrollLock."""

    def keycodes(self, key: str) -> tuple[int, ...]:
        """The keys that give `key` without Shift; none where the layout has no such key."""
        number = Chord(key).number
        if number is not None:
            return (number,)
        keysym = _KEYSYMS.get(key) or _character_keysym(key)
        found = self._display.keysym_to_keycodes(keysym)
        return tuple(keycode for keycode, level in found if level in {0, 2})

    def mask(self, chord: Chord) -> int:
        """The chord's modifiers, as bits of an event's state."""
        masks = {
            "ctrl": X.ControlMask,
            "shift": X.ShiftMask,
            "alt": self._mask_of("Alt_L") or X.Mod1Mask,
            "super": self._mask_of("Super_L") or X.Mod4Mask,
        }
        return sum(masks[modifier] for modifier in chord.modifiers)

    def name(self, keycode: int) -> str:
        """The key's name; "key N" where it has none."""
        keysym = self._display.keycode_to_keysym(keycode, 0)
        character = chr(keysym & 0xFFFFFF) if keysym < 0x100 or keysym >> 24 == 1 else ""
        if character.isprintable() and not character.isspace():
            return _NAMES.get(keysym) or character.lower() or f"key {keycode}"
        return _NAMES.get(keysym, f"key {keycode}")

    def _mask_of(self, x_name: str) -> int:
        keysym = XK.string_to_keysym(x_name)
        codes = {keycode for keycode, _ in self._display.keysym_to_keycodes(keysym)}
        return sum(1 << bit for bit, held in enumerate(self._modifiers) if codes & set(held))


def _character_keysym(character: str) -> int:
    return ord(character) if ord(character) < 0x100 else 0x01000000 | ord(character)
