"""The time-line of a turn says what the user waited for, in seconds, whatever way the turn took."""

from itertools import pairwise

from assistant.turn.commands import Remember
from assistant.turn.conversation import Conversation
from assistant.turn.events import (
    AnswerAgainAsked,
    AudioEnded,
    AudioHeard,
    AudioStarted,
    Cancelled,
    Event,
    Goal,
    Habits,
    Placed,
    QuestionSent,
    ReplyGrew,
    SendMode,
    SentenceStarted,
    Submitted,
    TalkEnded,
    TalkStarted,
    TimerFired,
    Transcribed,
)
from assistant.turn.machine import step
from assistant.turn.records import TimesTaken
from assistant.turn.states import Session
from assistant.turn.steps import LONGEST_RECORDING
from assistant.turn.timekeeping import timed
from assistant.turn.timeline import Moment, Timeline
from assistant.turn.transcript import Transcript, Word
from tests.turn.script import Script, recording, transcript

LONG = "A sentence that is long enough to be read aloud. "


class Timed(Script):
    """A script with a clock; the events in `at(10.0, …)` are taken up then."""

    def at(self, when: float, *events: Event) -> "Timed":
        self.now = ()
        for event in events:
            self.session, commands = timed(step(self.session, event), event, when)
            self.now += commands
        self.all += self.now
        return self

    @property
    def taken(self) -> list[TimesTaken]:
        """What was written down of times."""
        records = [command.record for command in self.all if isinstance(command, Remember)]
        return [record for record in records if isinstance(record, TimesTaken)]

    @property
    def moments(self) -> dict[str, float]:
        """Of the last turn, in ms, so that they can be compared."""
        line = self.session.timeline
        assert line is not None
        return {moment.value: round(seconds * 1000) for moment, seconds in line.moments.items()}


def spoken(habits: Habits | None = None) -> Timed:
    """Five words, the last of which ends 1.5 s into the recording, in the composer."""
    return (
        Timed(habits)
        .at(10.01, TalkStarted(Goal.ASK, 10.0))
        .at(10.05, AudioStarted(1, 10.04, sound_from=9.7))
        .at(12.06, TalkEnded(12.0))
        .at(12.07, AudioEnded(1, recording()))
        .at(12.08, Transcribed(1, transcript(1, "what time is it now")))
        .at(12.1, Placed(1, "what time is it now"))
    )


def test_a_spoken_question_is_timed_from_the_press_to_the_first_sound_of_the_answer() -> None:
    script = spoken()
    script.at(12.11, QuestionSent(3, 12.105)).at(12.4, ReplyGrew(3, "", "hm")).at(12.5, ReplyGrew(3, LONG))
    script.at(12.6, SentenceStarted(3, 0, at=12.55)).at(14.0, SentenceStarted(3, 1, at=13.9))
    assert script.moments == {
        "press": 0,
        "first_block": 40,
        "last_word": 1200,
        "release": 2000,
        "text": 2080,
        "sent": 2100,
        "request": 2105,
        "first_token": 2400,
        "first_sample": 2550,
    }


def test_what_is_known_is_written_down_once_the_text_is_there_and_again_at_each_step() -> None:
    script = spoken()
    script.at(12.11, QuestionSent(3, 12.105)).at(12.4, ReplyGrew(3, "a")).at(12.5, ReplyGrew(3, "b"))
    assert [(one.conversation, len(one.timeline.moments)) for one in script.taken] == [
        ("c1", 5),
        ("c1", 6),
        ("c1", 7),
        ("c1", 8),
    ]
    line = script.taken[-1].timeline
    assert (line.turn, line.question, line.answer) == (1, 2, 3)


def test_the_times_are_written_after_everything_that_somebody_waits_for() -> None:
    script = Timed().at(5.0, Submitted("why"))
    assert script.now[-1] == Remember(script.taken[0])


def test_a_typed_question_is_timed_from_the_sending() -> None:
    script = Timed().at(5.0, Submitted("why")).at(5.1, QuestionSent(2, 5.01), ReplyGrew(2, "Because."))
    assert script.moments == {"sent": 0, "request": 10, "first_token": 100}


def test_a_question_that_was_looked_at_first_keeps_the_times_of_its_speech() -> None:
    script = spoken(Habits(send=SendMode.AFTER_LOOK)).at(20.0, Submitted("What time is it?"))
    assert script.moments["text"] == 2080
    assert script.moments["sent"] == 10_000


def test_asking_again_is_a_turn_of_its_own() -> None:
    script = spoken().at(13.0, ReplyGrew(3, "Ten.")).at(30.0, AnswerAgainAsked()).at(30.2, ReplyGrew(4, "T"))
    assert script.moments == {"sent": 0, "first_token": 200}
    assert [line.turn for line in script.session.timelines] == [1, 4]


def test_a_question_spoken_in_two_breaths_is_timed_by_the_second() -> None:
    script = spoken(Habits(send=SendMode.AFTER_LOOK))
    script.at(15.0, TalkStarted(Goal.ASK, 15.0)).at(16.0, TalkEnded(16.0), AudioEnded(2, recording()))
    script.at(16.1, Transcribed(2, transcript(2, "and where"))).at(17.0, Placed(2, "x and where"))
    script.at(18.0, Submitted("x and where"))
    assert script.moments == {"press": 0, "release": 1000, "text": 1100, "sent": 3000}
    first = script.session.timelines[0]
    assert (first.turn, first.question) == (1, 0)


def test_a_question_of_which_nothing_was_timed_here_is_timed_from_the_sending() -> None:
    """It was spoken in an earlier life of the program."""
    script = Timed()
    heard = Session(9, Conversation("c1"), heard=(transcript(4, "why"),), draft="why")
    script.session = heard
    assert script.at(1.0, Submitted("why")).moments == {"sent": 0}


def test_a_dictation_is_timed_up_to_its_text() -> None:
    script = Timed().at(1.0, TalkStarted(Goal.DICTATE, 1.0)).at(1.1, AudioStarted(1, 1.05))
    script.at(2.0, TalkEnded(2.0), AudioEnded(1, recording()))
    script.at(2.25, Transcribed(1, transcript(1, "two words")))
    assert script.moments == {"press": 0, "first_block": 50, "release": 1000, "last_word": 650, "text": 1250}


def test_without_times_of_words_the_last_one_is_not_told() -> None:
    script = Timed().at(1.0, TalkStarted(Goal.ASK, 1.0)).at(1.1, AudioStarted(1, 1.05))
    script.at(2.0, TalkEnded(2.0), AudioEnded(1, recording()))
    script.at(2.25, Transcribed(1, Transcript(1, (Word("words"),), "basic")))
    assert script.moments == {"press": 0, "first_block": 50, "release": 1000, "text": 1250}


def test_a_recording_that_its_limit_ends_is_released_then() -> None:
    script = Timed().at(1.0, TalkStarted(Goal.ASK, 1.0)).at(601.0, TimerFired(LONGEST_RECORDING, 1))
    assert script.session.timelines[0].moments[Moment.RELEASE] == 600.0


def test_a_talk_of_which_nothing_came_does_not_take_the_place_of_the_last_turn() -> None:
    script = Timed().at(5.0, Submitted("why")).at(6.0, TalkStarted(Goal.ASK, 6.0)).at(6.2, Cancelled())
    assert script.moments == {"sent": 0}


def test_a_talk_into_an_answer_does_not_confuse_their_times() -> None:
    script = spoken().at(13.0, TalkStarted(Goal.ASK, 13.0), AudioStarted(4, 13.02))
    script.at(13.5, ReplyGrew(3, "late")).at(14.0, TalkEnded(14.0), AudioEnded(4, recording()))
    assert script.moments["first_token"] == 3500
    script.at(14.1, Transcribed(4, transcript(4, "no wait")))
    assert script.moments == {"press": 0, "first_block": 20, "release": 1000, "last_word": 620, "text": 1100}


def test_only_the_last_turns_are_kept_and_what_is_no_moment_changes_nothing() -> None:
    script = Timed()
    for turn in range(20):
        script.at(turn, Submitted("why"))
    assert len(script.session.timelines) == 8
    before = script.session
    script.at(30.0, AudioHeard(1, 0.1, 0.1), ReplyGrew(99, "x"), ReplyGrew(40, ""), SentenceStarted(40, 1))
    assert script.session.timelines is before.timelines


def test_the_users_wait_begins_with_the_release_or_else_with_the_sending() -> None:
    line = Timeline(1, {Moment.PRESS: 0.0, Moment.TEXT: 2.5, Moment.RELEASE: 2.0, Moment.SENT: 2.75})
    assert line.waited_from is Moment.RELEASE
    assert line.after(Moment.RELEASE) == {
        Moment.PRESS: -2.0,
        Moment.RELEASE: 0.0,
        Moment.TEXT: 0.5,
        Moment.SENT: 0.75,
    }
    assert list(line.after(Moment.RELEASE)) == [Moment.PRESS, Moment.RELEASE, Moment.TEXT, Moment.SENT]
    assert Timeline(1, {Moment.SENT: 0.0}).waited_from is Moment.SENT
    assert Timeline(1, {Moment.PRESS: 0.0, Moment.TEXT: 1.0}).waited_from is Moment.TEXT
    assert Moment.FIRST_SAMPLE.words == "first sample"
    assert not Timeline(1, {Moment.PRESS: 0.0}).tells


def test_a_moment_that_was_is_not_moved() -> None:
    line = Timeline(1, {Moment.PRESS: 0.0}, since=5.0).marked(Moment.TEXT, 7.0)
    assert line.marked(Moment.TEXT, 9.0) is line
    assert line.moments[Moment.TEXT] == 2.0


def test_what_the_user_waits_for_is_told_from_speaking_and_looking() -> None:
    line = spoken(Habits(send=SendMode.AFTER_LOOK)).at(20.0, Submitted("x")).session.timeline
    assert line is not None
    assert [(span.begins.value, span.waiting) for span in line.spans] == [
        ("press", True),
        ("first_block", False),
        ("last_word", False),
        ("release", True),
        ("text", False),
    ]
    assert [line.spans[0].start_s, line.spans[-1].end_s] == [0.0, 10.0]
    assert all(one.end_s == other.start_s for one, other in pairwise(line.spans))


def test_moments_of_one_time_stand_in_their_usual_order() -> None:
    line = Timeline(1, {Moment.SENT: 1.0, Moment.TEXT: 1.0, Moment.REQUEST: 2.0})
    assert [span.begins for span in line.spans] == [Moment.TEXT, Moment.SENT]
    assert [span.waiting for span in line.spans] == [False, True]
