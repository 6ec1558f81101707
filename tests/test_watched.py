"""Who follows the session besides the view: terms learn from each question once, and doubt only from what was looked at."""

from dataclasses import replace

from assistant.turn.conversation import Conversation, Message, Role
from assistant.turn.events import Goal
from assistant.turn.states import Reply, Session, Transcribing
from assistant.turn.transcript import Transcript
from assistant.watched import Watched
from tests.fakes.ports import FakeView


def nothing(_: object) -> None:
    pass


def test_a_question_is_learned_from_when_it_is_asked_and_not_when_an_old_one_is_answered_again() -> None:
    asked: list[str] = []
    watched = Watched(
        lambda _: None, lambda _: None, lambda question, _: asked.append(question.text), nothing
    )
    watched.view = FakeView()
    old = Message(3, Role.USER, "Asked yesterday")
    session = Session(1000, Conversation("c", (old,)))
    watched.show(session)
    watched.show(replace(session, reply=Reply(1000, 3, aloud=False)))
    assert asked == []
    new = session.conversation.plus(Message(1001, Role.USER, "Asked now"))
    for _ in range(2):
        watched.show(replace(session, conversation=new, reply=Reply(1002, 1001, aloud=False)))
    assert asked == ["Asked now"]


def test_only_what_waited_for_a_look_tells_which_words_were_right() -> None:
    looked_at: list[int] = []
    watched = Watched(lambda _: None, lambda _: None, lambda _, heard: looked_at.append(len(heard)), nothing)
    watched.view = FakeView()
    session = Session(1, Conversation("c"))
    for question, to_check in ((2, True), (4, False)):
        watched.show(replace(session, heard=(Transcript(1, (), "test.en"),), to_check=to_check))
        asked = session.conversation.plus(Message(question, Role.USER, "Asked"))
        watched.show(replace(session, conversation=asked, reply=Reply(question + 1, question, aloud=False)))
    assert looked_at == [1, 0]


def test_a_dictation_is_told_once_when_it_has_left() -> None:
    dictated: list[int] = []
    watched = Watched(nothing, nothing, lambda *_: None, lambda heard: dictated.append(heard.turn))
    watched.view = FakeView()
    session = Session(9, Conversation("c"))
    heard = {turn: Transcript(turn, (), "test.en") for turn in (1, 2)}
    waiting = (Transcribing(1, Goal.DICTATE), Transcribing(2, Goal.ASK, transcript=heard[2]))
    watched.show(replace(session, transcribing=waiting))
    watched.show(replace(session, transcribing=(replace(waiting[0], transcript=heard[1]), waiting[1])))
    assert dictated == []
    for _ in range(2):
        watched.show(session)
    assert dictated == [1]
