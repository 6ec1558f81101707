"""What a model is told of a conversation."""

from dataclasses import replace

from assistant.think.prompt import messages
from assistant.turn.conversation import Conversation, Message, Role


def question(turn: int, text: str) -> Message:
    return Message(turn, Role.USER, text)


def answer(turn: int, text: str, *, heard_to: int | None = None, whole: bool = True) -> Message:
    return Message(turn, Role.ASSISTANT, text, heard_to=heard_to, whole=whole, reasoning="secret thoughts")


def conversation(*said: Message) -> Conversation:
    return Conversation("c", said)


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


def test_what_was_sent_once_is_sent_the_same_way_ever_after() -> None:
    talk = [
        question(1, "a"),
        answer(2, "One. Two.", heard_to=4),
        question(3, "b"),
        answer(4, "x", whole=False),
    ]
    before = messages(conversation(*talk[:3]), "Be brief.")
    after = messages(conversation(*talk, question(5, "c")), "Be brief.")
    assert after[: len(before)] == before
    assert messages(replace(conversation(*talk), title="Other"), "Be brief.")[: len(before)] == before
