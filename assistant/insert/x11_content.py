"""What a selection of an X display holds: one content in several forms."""

from collections.abc import Mapping

from Xlib import Xatom
from Xlib.display import Display

from assistant.turn.dataclass import dataclass

_TEXT_TARGETS = ("UTF8_STRING", "text/plain;charset=utf-8", "TEXT")


@dataclass(frozen=True, slots=True)
class Form:
    """The data, the atom of its type, and how many bits (8, 16, 32) a unit has."""

    type: int
    bits: int
    data: bytes


Content = Mapping[int, Form]
"""Forms by the atom of the target that asks for them."""


def text_content(display: Display, text: str) -> Content:
    """`text` in the forms that programs ask for; the old STRING only where Latin-1 can hold it."""
    utf8 = Form(display.intern_atom("UTF8_STRING"), 8, text.encode())
    content = {display.intern_atom(name): utf8 for name in _TEXT_TARGETS}
    if all(ord(char) < 0x100 for char in text):
        content[Xatom.STRING] = Form(Xatom.STRING, 8, text.encode("latin-1"))
    return content


def is_text(display: Display, target: int) -> bool:
    return target == Xatom.STRING or target in {display.intern_atom(name) for name in _TEXT_TARGETS}
