"""What somebody read into the program is counted, kept beside the scores of the command line, and compared."""

from pathlib import Path

from assistant import paths
from assistant.ports_score import Reading
from assistant.terms.score_book import ScoreBook
from assistant.terms.scores import kept
from assistant.turn.transcript import Origin, Transcript, Word

TEXTS = (
    "Before lunch I want to load the table with pandas and turn two columns into",
    "The tests pass on my machine, but pie test still fails when it runs inside Docker on the server.",
)


def reading(text: str, *more: Word, model: str = "base.en", wait_s: float | None = 0.2) -> Reading:
    words = tuple(Word(f" {word}") for word in text.split())
    return Reading(Transcript(1, (*words, *more), model, "en"), wait_s)


FIRST = reading(
    TEXTS[0],
    Word(" numpy", origin=Origin.REPLACED, heard="num pie", source="python"),
    Word(" arrays."),
)


def book(folder: Path) -> ScoreBook:
    return ScoreBook(paths.score_sentences_file(), folder / "scores.jsonl")


def test_there_are_sentences_to_read(tmp_path: Path) -> None:
    sets = book(tmp_path).sets()
    assert sets[1][0].startswith("Before lunch")
    assert all(len(sentences) == 8 for sentences in sets.values())


def test_what_was_wrong_is_counted_as_it_was_heard_and_as_it_was_put_right(tmp_path: Path) -> None:
    scored = book(tmp_path).keep(5.0, 1, {0: FIRST, 1: reading(TEXTS[1], wait_s=0.4)})
    assert (scored.new.terms, scored.new.term_errors) == (4, 1)
    assert (scored.new.sentences, scored.new.whole, scored.new.reader) == (2, False, "you")
    assert round(scored.new.wait_s, 2) == 0.3
    (score,) = kept(tmp_path / "scores.jsonl")
    assert (score.as_heard.term_errors, score.put_right.term_errors) == (2, 1)
    assert [(term.term, term.heard) for term in score.missed] == [("pytest", "pie test")]


def test_what_went_wrong_is_shown_at_its_place(tmp_path: Path) -> None:
    pieces = book(tmp_path).compare(1, 1, reading(TEXTS[1]).transcript)
    assert [(piece.read, piece.heard) for piece in pieces if not piece.right] == [("pytest", "pie test")]


def test_a_score_is_compared_with_what_was_taken_before_and_replaces_only_itself(tmp_path: Path) -> None:
    scores, sentences = book(tmp_path), book(tmp_path).sets()[1]
    whole = {at: reading(text) for at, text in enumerate(sentences)}
    assert scores.keep(1.0, 1, whole).last is None
    scores.keep(2.0, 1, {at: reading(text, model="small") for at, text in enumerate(sentences)})
    for count in (7, 8):
        scored = scores.keep(3.0, 1, {at: whole[at] for at in range(count)})
    assert scored.last is not None
    assert (scored.new.at_s, scored.last.at_s, [one.model for one in scored.others]) == (3.0, 1.0, ["small"])
    assert [(score.at_s, score.whole) for score in scores.taken()] == [(3.0, True), (2.0, True), (1.0, True)]


def test_a_reading_that_was_not_timed_counts_all_the_same(tmp_path: Path) -> None:
    assert book(tmp_path).keep(1.0, 1, {0: reading(TEXTS[0], wait_s=None)}).new.wait_s == 0
