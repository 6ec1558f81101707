"""A small clipboard manager: keeps the text that a program which ends asks it to keep."""

from typing import Any

from Xlib import X
from Xlib.display import Display
from Xlib.protocol.event import SelectionNotify

from assistant.insert.x11_content import text_content
from assistant.insert.x11_owner import Owner


def main() -> None:
    display = Display()
    window = display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
    clipboard, manager, utf8, place = (
        display.intern_atom(name) for name in ("CLIPBOARD", "CLIPBOARD_MANAGER", "UTF8_STRING", "PLACE")
    )
    window.set_selection_owner(manager, X.CurrentTime)
    display.sync()
    print("ready", flush=True)
    asked = _next(display, X.SelectionRequest)
    window.convert_selection(clipboard, utf8, place, X.CurrentTime)
    _next(display, X.SelectionNotify)
    text = window.get_full_property(place, X.AnyPropertyType).value.decode()
    owner = Owner(display, window, lambda _: None)
    owner.offer(clipboard, text_content(display, text), X.CurrentTime)
    answer = SelectionNotify(
        time=asked.time,
        requestor=asked.requestor,
        selection=asked.selection,
        target=asked.target,
        property=asked.property,
    )
    asked.requestor.send_event(answer)
    while True:
        owner.handle(display.next_event())


def _next(display: Display, kind: int) -> Any:
    while (event := display.next_event()).type != kind:
        pass
    return event


if __name__ == "__main__":
    main()
