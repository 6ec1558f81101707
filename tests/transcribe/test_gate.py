"""Text that nobody said is held back, and what somebody said is not."""

import pytest

from assistant.transcribe.gate import let_through
from assistant.transcribe.recogniser import Heard
from assistant.turn.transcript import Word

VOCABULARY = "numpy, pytest, kubectl, sqlite, json, regex, github, docker"


def heard(text: str, no_speech: float = 0.0, mean_log_probability: float = -0.2) -> Heard:
    words = tuple(Word(f" {word}", 0.0, 1.0, 0.9) for word in text.split())
    return Heard(words, "en", no_speech, mean_log_probability)


@pytest.mark.parametrize(
    "text",
    [
        "Yes.",
        "No.",
        "There are nine blue books on the table.",
        "no no no no no",
        "use numpy with pytest and json now",
    ],
)
def test_what_somebody_said_is_let_through_whole(text: str) -> None:
    assert let_through(heard(text), voiced_s=len(text) / 20 + 0.1, prompt=VOCABULARY).text == text


def test_words_the_recogniser_itself_does_not_believe_are_held_back() -> None:
    assert let_through(heard("Thank you.", 0.9, -1.3), 1.0).words == ()
    assert let_through(heard("Thank you.", 0.9, -0.3), 1.0).text == "Thank you."


def test_a_sentence_out_of_a_click_is_held_back() -> None:
    assert let_through(heard("Thank you for watching."), voiced_s=0.15).words == ()
    assert let_through(heard("Thank you for watching."), voiced_s=1.2).text == "Thank you for watching."


def test_the_vocabulary_said_back_is_held_back() -> None:
    assert let_through(heard("Numpy pytest kubectl sqlite json."), 3.0, VOCABULARY).words == ()
    assert let_through(heard("and numpy pytest kubectl sqlite json regex"), 3.0, VOCABULARY).words == ()


def test_a_sentence_with_words_of_the_vocabulary_is_let_through() -> None:
    text = "Put the json into sqlite and run pytest."
    assert let_through(heard(text), 3.0, VOCABULARY).text == text
    assert let_through(heard("numpy pytest"), 1.0, VOCABULARY).text == "numpy pytest"


def test_a_phrase_repeated_for_ever_stands_once() -> None:
    text = "Open the file. " + "And then we go. " * 12 + "Done."
    assert let_through(heard(text), 20.0).text == "Open the file. And then we go. Done."


def test_what_a_person_repeats_stays() -> None:
    text = "very very very very good"
    assert let_through(heard(text), 3.0).text == text


def timed(*parts: tuple[str, float, float]) -> Heard:
    """Phrases, each said evenly from its start to its end, in seconds."""
    words: list[Word] = []
    for text, start_s, end_s in parts:
        step_s = (end_s - start_s) / len(text.split())
        words += (
            Word(f" {word}", start_s + at * step_s, start_s + (at + 1) * step_s)
            for at, word in enumerate(text.split())
        )
    return Heard(tuple(words), "en")


@pytest.mark.parametrize(
    ("first", "second"), [((0.0, 1.5), (1.5, 1.6)), ((0.0, 0.1), (0.1, 1.5))], ids=["after it", "before it"]
)
def test_a_phrase_that_stands_there_a_second_time_without_having_been_said_stands_once(
    first: tuple[float, float], second: tuple[float, float]
) -> None:
    shown = let_through(
        timed(("Who is Peter?", *first), ("Who is Peter?", *second), ("Good night.", 2, 3)), 3.0
    )
    assert shown.text == "Who is Peter? Good night."
    assert shown.words[2].end_s == pytest.approx(max(first, second, key=lambda it: it[1] - it[0])[1])


def test_a_phrase_that_a_person_says_twice_stands_twice() -> None:
    quick = timed(
        ("is it true", 0, 0.5), ("is it true", 0.5, 1.0), ("no no", 1.0, 1.01), ("no no", 1.01, 1.02)
    )
    assert let_through(quick, 2.0) == quick
