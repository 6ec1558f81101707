"""The language model learns which words were spoken, and how surely, so that it asks before it acts on a doubtful name."""

import json

from assistant.think.dictation import note_on
from assistant.think.prompt import Prompt
from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.transcript import Origin, Word

SPOKEN = (Word("How", 0.1, 0.3, 0.9), Word(" do", 0.3, 0.4, 0.9), Word(" I", 0.4, 0.5, 0.9))


def test_nothing_is_said_of_what_was_typed() -> None:
    assert note_on((Word("ls", origin=Origin.TYPED), Word(" -la", origin=Origin.TYPED)), 0.5) == ""
    assert note_on((), 0.5) == ""


def test_surely_heard_words_are_only_called_dictated() -> None:
    assert note_on(SPOKEN, 0.5) == "[Dictated.]"


def test_doubtful_words_are_named_once_and_the_model_is_to_ask() -> None:
    words = (*SPOKEN, Word(" (drain,", 0.5, 0.8, 0.4), Word(" drain?", 0.9, 1.2, 0.3))
    assert note_on(words, 0.5) == "[Dictated. Doubtful: “drain”. Ask before acting on a doubtful name.]"


def test_typed_words_in_speech_are_literal() -> None:
    words = (*SPOKEN, Word(" np.einsum", origin=Origin.TYPED), Word(" here", 0.9, 1.1, 0.9))
    assert note_on(words, 0.5) == "[Dictated. Typed: “np.einsum”.]"


def test_what_stands_in_place_of_what_was_heard_is_told_where_it_is_not_sure() -> None:
    unsure = Word(" numpy.", 0.5, 0.9, 0.4, Origin.REPLACED, "num pie", "python")
    sure = Word(" kubectl", 1.0, 1.4, 0.9, Origin.REPLACED, "cube cuddle", "devops")
    assert note_on((*SPOKEN, sure, unsure), 0.5) == (
        "[Dictated. Put in for what was heard: “numpy” (heard “num pie”). Ask before acting on a doubtful name.]"
    )


def test_a_long_doubtful_talk_does_not_make_a_long_note() -> None:
    note = note_on(tuple(Word(f" w{number}", 0, 1, 0.1) for number in range(500)), 0.5)
    assert "and 488 more" in note
    assert len(note) < 250


def test_the_note_follows_the_message_only_where_it_is_wanted() -> None:
    said = Conversation("c", (Message(1, Role.USER, "How do I", SPOKEN),))
    prompt = Prompt()
    assert json.loads(prompt.json(said, ""))[0]["content"] == "How do I"
    assert json.loads(prompt.json(said, "", 0.5))[0]["content"] == "How do I\n\n[Dictated.]"
    assert json.loads(prompt.json(said, ""))[0]["content"] == "How do I"
