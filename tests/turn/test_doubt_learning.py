"""Doubt follows what people put right, slowly, and within bounds."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assistant.settings import Window
from assistant.turn.doubt import Learned, odds, probability
from assistant.turn.doubt_learning import Counts, Seen, counted, learned_from, seen
from assistant.turn.transcript import Origin, Transcript, Word

tables = st.dictionaries(
    st.integers(-14, 14), st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), max_size=29
)


def heard(text: str, probability: float = 0.8) -> Transcript:
    return Transcript(7, tuple(Word(f" {one}", 0, 1, probability, turn=7) for one in text.split()), "test.en")


def rights(heard: Transcript, *sent: Word) -> list[bool]:
    return [one.right for one in seen(heard, sent)]


def spoken(text: str, turn: int = 7) -> tuple[Word, ...]:
    return tuple(Word(f" {one}", 0, 1, 0.8, turn=turn) for one in text.split())


def after(right: float, wrong: float, doubt: float = -2.0) -> float:
    """The odds of a word with this doubt, where so many like it were right and so many wrong."""
    return learned_from({round(2 * doubt): (right, wrong)}).moved(doubt)


def test_words_that_were_left_as_they_were_heard_were_right() -> None:
    assert rights(heard("are nine books"), *spoken("Are nine books?")) == [True, True, True]


def test_words_that_were_put_right_were_wrong() -> None:
    corrected = Word(" kubectl", 0, 1, 1.0, Origin.CORRECTED, "cube cuddle", turn=7)
    assert rights(heard("run cube cuddle"), *spoken("run"), corrected) == [True, False, False]
    chosen = Word(" ls", 0, 1, 1.0, Origin.CHOSEN, "ellis", turn=7)
    assert rights(heard("run ellis"), *spoken("run"), chosen) == [True, False]


def test_a_very_long_message_is_not_compared_word_by_word() -> None:
    text = "word " * 2001
    assert rights(heard(text), *spoken(text)) == []


def test_a_change_of_mind_tells_nothing() -> None:
    corrected = Word(" Wednesday", 0, 1, 1.0, Origin.CORRECTED, "Friday", turn=7)
    assert rights(heard("on Friday"), *spoken("on"), corrected) == [True]
    assert rights(heard("well on Friday"), *spoken("on Friday")) == [True, True]


def test_a_term_that_the_program_put_in_tells_nothing() -> None:
    term = Word(" numpy", 0, 1, 0.7, Origin.REPLACED, "num pie", turn=7)
    assert seen(Transcript(7, (term,), "test.en"), (term,)) == []


def test_the_words_of_another_recording_tell_nothing() -> None:
    assert rights(heard("are nine"), *spoken("are nine", turn=8)) == []


def test_nothing_was_learned_of_nothing() -> None:
    assert learned_from({}) == Learned()


def test_a_few_words_change_little_and_many_change_much() -> None:
    assert abs(after(8, 2) - -2.0) < 0.3
    assert abs(after(800, 200) - odds(0.2)) < 0.15


def test_where_nothing_is_ever_put_right_there_is_less_doubt_but_not_none() -> None:
    never = learned_from({-4: (20_000, 0)})
    assert -5.0 < never.moved(-2.0) < -2.0
    assert 1 - probability(never.moved(0.0)) < Window().doubt_below


def test_the_newer_half_counts_for_more() -> None:
    counts: Counts = {}
    for _ in range(30):
        counts = counted(counts, [Seen(-2.0, right=False)] * 1000, Learned())
    before = learned_from(counts).moved(-2.0)
    for _ in range(30):
        counts = counted(counts, [Seen(-2.0, right=True)] * 1000, Learned())
    assert learned_from(counts).moved(-2.0) < before
    assert sum(map(sum, counts.values())) <= 20_000


def test_what_was_heard_under_another_doubt_is_counted_as_it_was_told() -> None:
    learned = Learned(1.0, 0.5)
    counts = counted({}, [Seen(learned.moved(-3.0), right=True)], learned)
    assert counts == {-6: (1.0, 0.0)}


@given(tables)
def test_whatever_is_counted_the_more_doubtful_word_stays_the_more_doubtful(table: Counts) -> None:
    learned = learned_from(table)
    moved = [learned.moved(at / 2) for at in range(-14, 15)]
    assert all(one < other for one, other in pairwise(moved))
    assert abs(learned.offset) <= 1.5
