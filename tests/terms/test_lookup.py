"""Small tables give back what was put into them."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from assistant.terms.lookup import Lookup, Texts

WORD = st.text("abc", max_size=4)
ENTRIES = st.lists(st.tuples(WORD, st.integers(0, 2**24 - 1)), max_size=200)


@given(ENTRIES, WORD, st.integers(1, 5))
def test_a_word_has_the_first_of_its_numbers_in_rising_order(
    entries: list[tuple[str, int]], word: str, most: int
) -> None:
    assert Lookup(entries).numbers(word, most) == sorted(n for other, n in entries if other == word)[:most]


def test_each_of_very_many_words_is_found_and_no_other_one() -> None:
    known: dict[str, list[int]] = defaultdict(list)
    for number in range(20_000):
        known[f"word {number % 7_000}"].append(number)
    table = Lookup((word, number) for word, numbers in known.items() for number in numbers)
    assert all(table.numbers(word, 9) == numbers for word, numbers in known.items())
    assert not any(table.numbers(f"other {number}", 9) for number in range(1_000))


@given(st.lists(st.text(max_size=5), min_size=1), st.data())
def test_texts_come_back_by_their_numbers(texts: list[str], data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, len(texts) - 1)))
    kept = Texts(texts)
    assert kept.at(numbers) == [kept[number] for number in numbers] == [texts[number] for number in numbers]
