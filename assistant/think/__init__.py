"""Language models: OpenAI-compatible servers, asked over HTTP.

`OpenAIChat` is the port `ChatModel`; `Keys` keeps API keys, each for its server; `servers` finds servers on this
machine and tries one that a person names; `address.normalised` reads what they enter.
"""

from assistant.think.address import normalised
from assistant.think.chat import OpenAIChat
from assistant.think.choice import Patience
from assistant.think.keys import Keys

__all__ = ["Keys", "OpenAIChat", "Patience", "normalised"]
