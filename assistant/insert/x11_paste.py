"""Pressing the keys that paste, whatever the layout and whatever the user is holding."""

from collections.abc import Sequence

from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from assistant.insert.programs import Paste
from assistant.ports import TYPING_MARK

_SHIFT, _CTRL = X.ShiftMapIndex, X.ControlMapIndex
_MODIFIERS = {
    Paste.CTRL_V: (_CTRL,),
    Paste.CTRL_SHIFT_V: (_CTRL, _SHIFT),
    Paste.SHIFT_INSERT: (_SHIFT,),
}


class PasteKeys:
    """The keyboard of a display, to be pressed through its XTEST extension."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._root = display.screen().root
        self._mark = display.intern_atom(TYPING_MARK)

    def possible(self, paste: Paste) -> Paste:
        """`paste`, or Shift+Insert where the layout in use has no v."""
        return paste if self._key(paste) else Paste.SHIFT_INSERT

    def press(self, paste: Paste) -> None:
        """Press and release; modifiers that the user holds and that do not belong to it are let go for that long."""
        rows = self._display.get_modifier_mapping()
        wanted = _MODIFIERS[paste]
        held = self._held()
        disturbing = [
            code
            for row, codes in enumerate(rows)
            if row not in (*wanted, X.LockMapIndex)
            for code in codes
            if code in held
        ]
        missing = [rows[row][0] for row in wanted if not held & set(rows[row])]
        key = self._key(paste)
        presses = [(X.KeyRelease, code) for code in disturbing]
        presses += [(X.KeyPress, code) for code in (*missing, key)]
        presses += [(X.KeyRelease, code) for code in (key, *reversed(missing))]
        presses += [(X.KeyPress, code) for code in disturbing]
        self._send(presses)

    def _send(self, presses: Sequence[tuple[int, int]]) -> None:
        self._root.change_property(self._mark, self._mark, 8, b"")
        for kind, code in presses:
            xtest.fake_input(self._display, kind, code)
        self._root.delete_property(self._mark)
        self._display.sync()

    def _held(self) -> set[int]:
        return {
            8 * index + bit
            for index, byte in enumerate(self._display.query_keymap())
            for bit in range(8)
            if byte >> bit & 1
        }

    def _key(self, paste: Paste) -> int:
        """The key's code; 0 where the layout has none."""
        if paste is Paste.SHIFT_INSERT:
            return int(self._display.keysym_to_keycode(XK.XK_Insert))
        group = self._root.query_pointer().mask >> 13 & 3
        found = self._display.keysym_to_keycodes(XK.XK_v)
        return next((int(code) for code, level in found if level == 2 * group), 0)
