"""What a model is told of a conversation."""

import json
from dataclasses import replace
from typing import Any
from unittest.mock import Mock

import pytest

from assistant.think import prompt as prompt_module
from assistant.think.prompt import Prompt
from assistant.turn.conversation import Conversation, Message, Role


def question(turn: int, text: str) -> Message:
    return Message(turn, Role.USER, text)


def answer(turn: int, text: str, *, heard_to: int | None = None, whole: bool = True) -> Message:
    return Message(turn, Role.ASSISTANT, text, heard_to=heard_to, whole=whole, reasoning="secret thoughts")


def conversation(*said: Message) -> Conversation:
    return Conversation("c", said)


def messages(said: Conversation, instructions: str) -> Any:
    return json.loads(Prompt().json(said, instructions))


def test_the_instructions_come_first_then_both_sides_in_turns() -> None:
    said = conversation(question(1, "One?"), answer(2, "One."), question(3, "Two?"))
    assert messages(said, " Be brief. ") == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "One?"},
        {"role": "assistant", "content": "One."},
        {"role": "user", "content": "Two?"},
    ]


def test_without_instructions_there_is_no_system_message() -> None:
    assert messages(conversation(question(1, "One?")), " ") == [{"role": "user", "content": "One?"}]


def test_an_interrupted_answer_is_sent_whole_with_a_note_of_what_was_heard() -> None:
    text = "First sentence. Second sentence."
    said = messages(
        conversation(question(1, "Tell."), answer(2, text, heard_to=15), question(3, "Stop.")), ""
    )
    assert said[1]["content"] == text
    note = "[I interrupted your answer. The last I heard of it was: “First sentence.”]"
    assert said[2]["content"] == f"{note}\n\nStop."


def test_a_long_hearing_is_told_by_its_last_words() -> None:
    text = "word " * 40 + "until here. And more."
    heard_to = text.index(" And")
    said = messages(conversation(question(1, "?"), answer(2, text, heard_to=heard_to), question(3, "!")), "")
    assert "“…word " in said[2]["content"]
    assert "until here.”]" in said[2]["content"]
    assert len(said[2]["content"]) < 160


def test_an_answer_interrupted_at_once_was_not_heard() -> None:
    said = messages(
        conversation(question(1, "?"), answer(2, "Never heard.", heard_to=0), question(3, "!")), ""
    )
    assert said[2]["content"] == "[I interrupted your answer before I heard any of it.]\n\n!"


def test_an_answer_that_was_heard_or_never_read_aloud_needs_no_note() -> None:
    for heard_to in (None, 5):
        said = messages(
            conversation(question(1, "?"), answer(2, "Done.\n", heard_to=heard_to), question(3, "!")), ""
        )
        assert said[2]["content"] == "!"


def test_an_answer_that_broke_off_is_sent_as_it_is() -> None:
    said = messages(
        conversation(question(1, "?"), answer(2, "It is", whole=False), question(3, "Go on.")), ""
    )
    assert said[1:] == [{"role": "assistant", "content": "It is"}, {"role": "user", "content": "Go on."}]


def test_a_question_without_an_answer_and_the_next_become_one() -> None:
    said = messages(conversation(question(1, "One?"), answer(2, ""), question(3, "Two?")), "")
    assert said == [{"role": "user", "content": "One?\n\nTwo?"}]


TALK = (
    question(1, "a"),
    answer(2, "One. Two.", heard_to=4),
    question(3, "b"),
    answer(4, "x", whole=False),
    question(5, "c"),
)


def test_what_was_sent_once_is_sent_the_same_way_ever_after() -> None:
    prompt = Prompt()
    before = prompt.json(conversation(*TALK[:3]), "Be brief.")
    after = prompt.json(conversation(*TALK), "Be brief.")
    assert after.startswith(before.removesuffix(b"]"))
    assert after == Prompt().json(replace(conversation(*TALK), title="Other"), "Be brief.")


def test_a_question_that_is_joined_by_the_next_keeps_what_came_before_it() -> None:
    prompt = Prompt()
    before = prompt.json(conversation(question(1, "One?")), "")
    after = prompt.json(conversation(question(1, "One?"), question(2, "Two?")), "")
    assert after.startswith(before.removesuffix(b'"}]'))


def test_a_message_is_written_once_however_often_it_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    write = Mock(wraps=prompt_module._inside_quotes)
    monkeypatch.setattr(prompt_module, "_inside_quotes", write)
    prompt = Prompt()
    prompt.json(conversation(*TALK[:3]), "Be brief.")
    assert write.call_count == 4
    prompt.json(conversation(*TALK[:3]), "Be brief.")  # answered again
    prompt.json(conversation(*TALK), "Be brief.")
    assert write.call_count == 6


def test_what_another_conversation_said_is_not_sent() -> None:
    prompt = Prompt()
    prompt.json(conversation(*TALK), "Be brief.")
    for said, instructions in (
        (conversation(question(9, "New?")), "Be brief."),
        (conversation(*TALK[:3]), "Be brief."),
        (conversation(*TALK[:3]), "Be long."),
        (conversation(TALK[0], replace(TALK[1], heard_to=None), *TALK[2:]), "Be long."),
    ):
        assert prompt.json(said, instructions) == Prompt().json(said, instructions)


def test_any_text_arrives_as_it_is() -> None:
    text = 'naïve λ 日本語 🙂 "quoted" \\ \n\t\x00 \u2028'
    assert messages(conversation(question(1, text)), "")[0]["content"] == text


def test_half_of_a_surrogate_pair_does_not_stop_the_question() -> None:
    assert messages(conversation(question(1, "ok \ud83d")), "")[0]["content"] == "ok \ud83d"


def test_nothing_said_is_nothing() -> None:
    assert messages(conversation(), "") == []
