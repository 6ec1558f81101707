"""Keys: the global hotkeys, and the local socket through which the command line reaches the running program.

`hotkeys.GlobalKeys` is the port `Hotkeys`. `claim` makes this process the one instance and listens for verbs; `send` tells
the running instance one.
"""

from assistant.keys.instance import Server, claim, send

__all__ = ["Server", "claim", "send"]
