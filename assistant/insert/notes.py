"""What there is to say where the text does not end up in the program it was meant for."""

from assistant.turn.events import Fault

FOCUS_CHANGED = Fault(
    "focus-changed",
    "Another window came to the front while you spoke, so the text is on the clipboard.",
    "Paste it where you want it.",
)
NO_FOCUS = Fault(
    "no-focus",
    "No program was waiting for text, so it is on the clipboard.",
    "Paste it where you want it.",
)
NOT_TAKEN = Fault(
    "not-taken",
    "The program did not take the text, so it is on the clipboard.",
    "Paste it where you want it.",
)
ONLY_CLIPBOARD = Fault(
    "only-clipboard",
    "Under Wayland the text can only be put on the clipboard.",
    "Paste it where you want it.",
)
NO_TOOL = Fault(
    "no-clipboard-tool",
    "Under Wayland the clipboard needs wl-copy, which is not installed.",
    "Install the package wl-clipboard.",
)
NO_DISPLAY = Fault(
    "no-display",
    "Text cannot be put into other programs without a display.",
    "Start Aloud in a desktop session.",
)
DISPLAY_GONE = Fault(
    "display-gone",
    "The X display is gone, and with it the way into other programs.",
    "Start Aloud again when it is back.",
)
