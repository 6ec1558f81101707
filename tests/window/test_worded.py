"""What a word of a text is, is read from its letters: spoken, typed, corrected, chosen."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.turn.transcript import Alternative, Origin, Stretch, Word
from assistant.window.offers import Offer, chosen, offers
from assistant.window.worded import (
    Known,
    Paragraph,
    Piece,
    Run,
    Said,
    paragraph,
    places,
    read,
    said,
    stretches,
)

NOBODYS = Known(0, -1, -1, Word("", origin=Origin.TYPED))
Part = tuple[str, int]


class Text:
    """Recording 7 says `heard`; what stands in the text are parts, each with the number of its word, 0 where typed."""

    def __init__(self, *heard: str, turn: int = 7) -> None:
        self.heard = [Word(text, at, at + 0.5) for at, text in enumerate(heard)]
        self.known = [NOBODYS] + [Known(turn, at, at, word) for at, word in enumerate(self.heard)]
        self.turn = turn

    def pieces(self, *parts: Part) -> tuple[str, list[Piece]]:
        text, runs = "", []
        for part, key in parts:
            runs.append(Run(len(text), len(text) + len(part), key))
            text += part
        return text, read(text, runs, self.known)

    def paragraph(self, *parts: Part) -> Paragraph:
        text, pieces = self.pieces(*parts)
        return paragraph(text, pieces, self.known)

    def said(self, *parts: Part) -> list[Said]:
        return self.all_said([self.paragraph(*parts)])

    def all_said(self, paragraphs: Sequence[Paragraph]) -> list[Said]:
        present = {
            place
            for one in paragraphs
            for keys in one.keys
            for key in keys
            for place in places(self.known[key])
        }
        return said(paragraphs, self.known, {self.turn: self.heard}, present)

    def origins(self, *parts: Part) -> list[tuple[str, str]]:
        return [(word.text.strip(), word.origin.value) for _, word in self.said(*parts)]


def numbered(text: str, first: int = 1) -> list[Part]:
    """Each word with its own number."""
    words = text.split(" ")
    return [(word if not at else f" {word}", first + at) for at, word in enumerate(words)]


def test_what_stands_as_it_was_heard_keeps_its_time() -> None:
    text = Text("how", " do", " I")
    assert [word for _, word in text.said(*numbered("how do I"))] == text.heard


@pytest.mark.parametrize(
    ("parts", "result"),
    [
        ([("use", 1), (" b", 2), ("o", 0), ("road", 2)], ["use spoken", "boroad corrected"]),
        ([("use", 1), (" br", 2), (" ", 0), ("oad", 2)], ["use spoken", "br corrected", "oad corrected"]),
        ([("use", 1), (" broad", 2), ("casting", 3)], ["use spoken", "broadcasting corrected"]),
        (
            [("use", 1), (" broad", 2), (",", 0), (" casting", 3)],
            ["use spoken", "broad, spoken", "casting spoken"],
        ),
        ([("Use", 1), (" (", 0), ("broad", 2), (")", 0)], ["Use spoken", "(broad) spoken"]),
        (
            [("use", 1), (" broadcasting", 0), (" now", 4)],
            ["use spoken", "broadcasting corrected", "now spoken"],
        ),
        ([("use", 1), (" np", 0), (" broad", 2)], ["use spoken", "np typed", "broad spoken"]),
        ([("casting", 3), (" broad", 2)], ["casting spoken", "broad spoken"]),
        ([("f(", 0), ("use", 1), (")", 0)], ["f( typed", "use) spoken"]),
        ([("broad", 2), ("s", 0)], ["broads corrected"]),
        ([("broad", 2), (" ", 2), ("typed", 0)], ["broad spoken", "typed corrected"]),
    ],
)
def test_each_word_has_the_origin_that_its_letters_tell(parts: list[Part], result: list[str]) -> None:
    text = Text("use", " broad", " casting", " now")
    assert [" ".join(one) for one in text.origins(*parts)] == result


def test_a_correction_keeps_what_was_heard_and_when() -> None:
    (_, word), *_ = [
        one
        for one in Text("use", " broad", " casting", " now").said(
            ("use", 1), (" broadcasting", 0), (" now", 4)
        )
        if one.word.origin is Origin.CORRECTED
    ]
    assert word == Word(" broadcasting", 1, 2.5, 1.0, Origin.CORRECTED, "broad casting")


def test_a_page_that_is_typed_in_place_of_one_word_is_no_correction() -> None:
    typed = " " + " ".join(["word"] * 20)
    assert {origin for _, origin in Text("a", " b", " c").origins(("a", 1), (typed, 0), (" c", 3))} == {
        "spoken",
        "typed",
    }


def test_words_without_space_between_them_are_told_apart() -> None:
    text = Text("とても", "暑い", "です。")
    assert text.origins(("今日は", 0), ("とても", 1), ("暑い", 2), ("です。", 3)) == [
        ("今日は", "typed"),
        ("とても", "spoken"),
        ("暑い", "spoken"),
        ("です。", "spoken"),
    ]


def test_a_term_of_several_words_is_one_word_until_it_is_changed() -> None:
    text = Text("open", " Visual Studio Code")
    assert text.origins(("open", 1), (" Visual Studio Code.", 2)) == [
        ("open", "spoken"),
        ("Visual", "corrected"),
        ("Studio", "corrected"),
        ("Code.", "corrected"),
    ]
    assert text.origins(("open", 1), (" Visual Studio Code", 2)) == [
        ("open", "spoken"),
        ("Visual Studio Code", "spoken"),
    ]


def test_the_words_of_two_recordings_are_told_apart() -> None:
    one, other = Word("one", 0.0, 0.5), Word(" two", 0.0, 0.5)
    known = [NOBODYS, Known(3, 0, 0, one), Known(4, 0, 0, other)]
    whole = paragraph("one two", read("one two", [Run(0, 3, 1), Run(3, 7, 2)], known), known)
    assert said([whole], known, {3: [one], 4: [other]}, set()) == [Said(3, one), Said(4, other)]


LETTERS = st.sampled_from(list("ab é.,(_-\n🙂は"))


@given(st.lists(st.tuples(st.text(LETTERS, min_size=1, max_size=6), st.integers(0, 3)), max_size=12))
def test_no_letter_is_lost_and_none_is_told_twice(parts: Sequence[Part]) -> None:
    text = Text("a", " b", "は")
    paragraphs, whole = [], ""
    for part, key in parts:
        whole += part
        paragraphs.append((part, key))
    lines: list[Paragraph] = []
    line: list[Part] = []
    for part, key in paragraphs:
        *ended, rest = part.split("\n")
        for one in ended:
            lines.append(text.paragraph(*line, (one, key)))
            line = []
        line.append((rest, key))
    lines.append(text.paragraph(*line))
    told = text.all_said(lines)
    assert "".join(word.text for _, word in told) == whole.rstrip()


def test_the_sound_of_words_is_told_for_each_recording() -> None:
    words = [Said(3, Word("a", 1, 2)), Said(3, Word("b", 2, 3)), Said(0, Word("c")), Said(4, Word("d", 0, 1))]
    assert stretches(words) == (Stretch(3, 1, 3), Stretch(4, 0, 1))


def test_what_was_heard_is_the_first_offer_for_a_term_and_the_term_is_offered_again() -> None:
    word = Word(" numpy", 1, 2, 0.9, Origin.REPLACED, "num pie", "python", (Alternative("num pie"),))
    assert offers(Known(7, 0, 0, word)) == [Offer("num pie", "", "as heard")]
    back = chosen(Known(7, 0, 0, word), Offer("num pie", "", "as heard"), "num pie")
    assert back.word.origin is Origin.CHOSEN
    assert offers(back) == [Offer("numpy", "python", "python")]
