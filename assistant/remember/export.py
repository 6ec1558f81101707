"""A conversation as a document: Markdown, plain text or JSON."""

import json
from dataclasses import asdict

from assistant.turn.conversation import Conversation, Message, Role


def as_markdown(conversation: Conversation) -> str:
    parts = [f"# {conversation.title}"]
    for message in conversation.messages:
        parts += [f"**{_who(message)}**", message.text.strip()]
        if not message.whole:
            parts.append("*(broken off)*")
    return "\n\n".join(parts) + "\n"


def as_text(conversation: Conversation) -> str:
    parts = [conversation.title]
    for message in conversation.messages:
        broken_off = "" if message.whole else " (broken off)"
        parts.append(f"{_who(message)}: {message.text.strip()}{broken_off}")
    return "\n\n".join(parts) + "\n"


def as_json(conversation: Conversation) -> str:
    """Everything, with the words of each message: their times, probability and origin."""
    return json.dumps(asdict(conversation), ensure_ascii=False, indent=2) + "\n"


def _who(message: Message) -> str:
    if message.role is Role.USER:
        return "You"
    return message.model or "Answer"
