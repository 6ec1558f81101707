"""Insert: the user's own words into the program that has the focus.

`this_inserter` is the port Inserter of the system we run on. The code for Windows and macOS has not been run yet; there
the text stays on the clipboard, since nobody tells when it was read.
"""

import os
import sys

from assistant.ports import Inserter

__all__ = ["this_inserter"]


def this_inserter() -> Inserter:
    from assistant.insert.plain import PlainInserter

    if sys.platform == "win32":
        from assistant.insert.windows import WindowsDesktop

        return PlainInserter(WindowsDesktop())
    if sys.platform == "darwin":
        from assistant.insert.macos import MacDesktop

        return PlainInserter(MacDesktop())
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland":
        from assistant.insert.wayland import WaylandDesktop

        return PlainInserter(WaylandDesktop())
    from assistant.insert.x11 import X11Inserter

    return X11Inserter()
