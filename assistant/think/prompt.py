"""From a conversation to the messages that a model gets.

What was sent once is sent the same way every time, byte for byte, so that servers can keep what they have computed for it.
"""

from assistant.turn.conversation import Conversation, Message, Role

_LONGEST_TAIL = 80  # characters that tell where hearing ended


def messages(conversation: Conversation, instructions: str) -> list[dict[str, str]]:
    """`instructions` as the system's message, then user and assistant in turns.

    Two messages of the same side (a question that had no answer) become one: many chat templates insist on turns.
    """
    said: list[dict[str, str]] = []
    if instructions.strip():
        said.append({"role": "system", "content": instructions.strip()})
    note = ""
    for message in conversation.messages:
        if not message.text:
            continue
        text = note + message.text
        note = _how_it_was_heard(message)
        if said and said[-1]["role"] == message.role.value:
            said[-1]["content"] += f"\n\n{text}"
        else:
            said.append({"role": message.role.value, "content": text})
    return said


def _how_it_was_heard(message: Message) -> str:
    """What the next question begins with where the answer was not heard to its end; the text itself stays whole."""
    if message.role is not Role.ASSISTANT or message.heard_to is None:
        return ""
    if not message.text[message.heard_to :].strip():
        return ""
    heard = " ".join(message.text[: message.heard_to].split())
    if not heard:
        return "[I interrupted your answer before I heard any of it.]\n\n"
    if len(heard) > _LONGEST_TAIL:
        heard = "…" + heard[-_LONGEST_TAIL:].partition(" ")[2]
    return f"[I interrupted your answer. The last I heard of it was: “{heard}”]\n\n"
