"""Long texts are said in portions cut where a person would breathe."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.speak.portions import portions


def test_a_sentence_is_one_portion() -> None:
    assert portions("There are nine blue books on the table.") == ["There are nine blue books on the table."]


def test_each_line_is_a_portion_of_its_own() -> None:
    assert portions("Name, Age.\nAnn, 30.") == ["Name, Age.", "Ann, 30."]


def test_a_long_text_is_cut_after_a_sentence_a_clause_or_a_word() -> None:
    assert portions("One two three. Four five six, seven eight nine ten eleven", 25) == [
        "One two three.",
        "Four five six,",
        "seven eight nine ten",
        "eleven",
    ]


def test_a_word_without_end_is_cut_all_the_same() -> None:
    assert portions("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


@given(st.text(alphabet="ab .,!?。、\n"), st.integers(4, 30))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, longest: int) -> None:
    found = portions(text, longest)
    assert all(0 < len(portion) <= longest for portion in found)
    assert "".join("".join(found).split()) == "".join(text.split())
