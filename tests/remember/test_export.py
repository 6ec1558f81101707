"""A conversation as a document."""

import json

from assistant.remember import as_json, as_markdown, as_text
from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.transcript import Origin, Word

CONVERSATION = Conversation(
    "kyoto",
    (
        Message(1, Role.USER, "When λ?", (Word("When", 0.0, 0.5), Word(" λ?", origin=Origin.TYPED))),
        Message(2, Role.ASSISTANT, "In **April**.\n", model="small"),
        Message(3, Role.USER, "Why?"),
        Message(4, Role.ASSISTANT, "Because", whole=False),
    ),
    "Trip to Kyoto",
)


def test_markdown_keeps_the_formatting_of_answers() -> None:
    assert as_markdown(CONVERSATION) == (
        "# Trip to Kyoto\n\n**You**\n\nWhen λ?\n\n**small**\n\nIn **April**.\n\n"
        "**You**\n\nWhy?\n\n**Answer**\n\nBecause\n\n*(broken off)*\n"
    )


def test_plain_text_says_who_said_what() -> None:
    assert as_text(CONVERSATION) == (
        "Trip to Kyoto\n\nYou: When λ?\n\nsmall: In **April**.\n\nYou: Why?\n\nAnswer: Because (broken off)\n"
    )


def test_json_has_everything() -> None:
    exported = json.loads(as_json(CONVERSATION))
    assert exported["title"] == "Trip to Kyoto"
    assert exported["messages"][0]["words"][1] == {
        "text": " λ?",
        "start_s": None,
        "end_s": None,
        "probability": 1.0,
        "origin": "typed",
        "heard": "",
        "source": "",
        "alternatives": [],
        "turn": 0,
    }
    assert exported["messages"][3]["whole"] is False
