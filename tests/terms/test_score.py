"""A score: words and terms counted, what stood in a term's place, and what is kept of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant import paths
from assistant.terms.score import Errors, Sentence, Spoken, errors, heard_terms, laid_along, read_sentences
from assistant.terms.scores import Score, keep, kept, last_alike, others_alike
from assistant.terms.table import read_table

SENTENCE = Sentence(
    "How do I use np.einsum for numpy, or for Docker Compose?",
    (
        Spoken("np.einsum", "n p dot ein sum"),
        Spoken("numpy", "num pie"),
        Spoken("Docker Compose", "docker compose"),
    ),
)
SCORE = Score(1.0, "base.en", 1, "you", 8, True, Errors(100, 10, 12, 6), Errors(100, 5, 12, 1), 0.2)


@pytest.mark.parametrize(
    ("heard", "terms", "right"),
    [
        (SENTENCE.text, ["np.einsum", "numpy", "Docker Compose"], 3),
        (
            "How do I use np dot iron sum for num pie, or for docker compose?",
            ["np dot iron sum", "num pie", "docker compose"],
            0,
        ),
        ("How do I use for numpy or for Docker Compose", ["", "numpy", "Docker Compose"], 2),
        ("", ["", "", ""], 0),
        (
            "so how do I really use np.einsum for numpy or Docker Compose",
            ["np.einsum", "numpy", "Docker Compose"],
            3,
        ),
    ],
)
def test_what_was_heard_in_the_place_of_each_term(heard: str, terms: list[str], right: int) -> None:
    found = heard_terms(SENTENCE, heard)
    assert [one.heard for one in found] == terms
    assert sum(one.right for one in found) == right
    assert errors(SENTENCE, heard).term_errors == len(terms) - right


def test_what_was_heard_is_laid_along_the_sentence() -> None:
    laid = laid_along(SENTENCE, "so How do you use np dot iron sum for numpy, or Docker Compose? Yes")
    wrong = [(one.read, one.heard) for one in laid if not one.right]
    assert wrong == [("", "so"), ("I", "you"), ("np.einsum", "np dot iron sum"), ("for", ""), ("", "Yes")]
    assert [one.read for one in laid if one.right] == [
        "How",
        "do",
        "use",
        "for",
        "numpy",
        "or",
        "Docker Compose",
    ]


def test_capitals_and_punctuation_count_in_terms_only() -> None:
    assert errors(SENTENCE, "how do i use np.einsum for Numpy or for docker compose") == Errors(12, 0, 3, 2)


def test_a_sentence_may_begin_with_a_term_and_a_capital() -> None:
    sentence = Sentence("Numpy is quick.", (Spoken("Numpy", "num pie"),))
    assert errors(sentence, "numpy is quick").term_errors == 0


def test_words_changed_left_out_and_put_in_are_counted() -> None:
    assert errors(Sentence("one two three four", ()), "one too three three four five").word_errors == 3


def test_the_shipped_sets_take_a_minute_and_have_only_terms_that_the_dictionaries_know() -> None:
    sets = read_sentences(paths.score_sentences_file().read_text(encoding="utf-8"))
    dictionaries = [
        read_table(file.read_text(encoding="utf-8")) for file in paths.dictionaries_folder().glob("*.csv")
    ]
    known = {term.text for table in dictionaries for term in table.terms}
    assert len(sets) == 8
    for sentences in sets.values():
        assert 120 <= sum(len(sentence.said.split()) for sentence in sentences) <= 180
        assert {term.text for sentence in sentences for term in sentence.terms} <= known


def test_a_voice_reads_terms_as_they_are_said() -> None:
    assert SENTENCE.said == "How do I use n p dot ein sum for num pie, or for docker compose?"


def test_a_term_that_does_not_stand_in_its_sentence_is_refused() -> None:
    with pytest.raises(ValueError):
        read_sentences("set,sentence,terms\n1,Nothing here,numpy=num pie\n")


def test_scores_are_kept_and_a_broken_line_costs_only_itself(tmp_path: Path) -> None:
    file = tmp_path / "new" / "scores.jsonl"
    assert kept(file) == ()
    keep(file, SCORE)
    with file.open("a") as scores:
        scores.write('{"at_s": 2.0, "mod')
    other = replace(SCORE, at_s=3.0, missed=heard_terms(SENTENCE, "nothing"))
    keep(file, other)
    assert kept(file) == (SCORE, other)


def test_a_score_that_goes_on_takes_its_own_place(tmp_path: Path) -> None:
    file = tmp_path / "scores.jsonl"
    for score in (SCORE, replace(SCORE, at_s=2.0, sentences=3), replace(SCORE, at_s=2.0, sentences=4)):
        keep(file, score)
    assert [(score.at_s, score.sentences) for score in kept(file)] == [(1.0, 8), (2.0, 4)]


def test_a_score_is_compared_with_the_last_whole_one_of_its_kind() -> None:
    better = replace(SCORE, model="small.en", put_right=Errors(100, 4, 12, 0))
    before = (
        replace(SCORE, at_s=0.5),
        SCORE,
        replace(SCORE, at_s=2.0, whole=False),
        replace(SCORE, at_s=2.0, set_number=2),
        replace(SCORE, at_s=2.0, reader="voice"),
        better,
        replace(SCORE, model="tiny.en"),
    )
    new = replace(SCORE, at_s=9.0)
    assert last_alike(before, new) == SCORE
    assert [score.model for score in others_alike(before, new)] == ["small.en", "tiny.en"]
    assert last_alike((), new) is None
