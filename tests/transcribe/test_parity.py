"""Speech understood while it is spoken gives the text that the whole recording gives (`scripts/bench.py --rows 6` has more)."""

from collections.abc import Sequence

import pytest

from scripts.benchmarks.parity import CONDITIONS, Compared, compare, redone_share, worse_points

UTTERANCES = 16


@pytest.fixture(scope="module")
def compared() -> Sequence[Compared]:
    return compare(UTTERANCES)


def test_text_from_streaming_is_as_right_as_from_the_whole_recording(compared: Sequence[Compared]) -> None:
    assert {one.condition for one in compared} == set(CONDITIONS)
    assert worse_points(compared) <= 0.3


def test_sentences_with_pauses_are_understood_word_for_word_while_they_are_spoken(
    compared: Sequence[Compared],
) -> None:
    paused = [one for one in compared if one.condition != "without pauses"]
    wrong = sum(one.streamed_wrong for one in paused)
    assert wrong <= 0.03 * sum(one.words for one in paused)


def test_hardly_anything_is_decoded_twice(compared: Sequence[Compared]) -> None:
    assert redone_share(compared) <= 0.01
