"""What is firm stays as it is, and what a later pass says is joined to it without a word too many or too few."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.transcribe.agreement import agreement, joined, weighed_with
from assistant.turn.transcript import Word

WORDS = st.lists(st.sampled_from(["one", "two", "three", "four", "five"]), max_size=8)


def words(text: str, *, late_s: float = 0.0) -> tuple[Word, ...]:
    """Words of a third of a second each."""
    return tuple(
        Word(f" {one}", at / 3 + late_s, (at + 1) / 3 + late_s) for at, one in enumerate(text.split())
    )


def text(shown: tuple[Word, ...]) -> str:
    return "".join(word.text for word in shown).strip()


@pytest.mark.parametrize(
    ("firm", "heard", "shown"),
    [
        ("One, two", "one two. Three", "One, two Three"),
        ("remember that she likes", "remember that sea likes the sea", "remember that she likes the sea"),
        ("you are welcome. Remember", "in the morning. Remember that", "you are welcome. Remember that"),
        ("you are welcome. Remember", "welcome. Remember that", "you are welcome. Remember that"),
        ("are you", "or are you there", "are you there"),
        ("my brother likes", "my brother likes", "my brother likes"),
        ("my brother likes", "a brother", "my brother likes"),
        ("my brother likes", "", "my brother likes"),
        ("", "what now", "what now"),
    ],
)
@pytest.mark.parametrize("late_s", [-0.5, 0.0, 0.5])
def test_what_is_new_is_joined_where_the_words_fit_however_wrong_the_times(
    firm: str, heard: str, shown: str, late_s: float
) -> None:
    assert text(joined(words(firm), words(heard, late_s=late_s))) == shown


def test_where_no_word_fits_the_times_decide() -> None:
    assert text(joined(words("one two three"), words("a b c d"))) == "one two three d"
    assert text(joined(words("one two three"), words("a b c d", late_s=1 / 3))) == "one two three c d"


def test_what_is_said_alike_takes_the_times_of_the_newest_pass() -> None:
    (firm, new) = joined(words("One,"), words("one two", late_s=0.1))
    assert firm == Word(" One,", 0.1, 1 / 3 + 0.1)
    assert new.text == " two"


@given(WORDS, WORDS)
def test_what_is_firm_is_never_changed(firm: list[str], heard: list[str]) -> None:
    shown = text(joined(words(" ".join(firm)), words(" ".join(heard)))).split()
    assert shown[: len(firm)] == firm
    assert len(shown) <= len(firm) + len(heard)


def test_capitals_and_signs_are_no_disagreement() -> None:
    assert agreement(words("Well, one two"), words("well one three")) == 2


def test_a_word_that_is_heard_again_is_as_likely_as_both_passes_find_it() -> None:
    before = [replace(word, probability=0.5) for word in words("it is sunny")]
    now = [replace(word, probability=0.9) for word in words("it was sunny today")]
    it, was, sunny, today = weighed_with(before, now)
    assert it.probability == sunny.probability == pytest.approx(0.75)
    assert was.probability == today.probability == 0.9


@given(st.floats(0, 1), st.floats(0, 1))
def test_probabilities_of_passes_stay_probabilities(one: float, other: float) -> None:
    (word,) = weighed_with([Word(" one", probability=one)], [Word(" One.", probability=other)])
    assert word.text == " One."
    assert min(one, other) - 0.0011 <= word.probability <= max(one, other) + 0.0011


def test_what_every_pass_finds_likely_stays_likely() -> None:
    shown = words("it is sunny")
    for _ in range(9):
        shown = weighed_with(shown, words("it is sunny"))
    assert all(word.probability == pytest.approx(0.999) for word in shown)
