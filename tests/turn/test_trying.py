"""What is said to try it is understood, and nothing remains of it."""

from dataclasses import replace

from assistant.turn.commands import (
    AbandonTranscription,
    Ask,
    CloseMicrophone,
    FollowRecording,
    ForgetRecording,
    OpenMicrophone,
    Place,
    Remember,
    Transcribe,
)
from assistant.turn.events import (
    AudioEnded,
    AudioHeard,
    AudioStarted,
    Cancelled,
    Fault,
    Goal,
    Part,
    Remedy,
    StageFailed,
    TalkAbandoned,
    TalkEnded,
    TalkStarted,
    Transcribed,
    TrialsBegan,
    TrialsEnded,
)
from assistant.turn.machine import step
from assistant.turn.records import TimesTaken
from assistant.turn.states import Stage
from assistant.turn.timeline import Moment
from tests.turn.script import Script, recording, transcript
from tests.turn.test_timekeeping import Timed

ASK, TRIAL, DICTATE = (TalkStarted(goal, 0.0) for goal in (Goal.ASK, Goal.TRIAL, Goal.DICTATE))
BROKEN = Fault("recogniser-failed", "It broke.", "Try again.", Remedy.TRANSCRIBE_AGAIN)
LOST = Fault("microphone-lost", "The microphone is gone.")


def listening() -> Script:
    return Script()(TrialsBegan(), TRIAL, AudioStarted(1, 0.1))


def awaited() -> Script:
    return listening()(TalkEnded(1.0), AudioEnded(1, recording()))


def test_a_trial_is_understood_and_nothing_is_written_placed_or_sent() -> None:
    script = awaited()
    assert script.asked(Transcribe) == [Transcribe(1, recording())]
    script(Transcribed(1, transcript(1, "read aloud")))
    assert [one.text for one in script.session.tried] == ["read aloud"]
    assert script.now == (ForgetRecording(1),)
    assert OpenMicrophone(1, trial=True) in script.all
    assert FollowRecording(1, trial=True) in script.all
    assert not [one for one in script.all if isinstance(one, Remember | Place | Ask)]
    assert script.session.stage is Stage.IDLE


def test_the_key_to_ask_begins_a_trial_while_that_is_what_one_does() -> None:
    script = Script()(TrialsBegan(), ASK)
    assert script.session.listening is not None
    assert script.session.listening.goal is Goal.TRIAL
    asked = script(TalkAbandoned(0.1), TrialsEnded(), ASK).session.listening
    assert asked is not None
    assert asked.goal is Goal.ASK


def test_the_key_to_dictate_dictates_all_the_same() -> None:
    script = Script()(TrialsBegan(), DICTATE)
    assert script.session.listening is not None
    assert script.session.listening.goal is Goal.DICTATE


def test_a_key_pressed_during_a_trial_has_it_from_then_on() -> None:
    """So the keys are told when it is over: a tap has begun a talk to their mind."""
    script = listening()(TalkStarted(Goal.ASK, 5.0))
    assert script.now == ()
    assert script.session.listening is not None
    assert (script.session.listening.turn, script.session.listening.since) == (1, 5.0)
    assert script(TalkEnded(6.0)).asked(CloseMicrophone) == [CloseMicrophone(1)]


def test_a_given_up_trial_leaves_nothing_however_long_it_was() -> None:
    for given_up in (TalkAbandoned(20.0), Cancelled(), TrialsEnded()):
        script = listening()(AudioHeard(1, 0.5, 20.0), given_up)
        assert script.now == (CloseMicrophone(1), AbandonTranscription(1))
        assert script(AudioEnded(1, recording(20.0))).now == (ForgetRecording(1),)
        assert script.session.tried == ()


def test_what_is_not_understood_yet_is_given_up_with_the_trials() -> None:
    for given_up in (Cancelled(), TrialsEnded()):
        script = awaited()(given_up)
        assert script.now == (AbandonTranscription(1), ForgetRecording(1))
        assert script.session.stage is Stage.IDLE
        assert script(Transcribed(1, transcript(1, "too late"))).session.tried == ()


def test_a_recording_that_closes_after_the_trials_is_deleted() -> None:
    script = listening()(TalkEnded(1.0))(TrialsEnded())
    assert script.now == (AbandonTranscription(1),)
    assert script(AudioEnded(1, recording())).now == (ForgetRecording(1),)


def test_the_end_of_the_trials_leaves_what_is_said_otherwise() -> None:
    script = Script()(DICTATE)(TrialsEnded())
    assert script.now == ()
    assert script.session.stage is Stage.LISTENING


def test_where_nothing_is_understood_that_is_told_and_nothing_offered_that_cannot_be_done() -> None:
    script = awaited()(StageFailed(1, Part.TRANSCRIBE, BROKEN))
    assert script.session.notices == (replace(BROKEN, hint="", remedy=None),)
    assert [one.text for one in script.session.tried] == [""]
    assert script.asked(ForgetRecording) == [ForgetRecording(1)]
    assert script.session.failed is None
    script = listening()(StageFailed(1, Part.HEAR, LOST))
    assert script.session.notices == (LOST,)
    assert script.asked(AbandonTranscription) == [AbandonTranscription(1)]


def test_a_slip_of_the_finger_is_an_empty_trial() -> None:
    script = listening()(TalkEnded(0.1), AudioEnded(1, recording(0.05)))
    assert [one.text for one in script.session.tried] == [""]
    assert script.asked(Transcribe) == []


def test_a_lost_microphone_is_told_and_what_was_heard_is_understood() -> None:
    script = listening()(AudioEnded(1, replace(recording(), fault=LOST)))
    assert script.session.notices == (LOST,)
    assert len(script.asked(Transcribe)) == 1


def test_new_trials_begin_with_nothing_tried() -> None:
    script = awaited()(Transcribed(1, transcript(1, "read aloud")), TrialsBegan())
    assert script.session.tried == ()


def test_a_trial_is_timed_and_nobody_else_is_told() -> None:
    script = Timed().at(10.0, TrialsBegan(), TalkStarted(Goal.TRIAL, 10.0)).at(10.1, AudioStarted(1, 10.1))
    script.at(12.0, TalkEnded(12.0)).at(12.1, AudioEnded(1, recording()))
    script.at(12.25, Transcribed(1, transcript(1, "read aloud")))
    (line,) = script.session.timelines
    assert round(line.after(Moment.RELEASE)[Moment.TEXT], 3) == 0.25
    assert script.session.timeline is None
    assert not [one for one in script.all if isinstance(one, Remember) and isinstance(one.record, TimesTaken)]


def test_trials_change_nothing_of_the_conversation() -> None:
    before = Script().session
    after, _ = step(step(before, TrialsBegan())[0], TrialsEnded())
    assert after == before
