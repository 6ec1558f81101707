"""However long somebody speaks, only what is new of it is put right at the end."""

from collections.abc import Sequence

from assistant.terms.sentences import BySentence, sentences
from assistant.turn.transcript import Word


def spoken(text: str) -> tuple[Word, ...]:
    return tuple(Word(f" {word}") for word in text.split())


class Fixing:
    """Puts nothing right, and counts the words that it was given."""

    def __init__(self) -> None:
        self.words = 0
        self.after: list[str] = []

    def __call__(self, words: Sequence[Word], around: str) -> Sequence[Word]:
        self.words += len(words)
        self.after.append(around)
        return words


def texts(words: Sequence[Word]) -> list[str]:
    return ["".join(word.text for word in sentence).strip() for sentence in sentences(words)]


def test_a_sentence_ends_with_its_mark_and_the_last_one_need_not() -> None:
    assert texts(spoken("One. “Two three?” Four")) == ["One.", "“Two three?”", "Four"]
    assert texts(()) == []


def test_endless_speech_is_divided_all_the_same() -> None:
    assert [len(part) for part in sentences(spoken("word " * 150))] == [60, 60, 30]


def test_nothing_is_lost_or_moved() -> None:
    words = spoken("A b. C d e? " * 30 + "f g")
    assert BySentence(Fixing())(words, "") == words


def test_what_was_put_right_while_speaking_is_not_looked_at_again_at_the_end() -> None:
    fixing = Fixing()
    by_sentence = BySentence(fixing)
    words = spoken("This is a sentence. " * 500 + "and the last one")
    for firm in range(0, len(words), 7):
        by_sentence.prepare(1, words[:firm], "before")
    assert fixing.words <= len(words)
    before = fixing.words
    by_sentence(words, "before")
    assert fixing.words - before <= 20


def test_each_sentence_is_read_after_the_one_before_it_in_the_conversation() -> None:
    fixing = Fixing()
    BySentence(fixing)(spoken("One. Two. Three."), "asked")
    assert fixing.after == ["asked", "asked\n One.", "asked\n Two."]


def test_the_next_recording_begins_anew() -> None:
    fixing = Fixing()
    by_sentence = BySentence(fixing)
    by_sentence.prepare(1, spoken("One two. Three"), "")
    by_sentence.prepare(2, spoken("Four five. Six"), "")
    assert fixing.words == 4
