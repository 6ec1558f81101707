"""Sentences that are read one after the other are told apart, whatever comes between."""

from assistant.turn.events import (
    AudioEnded,
    Cancelled,
    Event,
    Fault,
    Goal,
    Part,
    StageFailed,
    TalkAbandoned,
    TalkEnded,
    TalkStarted,
    Transcribed,
    TrialsBegan,
)
from assistant.window.score.readings import Readings
from tests.turn.script import recording, transcript
from tests.turn.test_timekeeping import Timed

START, END = TalkStarted(Goal.TRIAL, 1.0), TalkEnded(2.0)


class Reader:
    """Three sentences, and the law of the turn behind them."""

    def __init__(self) -> None:
        self.script = Timed().at(0.0, TrialsBegan())
        self.readings = Readings(3, self.script.session.next_turn)
        self.told: list[int] = []

    def __call__(self, *events: Event, at: float = 3.0, shown: bool = True) -> "Reader":
        for event in events:
            self.script.at(at, event)
            if shown:
                self.told += self.readings.show_session(self.script.session)
        if not shown:
            self.told += self.readings.show_session(self.script.session)
        return self

    def understood(self, turn: int, text: str = "what was read") -> "Reader":
        return self(AudioEnded(turn, recording()), Transcribed(turn, transcript(turn, text)), at=2.3)

    @property
    def texts(self) -> dict[int, str]:
        return {at: reading.transcript.text for at, reading in self.readings.heard.items()}


def test_one_sentence_follows_the_other_and_each_has_its_text_and_its_time() -> None:
    reader = Reader()
    for turn in (1, 2, 3):
        assert reader.readings.current == turn - 1
        reader(START, END).understood(turn, f"sentence {turn}")
    assert reader.texts == {0: "sentence 1", 1: "sentence 2", 2: "sentence 3"}
    assert reader.told == [0, 1, 2]
    assert reader.readings.complete
    assert reader.readings.current == 3
    waits_s = [reading.wait_s for reading in reader.readings.heard.values()]
    assert [round(wait_s, 2) for wait_s in waits_s if wait_s is not None] == [0.3, 0.3, 0.3]


def test_the_next_is_read_while_the_last_is_written_down() -> None:
    reader = Reader()(START, END, START)
    assert (reader.readings.current, reader.readings.awaited) == (1, True)
    reader(END, START).understood(2, "two").understood(1, "one")
    assert reader.texts == {0: "one", 1: "two"}
    assert reader.readings.current == 2


def test_what_happens_between_two_looks_is_seen_in_order() -> None:
    reader = Reader()(START, END, START, END, START, shown=False)
    assert reader.readings.current == 2
    events = [event for turn in (1, 2) for event in (AudioEnded(turn, recording()),)]
    texts = [Transcribed(turn, transcript(turn, f"sentence {turn}")) for turn in (2, 1)]
    reader(*events, *texts, shown=False)
    assert reader.texts == {0: "sentence 1", 1: "sentence 2"}


def test_a_sentence_that_was_given_up_is_read_again() -> None:
    for given_up in (TalkAbandoned(2.0), Cancelled()):
        reader = Reader()(START, given_up)
        assert (reader.readings.current, reader.readings.awaited) == (0, False)


def test_what_is_left_is_not_listened_to_though_the_session_tells_of_it_yet() -> None:
    reader = Reader()(START, END, START)
    reader.readings.leave()
    reader.readings.go_to(0)
    reader()
    reader.readings.show_session(reader.script.session)
    assert (reader.readings.current, reader.readings.listening) == (0, None)
    reader(TalkAbandoned(2.0), START, END).understood(1, "one").understood(3, "once more")
    assert reader.texts == {0: "once more"}
    assert reader.readings.current == 1


def test_a_sentence_that_was_cancelled_while_it_was_written_down_is_read_again() -> None:
    reader = Reader()(START, END, AudioEnded(1, recording()), Cancelled())
    assert (reader.readings.current, reader.readings.awaited) == (0, False)


def test_of_what_nothing_was_understood_is_read_again() -> None:
    reader = Reader()(START, END, START).understood(1, "")
    assert reader.readings.current == 1
    assert reader.readings.unheard == {0}
    reader(END).understood(2)
    assert reader.readings.current == 0
    reader(START, END).understood(3)
    assert (sorted(reader.readings.heard), reader.readings.unheard) == ([0, 1], set())
    reader = Reader()(START, END, AudioEnded(1, recording()))
    reader(StageFailed(1, Part.TRANSCRIBE, Fault("x", "It broke.")))
    assert (reader.readings.current, reader.readings.unheard) == (0, {0})


def test_a_sentence_read_again_takes_the_place_of_what_was_read_before() -> None:
    reader = Reader()
    for turn in (1, 2, 3):
        reader(START, END).understood(turn)
    reader.readings.go_to(1)
    assert reader.readings.current == 1
    reader(START, END)
    assert not reader.readings.complete
    reader.understood(4, "better")
    assert (reader.texts[1], reader.readings.complete) == ("better", True)


def test_a_key_pressed_after_the_last_sentence_reads_that_once_more() -> None:
    reader = Reader()
    for turn in (1, 2, 3):
        reader(START, END).understood(turn)
    reader(START)
    assert reader.readings.current == 2


def test_what_was_tried_before_does_not_count() -> None:
    reader = Reader()(START, END).understood(1)
    fresh = Readings(3, reader.script.session.next_turn)
    assert fresh.show_session(reader.script.session) == []
    assert (fresh.heard, fresh.current) == ({}, 0)
