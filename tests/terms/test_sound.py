"""How words are said, and how near two sounds are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.terms.index import SoundIndex
from assistant.terms.lookup import Lookup
from assistant.terms.ordinary import ordinary
from assistant.terms.sound import Pronunciations, closeness, not_far, pronunciations
from assistant.terms.spoken import number_words, ways_said, words_of
from assistant.terms.term import Term


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("np.einsum", "np dot einsum"),
        ("GitHub", "git hub"),
        ("SQL", "s q l"),
        ("S3", "s three"),
        ("C++", "c plus plus"),
        ("C#", "c sharp"),
        (".NET", "dot net"),
        ("get_user_name", "get user name"),
        ("get_user_name", "get underscore user underscore name"),
        ("requirements.txt", "requirements dot t x t"),
        ("HTTPServer", "http server"),
        ("HTTPServer", "h t t p server"),
        ("café", "cafe"),
        ("sha256", "sha two fifty six"),
    ],
)
def test_the_ways_to_say_a_term_follow_from_its_spelling(written: str, said: str) -> None:
    assert tuple(said.split()) in ways_said(written)


@pytest.mark.parametrize(
    ("digits", "said"),
    [("7", "seven"), ("16", "sixteen"), ("40", "forty"), ("42", "forty two"), ("2048", "twenty forty eight"), ("007", "zero zero seven"), ("123456", "one two three four five six")],
)  # fmt: skip
def test_digits_are_said_as_people_say_them(digits: str, said: str) -> None:
    assert " ".join(number_words(digits)) == said


def test_what_is_not_in_latin_letters_has_no_words() -> None:
    assert words_of("مرحبا") == ()


def sound(text: str) -> str:
    return "".join(pronunciations().of(word)[0] for word in text.split())


@pytest.mark.parametrize(
    ("heard", "meant", "other"),
    [
        ("cooper netties", "kubernetes", "cooper minis"),
        ("pie torch", "pytorch", "pie chart"),
        ("post grass", "postgres", "most cars"),
        ("reddish", "redis", "radio"),
    ],
)
def test_what_sounds_alike_is_nearer(heard: str, meant: str, other: str) -> None:
    assert closeness(sound(heard), sound(meant)) > closeness(sound(heard), sound(other))
    assert closeness(sound(heard), sound(heard)) == 1


def test_words_that_people_say_daily_are_more_ordinary_than_names() -> None:
    common = ordinary().commonness
    assert common("the") > common("view") > common("pedantic") > common("kubectl") == 0
    assert ordinary().attraction("nice", "view") > 0
    assert ordinary().attraction("cube", "cuddle") == 0


def test_a_word_that_nobody_can_say_is_silent_and_not_taken_apart() -> None:
    cut: list[str] = []

    class Counting(Pronunciations):
        def knows(self, word: str) -> bool:
            cut.append(word)
            return super().knows(word)

    counting = Counting(b"web W EH B\npack P AE K\n")
    assert counting.of("ab" * 100_000) == ("",)
    assert not cut
    assert counting.of("webpack")[0] == "wEbp&k"


SOUND = st.text("ktpinear", max_size=8)


@given(SOUND, st.lists(SOUND))
def test_of_many_sounds_just_those_that_are_near_at_all_are_looked_at_more_closely(
    heard: str, others: list[str]
) -> None:
    assert not_far(heard, others) == [place for place, other in enumerate(others) if closeness(heard, other)]


def test_readings_of_the_same_words_are_looked_up_together(monkeypatch: pytest.MonkeyPatch) -> None:
    index = SoundIndex([Term("Data Grip"), Term("kubectl"), Term("psql")])
    looked_up: list[str] = []
    numbers = Lookup.numbers

    def noted(table: Lookup, word: str, most: int) -> list[int]:
        looked_up.append(word)
        return numbers(table, word, most)

    assert len(pronunciations().of("data")) > 1
    with monkeypatch.context() as patched:
        patched.setattr(Lookup, "numbers", noted)
        matches = index.search(("data", "crib"))
    assert [index.terms[match.term].text for match in matches] == ["Data Grip"]
    keys = [word for word in looked_up if not word[0].isalpha()]
    assert keys
    assert len(set(keys)) == len(keys)
