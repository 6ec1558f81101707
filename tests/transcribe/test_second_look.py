"""A second look at doubtful words finds what else they may be, from the sound itself."""

from pathlib import Path

from assistant.recordings import RATE_HZ
from assistant.transcribe.second_look import around, with_alternatives, within
from assistant.turn.events import HeardAgain, Transcribed
from assistant.turn.transcript import Alternative, Word
from tests.rig.speech import synthesise
from tests.transcribe.listening import Listening

WORDS = (Word(" I", 0.0, 0.2), Word(" use", 0.2, 0.5), Word(" Jason.", 0.5, 1.0))


def texts(word: Word) -> list[str]:
    return [other.text for other in word.alternatives]


def test_each_word_has_what_the_other_readings_put_in_its_place() -> None:
    others = [[" I", " use", " jason."], [" I", " used", " Jay", " son"], [" I", " use", " Chasen."]]
    _, use, jason = with_alternatives(WORDS, others)
    assert texts(use) == []  # two words for two others, of which one is two: nothing to choose for one word
    assert texts(jason) == ["Chasen"]
    assert texts(with_alternatives(WORDS, [[" I", " use", " Jay", " son"]])[2]) == ["Jay son"]


def test_only_the_words_that_were_asked_for_come_back_at_their_place_in_the_recording() -> None:
    (found,) = within(WORDS, 10.9, 11.0, 10.0)
    assert (found.text, found.start_s, found.end_s) == (" Jason.", 10.5, 11.0)


def test_no_sound_from_before_the_beginning_is_asked_for(tmp_path: Path) -> None:
    some, from_s = around(synthesise("One two three.", tmp_path / "s.wav"), 0.5, 0.7)
    assert from_s == 0.0
    assert len(some) <= 2.2 * RATE_HZ


def test_words_of_a_recording_are_understood_again_with_the_terms_that_may_be_meant(
    listening: Listening, tmp_path: Path
) -> None:
    path = synthesise("Why does num pie not find the script?", tmp_path / "1.wav")
    turn = listening.give(path)
    outcome = listening.outcome(turn)
    assert isinstance(outcome, Transcribed)
    (pie,) = (word for word in outcome.transcript.words if word.text == " pie")
    assert pie.start_s is not None
    assert pie.end_s is not None
    listening.transcriber.listen_again(turn, path, pie.start_s, pie.end_s, ("numpy", "pytest"))
    again = listening.next(HeardAgain)
    assert {word.turn for word in (*outcome.transcript.words, *again.words)} == {again.turn} == {turn}
    assert " pie" in [word.text for word in again.words]
    assert all(
        isinstance(other, Alternative) and other.text for word in again.words for other in word.alternatives
    )
    assert len(again.words) < len(outcome.transcript.words)


def test_a_recording_that_is_gone_is_not_heard_of_and_the_next_one_is_understood(
    listening: Listening, tmp_path: Path
) -> None:
    listening.transcriber.listen_again(7, tmp_path / "gone.wav", 0.0, 1.0, ())
    path = synthesise("There are nine blue books on the table.", tmp_path / "2.wav")
    assert isinstance(listening.outcome(listening.give(path)), Transcribed)
