"""The other side: the question is kept, the answer grows and is read out, and what was heard of it is known."""

from assistant.turn.answering import CUT_SHORT
from assistant.turn.commands import AbandonReply, Ask, ClearComposer, ExpectSpeech, Silence, Speak
from assistant.turn.conversation import Conversation, Role, title_of
from assistant.turn.events import (
    AnswerAgainAsked,
    Cancelled,
    ConversationOpened,
    Fault,
    Goal,
    Habits,
    Part,
    ReadAloudAsked,
    ReplyEnded,
    ReplyGrew,
    SentenceSpoken,
    SentenceStarted,
    SpeechStopped,
    StageFailed,
    Submitted,
    TalkStarted,
)
from assistant.turn.records import DraftKept, QuestionAsked, ReplyBegun, ReplyClosed, ReplyHeard, ReplyPiece
from assistant.turn.states import Stage
from assistant.turn.transcript import Origin
from tests.turn.script import Script

ONE = "This is the first sentence. "
TWO = "This is the second sentence."
DOWN = Fault("server-gone", "The server does not answer.")


def asked() -> Script:
    """A question (turn 1) with its answer (turn 2) under way."""
    return Script()(Submitted("why"))


def test_the_question_is_written_down_before_it_is_asked() -> None:
    script = asked()
    question = script.written(QuestionAsked)[0]
    assert (question.turn, question.text, question.title, question.recordings) == (1, "why", "why", ())
    assert question.words[0].origin is Origin.TYPED
    assert script.written(DraftKept) == [DraftKept("c1", "")]
    assert script.asked(ClearComposer) == [ClearComposer("why")]
    assert script.written(ReplyBegun) == [ReplyBegun(2, "c1", 1)]
    assert script.now[-2:] == (ExpectSpeech(), Ask(2, script.session.conversation))
    assert script.session.stage is Stage.THINKING


def test_a_spoken_question_tells_which_recordings_are_in_it() -> None:
    script = Script().say("what is this")
    assert script.written(QuestionAsked)[0].recordings == (1,)


def test_white_space_is_not_a_question() -> None:
    assert Script()(Submitted("  \n")).now == ()


def test_sentences_are_spoken_while_the_answer_still_grows() -> None:
    script = asked()(ReplyGrew(2, ONE))
    assert script.written(ReplyPiece) == [ReplyPiece(2, ONE, "")]
    assert script.asked(Speak) == [Speak(2, 0, ONE.strip())]
    assert script.session.stage is Stage.SPEAKING
    script(ReplyGrew(2, TWO), ReplyEnded(2, model="m", tokens_in=3, tokens_out=9))
    assert script.asked(Speak) == [Speak(2, 1, TWO)]
    assert script.written(ReplyClosed) == [ReplyClosed(2, True, "m", 3, 9)]
    answer = script.session.conversation.messages[-1]
    assert (answer.role, answer.text, answer.whole, answer.model) == (Role.ASSISTANT, ONE + TWO, True, "m")
    script(SentenceStarted(2, 0))
    assert script.session.speech is not None
    assert script.session.speech.current == 0
    script(SentenceSpoken(2, 0), SentenceStarted(2, 1))
    assert script.session.stage is Stage.SPEAKING
    quiet = script(SentenceSpoken(2, 1)).session
    assert script.written(ReplyHeard) == [ReplyHeard(2, len(ONE + TWO))]
    assert quiet.conversation.messages[-1].heard_to == len(ONE + TWO)
    assert quiet.stage is Stage.IDLE


def test_a_voice_with_nothing_to_say_begins_with_a_clause_and_goes_on_with_whole_sentences() -> None:
    script = asked()(ReplyGrew(2, "If you want the short version, it is "))
    assert script.asked(Speak) == [Speak(2, 0, "If you want the short version,")]
    script(ReplyGrew(2, "this, as far as I know, and that. Whatever you do, keep "))
    assert script.asked(Speak) == [Speak(2, 1, "it is this, as far as I know, and that.")]
    script(SentenceSpoken(2, 0), SentenceSpoken(2, 1), ReplyGrew(2, "in mind"))
    assert script.asked(Speak) == [Speak(2, 2, "Whatever you do,")]
    script(ReplyEnded(2))
    assert script.asked(Speak) == [Speak(2, 3, "keep in mind")]


def test_an_answer_heard_as_fast_as_it_is_written_goes_on_when_more_comes() -> None:
    script = asked()(ReplyGrew(2, ONE), SentenceStarted(2, 0), SentenceSpoken(2, 0))
    assert script.session.speech is not None
    script(ReplyGrew(2, TWO), ReplyEnded(2), SentenceSpoken(2, 1))
    assert script.session.speech is None


def test_reasoning_is_kept_and_never_spoken() -> None:
    script = asked()(ReplyGrew(2, reasoning="Let me think about this. Yes."), ReplyEnded(2))
    assert script.asked(Speak) == []
    assert script.session.conversation.messages[-1].reasoning == "Let me think about this. Yes."
    assert script.session.stage is Stage.IDLE


def test_an_answer_of_nothing_leaves_no_message() -> None:
    script = asked()(ReplyEnded(2))
    assert len(script.session.conversation.messages) == 1


def test_with_the_voice_off_nothing_is_spoken() -> None:
    script = Script(Habits(speak_replies=False))(Submitted("why"), ReplyGrew(2, ONE), ReplyEnded(2))
    assert script.asked(Speak) == []
    assert script.asked(ExpectSpeech) == []
    assert script.session.stage is Stage.IDLE


def test_talking_silences_the_voice_and_the_answer_goes_on_being_written() -> None:
    script = asked()(ReplyGrew(2, ONE + TWO + " "), SentenceSpoken(2, 0))
    script(TalkStarted(Goal.ASK, 0.0))
    assert script.now[0] == Silence(2)
    assert script.written(ReplyHeard) == [ReplyHeard(2, len(ONE.strip()))]
    script(ReplyGrew(2, "And this is a third one. "), ReplyEnded(2))
    assert script.asked(Speak) == []
    assert script.session.conversation.messages[-1].text.endswith("third one. ")


def test_what_was_heard_of_a_finished_answer_is_known_when_it_is_interrupted() -> None:
    script = asked()(ReplyGrew(2, ONE + TWO), ReplyEnded(2), SentenceSpoken(2, 0), SpeechStopped())
    assert script.session.conversation.messages[-1].heard_to == len(ONE.strip())
    assert script.session.stage is Stage.IDLE


def test_a_new_question_breaks_the_old_answer_off_and_keeps_what_there_is() -> None:
    script = asked()(ReplyGrew(2, ONE), Submitted("and then"))
    assert script.asked(AbandonReply) == [AbandonReply(2)]
    assert script.written(ReplyClosed) == [ReplyClosed(2, whole=False)]
    texts = [(message.text, message.whole) for message in script.session.conversation.messages]
    assert texts == [("why", True), (ONE, False), ("and then", True)]
    assert script.asked(Silence) == [Silence(2)]


def test_cancelling_ends_the_answer_and_the_voice() -> None:
    script = asked()(ReplyGrew(2, ONE), Cancelled())
    assert script.asked(AbandonReply) == [AbandonReply(2)]
    assert script.asked(Silence) == [Silence(2)]
    assert script.session.stage is Stage.IDLE


def test_a_failed_answer_keeps_the_question_and_says_why() -> None:
    script = asked()(StageFailed(2, Part.THINK, DOWN))
    assert script.session.notices == (DOWN,)
    assert [message.text for message in script.session.conversation.messages] == ["why"]
    assert script.written(ReplyClosed) == [ReplyClosed(2, whole=False)]


def test_an_answer_that_breaks_off_is_kept_and_spoken_to_where_it_broke() -> None:
    script = asked()(ReplyGrew(2, ONE + "This one is"), StageFailed(2, Part.THINK, DOWN))
    assert script.asked(Speak)[-1] == Speak(2, 1, "This one is")
    assert script.session.conversation.messages[-1].whole is False


def test_asking_again_puts_a_new_answer_in_place_of_the_old() -> None:
    script = asked()(ReplyGrew(2, ONE), AnswerAgainAsked())
    assert script.written(ReplyBegun) == [ReplyBegun(3, "c1", 1)]
    assert [message.text for message in script.session.conversation.messages] == ["why"]
    assert Script()(AnswerAgainAsked()).now == ()


def test_an_answer_cut_at_the_length_limit_says_so() -> None:
    script = asked()(ReplyGrew(2, ONE), ReplyEnded(2, "length"))
    assert script.session.notices == (CUT_SHORT,)


def test_a_broken_voice_is_said_and_the_answer_goes_on() -> None:
    script = asked()(ReplyGrew(2, ONE), StageFailed(2, Part.SPEAK, DOWN), ReplyGrew(2, TWO + " "))
    assert script.session.notices == (DOWN,)
    assert script.asked(Speak) == [Speak(2, 0, ONE.strip())]
    assert script(StageFailed(2, Part.SPEAK, DOWN)).now == ()


def test_any_text_can_be_read_aloud() -> None:
    script = Script()(ReadAloudAsked(ONE + TWO))
    assert script.asked(Speak) == [Speak(1, 0, ONE.strip()), Speak(1, 1, TWO)]
    script(SentenceSpoken(1, 0), SentenceSpoken(1, 1))
    assert script.session.stage is Stage.IDLE


def test_nothing_is_read_aloud_into_an_open_microphone() -> None:
    script = Script()(TalkStarted(Goal.ASK, 0.0), ReadAloudAsked(ONE))
    assert script.asked(Speak) == []
    script(AnswerAgainAsked())
    script = asked()(TalkStarted(Goal.ASK, 0.0), AnswerAgainAsked(), ReplyGrew(4, ONE), ReplyEnded(4))
    assert script.asked(Speak) == []


def test_reading_something_else_aloud_stops_the_answer_from_being_spoken() -> None:
    script = asked()(ReplyGrew(2, ONE), ReadAloudAsked(TWO), ReplyGrew(2, ONE), ReplyEnded(2))
    assert [speak.turn for speak in script.asked(Speak)] == [2, 3]


def test_opening_another_conversation_ends_answer_and_voice() -> None:
    script = asked()(ReplyGrew(2, ONE), ConversationOpened(Conversation("c2")))
    assert script.asked(AbandonReply) == [AbandonReply(2)]
    assert script.asked(Silence) == [Silence(2)]


def test_late_pieces_of_what_is_over_change_nothing() -> None:
    script = asked()(Cancelled())
    before = script.session
    for stale in (
        ReplyGrew(2, "x"),
        ReplyEnded(2),
        SentenceStarted(2, 0),
        SentenceSpoken(2, 0),
        StageFailed(2, Part.THINK, DOWN),
    ):
        assert script(stale).session == before
        assert script.now == ()


def test_a_conversation_is_named_after_its_first_words() -> None:
    assert title_of("  What   is\nthis") == "What is"
    assert title_of("word " * 30) == ("word " * 11).strip() + "…"
