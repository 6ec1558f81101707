"""What is read aloud is cut where a person would breathe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.turn.sentences import LONGEST, cut, wording
from assistant.turn.states import Sentence


def pieces(text: str, *, complete: bool = True) -> list[str]:
    return [text[piece.start : piece.end] for piece in cut(text, 0, complete=complete)]


def test_sentences_of_a_paragraph_are_spoken_one_by_one() -> None:
    text = "The first sentence is here. And is this the second one? It is the second one!"
    assert pieces(text) == [
        "The first sentence is here.",
        "And is this the second one?",
        "It is the second one!",
    ]


def test_tiny_sentences_are_joined_to_the_next() -> None:
    assert pieces("Yes. It is. That was all of it.") == ["Yes. It is. That was all of it."]


def test_abbreviations_initials_and_decimals_do_not_end_a_sentence() -> None:
    for text in (
        "We waited for Mr. Dashwood all day.",
        "It was signed by J. F. Kennedy in person.",
        "Choose a small one, e.g. the third of them.",
        "The value of pi is 3.14 and not 3.",
    ):
        assert pieces(text) == [text]


def test_a_stop_within_code_does_not_end_a_sentence() -> None:
    text = "Write `print('Hello there. You')` into the file."
    assert pieces(text) == [text]


def test_closing_quotes_and_emphasis_stay_with_their_sentence() -> None:
    text = 'He said "This is the **very** end.**" Then he left the room.'
    assert pieces(text)[0] == 'He said "This is the **very** end.**"'


def test_headings_list_items_and_table_rows_are_pieces_of_their_own() -> None:
    text = (
        "# A heading\nText below it\nruns over two lines\n\n- one\n- two\n3. three\n| a | b |\n| c | d |\nend"
    )
    assert pieces(text) == [
        "# A heading",
        "Text below it\nruns over two lines",
        "- one",
        "- two",
        "3. three",
        "| a | b |",
        "| c | d |",
        "end",
    ]


def test_a_fenced_code_block_is_one_piece() -> None:
    text = "Look at this:\n\n```python\nprint('One. Two. Three.')\n\nx = 1\n```\nThat was the code."
    assert pieces(text)[1] == "```python\nprint('One. Two. Three.')\n\nx = 1\n```"
    assert pieces(text)[2] == "That was the code."


def test_a_fence_that_is_never_closed_runs_to_the_end() -> None:
    assert pieces("~~~\ncode. More code. And more.") == ["~~~\ncode. More code. And more."]
    assert pieces("~~~\ncode. More code. And more.", complete=False) == []
    assert pieces("```", complete=False) == []


def test_a_fence_that_has_hardly_begun_is_waited_for() -> None:
    assert pieces("``", complete=False) == []
    assert pieces("``") == ["``"]


def test_a_line_whose_continuation_is_not_known_yet_is_waited_for() -> None:
    assert pieces("A line of text\n", complete=False) == []
    assert pieces("A line of text\n- it", complete=False) == []
    assert pieces("A line of text\n- item two\n", complete=False) == ["A line of text"]
    assert pieces("A line of text\n\nb", complete=False) == ["A line of text"]


def test_a_sentence_is_not_cut_before_what_follows_it_is_known() -> None:
    assert pieces("This is the whole of it.", complete=False) == []
    assert pieces("This is the whole of it. N", complete=False) == ["This is the whole of it."]


def test_a_run_without_any_stop_is_cut_at_a_space() -> None:
    words = pieces("word " * 200)
    assert all(len(piece) <= LONGEST for piece in words)
    assert words[0].endswith("word")
    assert pieces("x" * (LONGEST + 5)) == ["x" * LONGEST, "x" * 5]


def test_sentences_without_spaces_between_them_are_cut_too() -> None:
    text = "これは一つ目の文でとても長いです。「これは二つ目の文でとても長いです。」三つ目。"
    assert pieces(text)[:2] == [
        "これは一つ目の文でとても長いです。",
        "「これは二つ目の文でとても長いです。」",
    ]


MARKDOWN = st.text(alphabet='ab. \n`~#-*|1!。」?"', max_size=200) | st.text(max_size=100)


@given(MARKDOWN, st.lists(st.integers(1, 40), max_size=12))
def test_cutting_while_the_text_arrives_gives_the_same_pieces_as_cutting_it_whole(
    text: str, steps: list[int]
) -> None:
    whole = cut(text, 0, complete=True)
    gathered = []
    seen = start = 0
    for length in steps:
        seen += length
        for piece in cut(text[:seen], start, complete=False):
            gathered.append(piece)
            start = piece.end
    gathered += cut(text, start, complete=True)
    assert tuple(gathered) == whole


@given(MARKDOWN)
def test_no_visible_character_is_left_out_or_said_twice(text: str) -> None:
    said = "".join(text[piece.start : piece.end] for piece in cut(text, 0, complete=True))
    assert "".join(said.split()) == "".join(text.split())


def test_a_stop_far_behind_the_longest_piece_does_not_keep_it_together() -> None:
    words = pieces("word " * 100 + "end. And more of it.")
    assert len(words[0]) <= LONGEST
    assert words[1].endswith("end.")


# the first clause, where the voice waits


def first(text: str) -> str:
    """What a waiting voice gets of a text that goes on."""
    found = cut(text, 0, complete=False, waiting=True)
    return wording(text, found[0]) if found else ""


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("If you want the short version, then", "If you want the short version,"),
        ("In most cases it does not matter; it", "In most cases it does not matter;"),
        ("There is one thing to know here: it", "There is one thing to know here:"),
        ("The second of them is older — it", "The second of them is older,"),
        ("The second of them is older - it", "The second of them is older,"),
        ("The second of them is older—it", "The second of them is older,"),
        ("*If you want the short version,* then", "*If you want the short version,*"),
        ("Yes. It is so, as far as I know, and it", "Yes. It is so, as far as I know,"),
        ("1,000 of them were found, which", "1,000 of them were found,"),
        ("Call `f(x, y)` in a loop, then", "Call `f(x, y)` in a loop,"),
        ("See [the manual, part two](x.html) first, then", "See [the manual, part two](x.html) first,"),
        ("It costs $5 in the shop, or", "It costs $5 in the shop,"),
        (
            "You can open the file with an editor that you like and change",
            "You can open the file with an editor that you like,",
        ),
        ("短く言えばそのとおりです、ただし", "短く言えばそのとおりです、"),
        ("简单来说这是可以的，但", "简单来说这是可以的，"),
        ("إذا كنت تريد الإجابة القصيرة، فهي", "إذا كنت تريد الإجابة القصيرة،"),
        ("मुझे लगता है कि यह सही है। और", "मुझे लगता है कि यह सही है।"),
    ],
)
def test_a_waiting_voice_gets_the_first_clause_of_a_sentence(text: str, clause: str) -> None:
    assert first(text) == clause


@pytest.mark.parametrize(
    "text",
    [
        "Well, it is",
        "If you want the short version,",
        "The lucky numbers are 17, 23 and 42",
        "At the meeting at 10:30 we",
        "The price was 1,000,000",
        "Write `print(a, b, c, d, e` and",
        "It is [a link, and a long one](https://example.org/a",
        "It is (as far as I know, and",
        "The formula is $f_1, f_2, f_3",
        "Have a look at main.py, utils.py, and",
        "The folders src/one, src/two, and",
        "See https://example.org/one, or",
        "a well-known state-of-the-art solution",
        "This one and that one and",
        "- An item of a list, which",
        "# A heading of the text, which",
        "| a cell of a table, which",
        "```text\nIf you want the short version, then",
    ],
)
def test_there_is_no_clause_in_code_links_numbers_names_and_lists(text: str) -> None:
    assert first(text) == ""


def test_a_voice_that_has_something_to_say_gets_whole_sentences() -> None:
    text = "If you want the short version, then"
    assert pieces(text, complete=False) == []
    said = text + " it is this. And"
    (sentence,) = cut(said, 0, complete=False, waiting=True)
    assert wording(said, sentence) == "If you want the short version, then it is this."


def test_a_run_cut_at_a_space_does_not_sound_like_an_end() -> None:
    text = "word " * 100
    first, last = cut(text, 0, complete=True)
    assert wording(text, first).endswith("word,")
    assert wording(text, last).endswith("word")


@given(
    MARKDOWN | st.text(alphabet="abc, and—:`([)]. \n-1", max_size=200),
    st.lists(st.tuples(st.integers(1, 40), st.booleans())),
)
def test_a_waiting_voice_gets_a_beginning_of_what_it_would_have_got_later(
    text: str, steps: list[tuple[int, bool]]
) -> None:
    gathered: list[Sentence] = []
    seen = start = 0
    for length, waiting in [*steps, (len(text), False)]:
        seen += length
        for piece in cut(text[:seen], start, complete=seen >= len(text), waiting=waiting):
            gathered.append(piece)
            start = piece.end
    said = "".join(text[piece.start : piece.end] for piece in gathered)
    assert "".join(said.split()) == "".join(text.split())
    for piece in gathered:
        whole = cut(text, piece.start, complete=True)[0]
        assert piece.start == whole.start
        assert piece.end <= whole.end
