"""The engine: the one owner of the session. Events in, commands carried out, sessions shown."""

from assistant.engine.duties import Ports
from assistant.engine.engine import Engine

__all__ = ["Engine", "Ports"]
