"""What is dictated comes with its names put right: from the dictionaries, one's own list, and what is talked about."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from assistant import paths
from assistant.settings import Terms
from assistant.terms.desk import TermDesk
from assistant.terms.matcher import Matcher, spoken_words
from assistant.terms.own import OwnTerms
from assistant.terms.term import Term
from assistant.turn.events import Event, Noticed, TalkEnded, Transcribed
from assistant.turn.transcript import Origin, Transcript

NUMPY = "How do I use num pie for this?"


@contextmanager
def desk(chosen: Terms, told: list[Event]) -> Iterator[TermDesk]:
    it = TermDesk(chosen, told.append)
    it.start()
    try:
        yield it
    finally:
        it.stop()


def put_right(it: TermDesk, text: str) -> Transcript:
    event = it.put_right(Transcribed(1, Transcript(1, spoken_words(text), "test")))
    assert isinstance(event, Transcribed)
    return event.transcript


def finish(it: TermDesk) -> None:
    """Wait until the desk has done what it was told to."""
    it.stop()


def test_a_name_is_written_as_it_is_and_tells_what_was_heard_and_where_it_is_from() -> None:
    with desk(Terms(), []) as it:
        transcript = put_right(it, NUMPY)
    assert transcript.text == "How do I use numpy for this?"
    (name,) = (word for word in transcript.words if word.origin is Origin.REPLACED)
    assert (name.heard, name.source) == ("num pie", "data-science")
    assert name.alternatives[0].text == "num pie"


def test_other_events_pass() -> None:
    with desk(Terms(), []) as it:
        assert it.put_right(TalkEnded(1.0)) == TalkEnded(1.0)


def test_what_is_talked_about_is_known_when_the_key_goes_down() -> None:
    asked = "Can you show me how frob nick eight is called?"
    with desk(Terms(), []) as it:
        assert put_right(it, asked).text == asked
        it.expect(["What is `frobnicate()`?", "It calls `frobnicate` for each line."])
        finish(it)
        assert put_right(it, asked).text == "Can you show me how frobnicate is called?"


def test_one_s_own_list_is_taken_up_when_it_has_changed() -> None:
    asked = "Please look at the quizzle back module."
    with desk(Terms(), []) as it:
        assert put_right(it, asked).text == asked
        OwnTerms(paths.own_terms_file(), pytest.fail).add([Term("QuizzleBack")])
        it.expect([])
        finish(it)
        assert "QuizzleBack" in put_right(it, asked).text


def test_a_source_that_is_off_is_not_used() -> None:
    with desk(Terms(off=("data-science", "python")), []) as it:
        assert put_right(it, NUMPY).text == NUMPY
        it.use(Terms())
        finish(it)
        assert "numpy" in put_right(it, NUMPY).text


def test_what_was_said_is_there_even_if_the_matcher_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    told: list[Event] = []
    with desk(Terms(), told) as it:
        put_right(it, NUMPY)
        monkeypatch.setattr(Matcher, "fix", fail)
        assert put_right(it, NUMPY).text == NUMPY
    assert [event.fault.code for event in told if isinstance(event, Noticed)] == ["terms-fail"]
