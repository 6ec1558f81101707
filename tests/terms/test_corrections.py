"""What is learned from the difference between what was heard and what was sent, and how it is applied."""

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.terms import Term
from assistant.terms.corrections import applied, candidates, sightings, terms
from assistant.terms.matcher import Matcher, spoken_words
from assistant.turn.corrections import UNUSED_FOR_S, Correction, Sighting, agreed, learned, phrase
from assistant.turn.transcript import Alternative, Origin, Word


def spoken(text: str) -> list[Word]:
    return list(spoken_words(text))


def corrected(heard: str, *texts: str) -> list[Word]:
    """The words that a person wrote in the place of what was heard, as the composer tells them."""
    return [Word(text, 1.0, 2.0, 1.0, Origin.CORRECTED, heard) for text in texts]


def chosen(heard: str, text: str, source: str = "", *others: Alternative) -> Word:
    return Word(text, 1.0, 2.0, 1.0, Origin.CHOSEN, heard, source, others)


def sent(*words: Word) -> list[Sighting]:
    return sightings([*spoken("I use"), *words, *spoken(" every day")])


@pytest.mark.parametrize(
    ("heard", "texts", "meant"),
    [
        ("num pie", [" NumPy"], "NumPy"),
        ("num pie,", [" NumPy,"], "NumPy"),
        ("Cube cuddle", [" kubectl"], "kubectl"),
        ("cube cuddle", [" kube", " ctl"], "kube ctl"),
        ("pie torch lightning", [" PyTorch", " Lightning"], "PyTorch Lightning"),
        ("the num pie", [" the", " NumPy"], "NumPy"),
        ("post gres is", [" Postgres", " is"], "Postgres"),
        ("get ignore", [" .gitignore"], ".gitignore"),
        ("view", [" Vue"], "Vue"),
        ("sequel", [" SQL"], "SQL"),
        ("jason", [" JSON"], "JSON"),
        ("cash", [" cache"], "cache"),
        ("n p dot ein sum", [" np.einsum"], None),
        ("rust", [" Rust"], "Rust"),
        ("Гитхап", [" Гитхаб"], "Гитхаб"),
    ],
)
def test_a_short_change_that_sounds_alike_is_a_correction(
    heard: str, texts: list[str], meant: str | None
) -> None:
    found = [meant for _, meant in sent(*corrected(heard, *texts))]
    assert found == ([] if meant is None else [meant])


@pytest.mark.parametrize(
    ("heard", "texts"),
    [
        ("big", [" large"]),
        ("look at", [" check"]),
        ("delete", [" remove"]),
        ("what is", [" how", " does"]),
        ("num pie", [" pandas"]),
        ("user", [" users"]),
        ("users", [" user"]),
        ("view", [" view,"]),
        ("view.", [" view"]),
        ("Rust", [" rust"]),
        ("num. pie", [" NumPy"]),
        ("num pie", [" num,", " pie"]),
        ("num pie", [" NumPy" * 5]),
        ("x" * 90, [" " + "x" * 91]),
        ("…", [" —"]),
    ],
)
def test_a_rephrasing_or_other_punctuation_is_none(heard: str, texts: list[str]) -> None:
    assert sent(*corrected(heard, *texts)) == []


def test_the_capital_of_a_sentences_beginning_is_no_correction() -> None:
    assert sightings(corrected("rust", "Rust")) == []
    assert sightings([*spoken("Good."), *corrected("rust", " Rust")]) == []
    assert sightings([*spoken("Good"), *corrected("rust", "\nRust")]) == []
    assert sightings([*spoken("Good."), *corrected("json", " JSON")]) == [Sighting("json", "JSON")]


def test_a_term_that_was_chosen_is_a_correction_however_it_sounds() -> None:
    assert sent(chosen("jungle", " Django", "python")) == [Sighting("jungle", "Django")]
    assert sent(chosen("jungle", " Django")) == []


def test_a_replacement_that_was_taken_back_means_what_was_heard() -> None:
    view = Sighting("view", "view")
    assert sent(chosen("view", " view,", "", Alternative("Vue", "javascript"))) == [view]
    assert sent(*corrected("view", " view")) == [view]
    assert sightings(spoken("a nice view")) == []


def test_two_changes_side_by_side_are_two_corrections() -> None:
    first = Word(" JSON", 1.0, 1.5, 1.0, Origin.CORRECTED, "jason")
    second = Word(" YAML", 1.5, 2.0, 1.0, Origin.CORRECTED, "yammer")
    assert sent(first, second) == [Sighting("jason", "JSON"), Sighting("yammer", "YAML")]


def test_everyday_words_are_candidates_when_they_were_seen_twice() -> None:
    for heard, meant, at_once in (
        ("num pie", "NumPy", True),
        ("dot m", ".env", True),
        ("cash", "cache", False),
        ("view", "View", False),
    ):
        once, twice = Correction(heard, meant, 0.0, seen=1), Correction(heard, meant, 0.0, seen=2)
        assert candidates([once, twice], 1.0) == ((once, twice) if at_once else (twice,))


def test_rules_and_what_was_spoken_against_are_no_candidates() -> None:
    one = Correction("num pie", "NumPy", 0.0)
    rule = replace(one, seen=3)
    assert candidates([one, rule, replace(one, confirmed=True)], 1.0) == ()
    assert candidates([replace(one, seen=1), rule], UNUSED_FOR_S + 1) == ()


def test_rules_are_terms_with_all_that_is_heard_for_them() -> None:
    numpy = [Correction(heard, "NumPy", 0.0, confirmed=True) for heard in ("numb pie", "num pie")]
    assert terms([*numpy, Correction("view", "view", 0.0, confirmed=True)]) == (
        Term("NumPy", source="corrections", heard=("numb pie", "num pie")),
    )


def rule(heard: str, meant: str) -> Correction:
    return Correction(heard, meant, 0.0, confirmed=True)


def nothing_else(words: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(words)


def text(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)


def test_a_confirmed_rule_is_applied_wherever_the_phrase_is_heard() -> None:
    words = [*spoken("Pull, (pie test),"), Word(" pie"), Word(" test", origin=Origin.TYPED)]
    [_, done, *typed] = applied(words, [rule("pie test", "pytest")], nothing_else)
    assert done == Word(
        " (pytest),",
        origin=Origin.REPLACED,
        heard="pie test",
        source="corrections",
        alternatives=(Alternative("pie test"),),
    )
    assert typed == words[3:]


def test_what_is_left_alone_is_kept_from_the_matcher_with_all_that_is_known_of_it() -> None:
    matcher = Matcher([Term("SQL", heard=("sequel",), source="products")])
    words = [*spoken("Run the"), Word(" sequel", 1.0, 2.0, 0.4), *spoken(" query on the database")]
    assert text(applied(words, [], matcher.fix)) == "Run the SQL query on the database"
    assert applied(words, [rule("sequel", "sequel")], matcher.fix) == tuple(words)


def test_a_rule_that_was_seen_only_goes_to_the_matcher() -> None:
    learned_rule = Correction("sequence light", "SQLite", 0.0, seen=3)
    words = spoken("store it in a sequence light database file")
    assert applied(words, [learned_rule], nothing_else) == tuple(words)
    matcher = Matcher(terms([learned_rule]))
    assert text(applied(words, [learned_rule], matcher.fix)) == "store it in a SQLite database file"


def test_a_correction_made_three_times_is_applied_and_taken_back_it_is_no_more() -> None:
    kept: dict[tuple[str, str], Correction] = {}
    now_s = time.time()

    def send(words: Sequence[Word]) -> None:
        for one in learned(kept.values(), sightings(words), words, now_s):
            kept[one.heard, one.meant] = one

    def heard() -> tuple[Word, ...]:
        valid = [one for one in kept.values() if one.is_rule(now_s)]
        return applied(spoken("install num pie with pip"), valid, Matcher(terms(valid)).fix)

    for _ in range(3):
        assert text(heard()) == "install num pie with pip"
        send([*spoken("install"), *corrected("num pie", " NumPy"), *spoken(" with pip")])
    assert text(heard()) == "install NumPy with pip"
    send(heard())
    assert kept["num pie", "NumPy"].used == 1
    send([*spoken("install"), chosen("num pie", " num pie"), *spoken(" with pip")])
    assert text(heard()) == "install num pie with pip"


HEARD = st.sampled_from(["view", "num pie", "Nice view,", "x", "…", "שלום", "e\u0301", "a b c d e"])
WORDS = st.lists(
    st.builds(
        Word,
        st.text(max_size=6).map(" {}".format) | HEARD,
        st.none() | st.just(1.0),
        st.none(),
        st.just(0.5),
        st.sampled_from(list(Origin)),
        st.just("") | HEARD,
    ),
    max_size=6,
)


@given(WORDS)
def test_any_message_can_be_learned_from(words: list[Word]) -> None:
    found = sightings(words)
    for one in found:
        assert one.heard == phrase(one.heard)
        assert 1 <= len(one.heard.split()) <= 4
    assert len(learned([], found, words, 1.0)) == len(set(found))


@given(WORDS, st.lists(st.tuples(HEARD.map(phrase), HEARD), max_size=3))
def test_rules_change_nothing_but_what_was_spoken(words: list[Word], given: list[tuple[str, str]]) -> None:
    fixed = applied(words, [rule(*one) for one in given if one[0]], nothing_else)
    others = [word for word in words if word.origin is not Origin.SPOKEN]
    assert [word for word in fixed if word in others] == others


def test_a_rule_that_the_user_gave_is_made_of_any_phrase() -> None:
    [given_rule] = agreed([], Sighting(phrase("My Firm"), "Miphirm GmbH"), 0.0)
    assert text(applied(spoken("at my firm."), [given_rule], nothing_else)) == "at Miphirm GmbH."
