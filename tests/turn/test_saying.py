"""The user's side: what is said reaches the composer, or the program in focus, and is never lost."""

from dataclasses import replace

from assistant.turn.commands import (
    AbandonTranscription,
    Ask,
    ClearComposer,
    CloseMicrophone,
    Cue,
    ExpectQuestion,
    FollowRecording,
    Insert,
    LoadDraft,
    NoteTarget,
    OpenMicrophone,
    Place,
    PlayCue,
    Remember,
    StartTimer,
    Transcribe,
)
from assistant.turn.conversation import Conversation
from assistant.turn.events import (
    AudioEnded,
    AudioHeard,
    AudioStarted,
    Cancelled,
    ConversationOpened,
    DraftEdited,
    Fault,
    Goal,
    Habits,
    HabitsChanged,
    Inserted,
    Noticed,
    NoticeDismissed,
    Part,
    PartChanged,
    Placed,
    Readiness,
    SendMode,
    StageFailed,
    Submitted,
    TalkAbandoned,
    TalkEnded,
    TalkStarted,
    TimerFired,
    TranscribeAgainAsked,
    Transcribed,
    TranscriptGrew,
)
from assistant.turn.records import (
    DraftKept,
    Fate,
    RecordingBegun,
    RecordingEnded,
    RecordingSettled,
    TextInserted,
    TranscriptHeard,
)
from assistant.turn.saying import NOTHING_HEARD, TOO_LONG
from assistant.turn.states import Stage
from assistant.turn.steps import LONGEST_RECORDING
from tests.turn.script import Script, recording, transcript

ASK = TalkStarted(Goal.ASK, 0.0)
DICTATE = TalkStarted(Goal.DICTATE, 0.0)
END = TalkEnded(1.0)
LOST = Fault("microphone-lost", "The microphone is gone.", "Connect it again.")


def test_the_recording_is_written_down_before_the_microphone_opens() -> None:
    script = Script()(ASK)
    expecting, begun, opened, timer = script.now
    assert expecting == ExpectQuestion()
    assert script.written(RecordingBegun) == [RecordingBegun(1, "c1", Goal.ASK)]
    assert opened == OpenMicrophone(1)
    assert timer == StartTimer(LONGEST_RECORDING, 1, 600.0)
    assert begun == Remember(RecordingBegun(1, "c1", Goal.ASK))
    assert script.session.stage is Stage.LISTENING


def test_the_cue_sounds_on_the_first_block_and_the_level_follows() -> None:
    script = Script()(ASK, AudioStarted(1, 0.1))
    assert script.asked(PlayCue) == [PlayCue(Cue.LISTENING)]
    script(AudioHeard(1, 0.7, 1.5))
    listening = script.session.listening
    assert listening is not None
    assert (listening.live, listening.level, listening.duration_s) == (True, 0.7, 1.5)


def test_a_recording_is_understood_from_its_first_block_on_and_its_firm_words_are_known() -> None:
    script = Script()(ASK, AudioStarted(1, 0.1))
    assert script.asked(FollowRecording) == [FollowRecording(1)]
    script(TranscriptGrew(1, transcript(1, "so far heard"), 2))
    assert script.session.listening is not None
    assert script.session.listening.firm == 2
    script(END)
    assert script.session.transcribing[0].firm == 2
    script(TranscriptGrew(1, transcript(1, "so far heard"), 3))
    assert script.session.transcribing[0].firm == 3


def test_what_is_cancelled_is_not_followed_any_more() -> None:
    assert Script()(ASK, AudioStarted(1, 0.1), Cancelled()).asked(AbandonTranscription) == [
        AbandonTranscription(1)
    ]
    assert Script()(ASK, AudioStarted(1, 0.1), TalkAbandoned(0.2)).asked(AbandonTranscription) == [
        AbandonTranscription(1)
    ]


def test_without_cues_nothing_sounds() -> None:
    script = Script()(HabitsChanged(Habits(cues=False)), ASK, AudioStarted(1, 0.1))
    assert script.asked(PlayCue) == []


def test_a_second_press_while_listening_changes_nothing() -> None:
    script = Script()(ASK)
    before = script.session
    assert script(ASK).session is before


def test_what_was_said_goes_to_the_composer_and_is_sent_at_once() -> None:
    script = Script()(ASK)(END)
    assert script.now == (CloseMicrophone(1), ExpectQuestion())
    assert script.session.stage is Stage.TRANSCRIBING
    script(AudioEnded(1, recording()))
    assert script.written(RecordingEnded) == [RecordingEnded(1, recording())]
    assert script.asked(Transcribe) == [Transcribe(1, recording())]
    heard = transcript(1, "what time is it")
    script(Transcribed(1, heard))
    assert script.written(TranscriptHeard) == [TranscriptHeard(heard)]
    assert script.asked(Place) == [Place(heard)]
    thinking = script(Placed(1, "what time is it")).session
    assert script.written(RecordingSettled) == [RecordingSettled(1, Fate.TRANSCRIBED)]
    assert script.asked(ClearComposer) == [ClearComposer("what time is it")]
    assert len(script.asked(Ask)) == 1
    assert thinking.stage is Stage.THINKING


def test_after_a_look_nothing_is_sent_by_itself() -> None:
    script = Script(Habits(send=SendMode.AFTER_LOOK)).say("hello there")
    assert script.asked(Ask) == []
    assert script.session.stage is Stage.EDITING
    assert script(Submitted("hello there")).asked(Ask) != []


def test_when_sure_only_a_transcript_without_doubtful_words_is_sent() -> None:
    sure = Habits(send=SendMode.WHEN_SURE)
    assert Script(sure).say("clear words").asked(Ask) != []
    assert Script(sure).say("mumbled words", probability=0.2).asked(Ask) == []


def test_when_sure_the_basic_recogniser_is_never_sure() -> None:
    script = Script(Habits(send=SendMode.WHEN_SURE))(ASK, END, AudioEnded(1, recording()))
    script(Transcribed(1, transcript(1, "clear words", basic=True)), Placed(1, "clear words"))
    assert script.asked(Ask) == []


def test_typing_while_speaking_makes_the_message_wait_for_a_look() -> None:
    script = Script()(ASK, DraftEdited("x"), END, AudioEnded(1, recording()))
    script(Transcribed(1, transcript(1, "and more")), Placed(1, "x and more"))
    assert script.asked(Ask) == []
    assert script.session.draft == "x and more"


def test_typing_while_it_is_transcribed_makes_the_message_wait_for_a_look() -> None:
    script = Script()(ASK, END, AudioEnded(1, recording()), DraftEdited("y"))
    assert script.written(DraftKept) == [DraftKept("c1", "y")]
    script(Transcribed(1, transcript(1, "more")), Placed(1, "y more"))
    assert script.asked(Ask) == []


def test_the_first_letter_typed_prepares_for_a_question_and_no_other_does() -> None:
    script = Script()(DraftEdited("x"))
    assert script.now == (Remember(DraftKept("c1", "x")), ExpectQuestion())
    assert script(DraftEdited("xy")).asked(ExpectQuestion) == []
    assert script(DraftEdited("")).asked(ExpectQuestion) == []
    assert script(DraftEdited("z")).asked(ExpectQuestion) == [ExpectQuestion()]


def test_emptying_the_composer_forgets_what_was_heard() -> None:
    script = Script(Habits(send=SendMode.AFTER_LOOK)).say("wrong")
    script(DraftEdited(""))
    assert script.session.heard == ()
    assert script.session.stage is Stage.IDLE


def test_sending_while_speaking_ends_the_recording_and_sends_all_of_it() -> None:
    script = Script(Habits(send=SendMode.AFTER_LOOK))(ASK, Submitted("typed"))
    assert script.asked(CloseMicrophone) == [CloseMicrophone(1)]
    script(AudioEnded(1, recording()), Transcribed(1, transcript(1, "spoken")), Placed(1, "typed spoken"))
    assert script.asked(ClearComposer) == [ClearComposer("typed spoken")]


def test_sending_while_it_is_transcribed_waits_for_the_text() -> None:
    script = Script(Habits(send=SendMode.AFTER_LOOK))(ASK, END, AudioEnded(1, recording()))
    assert script(Submitted("")).asked(Ask) == []
    script(Transcribed(1, transcript(1, "spoken")), Placed(1, "spoken"))
    assert len(script.asked(Ask)) == 1


def test_sending_typed_text_during_a_dictation_does_not_end_the_dictation() -> None:
    script = Script()(DICTATE, Submitted("typed"))
    assert script.asked(CloseMicrophone) == []
    assert len(script.asked(Ask)) == 1


def test_speaking_again_before_the_text_is_there_makes_one_message() -> None:
    script = Script()(ASK, END, AudioEnded(1, recording()), ASK)
    script(Transcribed(1, transcript(1, "first")), Placed(1, "first"))
    assert script.asked(Ask) == []
    script(
        END, AudioEnded(2, recording()), Transcribed(2, transcript(2, "second")), Placed(2, "first second")
    )
    assert script.asked(ClearComposer) == [ClearComposer("first second")]


def test_a_wish_to_send_passes_on_to_the_last_recording_of_the_message() -> None:
    script = Script(Habits(send=SendMode.AFTER_LOOK))
    script(ASK, END, ASK, END, AudioEnded(1, recording()), AudioEnded(2, recording()))
    script(Submitted(""), Transcribed(2, transcript(2, "two")), Placed(2, "two"))
    assert script.asked(Ask) == []
    script(Transcribed(1, transcript(1, "one")), Placed(1, "two one"))
    assert script.asked(ClearComposer) == [ClearComposer("two one")]


def test_a_dictation_is_put_into_the_program_that_had_the_focus() -> None:
    script = Script()(DICTATE)
    assert script.now[0] == NoteTarget(1)
    script(END, AudioEnded(1, recording()), Transcribed(1, transcript(1, "dear all")))
    assert script.asked(Insert) == [Insert(1, "dear all")]
    script(Inserted(1))
    assert script.written(TextInserted) == [TextInserted(1, "dear all")]
    assert script.session.stage is Stage.IDLE
    assert script.session.notices == ()


def test_a_dictation_that_only_reached_the_clipboard_says_so() -> None:
    script = Script().say("dear all", Goal.DICTATE)
    script(Inserted(1, LOST))
    assert script.session.notices == (LOST,)


def test_a_dictation_that_cannot_be_inserted_is_kept_in_the_history_and_said() -> None:
    script = Script().say("dear all", Goal.DICTATE)
    script(StageFailed(1, Part.INSERT, LOST))
    assert script.written(RecordingSettled) == [RecordingSettled(1, Fate.TRANSCRIBED)]
    assert script.session.notices == (LOST,)


def test_a_program_that_cannot_be_found_is_said_and_the_dictation_goes_on() -> None:
    script = Script()(DICTATE, StageFailed(1, Part.INSERT, LOST))
    assert script.session.stage is Stage.LISTENING
    assert script.session.notices == (LOST,)


def test_a_chord_uses_nothing_of_the_recording() -> None:
    script = Script()(ASK, TalkAbandoned(0.1))
    assert script.asked(CloseMicrophone) == [CloseMicrophone(1)]
    script(AudioEnded(1, recording()))
    assert script.written(RecordingSettled) == [RecordingSettled(1, Fate.CANCELLED)]
    assert script.asked(Transcribe) == []


def test_a_key_touched_after_long_speech_does_not_cost_what_was_said() -> None:
    script = Script()(DICTATE, AudioHeard(1, 0.5, 20.0), TalkAbandoned(20.0), AudioEnded(1, recording(20.0)))
    script(Transcribed(1, transcript(1, "a long story")))
    assert script.asked(Insert) == []
    assert script.asked(Place) != []
    assert script(Placed(1, "a long story")).asked(Ask) == []


def test_a_lost_release_ends_at_the_limit_and_says_so() -> None:
    script = Script()(ASK, TimerFired(LONGEST_RECORDING, 1))
    assert script.asked(CloseMicrophone) == [CloseMicrophone(1)]
    assert script.session.notices == (TOO_LONG,)


def test_the_limit_of_an_earlier_recording_does_not_end_a_later_one() -> None:
    script = Script()(ASK, TalkAbandoned(0.1), ASK)
    assert script(TimerFired(LONGEST_RECORDING, 1)).now == ()
    script(TalkAbandoned(0.1))
    assert script(TimerFired(LONGEST_RECORDING, 2)).now == ()


def test_when_the_microphone_is_lost_what_was_heard_so_far_is_transcribed() -> None:
    broken = replace(recording(), fault=LOST)
    script = Script()(ASK, AudioEnded(1, broken))
    assert script.asked(Transcribe) == [Transcribe(1, broken)]
    assert script.session.notices == (LOST,)
    script(Transcribed(1, transcript(1, "")))
    assert script.session.notices == (LOST,)


def test_a_microphone_that_cannot_be_opened_is_said() -> None:
    script = Script()(ASK, StageFailed(1, Part.HEAR, LOST))
    assert script.session.stage is Stage.IDLE
    assert script.session.notices == (LOST,)
    assert script.written(RecordingSettled) == [RecordingSettled(1, Fate.FAILED)]


def test_hearing_no_speech_is_said_and_nothing_is_sent() -> None:
    script = Script().say("")
    assert script.asked(Ask) == []
    assert script.session.notices == (NOTHING_HEARD,)
    assert script.written(RecordingSettled) == [RecordingSettled(1, Fate.EMPTY)]


def test_a_recording_too_short_for_a_word_is_not_transcribed() -> None:
    script = Script()(ASK, END, AudioEnded(1, recording(0.05)))
    assert script.asked(Transcribe) == []
    assert script.session.stage is Stage.IDLE


def test_a_recording_that_could_not_be_understood_can_be_tried_again() -> None:
    script = Script()(ASK, END, AudioEnded(1, recording()), StageFailed(1, Part.TRANSCRIBE, LOST))
    assert script.session.notices == (LOST,)
    assert script.written(RecordingSettled) == []
    script(TranscribeAgainAsked())
    assert script.asked(Transcribe) == [Transcribe(1, recording())]
    assert script(TranscribeAgainAsked()).now == ()
    script(Transcribed(1, transcript(1, "at last")), Placed(1, "at last"))
    assert script.asked(Ask) == []
    assert script.session.stage is Stage.EDITING


def test_a_recording_kept_from_an_earlier_run_can_be_transcribed() -> None:
    script = Script()(TranscribeAgainAsked(77, recording()))
    assert script.asked(Transcribe) == [Transcribe(77, recording())]
    assert script(TranscribeAgainAsked(77, recording())).now == ()


def test_what_is_understood_so_far_is_shown() -> None:
    grew = TranscriptGrew(1, transcript(1, "so far"), 1)
    script = Script()(ASK, grew)
    assert script.session.listening is not None
    assert script.session.listening.tentative == grew.transcript
    script(END)
    assert script.session.transcribing[0].tentative == grew.transcript
    later = TranscriptGrew(1, transcript(1, "so far so good"), 2)
    assert script(later).session.transcribing[0].tentative == later.transcript


def test_cancelling_closes_the_microphone_and_keeps_the_recording_unused() -> None:
    script = Script()(ASK, Cancelled())
    assert script.asked(CloseMicrophone) == [CloseMicrophone(1)]
    assert script.session.stage is Stage.IDLE
    script(AudioEnded(1, recording()))
    assert script.written(RecordingSettled) == [RecordingSettled(1, Fate.CANCELLED)]


def test_cancelling_gives_the_transcription_up_and_its_late_text_changes_nothing() -> None:
    script = Script()(ASK, END, ASK, END, AudioEnded(1, recording()), Cancelled())
    assert script.asked(AbandonTranscription) == [AbandonTranscription(1), AbandonTranscription(2)]
    before = script.session
    assert script(Transcribed(1, transcript(1, "late"))).session is before


def test_a_text_placed_after_cancelling_stays_in_the_composer_unsent() -> None:
    script = Script()(ASK, END, AudioEnded(1, recording()), Transcribed(1, transcript(1, "hm")), Cancelled())
    script(Placed(1, "hm"))
    assert script.asked(Ask) == []
    assert script.session.draft == "hm"


def test_late_results_of_what_is_over_change_nothing() -> None:
    script = Script()
    before = script.session
    for stale in (
        AudioStarted(9, 0.0),
        AudioHeard(9, 0.5, 1.0),
        TranscriptGrew(9, transcript(9, "x"), 0),
        Transcribed(9, transcript(9, "x")),
        Inserted(9),
        END,
        TalkAbandoned(0.0),
        StageFailed(9, Part.HEAR, LOST),
        StageFailed(9, Part.TRANSCRIBE, LOST),
        TranscribeAgainAsked(),
    ):
        assert script(stale).session == before
        assert script.now == ()


def test_unsent_text_moves_along_into_a_new_conversation() -> None:
    script = Script()(DraftEdited("unsent"), ConversationOpened(Conversation("c2")))
    assert script.written(DraftKept)[-2:] == [DraftKept("c2", "unsent"), DraftKept("c1", "")]
    assert script.asked(LoadDraft) == []


def test_opening_a_stored_conversation_brings_its_draft() -> None:
    script = Script()(DraftEdited("unsent"))(ConversationOpened(Conversation("c3"), draft="kept"))
    assert script.now == (LoadDraft("kept"), ExpectQuestion())
    assert script.session.draft == "kept"
    assert Script()(ConversationOpened(Conversation("c2"))).now == ()


def test_notices_are_told_once_newest_last_and_can_be_dismissed() -> None:
    other = Fault("other", "Something else.")
    script = Script()(Noticed(LOST), Noticed(other), Noticed(LOST))
    assert script.session.notices == (other, LOST)
    assert script(NoticeDismissed()).session.notices == (other,)
    assert script(StageFailed(0, Part.REMEMBER, LOST)).session.notices == (other, LOST)


def test_the_newest_word_on_a_part_counts() -> None:
    script = Script()(
        PartChanged(Part.HEAR, Readiness.STARTING), PartChanged(Part.HEAR, Readiness.READY, "USB")
    )
    part = script.session.part(Part.HEAR)
    assert part is not None
    assert part.label == "USB"
    assert script.session.part(Part.SPEAK) is None
    assert len(script.session.parts) == 1
