"""Reading what another program offers in a selection of an X display."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from Xlib import X, Xatom
from Xlib.display import Display

from assistant.insert.x11_content import Content, Form

_MOST_BYTES = 64 * 2**20
_ANY_LENGTH = _MOST_BYTES // 4
# What is said about a content, or asked of its owner, and is not the content.
_NO_CONTENT = (
    "TARGETS",
    "MULTIPLE",
    "TIMESTAMP",
    "DELETE",
    "INSERT_PROPERTY",
    "INSERT_SELECTION",
    "SAVE_TARGETS",
)

Wait = Callable[[Callable[[], bool], float | None], bool]


class Reader:
    """`wait` handles events until something holds or a time has come; it gives them to `handle`, too."""

    def __init__(self, display: Display, window: Any, wait: Wait) -> None:
        self._display, self._window, self._wait = display, window, wait
        self._place = display.intern_atom("_ALOUD_READ")
        self._incr = display.intern_atom("INCR")
        self._answer: Any = None
        self._new_piece = False

    def handle(self, event: Any) -> None:
        if event.type == X.SelectionNotify:
            self._answer = event
        elif event.type == X.PropertyNotify and event.atom == self._place:
            self._new_piece = self._new_piece or event.state == X.PropertyNewValue

    def read(self, selection: int, within_s: float) -> Content | None:
        """The content in all its forms (an image in one); None where there is none.

        What cannot be had within `within_s` seconds and 64 MiB is left out.
        """
        if self._display.get_selection_owner(selection) == X.NONE:
            return None
        until = time.monotonic() + within_s
        content: dict[int, Form] = {}
        for target in self._forms(selection, until):
            form = self.convert(selection, target, until)
            if (
                form is not None
                and sum(len(kept.data) for kept in content.values()) + len(form.data) <= _MOST_BYTES
            ):
                content[target] = form
        return content

    def convert(self, selection: int, target: int, until: float) -> Form | None:
        """The content in this form; None where the owner refuses or does not answer until then."""
        self._answer = None
        self._window.delete_property(self._place)
        self._window.convert_selection(selection, target, self._place, X.CurrentTime)
        if not self._wait(lambda: self._answer is not None and self._answer.target == target, until):
            return None
        if self._answer.property == X.NONE:
            return None
        form = self._take()
        if form is not None and form.type == self._incr:
            return self._take_pieces(until)
        return form

    def _forms(self, selection: int, until: float) -> Iterable[int]:
        offered = self.convert(selection, self._display.intern_atom("TARGETS"), until)
        if offered is None:
            return (self._display.intern_atom("UTF8_STRING"), Xatom.STRING)
        atoms = memoryview(offered.data).cast("I").tolist()
        names = {atom: str(self._display.get_atom_name(atom)) for atom in atoms if atom}
        images = [atom for atom, name in names.items() if name.startswith("image/")]
        png = self._display.intern_atom("image/png")
        superfluous = set(images) - {png if png in images else next(iter(images), png)}
        return [atom for atom, name in names.items() if name not in _NO_CONTENT and atom not in superfluous]

    def _take_pieces(self, until: float) -> Form | None:
        """The pieces of a large content; deleting one asks for the next, and an empty one is the last."""
        pieces = bytearray()
        while self._wait(lambda: self._new_piece, until) and len(pieces) <= _MOST_BYTES:
            piece = self._take()
            if piece is None or not piece.data:
                return Form(piece.type, piece.bits, bytes(pieces)) if piece is not None else None
            pieces += piece.data
        return None

    def _take(self) -> Form | None:
        """What lies in our property, taken out of it."""
        found = self._window.get_property(self._place, X.AnyPropertyType, 0, _ANY_LENGTH)
        self._new_piece = False
        self._window.delete_property(self._place)
        if found is None:
            return None
        data = found.value if found.format == 8 else found.value.tobytes()
        return Form(found.property_type, found.format, bytes(data))
