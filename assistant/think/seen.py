"""What a language model sees: a request, taken apart so that a person can read it."""

import json

from assistant.ports_controls import Request, SentMessage


def seen(body: bytes, server: str, *, sent: bool) -> Request:
    """`body` is the JSON of the request (`prompt.request_body`)."""
    text = body.decode("utf-8")
    whole = json.loads(text)
    messages = tuple(SentMessage(one["role"], one["content"]) for one in whole["messages"])
    return Request(server, whole["model"], messages, text, sent)
