"""A transcript is words; its text is what they say together."""

from tests.turn.script import transcript


def test_the_first_words_are_what_the_text_begins_with() -> None:
    heard = transcript(1, "what time is it")
    assert [heard.first(count) for count in (0, 2, 9)] == ["", "what time", heard.text]
