"""Doubt is told with every transcript, and what was learned about it outlives the program."""

from pathlib import Path

import pytest

from assistant.transcribe.doubts import Doubts, forget, read, told
from assistant.transcribe.wire import BASIC_NAME
from assistant.turn.doubt_learning import Seen
from assistant.turn.transcript import Transcript, Word

WRONG = [Seen(-2.0, right=False)] * 400


def spoken(count: int, probability: float = 0.9) -> list[Word]:
    return [Word(f" w{at}{'.' if at % 9 == 8 else ''}", at, at + 0.5, probability) for at in range(count)]


def test_a_transcript_that_grows_is_weighed_as_if_it_had_come_at_once() -> None:
    whole, doubts = spoken(300), Doubts(None)
    whole[250] = Word(" hm", 250, 250.5, 0.1)
    for since in range(0, 300, 25):
        grown = doubts.growing(7, "test.en", whole[: since + 25], since)
    assert tuple(grown) == doubts.of("test.en", whole)


def test_words_that_are_understood_otherwise_replace_those_of_before() -> None:
    doubts = Doubts(None)
    doubts.growing(7, "test.en", spoken(30), 0)
    again = [*spoken(20), Word(" hm", 20, 20.5, 0.1)]
    assert tuple(doubts.growing(7, "test.en", again, 20)) == doubts.of("test.en", again)
    doubts.forget(7)
    assert len(doubts.growing(7, "test.en", spoken(3), 0)) == 3


def test_what_was_put_right_is_remembered_for_this_recogniser_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "doubt.json"
    words = spoken(9)
    before = Doubts(file).of("test.en", words)
    Doubts(file).take_up("test.en", WRONG)
    doubts = Doubts(file)
    assert doubts.of("test.en", words)[4].probability < before[4].probability
    assert doubts.of(BASIC_NAME, words) == Doubts(None).of(BASIC_NAME, words)
    assert doubts.of("base.en", words) == Doubts(None).of("base.en", words)
    assert told(read(file)["test.en"]) == "of 400 words that you looked at, 400 were wrong"


def test_a_message_teaches_what_it_shows(tmp_path: Path) -> None:
    file = tmp_path / "doubt.json"
    heard = Transcript(7, tuple(Word(f" w{at}", at, at + 1, 0.9, turn=7) for at in range(5)), "test.en")
    Doubts(file).learn([heard], heard.words)
    assert told(read(file)["test.en"]) == "of 5 words that you looked at, 0 were wrong"


def test_it_can_be_forgotten_while_a_program_runs(tmp_path: Path) -> None:
    file = tmp_path / "doubt.json"
    doubts = Doubts(file)
    doubts.take_up("test.en", WRONG)
    forget(file)
    forget(file)
    assert read(file) == {}
    doubts.take_up("test.en", WRONG[:1])
    assert sum(map(sum, read(file)["test.en"].values())) == 1


@pytest.mark.parametrize(
    "content", ["", "[1, 2]", '{"base.en": 3}', '{"base.en": {"x": [1, 2]}}', '{"b": {"1": [1]}}']
)
def test_a_file_that_is_not_whole_teaches_nothing(tmp_path: Path, content: str) -> None:
    file = tmp_path / "doubt.json"
    file.write_text(content)
    assert read(file) == {}


def test_a_place_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    Doubts(tmp_path / "file" / "doubt.json").take_up("test.en", WRONG)
