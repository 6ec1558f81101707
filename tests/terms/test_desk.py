"""What is dictated comes with its names put right: from the dictionaries, one's own list, and what is talked about."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pytest

from assistant import paths
from assistant.errors import AssistantError
from assistant.settings import Terms
from assistant.terms.desk import TermDesk
from assistant.terms.matcher import Matcher, spoken_words
from assistant.terms.own import OwnTerms
from assistant.terms.term import Term
from assistant.turn.corrections import Correction, Sighting, agreed
from assistant.turn.events import Event, HeardAgain, Noticed, TalkEnded, Transcribed
from assistant.turn.transcript import Alternative, Origin, Transcript, Word

NUMPY = "How do I use num pie for this?"


class Memory:
    """Keeps corrections for as long as the test lasts."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Correction] = {}

    def corrections(self) -> list[Correction]:
        return list(self.kept.values())

    def correct(self, learn: Callable[[Sequence[Correction]], Sequence[Correction]]) -> None:
        self.kept |= {(one.heard, one.meant): one for one in learn(self.corrections())}


@contextmanager
def desk(chosen: Terms, told: list[Event], memory: Memory | None = None) -> Iterator[TermDesk]:
    it = TermDesk(chosen, 0.5, told.append, memory or Memory())
    it.start()
    try:
        it.sources()  # waits until the vocabulary has been read
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


def test_names_are_put_right_in_words_that_somebody_wanted_listened_to_again() -> None:
    again = HeardAgain(1, spoken_words("use num pie for"), look=7)
    with desk(Terms(), []) as it:
        asked, by_itself = it.put_right(again), it.put_right(replace(again, look=0))
    assert isinstance(asked, HeardAgain)
    assert [word.text.strip() for word in asked.words] == ["use", "numpy", "for"]
    assert by_itself == replace(again, look=0)


def test_what_is_talked_about_is_known_when_the_key_goes_down() -> None:
    asked = "Can you show me how frob nick ate is called?"
    with desk(Terms(), []) as it:
        assert put_right(it, asked).text == asked
        it.expect(["What is `frobnicate()`?", "It calls `frobnicate` for each line."])
        finish(it)
        assert put_right(it, asked).text == "Can you show me how frobnicate is called?"


def test_one_s_own_list_is_taken_up_when_it_has_changed() -> None:
    asked = "Please look at the quizzle back module."
    with desk(Terms(), []) as it:
        assert put_right(it, asked).text == asked
        OwnTerms(paths.own_terms_file(), lambda fault: pytest.fail(fault.message)).add([Term("QuizzleBack")])
        it.expect([])
        finish(it)
        assert "QuizzleBack" in put_right(it, asked).text


def test_a_source_that_is_off_is_not_used() -> None:
    with desk(Terms(off=("data-science", "python")), []) as it:
        assert put_right(it, NUMPY).text == NUMPY
        it.use(Terms(), 0.5)
        finish(it)
        assert "numpy" in put_right(it, NUMPY).text


def test_what_was_said_is_there_even_if_the_matcher_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    told: list[Event] = []
    with desk(Terms(), told) as it:
        put_right(it, "Wait for it.")
        monkeypatch.setattr(Matcher, "fix", fail)
        assert put_right(it, NUMPY).text == NUMPY
    assert [event.fault.code for event in told if isinstance(event, Noticed)] == ["terms-fail"]


def test_a_correction_made_three_times_is_a_rule_from_then_on_and_is_told() -> None:
    asked = "Ask glorbo neck about it."
    corrected = (
        Word("Ask", 0.0, 0.2, 0.9),
        Word(" Glorbonek", 0.3, 0.8, 1.0, Origin.CORRECTED, "glorbo neck"),
        Word(" about", 0.9, 1.0, 0.9),
        Word(" it.", 1.0, 1.1, 0.9),
    )
    told: list[Event] = []
    memory = Memory()
    with desk(Terms(), told, memory) as it:
        assert put_right(it, asked).text == asked
        for _ in range(3):
            it.sent(corrected)
        finish(it)
        assert put_right(it, asked).text == "Ask Glorbonek about it."
    assert [event.fault.code for event in told if isinstance(event, Noticed)] == ["rule-learned"]
    with desk(Terms(off=("corrections",)), [], memory) as it:
        assert put_right(it, asked).text == asked


def test_a_rule_that_is_used_in_dictations_alone_lives_on_and_nothing_else_is_learned_from_them() -> None:
    memory = Memory()
    long_ago_s = time.time() - 80 * 86_400
    memory.kept = {
        (one.heard, one.meant): one
        for one in (
            Correction("glorbo neck", "Glorbonek", long_ago_s, confirmed=True),
            Correction("sea quail", "SQL", long_ago_s, seen=2),
        )
    }
    with desk(Terms(), [], memory) as it:
        it.changed()  # waits until the rules have been read
        it.dictated(put_right(it, "Ask glorbo neck about sea quail.").words)
        finish(it)
    rule, candidate = memory.corrections()
    assert (rule.used, rule.last_at_s > long_ago_s) == (1, True)
    assert (candidate.seen, candidate.against, candidate.last_at_s) == (2, 0, long_ago_s)


def test_a_doubtful_word_that_is_left_alone_comes_with_the_terms_that_sound_like_it() -> None:
    words = (Word("She", 0.0, 0.2, 0.9), Word(" likes", 0.2, 0.5, 0.9), Word(" quarks.", 0.5, 0.9, 0.3))
    with desk(Terms(), []) as it:
        event = it.put_right(Transcribed(1, Transcript(1, words, "test")))
        assert isinstance(event, Transcribed)
        she, likes, quarks = event.transcript.words
        assert quarks.origin is Origin.SPOKEN
        assert quarks.alternatives[0].text == "kwargs"
        assert she.alternatives == likes.alternatives == ()
        it.use(Terms(), 0.2)
        event = it.put_right(Transcribed(1, Transcript(1, words, "test")))
        assert isinstance(event, Transcribed)
        assert event.transcript.words == words


def test_what_a_word_was_corrected_to_once_is_offered_first_when_it_is_doubtful_again() -> None:
    heard = (Word("It", 0.0, 0.2, 0.9), Word(" needs", 0.2, 0.5, 0.9), Word(" six.", 0.5, 0.9, 0.3))
    sphinx = replace(heard[2], text=" Sphinx.", origin=Origin.CORRECTED, heard="six.")
    memory = Memory()

    def offered(chosen: Terms) -> list[Alternative]:
        with desk(chosen, [], memory) as it:
            event = it.put_right(Transcribed(1, Transcript(1, heard, "test")))
            it.sent((*heard[:2], sphinx))
            finish(it)
        assert isinstance(event, Transcribed)
        return list(event.transcript.words[2].alternatives)

    assert "Sphinx" not in [one.text for one in offered(Terms())]
    assert offered(Terms())[0] == Alternative("Sphinx", "corrections")
    assert "Sphinx" not in [one.text for one in offered(Terms(off=("corrections",)))]


class Slow(Memory):
    """Takes its time to be read."""

    def corrections(self) -> list[Correction]:
        time.sleep(0.3)
        return super().corrections()


def test_what_was_learned_holds_from_the_first_sentence_after_the_start() -> None:
    memory = Slow()
    rule = Correction("glorbo neck", "Glorbonek", time.time(), confirmed=True)
    memory.kept[rule.heard, rule.meant] = rule
    with desk(Terms(), [], memory) as it:
        assert put_right(it, "Ask glorbo neck about it.").text == "Ask Glorbonek about it."


class Damaged(Memory):
    """Cannot be read."""

    def corrections(self) -> list[Correction]:
        raise AssistantError("history-damaged", "The history cannot be read.", "Look at the disk.")


def test_without_a_history_the_dictionaries_still_work_and_it_is_said() -> None:
    told: list[Event] = []
    with desk(Terms(), told, Damaged()) as it:
        it.expect([])
        finish(it)
        assert "numpy" in put_right(it, NUMPY).text
    assert {event.fault.code for event in told if isinstance(event, Noticed)} == {"history-damaged"}


def test_a_rule_that_another_program_has_added_holds_from_the_next_talk_on() -> None:
    asked = "Ask glorbo neck about it."
    memory = Memory()
    with desk(Terms(), [], memory) as it:
        assert put_right(it, asked).text == asked
        memory.correct(lambda known: agreed(known, Sighting("glorbo neck", "Glorbonek"), time.time()))
        it.expect([])
        finish(it)
        assert put_right(it, asked).text == "Ask Glorbonek about it."


def test_letters_spoken_one_by_one_are_known_for_what_they_spell() -> None:
    with desk(Terms(), []) as it:
        assert put_right(it, "alpha bravo charlie").spelled == "abc"
        assert put_right(it, NUMPY).spelled == ""


def test_spoken_code_is_written_where_that_is_wanted() -> None:
    said = "Call snake case user name open paren close paren"
    with desk(Terms(), []) as it:
        assert "user_name" not in put_right(it, said).text
    with desk(Terms(spoken_code=True), []) as it:
        assert "user_name()" in put_right(it, said).text


def test_names_that_were_copied_are_known_where_one_asks_for_it_and_forgotten_with_the_wish() -> None:
    def copied(it: TermDesk) -> int:
        it.changed()  # waits for what was told before
        return next(source.terms for source in it.sources() if source.name == "clipboard")

    asked = "Can you show me how frob nick ate is called?"
    with desk(Terms(), []) as it:
        it.copied("call `frobnicate()`")
        assert copied(it) == 0
        it.use(Terms(clipboard=True), 0.5)
        it.copied("call `frobnicate()`")
        assert copied(it) == 1
        it.expect(["What is this?"])
        it.changed()
        (name,) = (word for word in put_right(it, asked).words if word.origin is Origin.REPLACED)
        assert (name.text, name.source) == (" frobnicate", "clipboard")
        it.copied("correct-horse-battery-9")
        assert copied(it) == 0
        it.copied("call `frobnicate()`")
        it.use(Terms(), 0.5)
        assert copied(it) == 0
        assert put_right(it, asked).text == asked


def test_what_was_added_is_used_when_that_has_been_told() -> None:
    memory = Memory()
    with desk(Terms(), [], memory) as it:
        OwnTerms(paths.own_terms_file(), lambda fault: pytest.fail(fault.message)).add([Term("QuizzleBack")])
        memory.correct(lambda known: agreed(known, Sighting("glorbo neck", "Glorbonek"), time.time()))
        it.changed()
        counted = {source.name: source.terms for source in it.sources()}
        assert (counted["own"], counted["corrections"]) == (1, 1)
        assert "Glorbonek" in put_right(it, "Ask glorbo neck about it.").text
