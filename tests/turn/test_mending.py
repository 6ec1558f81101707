"""Doubtful words: they are listened to again while one reads, and played or listened to again when one asks."""

from dataclasses import replace

import pytest

from assistant.turn.commands import AbandonTranscription, Ask, ListenAgain, PlaySound, Refine
from assistant.turn.events import (
    AudioEnded,
    Cancelled,
    Event,
    Goal,
    Habits,
    HeardAgain,
    ListenAgainAsked,
    LooksAbandoned,
    Placed,
    SendMode,
    SoundAsked,
    Submitted,
    TalkEnded,
    TalkStarted,
    Transcribed,
)
from assistant.turn.mending import second_look
from assistant.turn.transcript import Alternative, Origin, Stretch, Transcript, Word
from tests.turn.script import Script, recording

SURE = Word(" I", 0.0, 0.2, 0.9)


def heard(*words: Word) -> Script:
    """What is said stands in the composer, and waits for a look."""
    turn = Script(Habits(send=SendMode.AFTER_LOOK))(TalkStarted(Goal.ASK, 0.0), TalkEnded(1.0))
    transcript = Transcript(1, words, "test.en")
    return turn(
        AudioEnded(1, recording()), Transcribed(1, transcript), Placed(1, "".join(w.text for w in words))
    )


def test_neighbouring_doubtful_words_are_listened_to_together_with_the_terms_they_may_be() -> None:
    numpy, theirs = Alternative("numpy", "python"), Alternative("numb")
    turn = heard(
        SURE,
        Word(" num", 0.3, 0.5, 0.3, alternatives=(numpy, theirs)),
        Word(" pie", 0.5, 0.8, 0.4, alternatives=(numpy,)),
        Word(" and", 0.9, 1.0, 0.9),
        Word(" jason", 3.0, 3.4, 0.2),
    )
    assert turn.asked(ListenAgain) == [ListenAgain(1, 0.3, 0.8, ("numpy",)), ListenAgain(1, 3.0, 3.4)]


def test_sure_typed_and_replaced_words_need_no_second_look() -> None:
    words = (
        SURE,
        Word(" numpy", 0.3, 0.8, 0.3, Origin.REPLACED, "num pie", "python"),
        Word(" ls", probability=0.1, origin=Origin.TYPED),
        Word(" x", None, None, 0.1),
    )
    assert heard(*words).asked(ListenAgain) == []
    assert second_look(Transcript(1, (replace(SURE, probability=0.1),), "", basic=True), 0.5) == ()


def test_what_is_sent_at_once_is_not_listened_to_again() -> None:
    turn = Script()(TalkStarted(Goal.ASK, 0.0), TalkEnded(1.0), AudioEnded(1, recording()))
    turn(
        Transcribed(1, Transcript(1, (Word(" hm", 0.0, 0.3, 0.1),), "test.en")),
        Placed(1, "hm"),
    )
    assert turn.asked(ListenAgain) == []


def test_a_talk_in_a_tunnel_does_not_keep_the_recogniser_busy_for_long() -> None:
    words = tuple(Word(f" w{at}", at * 2.0, at * 2.0 + 0.3, 0.1) for at in range(50))
    assert len(heard(*words).asked(ListenAgain)) == 8


def test_what_is_heard_again_is_shown_while_it_stands_in_the_composer_and_not_later() -> None:
    turn = heard(SURE)
    again = HeardAgain(1, (SURE,))
    assert turn(again).now == (Refine(1, (SURE,)),)
    assert turn(HeardAgain(7, (SURE,))).now == ()


def test_the_sound_of_words_is_played_and_listened_to_again_when_one_asks() -> None:
    turn = heard(SURE)
    sounds = (Stretch(1, 0.0, 0.2), Stretch(4, 1.0, 1.5))
    assert turn(SoundAsked(sounds)).now == (PlaySound(sounds),)
    assert turn(ListenAgainAsked(1, 0.0, 0.2, ("numpy",))).now == (ListenAgain(1, 0.0, 0.2, ("numpy",), 2),)


def test_one_sees_that_words_are_listened_to_again_until_that_is_over() -> None:
    turn = heard(SURE)(ListenAgainAsked(1, 0.0, 0.2), ListenAgainAsked(1, 0.0, 0.2))
    assert list(turn.session.looks) == [2, 3]
    assert list(turn(HeardAgain(1, (SURE,))).session.looks) == [2, 3]  # a look that nobody asked for
    assert turn(HeardAgain(1, (), 3)).now == ()
    assert list(turn.session.looks) == [2]
    assert turn(HeardAgain(1, (SURE,), 2)).now == (Refine(1, (SURE,)),)
    assert turn.session.looks == ()


@pytest.mark.parametrize("end", [LooksAbandoned(), Cancelled(), Submitted("I")])
def test_a_look_that_is_given_up_changes_no_word(end: Event) -> None:
    turn = heard(SURE)(ListenAgainAsked(1, 0.0, 0.2), end)
    assert AbandonTranscription(2) in turn.now
    assert turn.session.looks == ()
    assert turn(HeardAgain(1, (SURE,), 2)).now == ()


def sure_or_not(doubtful: int) -> Script:
    """ "Send when sure", with a composer that knows how many doubtful words it holds."""
    turn = Script(Habits(send=SendMode.WHEN_SURE))(TalkStarted(Goal.ASK, 0.0), TalkEnded(1.0))
    words = (Word(" hm", 0.0, 0.3, 0.1),)
    turn(AudioEnded(1, recording()), Transcribed(1, Transcript(1, words, "test.en")))
    return turn(Placed(1, "hm", words, doubtful))


def test_when_sure_it_is_the_composer_that_knows_what_is_still_doubtful() -> None:
    assert sure_or_not(doubtful=1).asked(Ask) == []
    assert len(sure_or_not(doubtful=0).asked(Ask)) == 1


def test_what_is_spelled_is_not_sent_by_itself() -> None:
    turn = Script()(TalkStarted(Goal.ASK, 0.0), TalkEnded(1.0), AudioEnded(1, recording()))
    turn(Transcribed(1, Transcript(1, (SURE,), "test.en")), Placed(1, "abc", hold=True))
    assert turn.asked(Ask) == []
    assert turn.session.draft == "abc"


def test_the_words_of_a_message_are_those_that_the_composer_tells() -> None:
    chosen = Word("numpy", 0.0, 0.3, 0.4, Origin.CHOSEN, "numb")
    sent = heard(Word(" numb", 0.0, 0.3, 0.4))(Submitted("numpy", (chosen,)))
    assert sent.session.conversation.messages[-1].words == (chosen,)
    at_once = sure_or_not(doubtful=0).session.conversation.messages[-1].words
    assert at_once == (Word(" hm", 0.0, 0.3, 0.1),)
