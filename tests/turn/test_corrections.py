"""Corrections add up to rules, are taken back, and end when nobody uses them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.turn.corrections import (
    SEEN_FOR_A_RULE,
    UNUSED_FOR_S,
    Change,
    Correction,
    Dictation,
    Sighting,
    agreed,
    core,
    find,
    heard_text,
    learned,
    phrase,
    preview,
    put,
    rules,
)
from assistant.turn.transcript import Origin, Word

NUMPY = Sighting("num pie", "NumPy")
VUE = Sighting("view", "Vue")
VIEW = Sighting("view", "view")


def spoken(text: str) -> list[Word]:
    return [Word(f" {word}") for word in text.split()]


def replaced(heard: str, text: str) -> Word:
    return Word(text, origin=Origin.REPLACED, heard=heard, source="javascript")


def after(
    *messages: tuple[list[Sighting], list[Word]], known: tuple[Correction, ...] = ()
) -> list[Correction]:
    """What is known after these messages, one a second."""
    kept = {(one.heard, one.meant): one for one in known}
    for at_s, (found, sent) in enumerate(messages, 1):
        for one in learned(kept.values(), found, sent, float(at_s)):
            kept[one.heard, one.meant] = one
    return list(kept.values())


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (" view,", "view"),
        ("“Vue”.", "Vue"),
        (" .env", ".env"),
        (" C#.", "C#"),
        (" C++", "C++"),
        ("print()", "print()"),
        ("(print())", "print()"),
        ("(view)", "view"),
        ("rows[0],", "rows[0]"),
        ("@app.route!", "@app.route"),
        ("« vue ! »", "vue"),
        ("Vue ?", "Vue"),
        ("...", "..."),
        ("  ", ""),
    ],
)
def test_punctuation_around_a_word_is_not_of_it_and_signs_of_a_name_are(text: str, inner: str) -> None:
    assert core(text) == inner


def test_a_phrase_is_compared_without_capitals_and_punctuation() -> None:
    assert phrase(" Num  Pie,") == "num pie"
    assert phrase("It’s") == "it's"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("I use num pie, daily", [(2, 4, "num pie")]),
        ("Num Pie. Num, pie? (num) pie", [(0, 2, "num pie")]),
        ("num « pie » num ! pie", []),
        ("num pie num pie", [(0, 2, "num pie"), (2, 4, "num pie")]),
        ("a nice view", [(1, 3, "nice view")]),
        ("a view", [(1, 2, "view")]),
        ("numb pie views", []),
        ("one two three four", [(0, 4, "one two three four")]),
    ],
)
def test_a_phrase_is_found_as_whole_words_and_never_across_punctuation(
    text: str, places: list[tuple[int, int, str]]
) -> None:
    assert list(find(text.split(), {"num pie", "view", "nice view", "one two three four"})) == places


def test_what_is_put_in_keeps_the_space_and_the_punctuation_around() -> None:
    assert put([" (num", " pie),"], "NumPy") == " (NumPy),"


def test_what_was_heard_is_told_without_what_the_program_put_in() -> None:
    words = [*spoken("a nice"), replaced("view", " Vue."), Word(" ok")]
    assert heard_text(words) == "a nice view. ok"


def test_a_rule_is_shown_with_every_place_that_it_would_change() -> None:
    dictations = [
        Dictation(7, 70.0, "One two three four five six seven num pie, is it? (Num pie)"),
        Dictation(8, 80.0, "num, pie"),
        Dictation(9, 90.0, "NumPy"),
    ]
    assert preview(NUMPY, dictations) == [
        Change(7, 70.0, "two three four five six seven ", "num pie", "NumPy", ", is it? (Num pie)"),
        Change(7, 70.0, "six seven num pie, is it? (", "Num pie", "NumPy", ")"),
    ]
    assert preview(Sighting("numpy", "NumPy"), dictations) == []
    assert preview(VIEW, [Dictation(1, 1.0, "A View")]) == []


def test_a_correction_seen_in_three_messages_is_a_rule() -> None:
    twice = after(([NUMPY, NUMPY], []), ([NUMPY], []))
    assert rules(twice, 2.0) == ()
    [rule] = rules(after(([NUMPY], []), known=tuple(twice)), 3.0)
    assert (rule.heard, rule.meant, rule.seen, rule.always) == ("num pie", "NumPy", 3, False)


@pytest.mark.parametrize(
    "against",
    [
        ([Sighting("view", "few")], []),
        ([VIEW], []),
        ([], spoken("a nice view")),
        ([], [replaced("view", " Vuex")]),
    ],
    ids=["another meaning", "taken back", "left as it was heard", "another term let stand"],
)
def test_what_speaks_against_a_correction_makes_it_begin_anew(
    against: tuple[list[Sighting], list[Word]],
) -> None:
    [one, *_] = after(([VUE], []), ([VUE], []), against, ([VUE], []))
    assert (one.meant, one.seen, one.against) == ("Vue", 1, 1)
    assert not one.is_rule(4.0)


def test_other_capitals_or_typed_words_do_not_speak_against_a_correction() -> None:
    typed = [Word(" view", origin=Origin.TYPED)]
    [one, _] = after(([Sighting("pie test", "pytest")], []), ([Sighting("pie test", "Pytest")], typed))
    assert (one.seen, one.against) == (1, 0)


def test_words_that_a_rule_left_alone_do_not_end_it_and_taking_it_back_does() -> None:
    known = tuple(after(*[([VUE], [])] * SEEN_FOR_A_RULE))
    [left] = after(([], spoken("a nice view")), known=known)
    assert left.is_rule(4.0)
    vue, view = after(([VIEW], []), known=known)
    assert not vue.is_rule(4.0)
    assert (view.leaves_alone, view.always, view.seen) == (True, True, 1)


def test_a_confirmed_rule_that_was_taken_back_holds_only_where_the_words_around_speak_for_it() -> None:
    confirmed = agreed([], VUE, 0.0)
    assert confirmed[0].always
    [vue, _] = after(([VIEW], []), known=tuple(confirmed))
    assert vue.is_rule(1.0)
    assert not vue.always
    assert agreed([vue], VUE, 2.0)[0].always


def test_confirming_one_meaning_ends_the_others() -> None:
    known = after(*[([VUE], [])] * SEEN_FOR_A_RULE, ([NUMPY], []))
    changed = agreed(known, VIEW, 9.0)
    assert [(one.heard, one.meant, one.is_rule(9.0)) for one in changed] == [
        ("view", "view", True),
        ("view", "Vue", False),
    ]


def test_of_two_rules_for_a_phrase_the_one_that_holds_always_counts() -> None:
    seen = Correction("view", "Vue", 1.0, seen=9)
    sure = Correction("view", "view", 1.0, confirmed=True)
    other = Correction("num pie", "NumPy", 1.0, seen=3)
    assert rules([sure, seen, other], 2.0) == (other, sure)
    assert rules([replace(sure, against=1), seen], 2.0) == (seen,)


def test_a_rule_that_is_used_lives_on_and_one_that_is_not_ends() -> None:
    rule = agreed([], VUE, 0.0)[0]
    end_s = UNUSED_FOR_S + 1
    assert not rule.is_rule(end_s)
    [used] = learned([rule], [], [replaced("View", " Vue,")], UNUSED_FOR_S)
    assert (used.used, used.is_rule(end_s)) == (1, True)
    [again] = learned([rule], [VUE], [], end_s)
    assert (again.seen, again.confirmed) == (1, False)


SIGHTINGS = st.lists(st.sampled_from([VUE, VIEW, NUMPY, Sighting("view", "few")]), max_size=3)
SENT = st.lists(
    st.sampled_from([*spoken("view num pie nice"), replaced("view", " Vue"), replaced("num pie", " NumPy")]),
    max_size=5,
)


@given(st.lists(st.tuples(SIGHTINGS, SENT), max_size=12))
def test_a_phrase_has_at_most_one_learned_rule(messages: list[tuple[list[Sighting], list[Word]]]) -> None:
    known = after(*messages)
    learned_rules = [one.heard for one in known if one.is_rule(len(messages))]
    assert len(learned_rules) == len(set(learned_rules))
    assert all(not one.confirmed for one in known)


@given(st.text(max_size=30), st.text(max_size=10))
def test_any_text_can_be_looked_through(text: str, heard: str) -> None:
    for change in preview(Sighting(phrase(heard), "X"), [Dictation(1, 1.0, text)]):
        assert phrase(change.heard) == phrase(heard)
    assert core(core(text)) == core(text)
