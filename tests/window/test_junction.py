"""Spoken words fit in where they land, and what was sent is taken out alone."""

import pytest

from assistant.window.junction import joined, sent_spans


@pytest.mark.parametrize(
    ("before", "spoken", "after", "result"),
    [
        ("", "How are you?", "", "How are you?"),
        ("I use", "The new one.", "", "I use the new one."),
        ("I use ", "The new one.", "", "I use the new one."),
        ("Done.", "Then go on.", "", "Done. Then go on."),
        ("Done.\n", "Then go on.", "", "Done.\nThen go on."),
        ("I went to", "Paris in May.", "", "I went to Paris in May."),
        ("yesterday", "I slept.", "", "yesterday I slept."),
        ("so", "What's next?", "", "so what's next?"),
        ("call", "(the", "function", "call (the function"),
        ("f(", "The value", ")", "f(the value)"),
        ("a", "Very.", "good idea", "a very good idea"),
        ("It is a very long day.", "It rains.", "", "It is a very long day. It rains."),
        ("a", "word", ", and more", "a word, and more"),
        ("今日は", "とても暑いです。", "", "今日はとても暑いです。"),
        ("costs", "5%.", "", "costs 5%."),
        ("well", ", really", "", "well, really"),
        ('he said "', "Go now.", "", 'he said "go now.'),
    ],
)
def test_words_join_with_the_right_space_and_case(before: str, spoken: str, after: str, result: str) -> None:
    gap, words, gap_after = joined(before, spoken, after, "en")
    assert before + gap + words + gap_after + after == result


def test_a_capital_of_another_language_is_left_alone() -> None:
    assert joined("das", "In Haus", "", "de")[1] == "In Haus"


@pytest.mark.parametrize(
    ("text", "sent", "left"),
    [
        ("hello", "hello", ""),
        ("hello and more", "hello", "and more"),
        ("before hello", "hello", "before "),
        ("hello big world", "hello world", "big"),
        ("something else", "hello", "something else"),
        ("  hello\n", "hello", "  \n"),
        ("", "hello", ""),
    ],
)
def test_only_what_was_sent_is_taken_out(text: str, sent: str, left: str) -> None:
    for start, end in reversed(sent_spans(text, sent)):
        text = text[:start] + text[end:]
    assert text == left
