"""How programs want to be pasted into. Most take Ctrl+V; these do not."""

from collections.abc import Iterable
from enum import Enum

from assistant.turn.dataclass import dataclass


class Paste(Enum):
    """The keys that paste. Shift+Insert takes what is selected in some programs, the clipboard in others."""

    CTRL_V = "Ctrl+V"
    CTRL_SHIFT_V = "Ctrl+Shift+V"
    SHIFT_INSERT = "Shift+Insert"


@dataclass(frozen=True, slots=True)
class Program:
    """`terminal` tells that a newline runs what stands before it."""

    paste: Paste = Paste.CTRL_V
    terminal: bool = False


_TERMINALS_BY_SHIFT_INSERT = {
    "xterm",
    "uxterm",
    "rxvt",
    "urxvt",
    "st",
    "st-256color",
    "eterm",
    "aterm",
    "mlterm",
}
_TERMINALS = {
    *("alacritty", "blackbox", "console", "contour", "cool-retro-term", "deepin-terminal", "foot", "ghostty"),
    *("gnome-terminal", "gnome-terminal-server", "guake", "hyper", "kgx", "kitty", "konsole", "lxterminal"),
    *(
        "mate-terminal",
        "ptyxis",
        "qterminal",
        "rio",
        "sakura",
        "tabby",
        "terminal",
        "terminator",
        "terminology",
    ),
    *(
        "termite",
        "tilda",
        "tilix",
        "tym",
        "warp",
        "waveterm",
        "wezterm",
        "wezterm-gui",
        "xfce4-terminal",
        "yakuake",
    ),
}
# Ctrl+V is theirs.
_EDITORS_BY_SHIFT_INSERT = {"emacs", "gvim", "vim", "xemacs"}


def program_of(names: Iterable[str]) -> Program:
    """The program with these names of a window (WM_CLASS); of "org.gnome.Console" the last part counts, too."""
    words = {word for name in names for word in (name.lower(), name.lower().rpartition(".")[2])}
    if words & _TERMINALS_BY_SHIFT_INSERT:
        return Program(Paste.SHIFT_INSERT, terminal=True)
    if words & _TERMINALS:
        return Program(Paste.CTRL_SHIFT_V, terminal=True)
    if words & _EDITORS_BY_SHIFT_INSERT:
        return Program(Paste.SHIFT_INSERT)
    return Program()
