"""Spoken, typed and corrected words are told apart in what is sent."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.turn.provenance import trace
from assistant.turn.transcript import Origin, Transcript, Word
from tests.turn.script import transcript


def test_words_left_as_they_were_heard_are_spoken_and_keep_their_time() -> None:
    words = trace([transcript(1, "how do I sort a list")], "how do I sort a list")
    assert [word.origin for word in words] == [Origin.SPOKEN] * 6
    assert words[3].start_s == 0.3 * 3


def test_a_word_whose_case_fits_the_sentence_was_still_spoken() -> None:
    words = trace([transcript(1, "The answer")], "Read the answer")
    assert [(word.text, word.origin) for word in words[1:]] == [
        (" the", Origin.SPOKEN),
        (" answer", Origin.SPOKEN),
    ]


def test_a_changed_word_is_corrected_and_remembers_what_was_heard() -> None:
    words = trace([transcript(1, "import num pie first")], "import numpy first")
    assert [(word.text.strip(), word.origin) for word in words] == [
        ("import", Origin.SPOKEN),
        ("numpy", Origin.CORRECTED),
        ("first", Origin.SPOKEN),
    ]
    assert words[1].heard == "num pie"
    assert (words[1].start_s, words[1].end_s) == (0.3, 0.3 * 2 + 0.3)


def test_a_term_that_was_taken_back_remembers_what_was_heard_and_not_the_term() -> None:
    put_in = Word(" Vue", 0.3, 0.6, 0.9, Origin.REPLACED, "view", "javascript")
    words = trace(
        [Transcript(1, (Word("a", 0.0, 0.3), put_in, Word(" now", 0.6, 0.9)), "model")], "a view now"
    )
    assert (words[1].text, words[1].origin, words[1].heard) == (" view", Origin.CORRECTED, "view")


def test_added_words_are_typed_and_removed_words_are_gone() -> None:
    words = trace([transcript(1, "please sort this list")], "sort this long list")
    assert [(word.text.strip(), word.origin) for word in words] == [
        ("sort", Origin.SPOKEN),
        ("this", Origin.SPOKEN),
        ("long", Origin.TYPED),
        ("list", Origin.SPOKEN),
    ]


def test_text_that_nobody_spoke_is_typed() -> None:
    assert [word.origin for word in trace([], "only typed")] == [Origin.TYPED, Origin.TYPED]


def test_several_recordings_make_one_message() -> None:
    words = trace([transcript(1, "one two"), transcript(2, "three")], "one two and three")
    assert [word.origin for word in words] == [Origin.SPOKEN, Origin.SPOKEN, Origin.TYPED, Origin.SPOKEN]
    assert [word.turn for word in words] == [1, 1, 0, 2]


def test_what_takes_the_place_of_words_of_two_recordings_is_heard_in_the_first() -> None:
    words = trace([transcript(1, "use num"), transcript(2, "pie here today")], "use numpy today")
    assert (words[1].text, words[1].heard, words[1].turn) == (" numpy", "num pie here", 1)
    assert (words[1].start_s, words[1].end_s) == (0.3, 0.6)


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_words_joined_are_what_was_sent(heard: str, sent: str) -> None:
    assert "".join(word.text for word in trace([transcript(1, heard)], sent)).rstrip() == sent.rstrip()
