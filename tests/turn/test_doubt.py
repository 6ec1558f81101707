"""How likely a word is right is told by more than its own probability."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.settings import Window
from assistant.turn.doubt import AS_TOLD, Learned, evidence, weighed, weights_for
from assistant.turn.transcript import Origin, Word

HEARD = Path(__file__).parents[1] / "data" / "doubt.jsonl"
"""What the test model heard of voices and sentences to which the weights were not fitted; see `scripts/fit_doubt.py`."""
MEASURED = weights_for("test.en")
BELOW = Window().doubt_below

sounds = st.builds(
    Word,
    st.sampled_from([" one", " two.", " three,", " one", " …"]),
    st.floats(0, 9),
    st.floats(0, 9),
    st.floats(0, 1),
)


def words(text: str, probability: float = 0.98) -> list[Word]:
    return [Word(f" {one}", at / 2, at / 2 + 0.4, probability) for at, one in enumerate(text.split())]


def probabilities(heard: list[Word]) -> list[float]:
    return [word.probability for word in weighed(heard, MEASURED, Learned())]


def marks(recogniser: str) -> tuple[float, float]:
    """How many of the wrong words are marked, and how many of the right ones."""
    marked: dict[bool, list[bool]] = {True: [], False: []}
    for line in HEARD.read_text(encoding="utf-8").splitlines():
        heard = [Word(*word) for *word, _ in json.loads(line)]
        shown = weighed(heard, weights_for(recogniser), Learned())
        for word, (*_, right) in zip(shown, json.loads(line), strict=True):
            marked[right].append(word.probability < BELOW)
    return (sum(marked[False]) / len(marked[False]), sum(marked[True]) / len(marked[True]))


def test_four_of_five_wrong_words_are_marked_and_one_of_twenty_right_ones() -> None:
    caught, marked = marks("test.en")
    assert caught >= 0.8
    assert marked <= 0.05


def test_of_a_model_that_nobody_has_measured_few_right_words_are_marked() -> None:
    caught, marked = marks("somebody's own")
    assert marked <= 0.05
    assert caught >= 0.5


def test_a_word_in_doubtful_company_is_doubtful() -> None:
    sure = probabilities(words("there are nine blue books"))
    lost = probabilities([*words("there are"), Word(" nine", 1, 1.4, 0.1), *words("blue books")])
    assert lost[3] < sure[3]
    assert lost[4] < sure[4]


def test_the_next_sentence_is_not_doubted_for_it() -> None:
    sure = probabilities(words("well now. there are nine blue books"))
    lost = probabilities([Word(" well", 0, 0.4, 0.1), *words("well now. there are nine blue books")[1:]])
    assert lost[2:] == sure[2:]


def test_what_is_said_twice_in_a_row_is_doubtful_and_what_comes_back_later_is_not() -> None:
    once = evidence(words("how many pictures are on the table"))
    twice = evidence(words("how many pictures how many pictures are on the table"))
    later = evidence(words("how many pictures are on how many tables"))
    assert not any(one.again for one in (*once, *later))
    assert [one.again for one in twice] == [True] * 6 + [False] * 4


def test_a_whole_sentence_that_is_said_twice_in_a_row_is_doubtful() -> None:
    twice = evidence(words("how do you say yellow in English? " * 2))
    assert all(one.again for one in twice)


def test_a_word_that_took_no_time_is_doubtful() -> None:
    hurried = [Word(" one", 0.0, 0.4, 0.98), Word(" two", 0.4, 0.4, 0.98)]
    assert probabilities(hurried)[1] < probabilities([hurried[0], Word(" two", 0.4, 0.8, 0.98)])[1]


def test_what_was_not_spoken_keeps_its_probability() -> None:
    (term,) = weighed([Word("numpy", 0, 1, 0.7, Origin.REPLACED)], MEASURED, Learned())
    assert term.probability == 0.7


def test_the_basic_recogniser_is_taken_at_its_word() -> None:
    heard = words("how many pictures", 0.4)
    assert list(weighed(heard, weights_for("basic recogniser", basic=True), Learned())) == heard


@given(st.lists(sounds, max_size=30))
def test_every_word_has_a_probability_and_its_text(heard: list[Word]) -> None:
    shown = weighed(heard, MEASURED, Learned())
    assert [word.text for word in shown] == [word.text for word in heard]
    assert all(0 <= word.probability <= 1 for word in shown)


@given(st.lists(sounds, min_size=1, max_size=8), st.integers(0, 7))
def test_what_is_said_does_not_depend_on_what_is_far_away(heard: list[Word], at: int) -> None:
    at = min(at, len(heard) - 1)
    far = [Word(" far", 0, 1, 0.01)] * 14
    near = [Word(f" n{number}", 0, 1, 0.9) for number in range(14)]
    whole = weighed([*far, *near, *heard, *near, *far], MEASURED, Learned())
    assert whole[28 + at] == weighed([*near, *heard, *near], MEASURED, Learned())[14 + at]


@pytest.mark.parametrize("learned", [Learned(), Learned(1.0, 0.8), Learned(-2.0, 2.0)])
def test_the_more_probable_word_stays_the_more_probable(learned: Learned) -> None:
    alone = [weighed([Word(" one", 0, 1, at / 20)], AS_TOLD, learned)[0].probability for at in range(21)]
    assert all(one <= other for one, other in pairwise(alone))
