"""Windows: the clipboard by the system's own functions, Ctrl+V by pynput."""

import ctypes

from assistant.errors import AssistantError
from assistant.turn.events import Fault, Part, PartChanged, Readiness

_UNICODE_TEXT = 13
_MOVABLE = 2
_V = 0x56


class WindowsDesktop:
    def state(self) -> PartChanged:
        return PartChanged(Part.INSERT, Readiness.READY)

    def focused(self) -> str:
        return str(_library("user32").GetForegroundWindow())

    def copy(self, text: str) -> None:
        user, kernel = _library("user32"), _library("kernel32")
        kernel.GlobalAlloc.restype = kernel.GlobalLock.restype = ctypes.c_void_p
        data = text.encode("utf-16-le") + b"\0\0"
        if not user.OpenClipboard(None):
            raise AssistantError(
                "not-copied", "Another program holds the clipboard.", "The text is in the history."
            )
        try:
            user.EmptyClipboard()
            memory = ctypes.c_void_p(kernel.GlobalAlloc(_MOVABLE, len(data)))
            ctypes.memmove(kernel.GlobalLock(memory), data, len(data))
            kernel.GlobalUnlock(memory)
            user.SetClipboardData(_UNICODE_TEXT, memory)
        finally:
            user.CloseClipboard()

    def paste(self) -> Fault | None:
        from pynput.keyboard import Controller, Key, KeyCode

        keyboard = Controller()
        with keyboard.pressed(Key.ctrl):
            keyboard.tap(KeyCode.from_vk(_V))
        return None


def _library(name: str) -> ctypes.CDLL:
    library: ctypes.CDLL = getattr(ctypes, "windll")[name]  # noqa: B009 - only there on Windows
    return library
