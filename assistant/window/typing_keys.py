"""Which keys write."""

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def is_typing(event: QKeyEvent) -> bool:
    """Does this key put its text into a text box? (Qt's own rule, `QInputControl::isAcceptableInput`.)"""
    text = event.text()
    if not text or text[0] == "\t":
        return False
    kind = unicodedata.category(text[0])
    if kind == "Cf":
        return True
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    if event.modifiers() in (control, control | shift):
        return False
    return text[0].isprintable() or kind == "Co"
