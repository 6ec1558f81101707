"""Owning selections of an X display, and serving them to whoever asks.

After the Inter-Client Communication Conventions Manual, chapter 2. Large data goes piece by piece (INCR): the next
piece follows when the requestor has deleted the one before.
"""

import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.protocol.event import SelectionNotify

from assistant.insert.x11_content import Content, Form, is_text

_PIECE_BYTES = 200_000  # a request of the core protocol holds 262,140


@dataclass(slots=True)
class _Transfer:
    """A form on its way in pieces."""

    requestor: Any
    form: Form
    finished: Callable[[], None]
    sent: int = 0


class Owner:
    """`on_read` is called when somebody has read a text to its end, with the id of the window it went to."""

    def __init__(self, display: Display, window: Any, on_read: Callable[[int], None]) -> None:
        self._display, self._window, self._on_read = display, window, on_read
        self._owned: dict[int, tuple[Content, int]] = {}
        self._transfers: dict[tuple[int, int], _Transfer] = {}
        self._targets, self._timestamp, self._incr = (
            display.intern_atom(name) for name in ("TARGETS", "TIMESTAMP", "INCR")
        )

    def offer(self, selection: int, content: Content, when: int) -> None:
        """Own `selection` since the server's time `when`, and serve `content`."""
        self._owned[selection] = (content, when)
        self._window.set_selection_owner(selection, when)

    def withdraw(self, selection: int) -> None:
        """Nobody owns `selection` any more."""
        _, when = self._owned.pop(selection)
        self._display.create_resource_object("window", X.NONE).set_selection_owner(selection, when)

    def content(self, selection: int) -> Content | None:
        """What we offer; None where the selection is not ours, or no longer."""
        content, _ = self._owned.get(selection, (None, 0))
        return content

    def handle(self, event: Any) -> None:
        if event.type == X.SelectionRequest:
            self._serve(event)
        elif event.type == X.SelectionClear:
            _, since = self._owned.get(event.atom, (None, 0))
            if event.time >= since:  # an older one is about an ownership we have renewed since
                self._owned.pop(event.atom, None)
        elif event.type == X.PropertyNotify and event.state == X.PropertyDelete:
            transfer = self._transfers.get((event.window.id, event.atom))
            if transfer is not None:
                self._send_piece(transfer, event.atom)

    def _serve(self, request: Any) -> None:
        place = request.property or request.target  # old programs name no property
        form = self._form(request.selection, request.target)
        if form is not None:
            self._put(request, place, form)
        answer = SelectionNotify(
            time=request.time,
            requestor=request.requestor,
            selection=request.selection,
            target=request.target,
            property=place if form is not None else X.NONE,
        )
        request.requestor.send_event(answer, onerror=_gone)
        self._display.sync()

    def _form(self, selection: int, target: int) -> Form | None:
        content, since = self._owned.get(selection, ({}, 0))
        if target == self._targets and content:
            offered = [self._targets, self._timestamp, *content]
            return Form(Xatom.ATOM, 32, array.array("I", offered).tobytes())
        if target == self._timestamp and content:
            return Form(Xatom.INTEGER, 32, array.array("I", [since]).tobytes())
        return content.get(target)

    def _put(self, request: Any, place: int, form: Form) -> None:
        requestor = request.requestor

        def finished() -> None:
            if is_text(self._display, request.target):
                self._on_read(requestor.id)

        if len(form.data) <= _PIECE_BYTES:
            requestor.change_property(place, form.type, form.bits, form.data, onerror=_gone)
            finished()
            return
        self._transfers[requestor.id, place] = _Transfer(requestor, form, finished)
        requestor.change_attributes(event_mask=X.PropertyChangeMask, onerror=_gone)
        size = array.array("I", [len(form.data)]).tobytes()
        requestor.change_property(place, self._incr, 32, size, onerror=_gone)

    def _send_piece(self, transfer: _Transfer, place: int) -> None:
        form = transfer.form
        piece = form.data[transfer.sent : transfer.sent + _PIECE_BYTES]
        transfer.requestor.change_property(place, form.type, form.bits, piece, onerror=_gone)
        self._display.sync()
        transfer.sent += len(piece)
        if not piece:  # the empty one is the last
            del self._transfers[transfer.requestor.id, place]
            transfer.finished()


def _gone(_error: object, _request: object) -> int:
    """The program that asked has closed its window: nothing is to be done about it."""
    return 1
