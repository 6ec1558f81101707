"""Thoughts that a local model writes at the beginning of its answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.think.thoughts import Thoughts


def separated(pieces: list[str]) -> tuple[str, str]:
    thoughts = Thoughts()
    parts = [*(thoughts.feed(piece) for piece in pieces), thoughts.flush()]
    return "".join(text for text, _ in parts), "".join(reasoning for _, reasoning in parts)


@pytest.mark.parametrize(
    ("content", "text", "reasoning"),
    [
        ("Plain answer.", "Plain answer.", ""),
        ("<think>Hm.</think>Yes.", "Yes.", "Hm."),
        ("\n<think>\nHm.\n</think>\n\nYes. <b>", "Yes. <b>", "Hm."),
        ("<think></think>Yes.", "Yes.", ""),
        ("<think>Never closed", "", "Never closed"),
        ("Say <think> literally</think>.", "Say <think> literally</think>.", ""),
        ("<thinker> is a word", "<thinker> is a word", ""),
        ("  indented", "  indented", ""),
        ("<th", "<th", ""),
        ("", "", ""),
        ("<think>a < b </ c</think>d<think>e</think>", "d<think>e</think>", "a < b </ c"),
    ],
)
def test_thoughts_and_answer_are_told_apart_however_they_arrive(
    content: str, text: str, reasoning: str
) -> None:
    assert separated([content]) == (text, reasoning)
    by_letter, thought = separated(list(content))
    assert (by_letter, thought.strip()) == (text, reasoning)


@given(
    st.lists(st.sampled_from(["<", "think", ">", "</", "<think>", "</think>", "a", " ", "\n"]), max_size=12),
    st.data(),
)
def test_cutting_a_stream_elsewhere_changes_nothing(tokens: list[str], data: st.DataObject) -> None:
    content = "".join(tokens)
    cut = data.draw(st.integers(0, len(content)))
    whole_text, whole_reasoning = separated([content])
    text, reasoning = separated([content[:cut], content[cut:]])
    assert text == whole_text
    assert reasoning.split() == whole_reasoning.split()


def test_the_answer_is_not_held_back_once_it_is_certain() -> None:
    thoughts = Thoughts()
    assert thoughts.feed("Yes") == ("Yes", "")
    assert thoughts.feed("<") == ("<", "")


def test_thoughts_are_passed_on_while_they_grow() -> None:
    thoughts = Thoughts()
    assert thoughts.feed("<think>Let me see") == ("", "Let me see")
    assert thoughts.feed(" more</th") == ("", " more")
    assert thoughts.feed("ink>\n\nYes") == ("Yes", "")
